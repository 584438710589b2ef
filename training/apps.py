from __future__ import annotations

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Runs that train reward models and policies on versions, and what comes of them."""

    name = "training"
    label = "training"

    def ready(self) -> None:
        """Let the sampler of pairs ask the promoted reward model."""
        from preferences.pair_scores_registry import pair_scores_source_register
        from training.selectors.pair_scores import pair_scores_promoted

        pair_scores_source_register(pair_scores_promoted)
