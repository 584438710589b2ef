"""Handing out work: whatever the concurrency, a slot is held by one person and a task is new to them."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, NamedTuple

from django.db import transaction
from django.db.models.functions import Now

from core.accounts.selectors import Actor, Project, door_statement
from core.accounts.services import AUDIT_INTO, audit_record
from core.db.prepared import Statement, row, rows, together
from core.db.transactions import in_transaction
from core.queue.domain.closing import Closed, closed_of
from core.queue.domain.reveals import Mode
from core.queue.domain.states import LeaseState, TaskKind
from core.queue.errors import (
    LanguagesUnsaidError,
    LeaseOverError,
    OnboardingWaitsError,
    ProjectNotActiveError,
    ReasonMissingError,
    SubmittedAlreadyError,
    WorkClosedError,
)
from core.queue.models import Lease, Reveal
from core.queue.selectors import (
    HELD_COLUMNS,
    POSTS_AHEAD,
    Coverings,
    HeldTask,
    draft_document,
    held_task,
    languages_to_ask,
    lease_get,
    rules_kept,
)
from core.queue.selectors.covering import COVERING, coverings_of
from core.queue.selectors.onboarding import onboarding_due
from core.queue.selectors.wards import CLOSED_AND, COUNTED, FIT, NEXT, PARTLY_CLOSED
from core.queue.services.closures import budgets_refresh
from core.queue.services.gold_mixing import NOT_PAUSED, gold_statement
from core.queue.services.holds import slots_return
from core.queue.services.onboarding import onboarding_take
from core.queue.services.pair_mixing import pair_statement

HELD_AT_MOST = 3
"""One on the screen, two ahead."""

# One person's requests take turns, so that two tabs are not handed two slots of one task.
_TURN: LiteralString = "pg_advisory_xact_lock(hashtextextended(%(user)s::text, 7))"

_HELD = f"""
SELECT {HELD_COLUMNS}, draft.document, draft.version
FROM queue_lease AS lease
JOIN queue_task AS task ON task.id = lease.task_id JOIN queue_slot AS slot ON slot.id = lease.slot_id
LEFT JOIN queue_draft AS draft ON draft.task_id = lease.task_id AND draft.person_id = lease.person_id
WHERE lease.person_id = %(person)s AND lease.state = 'held' AND lease.expires_at > statement_timestamp()
  AND task.project_id = %(project)s AND task.kind = %(kind)s
ORDER BY lease.created_at, lease.id
"""  # noqa: S608 - columns of ours

# SKIP LOCKED lets others take the next row instead of waiting. Nothing is claimed while the person holds enough, or
# holds a task that the page does not know of.
_CLAIM = f"""
WITH RECURSIVE standing AS (
  SELECT count(*) AS held, count(*) FILTER (WHERE lease.id <> ALL(%(holding)s::uuid[])) AS unknown
  FROM queue_lease AS lease JOIN queue_task AS task ON task.id = lease.task_id
  WHERE lease.person_id = %(person)s AND lease.state = 'held' AND lease.expires_at > statement_timestamp()
    AND task.project_id = %(project)s AND task.kind = %(kind)s
), {FIT.format(when=f"(SELECT held < %(most)s AND unknown = 0 FROM standing) AND {NOT_PAUSED}")}, claimed AS (
  UPDATE queue_slot SET state = 'leased'
  WHERE id = (SELECT id FROM ({NEXT.format(lock="FOR UPDATE OF s SKIP LOCKED")}) AS next) AND state = 'open'
  RETURNING id, task_id, ward_id
), lease AS (
  INSERT INTO queue_lease (id, task_id, slot_id, person_id, epoch, state, expires_at, reason)
  SELECT uuidv7(), task_id, id, %(person)s, 1, 'held', now() + make_interval(secs => %(seconds)s), ''
  FROM claimed
  ON CONFLICT (task_id, person_id) DO UPDATE SET
    slot_id = EXCLUDED.slot_id, epoch = queue_lease.epoch + 1, state = 'held', expires_at = EXCLUDED.expires_at
  RETURNING id, task_id, slot_id
), noted AS (
  INSERT INTO {AUDIT_INTO}
  SELECT uuidv7(), %(person)s, %(token)s, %(project)s, 'lease.take', 'queue.lease', id::text, '{{}}' FROM lease
), handed AS (
  SELECT lease.id AS lease_id, task.post_id, claimed.ward_id
  FROM lease JOIN claimed ON claimed.id = lease.slot_id JOIN queue_task AS task ON task.id = lease.task_id
), {COUNTED}
SELECT lease.id FROM lease
"""  # noqa: S608 - columns of ours

# What is shut to the person, and how the posts are covered that they hold and the page does not know of.
_STANDS = CLOSED_AND.format(more="," + COVERING.format(among=POSTS_AHEAD))

_EXTEND = """
UPDATE queue_lease SET expires_at = now() + make_interval(secs => %(seconds)s)
WHERE id = %(lease)s AND state = 'held' AND expires_at > now()
RETURNING expires_at
"""


def turn_statement(actor: Actor) -> Statement:
    """Return the statement after which this person's other requests wait until the transaction ends."""
    return f"SELECT {_TURN}", {"user": actor.user.pk}


