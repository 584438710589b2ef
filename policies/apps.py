from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """The ``policies`` app."""

    name = "policies"
    label = "policies"
