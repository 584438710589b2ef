"""Taking answers in: a success means it is committed; a late one is kept and marked; a repeat finds the first."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.db import connection, transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.events import publish
from core.queue.domain.states import LateReason, LeaseState, SlotState, TaskState
from core.queue.errors import SubmissionDiffersError, SubmittedAlreadyError, SupersededAlreadyError
from core.queue.events import TaskFilled
from core.queue.models import Draft, Lease, Slot, Submission, Task
from core.queue.selectors import lease_get

_LONGEST_ACTIVE_MS = 24 * 3600 * 1000


@transaction.atomic
def submission_record(
    actor: Actor,
    *,
    submission_id: uuid.UUID,
    lease_id: uuid.UUID,
    document: dict[str, Any],
    active_ms: int,
    supersedes_id: uuid.UUID | None = None,
) -> tuple[Submission, bool]:
    """Store one answer, in the caller's transaction.

    Parameters
    ----------
    submission_id
        Made by the client. The same one with the same document returns the first row.
    document
        Already checked by the app that owns its meaning.
    active_ms
        Milliseconds the person worked on it.
    supersedes_id
        The person's earlier submission of this task that this one corrects.

    Returns
    -------
    submission, created
        ``created`` is false when it had been stored before.

    Raises
    ------
    NotFoundError, SubmissionDiffersError, SubmittedAlreadyError, SupersededAlreadyError
    """
    lease = lease_get(actor, lease_id)
    # The task's lock serialises all who answer it; the lease's keeps it from expiring under our hands.
    task = Task.objects.select_for_update(of=("self",)).select_related("project").get(pk=lease.task_id)
    lease = Lease.objects.select_for_update().get(pk=lease.pk)
    digest = document_digest(document)
    earlier = Submission.objects.filter(pk=submission_id).first()
    if earlier is not None:
        if earlier.person_id != actor.user.pk or earlier.document_sha256 != digest:
            raise SubmissionDiffersError()
        return earlier, False
    if supersedes_id is not None:
        slot_id, late = _slot_of_superseded(actor, task, supersedes_id), LateReason.NONE
    else:
        slot_id, late = _take_slot(task, lease)
    submission = Submission.objects.create(
        id=submission_id,
        task=task,
        slot_id=slot_id,
        lease=lease,
        person=actor.user,
        lease_epoch=lease.epoch,
        document=document,
        document_sha256=digest,
        active_ms=max(0, min(active_ms, _LONGEST_ACTIVE_MS)),
        is_late=late != LateReason.NONE,
        late_reason=late,
        supersedes_id=supersedes_id,
    )
    Draft.objects.filter(task=task, person=actor.user).delete()
    audit_record(
        actor,
        action="submission.supersede" if supersedes_id else "submission.create",
        project=task.project,
        target=submission,
        data={"task": str(task.pk), "late": str(late)},
    )
    if supersedes_id is None:
        _close_when_filled(task)
    return submission, True


def document_digest(document: dict[str, Any]) -> str:
    """Return the SHA-256 of the document's canonical JSON, by which a repeat is told from a different answer."""
    text = json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _slot_of_superseded(actor: Actor, task: Task, supersedes_id: uuid.UUID) -> uuid.UUID | None:
    former = Submission.objects.filter(pk=supersedes_id, task=task, person=actor.user).first()
    if former is None:
        raise NotFoundError()
    if Submission.objects.filter(supersedes_id=supersedes_id).exists():
        raise SupersededAlreadyError()
    return former.slot_id


def _take_slot(task: Task, lease: Lease) -> tuple[uuid.UUID | None, LateReason]:
    """Fill the slot the lease holds, or any open one when the hold has ended; say why it is late, if it is."""
    if Submission.objects.filter(task=task, person_id=lease.person_id).exists():
        raise SubmittedAlreadyError()
    if task.state == TaskState.WITHDRAWN:
        return None, LateReason.TASK_WITHDRAWN
    late = LateReason.PROJECT_PAUSED if task.project.state != "active" else LateReason.NONE
    in_time = Lease.objects.filter(pk=lease.pk, state=LeaseState.HELD, expires_at__gt=Now()).exists()
    if lease.state == LeaseState.HELD:
        slot_id, late = lease.slot_id, late if in_time else LateReason.LEASE_EXPIRED
    else:
        slot, late = _open_slot(task), LateReason.LEASE_EXPIRED
        if slot is None:
            return None, LateReason.SLOT_TAKEN
        slot_id = slot.pk
    Slot.objects.filter(pk=slot_id).update(state=SlotState.FILLED)
    Lease.objects.filter(pk=lease.pk).update(state=LeaseState.SUBMITTED, slot_id=slot_id)
    return slot_id, late


def _open_slot(task: Task) -> Slot | None:
    return (
        Slot.objects.select_for_update(skip_locked=True)
        .filter(task=task, state=SlotState.OPEN)
        .order_by("ordinal")
        .first()
    )


def _close_when_filled(task: Task) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM queue_slot WHERE task_id = %s AND state <> %s LIMIT 1",
            [task.pk, str(SlotState.FILLED)],
        )
        if cursor.fetchone() is not None or task.state != TaskState.OPEN:
            return
    Task.objects.filter(pk=task.pk).update(state=TaskState.CLOSED)
    task.state = TaskState.CLOSED
    publish(TaskFilled(task.pk, task.project_id, task.kind))
