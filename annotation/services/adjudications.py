"""A reviewer's decision after looking at the answers; it stands until the next one."""

from __future__ import annotations

import uuid

from django.db import transaction

from annotation.domain.consensus import Method
from annotation.events import PostDecided
from annotation.models import Decision
from annotation.selectors.decisions import decisions_current
from annotation.selectors.questions import clauses_asked
from annotation.selectors.votes import verdicts_counted
from annotation.services.decisions import evidence_merged, post_lock
from core.accounts.selectors import Actor, Capability
from core.accounts.services import audit_record
from core.content.selectors import post_get
from core.errors import NotFoundError
from core.events import publish
from core.queue.errors import AdjudicationInvalidError, DecisionChangedError
from core.queue.reviewing import reason_problems
from policies.selectors import ClauseView, ReleaseView, releases_get


@transaction.atomic
def adjudication_record(
    actor: Actor,
    post_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    clause_key: str,
    answer: str,
    severity: int | None,
    reason_code: str,
    reason: str,
    seen_decision_id: uuid.UUID | None = None,
) -> Decision:
    """Decide one clause of a post by hand, as a new decision that votes no longer change.

    Parameters
    ----------
    reason_code
        Why people disagreed; a gap in the guideline, and anything else that has no name, needs words too.
    seen_decision_id
        The decision that stood on the reviewer's screen.

    Raises ------ NotFoundError, CapabilityMissingError, ClauseNotAskableError, AdjudicationInvalidError,
    DecisionChangedError
    """
    project = post_get(actor, post_id, needs=Capability.REVIEW_DECIDE).project
    release = releases_get([release_id]).get(release_id)
    if release is None or release.project_id != project.pk:
        raise NotFoundError()
    clause = clauses_asked(release, [clause_key])[0]
    _check(clause, answer, severity, reason_code, reason)
    post_lock(post_id)
    _refuse_changed(project.pk, post_id, release, clause_key, seen_decision_id)
    cast = list(
        verdicts_counted(project.pk)
        .filter(post_id=post_id, clause_key=clause_key, meaning_revision=clause.meaning_revision)
        .select_related("submission")
        .prefetch_related("evidence")
        .order_by("id")
    )
    decision = Decision.objects.create(
        project=project,
        post_id=post_id,
        release_id=release.id,
        clause_key=clause_key,
        meaning_revision=clause.meaning_revision,
        answer=answer,
        severity=severity,
        confidence=1.0,
        method=Method.ADJUDICATED,
        submissions=[verdict.submission_id for verdict in cast],
        evidence=evidence_merged(cast, answer),
        decided_by=actor.user,
        reason_code=reason_code,
        reason=reason.strip(),
    )
    audit_record(
        actor,
        action="decision.adjudicate",
        project=project,
        target=decision,
        data={"post": str(post_id), "clause_key": clause_key, "reason_code": reason_code},
    )
    publish(PostDecided(project.pk, post_id, clause_key, decision.pk, False))
    return decision


def _refuse_changed(
    project_id: uuid.UUID,
    post_id: uuid.UUID,
    release: ReleaseView,
    clause_key: str,
    seen_decision_id: uuid.UUID | None,
) -> None:
    if seen_decision_id is None:
        return
    current = decisions_current(
        project_id, release_id=release.id, clause_keys=[clause_key], include_undecided=True
    )
    newest = current.filter(post_id=post_id).values_list("pk", flat=True).first()
    if newest is not None and newest != seen_decision_id:
        raise DecisionChangedError()


def _check(clause: ClauseView, answer: str, severity: int | None, reason_code: str, reason: str) -> None:
    errors = reason_problems(reason_code, reason)
    if answer not in clause.answer_values:
        choices = ", ".join(clause.answer_values)
        errors.append({"path": "answer", "message": f"Choose one of the clause's answers: {choices}."})
    if severity is not None and severity not in clause.severity_values:
        errors.append({"path": "severity", "message": "Choose a severity of the clause's scale."})
    needs_severity = clause.requires_severity and answer in clause.harmful_values and clause.severity_values
    if severity is None and needs_severity:
        errors.append({"path": "severity", "message": "Choose a severity."})
    if errors:
        raise AdjudicationInvalidError(errors)
