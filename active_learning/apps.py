from __future__ import annotations

from django.apps import AppConfig


class ActiveLearningConfig(AppConfig):
    """The ``active_learning`` app."""

    name = "active_learning"
    label = "active_learning"
