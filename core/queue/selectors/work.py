from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from core.accounts.selectors import Actor, Capability, projects_visible_to
from core.errors import NotFoundError
from core.queue.models import Draft, Lease, Submission, Task


def lease_get(actor: Actor, lease_id: uuid.UUID) -> Lease:
    """Return one of the actor's own leases, whatever its state, with its task, slot and project.

    Raises
    ------
    NotFoundError
        When it is somebody else's, or the actor may not work in the project any more.
    """
    lease = (
        Lease.objects.select_related("task", "task__project", "slot")
        .filter(pk=lease_id, person_id=actor.user.pk)
        .filter(task__project__in=projects_visible_to(actor, needs=Capability.TASKS_WORK))
        .first()
    )
    if lease is None:
        raise NotFoundError()
    return lease


def task_get(actor: Actor, task_id: uuid.UUID, *, needs: Capability = Capability.RESULTS_VIEW) -> Task:
    """Return a task of a project in which the actor may do ``needs``.

    Raises
    ------
    NotFoundError
    """
    visible = projects_visible_to(actor, needs=needs)
    task = Task.objects.select_related("project").filter(pk=task_id, project__in=visible).first()
    if task is None:
        raise NotFoundError()
    return task


def tasks_in(project_id: uuid.UUID) -> QuerySet[Task]:
    """Return the project's tasks; the caller has passed the project's door."""
    return Task.objects.filter(project_id=project_id)


def draft_of(lease: Lease) -> Draft | None:
    """Return what the lease's person has so far."""
    return Draft.objects.filter(task_id=lease.task_id, person_id=lease.person_id).first()


def submissions_of_task(task_id: uuid.UUID) -> QuerySet[Submission]:
    """Return the submissions that count now: in a slot and not superseded; oldest first."""
    return submissions_of_tasks([task_id])


def submissions_of_tasks(task_ids: Iterable[uuid.UUID]) -> QuerySet[Submission]:
    """Return the submissions of these tasks that count now; oldest first."""
    return (
        Submission.objects.filter(task_id__in=list(task_ids), slot__isnull=False, superseded_by__isnull=True)
        .select_related("person")
        .order_by("id")
    )


def superseded(submission: str) -> Exists:
    """Match rows whose submission, under this name, was superseded.

    Asked as a left join that finds nothing (``superseded_by__isnull=True``), the database takes it that next to no
    row is left, and looks up the rest of a million one by one.
    """
    # Told that it looks for something, it reads the few that supersede, not all that do not.
    return Exists(Submission.objects.filter(supersedes_id=OuterRef(submission), supersedes_id__isnull=False))


def submissions_by(actor: Actor) -> QuerySet[Submission]:
    """Return the actor's own submissions, in projects where they may still work."""
    return Submission.objects.filter(
        person_id=actor.user.pk, task__project__in=projects_visible_to(actor, needs=Capability.TASKS_WORK)
    ).select_related("task", "task__project")


def submission_of_person(actor: Actor, submission_id: uuid.UUID) -> Submission | None:
    """Return the actor's own submission with this identifier, if there is one."""
    return submissions_by(actor).filter(pk=submission_id).first()
