"""Starting the work that rates models."""

from __future__ import annotations

from dataclasses import asdict
from hashlib import sha256
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start
from preferences.selectors.ratings import Narrowed, axis_choose


@transaction.atomic
def ratings_fit_start(
    actor: Actor,
    project_id: UUID,
    *,
    release_id: UUID | None,
    clause_key: str | None,
    narrowed: Narrowed,
) -> Job:
    """Start the job that rates models on one axis, by all or some answers; one that runs already is returned.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseMissingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    _, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    scope = narrowed.of(axis)
    key = scope.key()
    under = str(scope.under) if scope.under else None
    job = job_start(
        actor,
        project=project,
        kind="preferences.fit_ratings",
        params={"key": key, "scope": {**asdict(scope), "under": under}},
        unique_key=f"preferences.fit_ratings:{project.pk}:{sha256(key.encode()).hexdigest()}",
    )
    audit_record(actor, action="ratings.fit", project=project, target=job, data={"clause_key": axis.key})
    return job