def door_and_turn_statement(actor: Actor, project_id: uuid.UUID) -> Statement:
    """Return the statement that asks for the project, as `project_get` does, and takes the actor's turn in it."""
    return door_statement(actor, project_id, also=_TURN)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a page asks for.

    Attributes
    ----------
    holding
        Leases that it has on screen or fetched ahead.
    most
        How many tasks it wants now.
    """

    kind: str
    holding: Sequence[uuid.UUID]
    most: int

    def values(self, actor: Actor, project: Project) -> dict[str, Any]:
        """Return the parameters of the statements about this wish."""
        return {
            "person": actor.user.pk,
            "token": actor.token_id,
            "project": project.pk,
            "organization": project.organization_id,
            "kind": self.kind,
            "holding": list(self.holding),
            "seconds": project.lease_seconds,
            "most": HELD_AT_MOST,
            "is_person": not actor.user.is_simulated,
        }


class Taken(NamedTuple):
    """The tasks handed out, and what is shut to the person when there are none for that reason.

    Attributes
    ----------
    coverings
        How the posts are shown that the page did not know of when it asked.
    drafts
        By task, what the person has so far of what they hold.
    held
        All leases that the person holds by now of what they asked for.
    """

    tasks: list[HeldTask]
    closed: Closed | None
    coverings: Coverings | None
    drafts: dict[uuid.UUID, dict[str, Any]]
    held: frozenset[uuid.UUID]


@in_transaction
def leases_take(actor: Actor, project: Project, wish: Wish) -> Taken:
    """Hand the actor the tasks they hold and the page does not know of, then new ones.

    Returns
    -------
    Taken
        Fewer tasks than wished when nothing is left for this person, or they hold `HELD_AT_MOST` by then.

    Raises
    ------
    ProjectNotActiveError
    """
    must_be_active(project)
    _, *found = together([turn_statement(actor), *take_statements(actor, project, wish)])
    return tasks_taken(actor, project, wish, found)


def must_be_active(project: Project) -> None:
    """Raise ``ProjectNotActiveError`` when the project hands out no work."""
    if project.state != "active":
        raise ProjectNotActiveError(state=project.state)


def take_statements(actor: Actor, project: Project, wish: Wish) -> list[Statement]:
    """Return the statements whose rows `tasks_taken` reads; it is this person's turn when they are sent."""
    if not wish.most:
        return []
    values = wish.values(actor, project)
    # Whoever is still to be introduced claims nothing; `tasks_taken` hands out what they learn by.
    claims = [] if _is_onboarding(actor, project, wish) else _claims(values)
    return [*claims, (_HELD, values), (_STANDS, values)]


