from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.jobs.domain.states import FINAL, JobState
from core.jobs.errors import JobOverError
from core.jobs.models import Job, OutboxEntry
from core.jobs.selectors import job_active

OUTBOX_CHANNEL = "concord_outbox"


@transaction.atomic
def job_start(
    actor: Actor | None,
    *,
    project: Project | None,
    kind: str,
    queue: str = "cpu",
    params: Mapping[str, Any] | None = None,
    unique_key: str | None = None,
    message: str = "",
) -> Job:
    """Write a job and its outbox row in the caller's transaction; the relay tells the broker after commit.

    Parameters
    ----------
    kind
        The name of a handler registered with `core.jobs.running.job_handler`.
    params
        Identifiers and options only: they are read by the worker from the database, never from the broker.
    unique_key
        While a job with this key is queued or running, that job is returned and no other starts.
    message
        What the job is about, said until its work says more.
    """
    try:
        with transaction.atomic():
            job = Job.objects.create(
                project=project,
                requested_by=actor.user if actor else None,
                kind=kind,
                queue=queue,
                params=dict(params or {}),
                unique_key=unique_key,
                message=message[:300],
            )
    except IntegrityError:
        running = job_active(unique_key) if unique_key else None
        if running is None:
            raise
        return running
    OutboxEntry.objects.create(job=job)
    audit_record(actor, action="job.start", project=project, target=job, data={"kind": kind})
    with connection.cursor() as cursor:
        cursor.execute(f"NOTIFY {OUTBOX_CHANNEL}")
    return job


@transaction.atomic
def job_cancel(actor: Actor, job: Job) -> Job:
    """Ask a job to stop: at once when it is queued, at its next step when it is running.

    Raises
    ------
    JobOverError
        When it has ended.
    """
    locked = Job.objects.select_for_update().get(pk=job.pk)
    if locked.state in FINAL:
        raise JobOverError()
    changes: dict[str, Any] = {"cancel_requested_at": Now()}
    if locked.state == JobState.QUEUED:
        changes |= {
            "state": JobState.CANCELLED,
            "finished_at": Now(),
            "message": "Cancelled before it started.",
        }
    Job.objects.filter(pk=job.pk).update(**changes)
    audit_record(actor, action="job.cancel", project=locked.project, target=locked)
    locked.refresh_from_db()
    return locked
