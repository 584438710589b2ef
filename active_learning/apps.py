from __future__ import annotations

from django.apps import AppConfig


class ActiveLearningConfig(AppConfig):
    """The ``active_learning`` app."""

    name = "active_learning"
    label = "active_learning"

    def ready(self) -> None:
        """Let decisions settle the suspects that wait for them."""
        from active_learning.services.suspects import suspects_settle
        from annotation.events import PostDecided
        from core.events import subscribe

        subscribe(PostDecided, suspects_settle)
