from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Datasets, their versions, and the files of those."""

    name = "exports"
    label = "exports"

    def ready(self) -> None:
        """Let policies count the versions that a change of meaning would leave behind."""
        from exports.services.impact import ExportsImpact
        from policies.services import impact_source_register

        impact_source_register(ExportsImpact())
