"""Taking answers in: a success means it is committed; a late one is kept and marked; a repeat finds the first."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.accounts.selectors import Actor, Project
from core.accounts.services import AUDIT_INTO
from core.db.prepared import Statement, together
from core.db.transactions import in_transaction
from core.errors import NotFoundError
from core.events import publish
from core.queue.domain.states import LateReason, LeaseState, SlotState, TaskState
from core.queue.errors import SubmissionDiffersError, SubmittedAlreadyError, SupersededAlreadyError
from core.queue.events import TaskFilled
from core.queue.models import Slot, Submission
from core.queue.selectors import HELD_COLUMNS, HeldTask, held_task, lease_get
from core.queue.services.leases import turn_statement

_LONGEST_ACTIVE_MS = 24 * 3600 * 1000
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode

# The task's lock serialises all who answer it; the lease's keeps it from expiring under our hands. Neither is in
# the way of the foreign keys that point at the rows.
_STANDING = f"""
SELECT {HELD_COLUMNS}, lease.expires_at > statement_timestamp()
FROM queue_lease AS lease
JOIN queue_task AS task ON task.id = lease.task_id JOIN queue_slot AS slot ON slot.id = lease.slot_id
WHERE lease.id = %(lease)s AND lease.person_id = %(person)s AND task.project_id = %(project)s
FOR NO KEY UPDATE OF lease, task
"""  # noqa: S608 - columns of ours

_GIVEN = """
SELECT answer.id, answer.person_id, answer.task_id, answer.document_sha256, answer.slot_id, answer.supersedes_id
FROM queue_submission AS answer WHERE answer.id = %(id)s
UNION ALL
SELECT answer.id, answer.person_id, answer.task_id, answer.document_sha256, answer.slot_id, answer.supersedes_id
FROM queue_lease AS lease
JOIN queue_submission AS answer ON answer.task_id = lease.task_id AND answer.person_id = lease.person_id
WHERE lease.id = %(lease)s AND lease.person_id = %(person)s AND answer.id <> %(id)s
UNION ALL
SELECT later.id, later.person_id, later.task_id, later.document_sha256, later.slot_id, later.supersedes_id
FROM queue_lease AS lease
JOIN queue_submission AS answer ON answer.task_id = lease.task_id AND answer.person_id = lease.person_id
JOIN queue_submission AS later ON later.supersedes_id = answer.id AND later.person_id <> lease.person_id
WHERE lease.id = %(lease)s AND lease.person_id = %(person)s AND later.id <> %(id)s
"""

_STORE = f"""
WITH stored AS (
  INSERT INTO queue_submission (
    id, task_id, slot_id, lease_id, person_id, lease_epoch, document, document_sha256, active_ms, is_late,
    late_reason, supersedes_id)
  VALUES (
    %(id)s, %(task)s, %(slot)s, %(lease)s, %(person)s, %(epoch)s, %(document)s::jsonb, %(digest)s, %(active_ms)s,
    %(is_late)s, %(late)s, %(supersedes)s)
  RETURNING created_at
), noted AS (
  INSERT INTO {AUDIT_INTO}
  VALUES (uuidv7(), %(person)s, %(token)s, %(project)s, %(action)s, 'queue.submission', %(id)s::uuid::text,
    jsonb_build_object('task', %(task)s::uuid, 'late', %(late)s::text))
), given AS (
  UPDATE queue_lease SET state = 'submitted', slot_id = %(slot)s WHERE id = %(lease)s AND %(fills)s
), filled AS (
  UPDATE queue_slot SET state = 'filled' WHERE id = %(slot)s AND %(fills)s
), closed AS (
  UPDATE queue_task SET state = 'closed'
  WHERE id = %(task)s AND state = 'open' AND %(fills)s AND NOT EXISTS (
    SELECT 1 FROM queue_slot AS other
    WHERE other.task_id = %(task)s AND other.id <> %(slot)s AND other.state <> 'filled')
  RETURNING id
), worked AS (
  UPDATE queue_personlimit SET
    work_since = CASE WHEN last_work_at < now() - make_interval(secs => 300 + %(active_ms)s / 1000)
      THEN now() - make_interval(secs => %(active_ms)s / 1000) ELSE work_since END,
    last_work_at = now()
  WHERE person_id = %(person)s AND last_work_at < now() - interval '30 seconds'
), finished AS (
  DELETE FROM queue_draft WHERE task_id = %(task)s AND person_id = %(person)s
)
SELECT stored.created_at, EXISTS (SELECT 1 FROM closed) FROM stored
"""  # noqa: S608 - columns of ours


@dataclass(frozen=True, slots=True)
class Given:
    """An answer stored before, of the same person to the same task, or under the same identifier.

    Also a reviewer's that superseded one of theirs.
    """

    id: uuid.UUID
    person_id: uuid.UUID
    task_id: uuid.UUID
    digest: str
    slot_id: uuid.UUID | None
    supersedes_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand when an answer comes in; nobody else changes them until the transaction ends."""

    held: HeldTask
    is_in_time: bool
    project: Project
    given: Sequence[Given]


@dataclass(frozen=True, slots=True)
class Receipt:
    """A stored answer. ``is_new`` is false when it had been stored before."""

    id: uuid.UUID
    created_at: datetime
    slot_id: uuid.UUID | None
    is_late: bool
    late_reason: str
    supersedes_id: uuid.UUID | None
    is_new: bool
    has_closed_the_task: bool


def standing_statements(
    actor: Actor, *, project_id: uuid.UUID, lease_id: uuid.UUID, submission_id: uuid.UUID
) -> list[Statement]:
    """Return the two statements that lock what an answer touches and read how it stands, at the actor's turn."""
    values = {"lease": lease_id, "person": actor.user.pk, "project": project_id, "id": submission_id}
    return [(_STANDING, values), (_GIVEN, values)]


