"""What one person is shown for one leased comparison: sides drawn, and nothing that tells where a text came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.queue.selectors import Draft, Lease, Submission, Task, draft_of
from policies.selectors import ClauseView, ReleaseView, release_get
from preferences.domain.checks import JudgmentTerms
from preferences.domain.document import Position
from preferences.domain.orientation import Side, side_shown, value_canonical
from preferences.errors import ComparisonNotFoundError, TaskNotComparisonError
from preferences.models import Comparison, Response


@dataclass(frozen=True)
class ShownResponse:
    """A response where it stands; its model and its stored side are left out on purpose."""

    position: Position
    text: str


@dataclass(frozen=True)
class OldAnswer:
    """What the project answered on an axis under an earlier meaning, turned to the order shown now."""

    clause_key: str
    choice: str
    value: int


@dataclass(frozen=True)
class ComparisonBundle:
    """Everything the judgment page needs."""

    lease: Lease
    release: ReleaseView
    axes: Sequence[ClauseView]
    clauses: Sequence[ClauseView]
    messages: Sequence[Mapping[str, str]]
    language: str
    post_id: UUID | None
    responses: Sequence[ShownResponse]
    assessment_is_required: bool
    old_answers: Sequence[OldAnswer]
    draft: Draft | None
    submission: Submission | None


def comparison_of(task: Task) -> Comparison:
    """Return the comparison a task asks about.

    Raises
    ------
    TaskNotComparisonError, ComparisonNotFoundError
    """
    if task.kind != "compare" or task.comparison_id is None:
        raise TaskNotComparisonError()
    comparison = (
        Comparison.objects.select_related("prompt", "response_a", "response_b")
        .filter(pk=task.comparison_id, project_id=task.project_id)
        .first()
    )
    if comparison is None:
        raise ComparisonNotFoundError()
    return comparison


def response_shown(comparison: Comparison, position: Position, *, swapped: bool) -> Response:
    """Return the response that stands at ``position``."""
    side = side_shown(position, swapped=swapped)
    return comparison.response_a if side is Side.A else comparison.response_b


def assessment_is_required(task: Task) -> bool:
    """Return whether the task wants each response called acceptable or not."""
    return bool(task.context.get("assessment") == "required")


def terms_of(task: Task, release: ReleaseView) -> JudgmentTerms:
    """Return what a judgment of ``task`` must satisfy under its release."""
    asked = frozenset(task.clause_keys)
    return JudgmentTerms(
        axes=tuple(clause.key for clause in release.axis_clauses if clause.key in asked),
        severities={clause.key: frozenset(clause.severity_values) for clause in release.verdict_clauses},
        assessment_is_required=assessment_is_required(task),
    )


def bundle_of(lease: Lease, *, swapped: bool) -> ComparisonBundle:
    """Return what the lease's person is shown, in the order drawn for them."""
    task = lease.task
    comparison = comparison_of(task)
    release = release_get(task.release_id)
    asked = frozenset(task.clause_keys)
    return ComparisonBundle(
        lease=lease,
        release=release,
        axes=[clause for clause in release.axis_clauses if clause.key in asked],
        clauses=release.verdict_clauses,
        messages=comparison.prompt.messages,
        language=comparison.prompt.language,
        post_id=comparison.prompt.post_id,
        responses=[
            ShownResponse(position, response_shown(comparison, position, swapped=swapped).text)
            for position in Position
        ],
        assessment_is_required=assessment_is_required(task),
        old_answers=[_turned(answer, swapped=swapped) for answer in task.context.get("old_answers", [])],
        draft=draft_of(lease),
        submission=(
            Submission.objects.filter(
                task_id=lease.task_id, person_id=lease.person_id, superseded_by__isnull=True
            )
            .order_by("-id")
            .first()
        ),
    )


def _turned(answer: Mapping[str, Any], *, swapped: bool) -> OldAnswer:
    return OldAnswer(
        clause_key=str(answer.get("clause_key", "")),
        choice=str(answer.get("choice", "")),
        value=value_canonical(int(answer.get("value", 0)), swapped=swapped),
    )
