"""What becomes of a suspect: a person says it is right or wrong, or others are asked."""

from __future__ import annotations

import uuid
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.db.models.functions import Now

from active_learning.domain.outcomes import Outcome
from active_learning.domain.suspect_kinds import HUMAN_METHODS, SuspectKind
from active_learning.errors import (
    DecidedByPersonError,
    DecisionReplacedError,
    NewAnswerMissingError,
    NoTwinError,
    SuspectAskedError,
    SuspectReviewedError,
)
from active_learning.models import Suspect
from annotation.events import PostDecided
from annotation.selectors import Decision, decisions_current
from annotation.services import adjudication_record
from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.db.prepared import row
from core.queue.services import TaskSpec, tasks_create

PRIORITY = 20.0

# Asked with every decision, and almost always without an answer.
_WAITING = """
SELECT 1 FROM active_learning_suspect AS suspect JOIN active_learning_scan AS scan ON scan.id = suspect.scan_id
WHERE scan.project_id = %(project)s AND suspect.post_id = %(post)s AND suspect.clause_key = %(clause)s
  AND suspect.outcome = 'pending'
LIMIT 1
"""


@transaction.atomic
def suspect_review(
    actor: Actor,
    suspect: Suspect,
    *,
    outcome: str,
    answer: str | None = None,
    changes_twin: bool = False,
    severity: int | None = None,
    reason: str = "",
) -> Suspect:
    """Say what a suspect is: right after all, wrong, or not to be told.

    Either of the first two says which answer is right; where that is another than the one decided, a new decision is
    recorded. Of a duplicate the twin's answer can be changed instead; that is a mistake found, too. What is said of an
    answer settles the scan's other suspects about it.

    Raises
    ------
    CapabilityMissingError, SuspectReviewedError, NewAnswerMissingError, NoTwinError, DecisionReplacedError
        And what `annotation.services.adjudication_record` raises.
    """
    project = project_get(actor, suspect.scan.project_id, needs=Capability.REVIEW_DECIDE)
    locked = _pending(suspect)
    if locked.kind == SuspectKind.REGION:
        # Only what was drawn is doubted: the answer stands, and with it the decision.
        pass
    elif outcome == Outcome.CONFIRMED:
        # A single answer that was right brings the severity that was given with it.
        given_severity = locked.why.get("vote", {}).get("severity")
        _say_right(actor, locked, locked.given, given_severity if severity is None else severity, reason)
    elif outcome == Outcome.CHANGED and changes_twin:
        post_id, doubted = _twin(locked)
        if not answer or answer == doubted:
            raise NewAnswerMissingError()
        _decide(actor, locked, post_id, doubted, answer, severity, reason)
    elif outcome == Outcome.CHANGED:
        if not answer or answer == locked.given:
            raise NewAnswerMissingError()
        _say_right(actor, locked, answer, severity, reason)
    Suspect.objects.filter(pk=locked.pk).update(outcome=outcome, reviewed_by=actor.user, reviewed_at=Now())
    told = {"outcome": outcome} | ({"changes_twin": True} if changes_twin else {})
    audit_record(actor, action="suspect.review", project=project, target=locked, data=told)
    locked.refresh_from_db()
    return locked


@transaction.atomic
def suspect_ask(actor: Actor, suspect: Suspect, *, slots: int = 1) -> Suspect:
    """Ask people about a suspect, as a label task like any other; the decision that follows settles it.

    Raises
    ------
    CapabilityMissingError, SuspectReviewedError, SuspectAskedError, DecidedByPersonError
    """
    scan = suspect.scan
    project = project_get(actor, scan.project_id, needs=Capability.REVIEW_DECIDE)
    locked = _pending(suspect)
    if locked.task_id is not None:
        raise SuspectAskedError()
    if Decision.objects.filter(pk=locked.decision_id, method__in=HUMAN_METHODS).exists():
        raise DecidedByPersonError()
    spec = TaskSpec(
        release_id=scan.release_id,
        clause_keys=[locked.clause_key],
        slots=slots,
        post_id=locked.post_id,
        priority=PRIORITY,
        source="suspect",
        source_id=locked.pk,
    )
    locked.task_id = tasks_create(project, kind="label", specs=[spec], actor=actor)[0].pk
    locked.save(update_fields=["task_id"])
    audit_record(actor, action="suspect.ask", project=project, target=locked, data={"slots": slots})
    return locked


