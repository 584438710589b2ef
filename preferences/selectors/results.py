"""What judging produced, streamed for exports: decisions, votes and demonstrations in stored order.

Everywhere a strength below zero says that A is better, above zero that B is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from core.queue.selectors import superseded
from policies.selectors import meanings
from preferences.domain.asking import Asked
from preferences.models import (
    AcceptanceDecision,
    AxisAnswer,
    Comparison,
    ComparisonDecision,
    Demonstration,
    Judgment,
)
from preferences.selectors.comparisons import COUNTS, current_acceptance, current_decisions

_BATCH = 500


@dataclass(frozen=True)
class ResponseView:
    """A response with where it came from."""

    id: UUID
    text: str
    source_model: str
    external_id: str
    material_id: UUID | None = None


@dataclass(frozen=True)
class AxisDecisionView:
    """What holds on one axis. ``outcome`` is a, b, tie, both_good, both_unacceptable or none."""

    clause_key: str
    meaning_revision: int
    release_id: UUID
    outcome: str
    method: str
    strength: float
    p_a_better: float
    agreement: float
    votes: int
    submissions: Sequence[UUID]
    decided_at: datetime


@dataclass(frozen=True)
class AcceptanceView:
    """Whether one response is acceptable (null: undecided); ``cited`` as {clause_key, meaning_revision, votes}."""

    side: str
    release_id: UUID
    acceptable: bool | None
    method: str
    p_acceptable: float
    severity: int | None
    cited: Sequence[Mapping[str, Any]]
    votes: int
    submissions: Sequence[UUID]


@dataclass(frozen=True)
class DecidedComparison:
    """A comparison with its current decisions.

    ``a_shown_first`` and ``b_shown_first`` count the judgments that count, by what stood first.
    """

    id: UUID
    external_id: str
    prompt_id: UUID
    post_id: UUID | None
    language: str
    messages: Sequence[Mapping[str, Any]]
    metadata: Mapping[str, Any]
    response_a: ResponseView
    response_b: ResponseView
    axes: Sequence[AxisDecisionView]
    acceptance: Mapping[str, AcceptanceView]
    a_shown_first: int
    b_shown_first: int
    slate_id: UUID | None = None
    material_id: UUID | None = None


@dataclass(frozen=True)
class AssessmentView:
    """What one person held of one response alone."""

    side: str
    acceptable: bool | None
    severity: int | None
    cited: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class AnswerView:
    """One person's answer on one axis; ``weight`` is below one where it follows, with others, from one of a slate."""

    clause_key: str
    meaning_revision: int
    choice: str
    value: int
    weight: float = 1.0


@dataclass(frozen=True)
class JudgmentView:
    """One judgment. ``counts`` is false when it was superseded, came when its task needed no more answers, or was not
    asked for as an opinion (``asked``: work, again with sides swapped, gold).
    """

    id: UUID
    submission_id: UUID
    comparison_id: UUID
    release_id: UUID
    person_id: UUID
    person_is_simulated: bool
    shown_first: str
    asked: str
    answers: Sequence[AnswerView]
    assessments: Sequence[AssessmentView]
    flags: Sequence[str]
    reason_codes: Sequence[str]
    reason: str
    confidence: float | None
    active_ms: int
    is_late: bool
    is_superseded: bool
    counts: bool
    created_at: datetime


@dataclass(frozen=True)
class DemonstrationView:
    """A response rewritten by a judge, with what it was written from."""

    id: UUID
    submission_id: UUID
    comparison_id: UUID
    prompt_id: UUID
    post_id: UUID | None
    release_id: UUID
    person_id: UUID
    person_is_simulated: bool
    side: str
    text: str
    original: ResponseView
    messages: Sequence[Mapping[str, str]] = field(default_factory=tuple)


def comparison_decisions(
    project_id: UUID, *, release_id: UUID | None = None, clause_keys: Sequence[str] | None = None
) -> Iterator[DecidedComparison]:
    """Yield the project's comparisons that have a current decision, by id.

    Parameters
    ----------
    release_id
        Only decisions that hold under this release: axes whose meaning revision it shares, acceptance decided
        under it. Without it, for each axis the newest decision under any release.
    clause_keys
        Only these axes.
    """
    held = None if release_id is None else meanings(release_id)
    decisions = current_decisions()
    acceptance = current_acceptance()
    if clause_keys is not None:
        decisions = decisions.filter(clause_key__in=clause_keys)
    if release_id is not None:
        acceptance = acceptance.filter(release_id=release_id)
    rows = Comparison.objects.filter(
        project_id=project_id,
        pk__in=ComparisonDecision.objects.filter(project_id=project_id).values("comparison_id"),
    )
    rows = rows.select_related("prompt", "response_a", "response_b").prefetch_related(
        Prefetch("decisions", queryset=decisions),
        Prefetch("acceptance", queryset=acceptance),
        Prefetch(
            "judgments", queryset=Judgment.objects.filter(COUNTS).only("id", "comparison_id", "swapped")
        ),
    )
    for comparison in streamed(rows):
        axes = _axes(comparison.decisions.all(), held)
        if axes:
            yield _decided(comparison, axes)


def judgments_of(
    project_id: UUID, *, comparison_ids: Sequence[UUID] | None = None, include_superseded: bool = True
) -> Iterator[JudgmentView]:
    """Yield the project's judgments, by id: every one that was given, with whether it counts."""
    rows = (
        Judgment.objects.filter(project_id=project_id)
        .select_related("submission", "submission__superseded_by", "person")
        .prefetch_related("axis_answers", "assessments__citations")
    )
    if comparison_ids is not None:
        rows = rows.filter(comparison_id__in=comparison_ids)
    if not include_superseded:
        rows = rows.filter(~superseded("submission_id"))
    for judgment in streamed(rows):
        yield judgment_view(judgment)


