from __future__ import annotations

from django.apps import AppConfig


class ExportsConfig(AppConfig):
    """Datasets, their versions, and the files of those."""

    name = "exports"
    label = "exports"

    def ready(self) -> None:
        """Let policies count the versions a change of meaning would leave behind, and know the posts of test splits."""
        from exports.selectors.held_out import posts_of_test_splits
        from exports.services.impact import ExportsImpact
        from policies.services import held_out_rule_register, impact_source_register

        held_out_rule_register(posts_of_test_splits)
        impact_source_register(ExportsImpact())
