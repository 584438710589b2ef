from __future__ import annotations

import uuid

from django.db.models import QuerySet
from django.utils import timezone

from core.accounts.selectors import Actor, Capability, Project, projects_visible_to
from core.errors import NotFoundError
from core.jobs.domain.states import ACTIVE
from core.jobs.models import Job, OutboxEntry

__all__ = ["Job", "job_active", "job_get", "jobs_in", "outbox_oldest_age_s"]


def jobs_in(project: Project) -> QuerySet[Job]:
    """Return the project's jobs."""
    return Job.objects.filter(project=project).select_related("requested_by")


def job_get(actor: Actor, job_id: uuid.UUID) -> Job:
    """Return a job of a project whose jobs the actor may see, or one they started.

    Raises
    ------
    NotFoundError
        When it is neither; a job of another project looks like one that does not exist.
    """
    job = Job.objects.select_related("requested_by").filter(pk=job_id).first()
    if job is None or job.project_id is None:
        raise NotFoundError()
    visible = projects_visible_to(actor, needs=Capability.JOBS_VIEW).filter(pk=job.project_id).exists()
    still_member = projects_visible_to(actor).filter(pk=job.project_id).exists()
    if not visible and not (still_member and job.requested_by_id == actor.user.pk):
        raise NotFoundError()
    return job


def job_active(unique_key: str) -> Job | None:
    """Return the job that holds ``unique_key`` now."""
    return Job.objects.filter(unique_key=unique_key, state__in=ACTIVE).first()


def outbox_oldest_age_s() -> float | None:
    """Return how long the oldest entry has waited to be sent, in seconds; ``None`` when all were sent."""
    oldest = (
        OutboxEntry.objects.filter(sent_at__isnull=True).order_by("id").values_list("created_at", flat=True)
    )
    first = oldest.first()
    return None if first is None else max(0.0, (timezone.now() - first).total_seconds())
