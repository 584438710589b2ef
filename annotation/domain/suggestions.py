"""What a model proposes for a post: checked like an answer, drawn for by lot, and what became of each item.

An item is what a person accepts or rejects by itself: the answer a suggestion proposes, or one of its marks. It is
named by the suggestion's identifier, a mark with its place behind a hash: ``…#0``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Annotated, Any

from pydantic import Field

from annotation.domain.checks import Problem, document_problems
from annotation.domain.document import DocumentModel, Evidence, LabelDocument, Severity, Verdict
from annotation.domain.questions import PartShape, Question, Requirements

ORIGIN = "suggestion:"
MARKS_MAX = 1_000
_NOT_COMPARED = frozenset({"id", "origin", "note", "quote"})

Confidence = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class Timing(StrEnum):
    """When a project shows suggestions."""

    OFF = "off"
    AT_ONCE = "at_once"
    AFTER_ANSWER = "after_answer"


class Outcome(StrEnum):
    """What became of one item."""

    ACCEPTED = "accepted"
    CHANGED = "changed"
    REJECTED = "rejected"
    IGNORED = "ignored"


class SuggestedMark(DocumentModel):
    """A place in the post, and how sure the model is of it."""

    region: Evidence
    confidence: Confidence | None = None


class SuggestedAnswer(DocumentModel):
    """What a model proposes for one clause: an answer, marks, or both."""

    clause_key: Annotated[str, Field(min_length=1, max_length=64)]
    answer: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    severity: Severity | None = None
    confidence: Confidence | None = None
    marks: Annotated[list[SuggestedMark], Field(max_length=MARKS_MAX)] = Field(default_factory=list)


def suggestion_problems(
    suggested: SuggestedAnswer, question: Question | None, parts: Sequence[PartShape]
) -> list[Problem]:
    """All that is wrong with a suggestion; empty when it may be stored.

    Answers, severities and marks are held against the clause and the post as a person's are. What the clause
    requires of a person (a severity, marks, a reason) a suggestion may leave out.
    """
    if question is None:
        message = f"The release has no verdict clause “{suggested.clause_key}”."
        return [Problem("clause_key", "clause_not_asked", message)]
    if suggested.answer is None and not suggested.marks:
        return [Problem("answer", "nothing_suggested", "A suggestion needs an answer or at least one mark.")]
    if suggested.answer is None and suggested.severity is not None:
        return [Problem("severity", "severity_without_answer", "A severity belongs to an answer.")]
    verdict = Verdict(
        clause_key=suggested.clause_key,
        answer=question.answers[0] if suggested.answer is None else suggested.answer,
        severity=suggested.severity,
        evidence=[mark.region for mark in suggested.marks],
    )
    found = document_problems(
        LabelDocument(verdicts=[verdict]),
        questions=[replace(question, requires=Requirements())],
        parts=parts,
    )
    return [replace(problem, path=_path(problem.path)) for problem in found]


def _path(path: str) -> str:
    """``verdicts.0.evidence.2.x`` as the place it has in a suggestion: ``marks.2.x``."""
    return path.removeprefix("verdicts.0.").replace("evidence.", "marks.", 1)


def draw_of(seed: int, lease_id: str) -> float:
    """Return the lot of a lease, evenly from 0 to below 1; the same seed and lease draw the same."""
    raw = hashlib.sha256(f"{seed}:{lease_id}".encode()).digest()
    return int.from_bytes(raw[:7], "big") / 2**56


def item_of(suggestion_id: object, mark: int | None = None) -> str:
    """Return the name of a suggestion's answer, or of one of its marks."""
    return str(suggestion_id) if mark is None else f"{suggestion_id}#{mark}"


@dataclass(frozen=True, slots=True)
class Proposed:
    """One item as it was proposed; ``region`` is None for an answer."""

    item: str
    clause_key: str
    confidence: float | None
    answer: str | None = None
    severity: int | None = None
    region: Mapping[str, Any] | None = None


def items_proposed(
    suggestion_id: object, suggested: Mapping[str, Any], *, confidence_min: float = 0.0
) -> list[Proposed]:
    """Return the items of a stored suggestion that are sure enough; those that say nothing of it are."""
    key, sure = suggested["clause_key"], suggested["confidence"]
    found = []
    if suggested["answer"] is not None:
        found.append(Proposed(item_of(suggestion_id), key, sure, suggested["answer"], suggested["severity"]))
    for place, mark in enumerate(suggested["marks"]):
        own = sure if mark["confidence"] is None else mark["confidence"]
        found.append(Proposed(item_of(suggestion_id, place), key, own, region=mark["region"]))
    return [one for one in found if one.confidence is None or one.confidence >= confidence_min]


def origins_of(document: LabelDocument) -> dict[str, tuple[str, str]]:
    """Return, by the item it came from, the path of an answer or mark and the clause it stands under.

    Of several from one item the first.
    """
    found: dict[str, tuple[str, str]] = {}
    for at, verdict in enumerate(document.verdicts):
        if verdict.origin is not None:
            place = (f"verdicts.{at}.origin", verdict.clause_key)
            found.setdefault(verdict.origin.removeprefix(ORIGIN), place)
        for number, piece in enumerate(verdict.evidence):
            if piece.origin is not None:
                place = (f"verdicts.{at}.evidence.{number}.origin", verdict.clause_key)
                found.setdefault(piece.origin.removeprefix(ORIGIN), place)
    return found


def outcomes(
    proposed: Sequence[Proposed], document: LabelDocument, rejected: Collection[str]
) -> list[dict[str, str]]:
    """Return ``item``, ``clause_key`` and ``outcome`` of each proposed item, in their order.

    What the document took over unchanged is accepted, even where the person rejected it before.
    """
    answers = {verdict.origin: verdict for verdict in document.verdicts if verdict.origin is not None}
    marks = {
        piece.origin: piece
        for verdict in document.verdicts
        for piece in verdict.evidence
        if piece.origin is not None
    }
    told = []
    for one in proposed:
        origin = ORIGIN + one.item
        verdict, mark = answers.get(origin), marks.get(origin)
        if one.region is None and verdict is not None:
            is_same = verdict.answer == one.answer and one.severity in (None, verdict.severity)
            outcome = Outcome.ACCEPTED if is_same else Outcome.CHANGED
        elif one.region is not None and mark is not None:
            outcome = Outcome.ACCEPTED if _compared(mark) == _compared_stored(one.region) else Outcome.CHANGED
        else:
            outcome = Outcome.REJECTED if one.item in rejected else Outcome.IGNORED
        told.append({"item": one.item, "clause_key": one.clause_key, "outcome": str(outcome)})
    return told


def is_assisted(verdict: Verdict) -> bool:
    """Whether the answer, or a mark it rests on, came from a suggestion."""
    return verdict.origin is not None or any(piece.origin is not None for piece in verdict.evidence)


def region_stored(region: DocumentModel) -> dict[str, Any]:
    """Return a suggested region as it is kept: unset fields left out."""
    return region.model_dump(mode="json", exclude_none=True, exclude={"id", "origin"})


def _compared(piece: DocumentModel) -> dict[str, Any]:
    found = piece.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in found.items() if key not in _NOT_COMPARED}


def _compared_stored(region: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in region.items() if key not in _NOT_COMPARED}
