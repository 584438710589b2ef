from __future__ import annotations

from uuid import UUID

from training.domain.recipes import Recipe
from training.models import TrainingFile, TrainingRun


def encoder_is_made(project_id: UUID, run_id: UUID) -> bool:
    """Whether the run is one of the project's and has made an encoder of texts."""
    return TrainingRun.objects.filter(
        pk=run_id, project_id=project_id, recipe=Recipe.ENCODER, finished_at__isnull=False
    ).exists()


def encoder_files(run_id: UUID) -> list[TrainingFile]:
    """Return what an encoder is made of that a run trained; nothing where it made none."""
    made = TrainingFile.objects.filter(run_id=run_id, run__recipe=Recipe.ENCODER)
    return list(made.exclude(path__startswith="scores/").order_by("path"))
