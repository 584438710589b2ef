from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """The ``queue`` app."""

    name = "core.queue"
    label = "queue"
