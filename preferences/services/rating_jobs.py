from __future__ import annotations

from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start
from preferences.selectors.ratings import axis_choose


@transaction.atomic
def ratings_fit_start(
    actor: Actor, project_id: UUID, *, release_id: UUID | None, clause_key: str | None
) -> Job:
    """Start the job that rates models on one axis; one that runs already is returned.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ReleaseMissingError, AxesUnknownError
    """
    project = project_get(actor, project_id, needs=Capability.RESULTS_VIEW)
    _, axis = axis_choose(project.pk, release_id=release_id, clause_key=clause_key)
    job = job_start(
        actor,
        project=project,
        kind="preferences.fit_ratings",
        params={"clause_key": axis.key, "meaning_revision": axis.meaning_revision},
        unique_key=f"preferences.fit_ratings:{project.pk}:{axis.key}:{axis.meaning_revision}",
    )
    audit_record(actor, action="ratings.fit", project=project, target=job, data={"clause_key": axis.key})
    return job