def demonstrations(
    project_id: UUID, *, comparison_ids: Sequence[UUID] | None = None
) -> Iterator[DemonstrationView]:
    """Yield the rewritten responses whose judgment was not superseded, by id."""
    rows = Demonstration.objects.filter(
        ~superseded("judgment__submission_id"), judgment__project_id=project_id
    ).select_related(
        "judgment__person",
        "judgment__comparison__prompt",
        "judgment__comparison__response_a",
        "judgment__comparison__response_b",
    )
    if comparison_ids is not None:
        rows = rows.filter(judgment__comparison_id__in=comparison_ids)
    for row in streamed(rows):
        judgment, comparison = row.judgment, row.judgment.comparison
        yield DemonstrationView(
            id=row.pk,
            submission_id=judgment.submission_id,
            comparison_id=comparison.pk,
            prompt_id=comparison.prompt_id,
            post_id=comparison.prompt.post_id,
            release_id=judgment.release_id,
            person_id=judgment.person_id,
            person_is_simulated=judgment.person.is_simulated,
            side=row.side,
            text=row.text,
            original=response_view(comparison, row.side),
            messages=comparison.prompt.messages,
        )


def response_view(comparison: Comparison, side: str) -> ResponseView:
    """Return one response of a comparison."""
    response = comparison.response_a if side == "a" else comparison.response_b
    return ResponseView(
        response.pk, response.text, response.source_model, response.external_id, response.material_id
    )


def judgment_view(judgment: Judgment) -> JudgmentView:
    """Return a judgment whose answers, assessments and submission were fetched with it."""
    submission = judgment.submission
    is_superseded = hasattr(submission, "superseded_by")
    return JudgmentView(
        id=judgment.pk,
        submission_id=submission.pk,
        comparison_id=judgment.comparison_id,
        release_id=judgment.release_id,
        person_id=judgment.person_id,
        person_is_simulated=judgment.person.is_simulated,
        shown_first="b" if judgment.swapped else "a",
        asked=judgment.asked,
        answers=[
            _answer(answer) for answer in sorted(judgment.axis_answers.all(), key=lambda row: row.clause_key)
        ],
        assessments=[
            AssessmentView(
                side=row.side,
                acceptable=row.acceptable,
                severity=row.severity,
                cited=sorted((cited.clause_key, cited.meaning_revision) for cited in row.citations.all()),
            )
            for row in sorted(judgment.assessments.all(), key=lambda row: row.side)
        ],
        flags=judgment.flags,
        reason_codes=judgment.reason_codes,
        reason=judgment.reason,
        confidence=judgment.confidence,
        active_ms=submission.active_ms,
        is_late=submission.is_late,
        is_superseded=is_superseded,
        counts=submission.slot_id is not None and not is_superseded and judgment.asked == Asked.WORK,
        created_at=judgment.created_at,
    )


def _answer(answer: AxisAnswer) -> AnswerView:
    return AnswerView(answer.clause_key, answer.meaning_revision, answer.choice, answer.value, answer.weight)


def _axes(
    decisions: Iterator[ComparisonDecision] | Any, held: Mapping[str, int] | None
) -> list[AxisDecisionView]:
    """Return one decision per axis: the one that holds, or the newest where nothing says which should hold."""
    newest: dict[str, ComparisonDecision] = {}
    for row in decisions:
        if held is not None and held.get(row.clause_key) != row.meaning_revision:
            continue
        known = newest.get(row.clause_key)
        if known is None or row.meaning_revision > known.meaning_revision:
            newest[row.clause_key] = row
    return [
        AxisDecisionView(
            clause_key=key,
            meaning_revision=row.meaning_revision,
            release_id=row.release_id,
            outcome=row.outcome,
            method=row.method,
            strength=row.strength,
            p_a_better=row.p_a_better,
            agreement=row.agreement,
            votes=row.votes,
            submissions=row.submissions,
            decided_at=row.created_at,
        )
        for key, row in sorted(newest.items())
    ]


def _decided(comparison: Comparison, axes: list[AxisDecisionView]) -> DecidedComparison:
    newest: dict[str, AcceptanceDecision] = {}
    for row in comparison.acceptance.all():
        if row.side not in newest or row.pk > newest[row.side].pk:
            newest[row.side] = row
    swapped = [judgment.swapped for judgment in comparison.judgments.all()]
    return DecidedComparison(
        id=comparison.pk,
        external_id=comparison.external_id,
        prompt_id=comparison.prompt_id,
        post_id=comparison.prompt.post_id,
        language=comparison.prompt.language,
        messages=comparison.prompt.messages,
        metadata=comparison.metadata,
        response_a=response_view(comparison, "a"),
        response_b=response_view(comparison, "b"),
        axes=axes,
        acceptance={
            side: AcceptanceView(
                side=side,
                release_id=row.release_id,
                acceptable=row.acceptable,
                method=row.method,
                p_acceptable=row.p_acceptable,
                severity=row.severity,
                cited=row.cited,
                votes=row.votes,
                submissions=row.submissions,
            )
            for side, row in sorted(newest.items())
        },
        a_shown_first=swapped.count(False),
        b_shown_first=swapped.count(True),
        slate_id=comparison.slate_id,
        material_id=comparison.prompt.material_id,
    )


def streamed(rows: QuerySet[Any]) -> Iterator[Any]:
    """Yield ``rows`` by id, a batch at a time, so that memory does not grow with the project."""
    after: UUID | None = None
    while True:
        page = rows if after is None else rows.filter(pk__gt=after)
        batch = list(page.order_by("pk")[:_BATCH])
        yield from batch
        if len(batch) < _BATCH:
            return
        after = batch[-1].pk
