"""Shutting work to a person for a while: by budgets, breaks and their own word, in all tabs and projects at once."""

from __future__ import annotations

import uuid

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.db.prepared import rows
from core.db.transactions import in_transaction
from core.queue.domain.closing import Closed
from core.queue.domain.harm import keys_between
from core.queue.domain.states import LeaseState
from core.queue.errors import BreakIsDueError
from core.queue.models import Closure, Lease, Reveal
from core.queue.selectors.closing import work_closed
from core.queue.selectors.protection import Standing, database_now, standing_of_person
from core.queue.selectors.wards import CONSENTED, LIMITS
from core.queue.services.holds import slots_return

_OWN = "own"

_SHUT = """
INSERT INTO queue_closure (id, person_id, project_id, rule, why, severity_from, keys, until, may_end)
VALUES (uuidv7(), %(person)s, %(project)s, %(rule)s, %(why)s, %(severity_from)s, %(keys)s, %(until)s, %(may_end)s)
ON CONFLICT (person_id, project_id, rule) DO UPDATE SET
  why = EXCLUDED.why, until = EXCLUDED.until, may_end = EXCLUDED.may_end
"""
_REFUSED = f"""
WITH limits AS ({LIMITS})
SELECT lease.id, lease.slot_id
FROM queue_lease AS lease JOIN queue_slot AS slot ON slot.id = lease.slot_id
CROSS JOIN limits LEFT JOIN queue_ward AS ward ON ward.id = slot.ward_id
WHERE lease.person_id = %(person)s AND lease.state = 'held' AND slot.project_id = %(project)s AND NOT {CONSENTED}
FOR UPDATE OF lease
"""  # noqa: S608 - names of ours


@in_transaction
def budgets_refresh(actor: Actor) -> Standing:
    """Shut what the actor's budgets say is spent, and open what has room again; written when something was seen."""
    standing = standing_of_person(actor)
    shut: list[tuple[uuid.UUID | None, str]] = []
    for rule, spent in standing.spent:
        if spent.opens_at is None:
            continue
        one = rule.budget
        values = {
            "person": actor.user.pk,
            "project": rule.project_id,
            "rule": rule.name,
            "why": "budget",
            "severity_from": one.severity_from,
            "keys": keys_between(one.category, one.severity_from) if one.category else None,
            "until": spent.opens_at,
            "may_end": False,
        }
        rows(_SHUT, values)
        shut.append((rule.project_id, rule.name))
    for closure in Closure.objects.filter(person_id=actor.user.pk, why="budget"):
        if (closure.project_id, closure.rule) not in shut:
            closure.delete()
    return standing


@transaction.atomic
def break_take(actor: Actor, *, minutes: int, why: str = "break") -> Closed:
    """Shut all work to the actor for a while because they want that; they may end it when they like.

    Nobody else is told: the audit event names nobody.
    """
    now = database_now()
    values = {
        "person": actor.user.pk,
        "project": None,
        "rule": _OWN,
        "why": why,
        "severity_from": 0,
        "keys": None,
        "minutes": minutes,
        "may_end": True,
    }
    rows(_SHUT.replace("%(until)s", "now() + make_interval(mins => %(minutes)s)"), values)
    audit_record(None, action="break.take")
    found = Closure.objects.get(person_id=actor.user.pk, rule=_OWN)
    return Closed(found.why, found.until, found.may_end, now)


@transaction.atomic
def break_end(actor: Actor) -> None:
    """End the break the actor took.

    Raises
    ------
    BreakIsDueError
        When the work they did before makes one due.
    """
    Closure.objects.filter(person_id=actor.user.pk, rule=_OWN).delete()
    audit_record(None, action="break.end")
    closed = work_closed(actor, None)
    if closed is not None and closed.why == "break":
        raise BreakIsDueError()


@transaction.atomic
def work_stop(actor: Actor, *, minutes: int | None) -> tuple[int, Closed | None]:
    """Give back all that the actor holds, in every project, as a decline does: nothing remembers whose it was."""
    held = list(
        Lease.objects.select_for_update()
        .filter(person_id=actor.user.pk, state=LeaseState.HELD)
        .order_by("pk")
        .values_list("pk", "slot_id")
    )
    _let_go(held, LeaseState.DECLINED)
    audit_record(None, action="lease.decline", data={})
    closed = break_take(actor, minutes=minutes, why="stopped") if minutes else None
    return len(held), closed


@in_transaction
def ahead_return(actor: Actor, project: Project) -> None:
    """Take back what the actor holds in the project while work is shut to them; they may be handed it later."""
    held = list(
        Lease.objects.select_for_update()
        .filter(person_id=actor.user.pk, state=LeaseState.HELD, task__project=project, expires_at__gt=Now())
        .order_by("pk")
        .values_list("pk", "slot_id")
    )
    _let_go(held, LeaseState.EXPIRED)


@in_transaction
def refused_return(actor: Actor) -> None:
    """Take back what the actor holds of a sort that they do not take any more."""
    held = Lease.objects.filter(person_id=actor.user.pk, state=LeaseState.HELD)
    for project_id in set(held.values_list("task__project_id", flat=True)):
        found = rows(_REFUSED, {"person": actor.user.pk, "project": project_id})
        _let_go([(lease_id, slot_id) for lease_id, slot_id in found], LeaseState.EXPIRED)


def _let_go(held: list[tuple[uuid.UUID, uuid.UUID]], state: LeaseState) -> None:
    leases, slots = [lease for lease, _ in held], [slot for _, slot in held]
    Lease.objects.filter(pk__in=leases).update(state=state)
    slots_return(slots)
    Reveal.objects.filter(lease_id__in=leases, mode="handed").delete()
