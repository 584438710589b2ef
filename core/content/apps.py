from __future__ import annotations

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """The ``content`` app."""

    name = "core.content"
    label = "content"
