"""What one person is shown for one leased comparison: sides drawn, and nothing that tells where a text came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor
from core.queue.selectors import Draft, Lease, Submission, Task, coverings_for, draft_of, returned_comment
from policies.selectors import ClauseView, ReleaseView, release_get
from preferences.domain.checks import JudgmentTerms
from preferences.domain.document import PAIR, POSITIONS, Position
from preferences.domain.forms import Form
from preferences.domain.orientation import Side, side_shown, value_canonical
from preferences.errors import ComparisonNotFoundError, TaskNotComparisonError
from preferences.models import Comparison, Prompt, Response, Slate
from preferences.selectors.slates import form_of, highest_rating, responses_of


@dataclass(frozen=True)
class ShownMaterial:
    """The post that holds media of a prompt or a response, and how it stands on the page."""

    post_id: UUID
    protection: Mapping[str, Any]


@dataclass(frozen=True)
class ShownResponse:
    """A response where it stands; its model and its stored side are left out on purpose."""

    position: Position
    text: str
    material: ShownMaterial | None


@dataclass(frozen=True)
class OldAnswer:
    """What the project answered on an axis under an earlier meaning, turned to the order shown now."""

    clause_key: str
    choice: str
    value: int


@dataclass(frozen=True)
class OldRating:
    """How good people found a response on an axis under an earlier meaning, 0 to 4: the mean of what they said."""

    clause_key: str
    position: Position
    value: float


@dataclass(frozen=True)
class OldCitation:
    """That so many people held a response to break a clause under its earlier meaning, and how badly at worst."""

    clause_key: str
    position: Position
    severity: int | None
    cited_by: int


@dataclass(frozen=True)
class AskedAgain:
    """The campaign that asks, and the release whose answers it renews: the rule is shown against that one."""

    campaign_id: UUID
    against_id: UUID


@dataclass(frozen=True)
class Laid:
    """What lies before a person: responses in the order drawn for them; ``swapped`` where the second of a pair is A.

    ``stored`` says of each where it stands in storage: a side of the pair, a place of the slate.
    """

    form: Form
    prompt: Prompt
    responses: Sequence[Response]
    stored: Sequence[str | int]
    swapped: bool = False


@dataclass(frozen=True)
class ComparisonBundle:
    """Everything the judgment page needs, for a pair or, in its other forms, for a slate.

    ``assessed`` are the clauses of which it is asked anew whether the responses break them.
    """

    form: Form
    lease: Lease
    release: ReleaseView
    axes: Sequence[ClauseView]
    assessed: Sequence[ClauseView]
    clauses: Sequence[ClauseView]
    messages: Sequence[Mapping[str, Any]]
    language: str
    post_id: UUID | None
    material: ShownMaterial | None
    responses: Sequence[ShownResponse]
    assessment_is_required: bool
    campaign: AskedAgain | None
    old_answers: Sequence[OldAnswer]
    old_ratings: Sequence[OldRating]
    old_citations: Sequence[OldCitation]
    draft: Draft | None
    submission: Submission | None
    returned: Mapping[str, Any] | None
    protection: Mapping[str, Any]


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


def assessment_is_required(task: Task, release: ReleaseView) -> bool:
    """Return whether the task wants each response called acceptable or not: by itself, or for a clause it asks anew."""
    return bool(task.context.get("assessment") == "required" or _assessed(task, release))


def _assessed(task: Task, release: ReleaseView) -> list[ClauseView]:
    asked = frozenset(task.clause_keys)
    return [clause for clause in release.verdict_clauses if clause.key in asked]


def pair_laid(comparison: Comparison, *, swapped: bool) -> Laid:
    """Return a pair as it is shown."""
    shown = [response_shown(comparison, position, swapped=swapped) for position in PAIR]
    sides = [str(side_shown(position, swapped=swapped)) for position in PAIR]
    return Laid(Form.PAIR, comparison.prompt, shown, sides, swapped)


def slate_laid(task: Task, slate: Slate, *, places: Sequence[int]) -> Laid:
    """Return a slate as it is shown, its places in that order."""
    responses = responses_of(slate)
    return Laid(form_of(task), slate.prompt, [responses[place] for place in places], places)


def terms_of(task: Task, release: ReleaseView, *, shown: int = len(PAIR)) -> JudgmentTerms:
    """Return what a judgment of ``task`` must satisfy under its release, of so many responses."""
    asked = frozenset(task.clause_keys)
    return JudgmentTerms(
        axes=tuple(clause.key for clause in release.axis_clauses if clause.key in asked),
        severities={clause.key: frozenset(clause.severity_values) for clause in release.verdict_clauses},
        assessment_is_required=assessment_is_required(task, release),
        positions=POSITIONS[:shown],
        highest={clause.key: highest_rating(clause) for clause in release.axis_clauses},
    )


def bundle_of(actor: Actor, lease: Lease, laid: Laid) -> ComparisonBundle:
    """Return what the lease's person is shown."""
    task = lease.task
    release = release_get(task.release_id)
    asked = frozenset(task.clause_keys)
    post_id = laid.prompt.post_id
    materials = [laid.prompt.material_id, *(response.material_id for response in laid.responses)]
    coverings = coverings_for(actor, task.project, [one for one in (post_id, *materials) if one is not None])
    shown = [None if one is None else ShownMaterial(one, coverings.of(one)) for one in materials]
    old: list[Mapping[str, Any]] = task.context.get("old_answers", [])
    own = (
        Submission.objects.filter(
            task_id=lease.task_id, person_id=lease.person_id, superseded_by__isnull=True
        )
        .order_by("-id")
        .first()
    )
    return ComparisonBundle(
        form=laid.form,
        lease=lease,
        release=release,
        axes=[clause for clause in release.axis_clauses if clause.key in asked],
        assessed=_assessed(task, release),
        clauses=release.verdict_clauses,
        messages=laid.prompt.messages,
        language=laid.prompt.language,
        post_id=post_id,
        material=shown[0],
        responses=[
            ShownResponse(position, response.text, material)
            for position, response, material in zip(POSITIONS, laid.responses, shown[1:], strict=False)
        ],
        assessment_is_required=assessment_is_required(task, release),
        campaign=_asked_again(task),
        old_answers=[_turned(answer, swapped=laid.swapped) for answer in old if "choice" in answer],
        old_ratings=[
            OldRating(str(answer["clause_key"]), position, float(answer["value"]))
            for answer, position in _standing(old, laid)
            if "value" in answer
        ],
        old_citations=[
            OldCitation(str(answer["clause_key"]), position, answer["severity"], int(answer["cited_by"]))
            for answer, position in _standing(old, laid)
            if "cited_by" in answer
        ],
        draft=draft_of(lease),
        submission=own,
        returned=None if own is None else returned_comment(own.pk),
        protection=coverings.of(post_id),
    )


def _asked_again(task: Task) -> AskedAgain | None:
    if task.source != "campaign":
        return None
    return AskedAgain(UUID(task.context["campaign_id"]), UUID(task.context["against_id"]))


def _standing(old: Sequence[Mapping[str, Any]], laid: Laid) -> list[tuple[Mapping[str, Any], Position]]:
    """Return what was said of single responses, each with where the response stands now."""
    position_of = dict(zip(laid.stored, POSITIONS, strict=False))
    told = [(answer, answer.get("side", answer.get("place"))) for answer in old if "choice" not in answer]
    return [(answer, position_of[stored]) for answer, stored in told if stored in position_of]


def _turned(answer: Mapping[str, Any], *, swapped: bool) -> OldAnswer:
    return OldAnswer(
        clause_key=str(answer.get("clause_key", "")),
        choice=str(answer.get("choice", "")),
        value=value_canonical(int(answer.get("value", 0)), swapped=swapped),
    )
