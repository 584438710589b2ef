"""Handing out work: whatever the concurrency, a slot is held by one person and a task is new to them."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db import connection, transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.queue.domain.states import LeaseState, SlotState
from core.queue.errors import LeaseOverError, ProjectNotActiveError, ReasonMissingError
from core.queue.models import Lease, Slot
from core.queue.selectors import lease_get

_HELD_AT_MOST = 3

# The index queue_slot_next gives the order; SKIP LOCKED lets others take the next row instead of waiting.
_CLAIM = """
UPDATE queue_slot SET state = 'leased' WHERE id = (
  SELECT s.id FROM queue_slot s
  WHERE s.project_id = %(project)s AND s.kind = %(kind)s AND s.state = 'open'
    AND NOT EXISTS (
      SELECT 1 FROM queue_lease l
      WHERE l.task_id = s.task_id AND l.person_id = %(person)s AND l.state <> 'expired')
    AND NOT EXISTS (
      SELECT 1 FROM queue_submission b WHERE b.task_id = s.task_id AND b.person_id = %(person)s)
  ORDER BY s.priority DESC, s.task_id, s.ordinal
  LIMIT 1
  FOR UPDATE OF s SKIP LOCKED
) AND state = 'open'
RETURNING id, task_id
"""

_HOLD = """
INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
VALUES (uuidv7(), %(task)s, %(slot)s, %(person)s, 1, 'held', now() + make_interval(secs => %(seconds)s), '')
ON CONFLICT (task_id, person_id) DO UPDATE SET
  slot_id = EXCLUDED.slot_id, epoch = queue_lease.epoch + 1, state = 'held', expires_at = EXCLUDED.expires_at
RETURNING id
"""


@transaction.atomic
def lease_next(
    actor: Actor, *, project: Project, kind: str, holding: Collection[uuid.UUID] = ()
) -> Lease | None:
    """Hand the actor their next task: one they hold already and have not open, else a new one.

    Parameters
    ----------
    holding
        Leases that the page has on screen or fetched ahead; others they still hold come first.

    Returns
    -------
    Lease or None
        ``None`` when nothing is left for this person, or they hold three already.

    Raises
    ------
    ProjectNotActiveError
    """
    if project.state != "active":
        raise ProjectNotActiveError(state=project.state)
    with connection.cursor() as cursor:
        # One person's requests take turns, so that two tabs are not handed two slots of one task.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))", [str(actor.user.pk)])
        held = list(
            Lease.objects.filter(
                person_id=actor.user.pk, state=LeaseState.HELD, task__project=project, task__kind=kind
            )
            .filter(expires_at__gt=Now())
            .order_by("created_at", "id")
        )
        for lease in held:
            if lease.pk not in holding:
                _extend(lease.pk, project)
                return _with_task(lease.pk)
        if len(held) >= _HELD_AT_MOST:
            return None
        cursor.execute(_CLAIM, {"project": project.pk, "kind": kind, "person": actor.user.pk})
        claimed = cursor.fetchone()
        if claimed is None:
            return None
        cursor.execute(
            _HOLD,
            {
                "task": claimed[1],
                "slot": claimed[0],
                "person": actor.user.pk,
                "seconds": project.lease_seconds,
            },
        )
        lease_id = cursor.fetchone()[0]
    lease = _with_task(lease_id)
    audit_record(actor, action="lease.take", project=project, target=lease)
    return lease


@transaction.atomic
def lease_renew(actor: Actor, lease_id: uuid.UUID) -> Lease:
    """Hold on to a task for another full period, as the page does while somebody works on it.

    Raises
    ------
    LeaseOverError
        When the hold has ended; the answer can still be submitted and is kept.
    """
    lease = lease_get(actor, lease_id)
    if not _extend(lease.pk, lease.task.project):
        raise LeaseOverError()
    return _with_task(lease.pk)


@transaction.atomic
def lease_release(actor: Actor, lease_id: uuid.UUID, *, outcome: str, reason: str = "") -> None:
    """Give a task back: ``skipped`` says why, ``declined`` needs no reason and counts in no figure.

    The task is not handed to this person again.

    Raises
    ------
    LeaseOverError, ReasonMissingError
    """
    if outcome == LeaseState.SKIPPED and not reason.strip():
        raise ReasonMissingError()
    lease = lease_get(actor, lease_id)
    kept_reason = reason.strip()[:500] if outcome == LeaseState.SKIPPED else ""
    changed = Lease.objects.filter(pk=lease.pk, state=LeaseState.HELD).update(
        state=outcome, reason=kept_reason
    )
    if not changed:
        raise LeaseOverError()
    Slot.objects.filter(pk=lease.slot_id, state=SlotState.LEASED).update(state=SlotState.OPEN)
    # A decline leaves no trace by which anybody could count a person's declines.
    if outcome == LeaseState.SKIPPED:
        audit_record(actor, action="lease.skip", project=lease.task.project, target=lease)
    else:
        audit_record(None, action="lease.decline", project=lease.task.project)


def leases_expire(*, limit: int = 1000) -> int:
    """Take back slots whose holders stopped renewing; return how many. Safe to run at the same time twice."""
    with transaction.atomic():
        overdue = list(
            Lease.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(state=LeaseState.HELD, expires_at__lte=Now())
            .order_by("expires_at")[:limit]
        )
        Lease.objects.filter(pk__in=[lease.pk for lease in overdue]).update(state=LeaseState.EXPIRED)
        Slot.objects.filter(pk__in=[lease.slot_id for lease in overdue], state=SlotState.LEASED).update(
            state=SlotState.OPEN
        )
        if overdue:
            audit_record(None, action="leases.expire", data={"count": len(overdue)})
    return len(overdue)


def _extend(lease_id: uuid.UUID, project: Project) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE queue_lease SET expires_at = now() + make_interval(secs => %s)"
            " WHERE id = %s AND state = 'held' AND expires_at > now()",
            [project.lease_seconds, lease_id],
        )
        return bool(cursor.rowcount)


def _with_task(lease_id: uuid.UUID) -> Lease:
    return Lease.objects.select_related("task", "task__project", "slot").get(pk=lease_id)
