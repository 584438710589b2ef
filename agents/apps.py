from __future__ import annotations

from django.apps import AppConfig


class AgentsConfig(AppConfig):
    """Tools for agents, over what people use: the same reads, the same writes, the same permissions."""

    name = "agents"
    label = "agents"
