"""A reviewer's answer, in place of somebody else's or beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.utils import timezone

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.db.transactions import in_transaction
from core.errors import NotFoundError
from core.queue.domain.overlap import OVERLAP_MOST
from core.queue.domain.states import LeaseState, SlotState
from core.queue.errors import (
    HoldingTaskError,
    OwnWorkError,
    SubmissionDiffersError,
    SupersededAlreadyError,
    TaskSlotsError,
)
from core.queue.models import Lease, Slot, Submission, Task
from core.queue.services.submissions import document_digest

_LONGEST_ACTIVE_MS = 24 * 3600 * 1000


@in_transaction
def submission_amend(
    actor: Actor,
    former_id: uuid.UUID,
    *,
    submission_id: uuid.UUID,
    document: dict[str, Any],
    active_ms: int,
) -> tuple[Submission, bool]:
    """Store a reviewer's submission that supersedes somebody's, in the same slot, in the caller's transaction.

    It names the lease under which the slot was filled. The former one stays as it is and counts no more.

    Parameters
    ----------
    submission_id
        Made by the client. The same one with the same document returns the first row.
    document
        Already checked by the app that owns its meaning.

    Returns
    -------
    submission, created

    Raises
    ------
    NotFoundError, CapabilityMissingError, OwnWorkError, SupersededAlreadyError, SubmissionDiffersError
    """
    former = Submission.objects.select_related("task").filter(pk=former_id, slot__isnull=False).first()
    if former is None:
        raise NotFoundError()
    project = project_get(actor, former.task.project_id, needs=Capability.REVIEW_DECIDE)
    Task.objects.select_for_update(of=("self",)).get(pk=former.task_id)
    digest = document_digest(document)
    earlier = Submission.objects.filter(pk=submission_id).first()
    if earlier is not None:
        if earlier.person_id != actor.user.pk or earlier.document_sha256 != digest:
            raise SubmissionDiffersError()
        return earlier, False
    if Submission.objects.filter(supersedes_id=former_id).exists():
        raise SupersededAlreadyError()
    if Submission.objects.filter(task_id=former.task_id, person_id=actor.user.pk).exists():
        raise OwnWorkError()
    submission = Submission.objects.create(
        id=submission_id,
        task_id=former.task_id,
        slot_id=former.slot_id,
        lease_id=former.lease_id,
        person=actor.user,
        lease_epoch=former.lease_epoch,
        document=document,
        document_sha256=digest,
        active_ms=max(0, min(active_ms, _LONGEST_ACTIVE_MS)),
        supersedes_id=former_id,
    )
    audit_record(
        actor,
        action="submission.amend",
        project=project,
        target=submission,
        data={"task": str(former.task_id), "supersedes": str(former_id)},
    )
    return submission, True


@in_transaction
def submission_beside(
    actor: Actor,
    reviewed_id: uuid.UUID,
    *,
    submission_id: uuid.UUID,
    document: dict[str, Any],
    active_ms: int,
) -> tuple[Submission, bool]:
    """Store a reviewer's own answer to the task of somebody's, in the caller's transaction.

    The task has one slot more than before, filled by it; what others answered goes on counting.

    Parameters
    ----------
    submission_id
        Made by the client. The same one with the same document returns the first row.
    document
        Already checked by the app that owns its meaning.

    Returns
    -------
    submission, created

    Raises
    ------
    NotFoundError, CapabilityMissingError, OwnWorkError, HoldingTaskError, TaskSlotsError, SubmissionDiffersError
    """
    reviewed = Submission.objects.select_related("task").filter(pk=reviewed_id, slot__isnull=False).first()
    if reviewed is None:
        raise NotFoundError()
    project = project_get(actor, reviewed.task.project_id, needs=Capability.REVIEW_DECIDE)
    task = Task.objects.select_for_update(of=("self",)).get(pk=reviewed.task_id)
    digest = document_digest(document)
    earlier = Submission.objects.filter(pk=submission_id).first()
    if earlier is not None:
        if earlier.person_id != actor.user.pk or earlier.document_sha256 != digest:
            raise SubmissionDiffersError()
        return earlier, False
    if Submission.objects.filter(task=task, person_id=actor.user.pk).exists():
        raise OwnWorkError()
    lease = _lease_beside(actor, task)
    submission = Submission.objects.create(
        id=submission_id,
        task=task,
        slot_id=lease.slot_id,
        lease=lease,
        person=actor.user,
        lease_epoch=lease.epoch,
        document=document,
        document_sha256=digest,
        active_ms=max(0, min(active_ms, _LONGEST_ACTIVE_MS)),
    )
    audit_record(
        actor,
        action="submission.beside",
        project=project,
        target=submission,
        data={"task": str(task.pk), "reviewed": str(reviewed_id)},
    )
    return submission, True


def _lease_beside(actor: Actor, task: Task) -> Lease:
    """Return the reviewer's lease of a slot made for them, by which they can go back to their answer."""
    if task.slots >= OVERLAP_MOST:
        raise TaskSlotsError(slots=task.slots + 1)
    former = Lease.objects.select_for_update().filter(task=task, person_id=actor.user.pk).first()
    if former is not None and former.state == LeaseState.HELD:
        raise HoldingTaskError()
    slot = Slot.objects.create(
        task=task,
        ordinal=task.slots,
        project_id=task.project_id,
        kind=task.kind,
        priority=task.priority,
        state=SlotState.FILLED,
    )
    Task.objects.filter(pk=task.pk).update(slots=task.slots + 1)
    if former is None:
        return Lease.objects.create(
            task=task, slot=slot, person=actor.user, state=LeaseState.SUBMITTED, expires_at=timezone.now()
        )
    former.slot, former.state = slot, LeaseState.SUBMITTED
    former.save(update_fields=["slot", "state"])
    return former
