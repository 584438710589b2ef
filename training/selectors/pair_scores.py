from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from training.models import PairScore, TrainingRun


def run_promoted(project_id: UUID) -> TrainingRun | None:
    """Return the reward model that helps to choose the project's pairs: the one promoted last."""
    promoted = TrainingRun.objects.filter(project_id=project_id, promoted_at__isnull=False)
    return promoted.order_by("-promoted_at", "-id").first()


def pair_scores_promoted(project_id: UUID, comparison_ids: Sequence[UUID]) -> Mapping[UUID, float]:
    """Return what the promoted reward model makes of comparisons (`preferences.pair_scores_registry`)."""
    run = run_promoted(project_id)
    if run is None:
        return {}
    scored = PairScore.objects.filter(run=run, comparison_id__in=comparison_ids)
    return dict(scored.values_list("comparison_id", "p_a"))
