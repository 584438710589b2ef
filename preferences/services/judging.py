"""Measuring how people judge, and deciding anew by what was measured."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start
from policies.selectors import release_get
from preferences.models import ComparisonDecision, JudgingMeasure
from preferences.selectors.judging import JOB, judging_measured
from preferences.selectors.rating_counts import RatingScope
from preferences.selectors.ratings import axis_choose
from preferences.services.decisions import decisions_recompute

_BATCH = 200
# Nobody is taken to say the very opposite of what is meant: one such answer would then decide a comparison alone.
_LEAST_TRUSTED, _MOST_TRUSTED = 0.05, 0.99

Progress = Callable[[int, int | None, str], None]


@transaction.atomic
def judging_measure_start(
    actor: Actor, project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> Job:
    """Start the job that measures how people judge on one axis; one that runs already is returned.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseMissingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    release, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    job = job_start(
        actor,
        project=project,
        kind=JOB,
        params={
            "clause_key": axis.key,
            "meaning_revision": axis.meaning_revision,
            "release_id": str(release.id),
        },
        unique_key=f"{JOB}:{project.pk}:{axis.key}:{axis.meaning_revision}",
    )
    audit_record(actor, action="judging.measure", project=project, target=job, data={"clause_key": axis.key})
    return job


def judging_measure(
    project_id: UUID,
    *,
    scope: RatingScope,
    release_id: UUID,
    requested_by_id: UUID | None,
    progress: Progress,
) -> dict[str, Any]:
    """Measure how people judge on one axis, keep it, and decide anew where it moves a decision.

    Returns
    -------
    How many answers were measured, and how many comparisons looked at again.
    """
    progress(0, None, "Measuring how people judge")
    found = judging_measured(project_id, scope=scope)
    JudgingMeasure.objects.create(
        project_id=project_id,
        clause_key=scope.clause_key,
        meaning_revision=scope.meaning_revision,
        answers=found["answers"],
        found=found,
        requested_by_id=requested_by_id,
        standing={person: _standing(told) for person, told in found["people"].items() if told["reliability"]},
    )
    return {
        "answers": found["answers"],
        "comparisons": _decide_again(project_id, scope, release_id, progress),
    }


def _standing(told: dict[str, Any]) -> dict[str, float]:
    """Return what decisions use of a person; what sways them only where it is beyond doubt."""
    pulls = {
        name: told[name]["size"] if told[name] and told[name]["beyond_doubt"] else 0.0
        for name in ("side", "length")
    }
    return {**pulls, "share": min(_MOST_TRUSTED, max(_LEAST_TRUSTED, told["reliability"]["size"]))}


def _decide_again(project_id: UUID, scope: RatingScope, release_id: UUID, progress: Progress) -> int:
    release = release_get(release_id)
    decided = ComparisonDecision.objects.filter(
        project_id=project_id, clause_key=scope.clause_key, meaning_revision=scope.meaning_revision
    )
    comparisons = sorted(decided.order_by().values_list("comparison_id", flat=True).distinct())
    for start in range(0, len(comparisons), _BATCH):
        progress(start, len(comparisons), "Deciding anew by what was measured")
        with transaction.atomic():
            for comparison_id in comparisons[start : start + _BATCH]:
                decisions_recompute(comparison_id, release=release, clause_keys=[scope.clause_key])
    return len(comparisons)
