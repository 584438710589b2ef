from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Commands that know every app: start-up, demo, documents."""

    name = "config"
    label = "config"
