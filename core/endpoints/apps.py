from __future__ import annotations

from django.apps import AppConfig


class EndpointsConfig(AppConfig):
    """The ``endpoints`` app."""

    name = "core.endpoints"
    label = "endpoints"
