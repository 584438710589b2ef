from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """The ``queue`` app."""

    name = "core.queue"
    label = "queue"

    def ready(self) -> None:
        """Ask nothing more about a post that nobody may see any more; open what was handed out to its people."""
        from core.accounts.events import LanguagesRead
        from core.content.access import bytes_are_counted_by, posts_are_shown_by
        from core.content.events import HarmStated, PostHidden
        from core.events import subscribe
        from core.queue.selectors.handed import posts_handed_to
        from core.queue.services.harms import stated_keep
        from core.queue.services.protection import languages_keep
        from core.queue.services.reveals import bytes_reckon
        from core.queue.services.tasks import tasks_of_hidden_post_withdraw

        subscribe(PostHidden, tasks_of_hidden_post_withdraw)
        subscribe(HarmStated, stated_keep)
        subscribe(LanguagesRead, languages_keep)
        posts_are_shown_by(posts_handed_to)
        bytes_are_counted_by(bytes_reckon)
