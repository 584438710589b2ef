"""What becomes of a suspect: a person says it is right or wrong, or others are asked."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from active_learning.domain.outcomes import Outcome
from active_learning.errors import (
    DecidedByPersonError,
    DecisionReplacedError,
    NewAnswerMissingError,
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
HUMAN_METHODS = frozenset({"adjudicated", "ruled"})

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
    severity: int | None = None,
    reason: str = "",
) -> Suspect:
    """Say what a suspect is: right after all, wrong (then a new decision is recorded), or not to be told.

    Raises
    ------
    CapabilityMissingError, SuspectReviewedError, NewAnswerMissingError, DecisionReplacedError
        And what `annotation.services.adjudication_record` raises.
    """
    project = project_get(actor, suspect.scan.project_id, needs=Capability.REVIEW_DECIDE)
    locked = _pending(suspect)
    if outcome == Outcome.CHANGED:
        if not answer or answer == locked.given:
            raise NewAnswerMissingError()
        _refuse_replaced(locked)
        adjudication_record(
            actor,
            locked.post_id,
            release_id=locked.scan.release_id,
            clause_key=locked.clause_key,
            answer=answer,
            severity=severity,
            reason_code="mistake",
            reason=reason or "Found by a label-noise scan.",
        )
    Suspect.objects.filter(pk=locked.pk).update(outcome=outcome, reviewed_by=actor.user, reviewed_at=Now())
    audit_record(actor, action="suspect.review", project=project, target=locked, data={"outcome": outcome})
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
    )
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


def _refuse_replaced(suspect: Suspect) -> None:
    """Refuse to change an answer that is no longer the one the scan doubted."""
    current = decisions_current(
        suspect.scan.project_id, release_id=suspect.scan.release_id, clause_keys=[suspect.clause_key]
    )
    newest = current.filter(post_id=suspect.post_id).values_list("answer", flat=True).first()
    if newest != suspect.given:
        raise DecisionReplacedError()
