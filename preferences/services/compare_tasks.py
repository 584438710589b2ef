"""Asking people to judge comparisons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.queue.services import TaskSpec, tasks_create
from policies.selectors import ReleaseView
from preferences.errors import AxesUnknownError, ReleaseNotInForceError
from preferences.selectors.comparisons import comparisons_without_task
from preferences.selectors.ratings import release_comparing

MOST_TASKS = 5_000


@dataclass(frozen=True)
class TasksMade:
    """How many tasks were made, and for how many comparisons none exists yet."""

    release_id: UUID
    created: int
    remaining: int


@transaction.atomic
def compare_tasks_create(
    actor: Actor,
    project_id: UUID,
    *,
    release_id: UUID | None = None,
    clause_keys: Sequence[str] | None = None,
    comparison_ids: Sequence[UUID] | None = None,
    overlap: int = 1,
    priority: float = 0.0,
    assessment_is_required: bool = False,
    limit: int = MOST_TASKS,
) -> TasksMade:
    """Make a task for every comparison that has none under the release, the oldest first, at most ``limit``.

    Parameters
    ----------
    release_id, clause_keys
        By default the first release in effect that has axes, and all of its axes.
    overlap
        How many people judge each comparison.
    assessment_is_required
        Whether each response must be called acceptable or not.

    Raises
    ------
    NotFoundError, CapabilityMissingError, AxesUnknownError, ReleaseNotInForceError, ReleaseMissingError
    """
    project = project_get(actor, project_id, needs=Capability.TASKS_MANAGE)
    release = release_comparing(project.pk, release_id=release_id)
    if release.state != "released":
        raise ReleaseNotInForceError(release=release.label, state=release.state)
    axes = _axes(release, clause_keys)
    waiting = comparisons_without_task(
        project,
        release_id=release.id,
        comparison_ids=None if comparison_ids is None else list(comparison_ids),
    )
    total = waiting.count()
    specs = [
        TaskSpec(
            release_id=release.id,
            clause_keys=axes,
            slots=overlap,
            comparison_id=comparison_id,
            priority=priority,
            context={"assessment": "required" if assessment_is_required else "optional"},
        )
        for comparison_id in waiting.values_list("pk", flat=True)[: min(limit, MOST_TASKS)]
    ]
    tasks_create(project, kind="compare", specs=specs, actor=actor)
    audit_record(
        actor,
        action="compare_tasks.create",
        project=project,
        data={"release": str(release.id), "count": len(specs), "overlap": overlap},
    )
    return TasksMade(release_id=release.id, created=len(specs), remaining=total - len(specs))


def _axes(release: ReleaseView, clause_keys: Sequence[str] | None) -> list[str]:
    known = [clause.key for clause in release.axis_clauses]
    if clause_keys is None:
        return known
    unknown = [key for key in clause_keys if key not in known]
    if unknown:
        raise AxesUnknownError(
            release=release.label, keys=", ".join(repr(key[:80]) for key in unknown), axes=", ".join(known)
        )
    return [key for key in known if key in set(clause_keys)]
