from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """The ``queue`` app."""

    name = "core.queue"
    label = "queue"

    def ready(self) -> None:
        """Ask nothing more about a post that nobody may see any more."""
        from core.content.events import PostHidden
        from core.events import subscribe
        from core.queue.services.tasks import tasks_of_hidden_post_withdraw

        subscribe(PostHidden, tasks_of_hidden_post_withdraw)
