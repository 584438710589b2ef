"""Taking judgments in: checked in shown order, stored in the comparison's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor
from core.queue.selectors import Lease, Submission, Task, lease_get
from core.queue.services import submission_record
from policies.selectors import ReleaseView, release_get
from preferences.domain.asking import asked_by
from preferences.domain.checks import document_problems
from preferences.domain.document import PAIR, JudgmentDocument, document_parse
from preferences.domain.orientation import side_shown, value_canonical
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    Demonstration,
    Judgment,
    ResponseAssessment,
)
from preferences.selectors.bundles import comparison_of, response_shown, terms_of
from preferences.selectors.slates import slate_of
from preferences.services.refusing import document_read, problems_refuse
from preferences.services.settling import judgment_left
from preferences.services.sides import side_order_keep
from preferences.services.slates import slate_answer_read


def judgment_submit(
    actor: Actor,
    lease_id: UUID,
    *,
    submission_id: UUID,
    document: dict[str, Any],
    active_ms: int,
    supersedes_id: UUID | None = None,
) -> tuple[Submission, bool]:
    """Store what the actor says about the comparison or slate they hold; what it leads to is looked at by a worker.

    Sending the same submission again returns the first one and changes nothing. A late one is kept.

    Returns
    -------
    submission, created

    Raises
    ------
    NotFoundError, TaskNotComparisonError, JudgmentInvalidError
        And what `core.queue.services.submission_record` raises.
    """
    lease = lease_get(actor, lease_id)
    release = release_get(lease.task.release_id)
    slate = slate_of(lease.task)
    if slate is None:
        store = _pair_read(document, lease, release)
    else:
        store = slate_answer_read(document, lease, slate, release)
    with transaction.atomic():
        submission, created = submission_record(
            actor,
            submission_id=submission_id,
            lease_id=lease_id,
            document=document,
            active_ms=active_ms,
            supersedes_id=supersedes_id,
        )
        if created:
            store(submission)
            judgment_left(submission.pk)
    return submission, created


def _pair_read(raw: dict[str, Any], lease: Lease, release: ReleaseView) -> Callable[[Submission], None]:
    """Check what was sent about a comparison; return what stores it with its submission."""
    comparison = comparison_of(lease.task)
    swapped = side_order_keep(lease)
    document = judgment_checked(raw, lease.task, release, comparison, swapped=swapped)
    return lambda submission: judgment_store(submission, document, comparison, release, swapped=swapped)


def judgment_checked(
    raw: dict[str, Any], task: Task, release: ReleaseView, comparison: Comparison, *, swapped: bool
) -> JudgmentDocument:
    """Read a judgment of the task, given in shown order.

    Raises
    ------
    JudgmentInvalidError
        With everything the task and its release do not allow.
    """
    document = document_read(lambda: document_parse(raw, JudgmentDocument))
    texts = {position: response_shown(comparison, position, swapped=swapped).text for position in PAIR}
    problems_refuse(document_problems(document, terms_of(task, release), texts=texts))
    return document


def judgment_store(
    submission: Submission,
    document: JudgmentDocument,
    comparison: Comparison,
    release: ReleaseView,
    *,
    swapped: bool,
) -> None:
    """Store what was checked, in stored order, in the caller's transaction.

    `preferences.services.settling.judgment_left` tells a worker to look at what it leads to.
    """
    meanings = {clause.key: clause.meaning_revision for clause in release.clauses.values()}
    judgment = Judgment.objects.create(
        submission=submission,
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        person_id=submission.person_id,
        swapped=swapped,
        asked=str(asked_by(submission.task.source)),
        flags=document.flags,
        reason_codes=document.reason_codes,
        reason=document.reason,
        confidence=document.confidence,
    )
    AxisAnswer.objects.bulk_create(
        AxisAnswer(
            judgment=judgment,
            clause_key=axis.clause_key,
            meaning_revision=meanings[axis.clause_key],
            choice=str(axis.choice),
            value=value_canonical(axis.value, swapped=swapped),
        )
        for axis in document.axes
    )
    _store_opinions(judgment, document, meanings)
    Demonstration.objects.bulk_create(
        Demonstration(
            judgment=judgment, side=str(side_shown(rewrite.position, swapped=swapped)), text=rewrite.text
        )
        for rewrite in document.rewrites
    )


def _store_opinions(judgment: Judgment, document: JudgmentDocument, meanings: dict[str, int]) -> None:
    assessments = [
        ResponseAssessment(
            judgment=judgment,
            side=str(side_shown(opinion.position, swapped=judgment.swapped)),
            acceptable=opinion.acceptable,
            severity=opinion.severity,
        )
        for opinion in document.responses
    ]
    ResponseAssessment.objects.bulk_create(assessments)
    ClauseCitation.objects.bulk_create(
        ClauseCitation(assessment=assessment, clause_key=key, meaning_revision=meanings[key])
        for assessment, opinion in zip(assessments, document.responses, strict=True)
        for key in dict.fromkeys(opinion.clause_keys)
    )
