from __future__ import annotations

from django.apps import AppConfig


class PreferencesConfig(AppConfig):
    """Pair work: comparisons, judgments, decisions about them, ratings."""

    name = "preferences"
    label = "preferences"

    def ready(self) -> None:
        """Let policies count what a change of an axis would cost here."""
        from policies.services import impact_source_register
        from preferences.services.impact import PreferenceImpact

        impact_source_register(PreferenceImpact())
