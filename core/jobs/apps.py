from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The ``jobs`` app."""

    name = "core.jobs"
    label = "jobs"
