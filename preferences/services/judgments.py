"""Taking judgments in: checked in shown order, stored in the comparison's own."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.db import transaction

from core.accounts.selectors import Actor
from core.queue.selectors import Lease, Submission, lease_get
from core.queue.services import submission_record
from policies.selectors import ReleaseView, release_get
from preferences.domain.checks import document_problems
from preferences.domain.document import DocumentShapeError, JudgmentDocument, Position, document_parse
from preferences.domain.orientation import side_shown, value_canonical
from preferences.errors import JudgmentInvalidError
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    Demonstration,
    Judgment,
    ResponseAssessment,
)
from preferences.selectors.bundles import comparison_of, response_shown, terms_of
from preferences.services.decisions import decisions_recompute
from preferences.services.sides import side_order_keep


def judgment_submit(
    actor: Actor,
    lease_id: UUID,
    *,
    submission_id: UUID,
    document: dict[str, Any],
    active_ms: int,
    supersedes_id: UUID | None = None,
) -> tuple[Submission, bool]:
    """Store what the actor says about the comparison they hold, and decide anew.

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
    comparison = comparison_of(lease.task)
    release = release_get(lease.task.release_id)
    swapped = side_order_keep(lease)
    parsed = _checked(document, lease, release, comparison, swapped=swapped)
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
            _store(submission, parsed, comparison, release, swapped=swapped)
            decisions_recompute(
                comparison.pk, release=release, clause_keys=[axis.clause_key for axis in parsed.axes]
            )
    return submission, created


def _checked(
    raw: dict[str, Any], lease: Lease, release: ReleaseView, comparison: Comparison, *, swapped: bool
) -> JudgmentDocument:
    try:
        document = document_parse(raw)
    except DocumentShapeError as error:
        raise JudgmentInvalidError(error.problems) from error
    texts = {position: response_shown(comparison, position, swapped=swapped).text for position in Position}
    problems = document_problems(document, terms_of(lease.task, release), texts=texts)
    if problems:
        raise JudgmentInvalidError([asdict(problem) for problem in problems])
    return document


def _store(
    submission: Submission,
    document: JudgmentDocument,
    comparison: Comparison,
    release: ReleaseView,
    *,
    swapped: bool,
) -> None:
    meanings = {clause.key: clause.meaning_revision for clause in release.clauses.values()}
    judgment = Judgment.objects.create(
        submission=submission,
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        person_id=submission.person_id,
        swapped=swapped,
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