def tasks_taken(
    actor: Actor, project: Project, wish: Wish, rows_found: Sequence[Sequence[Sequence[Any]]]
) -> Taken:
    """Return what `leases_take` does, from the rows of `take_statements`; asks on when that was not enough."""
    if not wish.most:
        return Taken([], None, None, {}, frozenset())
    *claims, held, (standing,) = rows_found
    *closing, was_counted = standing[:5]
    if was_counted:
        budgets_refresh(actor)
    closed, coverings = closed_of(closing), coverings_of(standing[5:])
    drafts = {one[5]: draft_document(*one[-2:]) for one in held if one[-1] is not None}
    holds = frozenset(one[0] for one in held)
    if closed is not None:
        return Taken([], closed, coverings, drafts, holds)
    taken = [held_task(one) for one in held if one[0] not in wish.holding][: wish.most]
    claimed = {lease_id for found in claims for (lease_id,) in found}
    for task in taken:
        if task.lease_id not in claimed:
            row(_EXTEND, {"lease": task.lease_id, "seconds": project.lease_seconds})
    if not taken and _is_onboarding(actor, project, wish):
        if not holds and onboarding_take(wish.values(actor, project)) is not None:
            taken = [held_task(one) for one in rows(_HELD, wish.values(actor, project))]
    elif not taken and len(holds) < HELD_AT_MOST:
        waits = row(PARTLY_CLOSED, wish.values(actor, project))
        closed = None if waits is None else closed_of(waits, is_all=False)
    elif claimed and len(taken) < wish.most:
        known = [*wish.holding, *(task.lease_id for task in taken)]
        more = Wish(wish.kind, known, wish.most - len(taken))
        further = tasks_taken(actor, project, more, together(take_statements(actor, project, more)))
        taken += further.tasks
    return Taken(taken, closed, coverings, drafts, holds)


def _is_onboarding(actor: Actor, project: Project, wish: Wish) -> bool:
    return wish.kind == TaskKind.LABEL and onboarding_due(actor, project)


def _claims(values: dict[str, Any]) -> list[Statement]:
    """Return the statements of which at most one hands something out: what measures the person first, at its turn.

    Where nothing is mixed in, nothing is asked about it; where it is, the same is asked each time.
    """
    rules = rules_kept(values["project"])
    if values["kind"] == TaskKind.COMPARE:
        mixed = [pair_statement(values)] if rules.gold_share + rules.again_share > 0 else []
    else:
        mixed = [gold_statement(values)] if rules.gold_share > 0 else []
    return [*mixed, (_CLAIM, values)]


@in_transaction
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
    ProjectNotActiveError, WorkClosedError, OnboardingWaitsError
    """
    taken = leases_take(actor, project, Wish(kind, list(holding), 1))
    if taken.closed is not None:
        raise WorkClosedError(**taken.closed.document())
    if not taken.tasks and kind == TaskKind.LABEL and not holding and onboarding_due(actor, project):
        raise OnboardingWaitsError()
    return _with_task(taken.tasks[0].lease_id) if taken.tasks else None


def languages_must_be_said(actor: Actor, project: Project, *, kind: str) -> None:
    """Raise ``LanguagesUnsaidError`` before somebody begins who is to say first which languages they read."""
    unsaid = languages_to_ask(actor, project, kind=kind) if project.state == "active" else []
    if unsaid:
        raise LanguagesUnsaidError(languages=unsaid)


@transaction.atomic
def lease_renew(actor: Actor, lease_id: uuid.UUID) -> Lease:
    """Hold on to a task for another full period, as the page does while somebody works on it.

    Raises
    ------
    SubmittedAlreadyError
        When they have answered the task, in another tab or on another device.
    LeaseOverError
        When the hold has ended; the answer can still be submitted and is kept.
    """
    lease = lease_get(actor, lease_id)
    extended = row(_EXTEND, {"lease": lease.pk, "seconds": lease.task.project.lease_seconds})
    if extended is None:
        raise SubmittedAlreadyError() if lease.state == LeaseState.SUBMITTED else LeaseOverError()
    lease.expires_at = extended[0]
    return lease


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
    slots_return([lease.slot_id])
    Reveal.objects.filter(lease_id=lease.pk, mode=Mode.HANDED).delete()
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
        slots_return([lease.slot_id for lease in overdue])
        if overdue:
            audit_record(None, action="leases.expire", data={"count": len(overdue)})
    return len(overdue)


def _with_task(lease_id: uuid.UUID) -> Lease:
    return Lease.objects.select_related("task", "task__project", "slot").get(pk=lease_id)
