from __future__ import annotations

from pathlib import Path
from uuid import UUID

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Runs that train models and encoders on versions, and what comes of them."""

    name = "training"
    label = "training"

    def ready(self) -> None:
        """Let the sampler of pairs ask the promoted reward model, and rounds read posts with encoders of runs."""
        from active_learning.run_encoders_registry import run_encoders_register
        from preferences.pair_scores_registry import pair_scores_source_register
        from training.selectors.pair_scores import pair_scores_promoted

        pair_scores_source_register(pair_scores_promoted)
        run_encoders_register(_ENCODERS)


class _Encoders:
    """What runs made (`active_learning.run_encoders_registry.RunEncoders`)."""

    def is_there(self, project_id: UUID, run_id: UUID) -> bool:
        """Whether the run is one of the project's and has made an encoder."""
        from training.selectors.encoders import encoder_is_made

        return encoder_is_made(project_id, run_id)

    def folder(self, run_id: UUID) -> Path | None:
        """Return where the encoder lies on this worker."""
        from training.runs.encoders import encoder_folder

        return encoder_folder(run_id)


_ENCODERS = _Encoders()