def standing_of(project: Project, rows_found: Sequence[Sequence[Sequence[Any]]]) -> Standing:
    """Return what the rows of `standing_statements` say.

    Raises
    ------
    NotFoundError
        When the lease is somebody else's or of another project.
    """
    found, given = rows_found
    if not found:
        raise NotFoundError()
    return Standing(held_task(found[0]), found[0][-1], project, [Given(*one) for one in given])


def submission_store(
    actor: Actor,
    standing: Standing,
    *,
    submission_id: uuid.UUID,
    document: dict[str, Any],
    active_ms: int,
    supersedes_id: uuid.UUID | None = None,
    along: Sequence[Statement] = (),
) -> tuple[Receipt, list[list[Any]]]:
    """Store an answer whose document was checked, in the transaction that read how things stand.

    Parameters
    ----------
    along
        What the app that owns the document's meaning stores of it, and what it wants to know after that: sent in
        the same exchange with the database. Not sent when the answer had been stored before.

    Returns
    -------
    receipt, rows of ``along``

    Raises
    ------
    NotFoundError, SubmissionDiffersError, SubmittedAlreadyError, SupersededAlreadyError
    """
    held = standing.held
    text = _canonical(document)
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    earlier = next((one for one in standing.given if one.id == submission_id), None)
    if earlier is not None:
        if earlier.person_id != actor.user.pk or earlier.digest != digest:
            raise SubmissionDiffersError()
        return _receipt_of(earlier.id), []
    if supersedes_id is not None:
        slot_id, late = _slot_of_superseded(standing, supersedes_id), LateReason.NONE
    else:
        slot_id, late = _slot_taken(standing)
    values = {
        "id": submission_id,
        "task": held.task_id,
        "slot": slot_id,
        "lease": held.lease_id,
        "person": actor.user.pk,
        "token": actor.token_id,
        "project": held.project_id,
        "epoch": held.epoch,
        "document": text,
        "digest": digest,
        "active_ms": max(0, min(active_ms, _LONGEST_ACTIVE_MS)),
        "is_late": late != LateReason.NONE,
        "late": str(late),
        "supersedes": supersedes_id,
        "action": "submission.supersede" if supersedes_id else "submission.create",
        "fills": supersedes_id is None and slot_id is not None,
    }
    stored, *found = together([(_STORE, values), *along])
    created_at, has_closed = stored[0]
    if has_closed:
        publish(TaskFilled(held.task_id, held.project_id, held.kind))
    receipt = Receipt(
        submission_id,
        created_at,
        slot_id,
        late != LateReason.NONE,
        str(late),
        supersedes_id,
        True,
        has_closed,
    )
    return receipt, found


@in_transaction
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
    project = lease_get(actor, lease_id).task.project
    standing = standing_statements(
        actor, project_id=project.pk, lease_id=lease_id, submission_id=submission_id
    )
    _, *found = together([turn_statement(actor), *standing])
    receipt, _ = submission_store(
        actor,
        standing_of(project, found),
        submission_id=submission_id,
        document=document,
        active_ms=active_ms,
        supersedes_id=supersedes_id,
    )
    stored = Submission.objects.select_related("task", "task__project").get(pk=receipt.id)
    return stored, receipt.is_new


def document_digest(document: dict[str, Any]) -> str:
    """Return the SHA-256 of the document's canonical JSON, by which a repeat is told from a different answer."""
    return hashlib.sha256(_canonical(document).encode("utf-8")).hexdigest()


def _canonical(document: dict[str, Any]) -> str:
    return _CANONICAL(document)


def _receipt_of(submission_id: uuid.UUID) -> Receipt:
    stored = Submission.objects.get(pk=submission_id)
    return Receipt(
        stored.pk,
        stored.created_at,
        stored.slot_id,
        stored.is_late,
        stored.late_reason,
        stored.supersedes_id,
        is_new=False,
        has_closed_the_task=False,
    )


def _slot_of_superseded(standing: Standing, supersedes_id: uuid.UUID) -> uuid.UUID | None:
    own = [one for one in standing.given if one.task_id == standing.held.task_id]
    former = next((one for one in own if one.id == supersedes_id), None)
    if former is None:
        raise NotFoundError()
    if any(one.supersedes_id == supersedes_id for one in own):
        raise SupersededAlreadyError()
    return former.slot_id


def _slot_taken(standing: Standing) -> tuple[uuid.UUID | None, LateReason]:
    """Choose the slot the lease holds, or any open one when the hold has ended; say why it is late, if it is."""
    if standing.given:
        raise SubmittedAlreadyError()
    held = standing.held
    if held.task_state == TaskState.WITHDRAWN:
        return None, LateReason.TASK_WITHDRAWN
    if held.state != LeaseState.HELD:
        slot = _open_slot(held.task_id)
        return (None, LateReason.SLOT_TAKEN) if slot is None else (slot.pk, LateReason.LEASE_EXPIRED)
    if not standing.is_in_time:
        return held.slot_id, LateReason.LEASE_EXPIRED
    is_paused = standing.project.state != "active"
    return held.slot_id, LateReason.PROJECT_PAUSED if is_paused else LateReason.NONE


def _open_slot(task_id: uuid.UUID) -> Slot | None:
    return (
        Slot.objects.select_for_update(skip_locked=True)
        .filter(task_id=task_id, state__in=[SlotState.OPEN, SlotState.PAUSED])
        .order_by("ordinal")
        .first()
    )