def suspects_settle(event: PostDecided) -> None:
    """Settle what waits for this decision: every suspect about it that people were asked about, or a person decided.

    Where the new answer is another than the doubted one the suspect was wrong, otherwise it was right.
    """
    if event.is_undecided:
        return
    if (
        row(_WAITING, {"project": event.project_id, "post": event.post_id, "clause": event.clause_key})
        is None
    ):
        return
    waiting = Suspect.objects.filter(
        scan__project_id=event.project_id,
        post_id=event.post_id,
        clause_key=event.clause_key,
        outcome=Outcome.PENDING,
    ).exclude(kind=SuspectKind.REGION)
    decision = Decision.objects.get(pk=event.decision_id)
    if decision.method not in HUMAN_METHODS:
        waiting = waiting.filter(task_id__isnull=False)
    waiting.exclude(given=decision.answer).update(outcome=Outcome.CHANGED, reviewed_at=Now())
    waiting.filter(given=decision.answer).update(outcome=Outcome.CONFIRMED, reviewed_at=Now())


def _pending(suspect: Suspect) -> Suspect:
    locked = Suspect.objects.select_for_update(of=("self",)).select_related("scan", "post").get(pk=suspect.pk)
    if locked.outcome != Outcome.PENDING:
        raise SuspectReviewedError()
    return locked


def _say_right(actor: Actor, suspect: Suspect, answer: str, severity: int | None, reason: str) -> None:
    """Have an answer hold for the suspect's post: decide it, or settle what else doubts that it is decided."""
    # What is doubted is what is decided, but for a single person's answer.
    decided = suspect.why.get("vote", {}).get("decided", suspect.given)
    if answer != decided:
        _decide(actor, suspect, suspect.post_id, decided, answer, severity, reason)
        return
    others = Suspect.objects.filter(
        scan_id=suspect.scan_id, decision_id=suspect.decision_id, outcome=Outcome.PENDING
    ).exclude(Q(pk=suspect.pk) | Q(kind=SuspectKind.REGION))
    said: dict[str, Any] = {"reviewed_by": actor.user, "reviewed_at": Now()}
    others.exclude(given=decided).update(outcome=Outcome.CHANGED, **said)
    others.filter(given=decided).update(outcome=Outcome.CONFIRMED, **said)


def _decide(
    actor: Actor,
    suspect: Suspect,
    post_id: uuid.UUID,
    decided: str,
    answer: str,
    severity: int | None,
    reason: str,
) -> None:
    """Record a new decision in place of the one the scan saw."""
    _refuse_replaced(suspect, post_id, decided)
    adjudication_record(
        actor,
        post_id,
        release_id=suspect.scan.release_id,
        clause_key=suspect.clause_key,
        answer=answer,
        severity=severity,
        reason_code="mistake",
        reason=reason or "Found by a label-noise scan.",
    )


def _twin(suspect: Suspect) -> tuple[uuid.UUID, str]:
    twin = suspect.why.get("twin")
    if twin is None:
        raise NoTwinError()
    return uuid.UUID(twin["post_id"]), twin["answer"]


def _refuse_replaced(suspect: Suspect, post_id: uuid.UUID, decided: str) -> None:
    """Refuse to change an answer that is no longer the one the scan saw."""
    current = decisions_current(
        suspect.scan.project_id, release_id=suspect.scan.release_id, clause_keys=[suspect.clause_key]
    )
    newest = current.filter(post_id=post_id).values_list("answer", flat=True).first()
    if newest != decided:
        raise DecisionReplacedError()
