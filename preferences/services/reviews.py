"""A reviewer's word on a judgment, and their decision of an axis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from core.errors import NotFoundError
from core.queue.errors import AdjudicationInvalidError, DecisionChangedError
from core.queue.reviewing import reason_problems
from core.queue.selectors import Review, Submission, submission_reviewed
from core.queue.services import review_record, submission_beside
from policies.selectors import ReleaseView, release_get, releases_get
from preferences.domain.decisions import axis_adjudicated
from preferences.domain.document import Choice, DocumentShapeError, JudgmentDocument, document_parse
from preferences.domain.orientation import document_turned
from preferences.errors import AxesUnknownError
from preferences.models import Comparison, ComparisonDecision, SideOrder
from preferences.selectors.bundles import comparison_of
from preferences.selectors.comparisons import comparison_get, current_decisions
from preferences.selectors.slates import slate_of
from preferences.services.decisions import axis_answers_deciding
from preferences.services.judgments import judgment_checked, judgment_store
from preferences.services.settling import judgment_left
from preferences.services.slates import slate_answer_beside


@dataclass(frozen=True, slots=True)
class JudgmentAmendment:
    """The reviewer's own judgment in stored order, A first; ``submission_id`` is made where it was written."""

    submission_id: UUID
    document: dict[str, Any]
    active_ms: int


@transaction.atomic
def judgment_review(
    actor: Actor,
    submission_id: UUID,
    *,
    project_id: UUID,
    review_id: UUID,
    outcome: str,
    comment: str = "",
    found_by: dict[str, Any] | None = None,
    amendment: JudgmentAmendment | None = None,
) -> tuple[Review, bool]:
    """Record what a reviewer says to a judgment, of a pair or of a slate.

    An amendment is a judgment of the reviewer's own to the same task. It supersedes nobody's: it counts beside them,
    and is told apart as a reviewer's.

    Raises
    ------
    NotFoundError, CapabilityMissingError, TaskNotComparisonError, JudgmentInvalidError
        And what `core.queue.services.review_record` and `submission_beside` raise.
    """
    reviewed = submission_reviewed(actor, submission_id, project_id=project_id)
    amend = _amend
    if slate_of(reviewed.task) is None:
        comparison_of(reviewed.task)
    else:
        amend = _amend_slate
    return review_record(
        actor,
        reviewed,
        review_id=review_id,
        outcome=outcome,
        comment=comment,
        found_by=found_by,
        amend=None if amendment is None else lambda: amend(actor, reviewed, amendment),
    )


def _amend_slate(actor: Actor, reviewed: Submission, amendment: JudgmentAmendment) -> Submission:
    return slate_answer_beside(
        actor,
        reviewed,
        submission_id=amendment.submission_id,
        document=amendment.document,
        active_ms=amendment.active_ms,
    )


def _amend(actor: Actor, reviewed: Submission, amendment: JudgmentAmendment) -> Submission:
    task = reviewed.task
    comparison, release = comparison_of(task), release_get(task.release_id)
    said = judgment_checked(amendment.document, task, release, comparison, swapped=False)
    # They may have had the pair on their own page before, the other way round; their answer opens there again.
    order, _ = SideOrder.objects.get_or_create(
        task_id=task.pk, person_id=actor.user.pk, defaults={"swapped": False}
    )
    document = amendment.document
    if order.swapped:
        said = document_turned(said)
        document = said.model_dump(mode="json")
    submission, is_new = submission_beside(
        actor,
        reviewed.pk,
        submission_id=amendment.submission_id,
        document=document,
        active_ms=amendment.active_ms,
    )
    if is_new:
        judgment_store(submission, said, comparison, release, swapped=order.swapped)
        judgment_left(submission.pk)
    return submission


@transaction.atomic
def comparison_adjudicate(
    actor: Actor,
    comparison_id: UUID,
    *,
    release_id: UUID,
    clause_key: str,
    choice: str,
    value: int,
    reason_code: str,
    reason: str,
    seen_decision_id: UUID | None = None,
) -> ComparisonDecision:
    """Decide one axis of a comparison by hand, as a new decision that votes no longer change.

    Parameters
    ----------
    choice, value
        As in an answer, in stored order: below zero A is better.
    reason_code
        Why people disagreed; a gap in the guideline, and anything else that has no name, needs words too.
    seen_decision_id
        The decision that stood on the reviewer's screen.

    Raises
    ------
    ComparisonNotFoundError, NotFoundError, AxesUnknownError, AdjudicationInvalidError, DecisionChangedError
    """
    found = comparison_get(actor, comparison_id, needs=Capability.REVIEW_DECIDE)
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != found.project_id:
        raise NotFoundError()
    meaning = _meaning(release, clause_key)
    _check(clause_key, choice, value, reason_code, reason)
    # Whoever decides this comparison takes turns, as `decisions_recompute` does.
    comparison = Comparison.objects.select_for_update(of=("self",)).get(pk=found.pk)
    held = (
        current_decisions()
        .filter(comparison=comparison, clause_key=clause_key, meaning_revision=meaning)
        .first()
    )
    if seen_decision_id is not None and held is not None and held.pk != seen_decision_id:
        raise DecisionChangedError()
    cast = axis_answers_deciding(comparison, {clause_key: meaning})
    decided = axis_adjudicated(Choice(choice), value, votes=len(cast))
    decision = ComparisonDecision.objects.create(
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        clause_key=clause_key,
        meaning_revision=meaning,
        outcome=str(decided.outcome),
        method=str(decided.method),
        strength=decided.strength,
        p_a_better=decided.p_a_better,
        agreement=decided.agreement,
        votes=decided.votes,
        submissions=[answer.judgment.submission_id for answer in cast],
        decided_by=actor.user,
        reason_code=reason_code,
        reason=reason.strip(),
    )
    audit_record(
        actor,
        action="comparison_decision.adjudicate",
        project=found.project,
        target=decision,
        data={"comparison": str(comparison.pk), "clause_key": clause_key, "reason_code": reason_code},
    )
    return decision


def _meaning(release: ReleaseView, clause_key: str) -> int:
    known = {clause.key: clause.meaning_revision for clause in release.axis_clauses}
    if clause_key not in known:
        raise AxesUnknownError(release=release.label, keys=repr(clause_key[:80]), axes=", ".join(known))
    return known[clause_key]


def _check(clause_key: str, choice: str, value: int, reason_code: str, reason: str) -> None:
    errors = reason_problems(reason_code, reason)
    try:
        document_parse(
            {"axes": [{"clause_key": clause_key, "choice": choice, "value": value}]}, JudgmentDocument
        )
    except DocumentShapeError:
        message = "Say which is better and how much (1 to 3), or a tie, both good, or both unacceptable."
        errors.append({"path": "value", "message": message})
    if errors:
        raise AdjudicationInvalidError(errors)
