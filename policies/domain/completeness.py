"""What still stands between a draft and its release, each with a sentence that says what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import (
    BlockType,
    ClauseDocument,
    ClauseKind,
    EvidenceKind,
    ExamplesBlock,
    Modality,
)

_FOR_MODALITY: Mapping[EvidenceKind, frozenset[Modality]] = {
    EvidenceKind.BOX: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.ELLIPSE: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.POLYGON: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.POLYLINE: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.MASK: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.POINT: frozenset({Modality.IMAGE, Modality.VIDEO}),
    EvidenceKind.TRACK: frozenset({Modality.VIDEO}),
    EvidenceKind.FRAME: frozenset({Modality.VIDEO}),
    EvidenceKind.TIME_RANGE: frozenset({Modality.VIDEO, Modality.AUDIO}),
    EvidenceKind.TEXT_SPAN: frozenset({Modality.TEXT}),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to repair; ``field`` names where in the clause, empty for the clause or release as such."""

    clause_key: str
    field: str
    sentence: str


_MOST_STEPS = 10
"""So many steps have a key each, 0 to 9."""


def release_problems(clauses: Sequence[PlacedClause]) -> list[Problem]:
    """Return what keeps these clauses from being released, in outline order; empty when nothing does."""
    if not clauses:
        return [Problem("", "", "Write at least one clause.")]
    keys = {clause.key for clause in clauses}
    problems: list[Problem] = []
    for clause in sorted(clauses, key=lambda clause: (clause.position, clause.key)):
        problems += [
            Problem(clause.key, field, sentence) for field, sentence in clause_problems(clause.document)
        ]
        for relation in clause.document.relations:
            if relation.clause_key not in keys or relation.clause_key == clause.key:
                problems.append(
                    Problem(clause.key, "relations", f"The relation to {relation.clause_key} leads nowhere.")
                )
    return problems


def clause_problems(document: ClauseDocument) -> list[tuple[str, str]]:
    """Return (field, sentence) for what a clause still lacks."""
    problems: list[tuple[str, str]] = []
    if not document.title:
        problems.append(("title", "Give the clause a title."))
    if not document.question:
        problems.append(("question", "Ask the question that annotators answer."))
    if not any(b.type is BlockType.DEFINITION and getattr(b, "text", "").strip() for b in document.blocks):
        problems.append(("blocks", "Write a definition."))
    if document.kind is ClauseKind.AXIS:
        return problems + _axis_problems(document)
    return problems + _scale_problems(document) + _evidence_problems(document) + _example_problems(document)


def _axis_problems(document: ClauseDocument) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if document.severities or document.evidence_kinds:
        problems.append(
            (
                "answers",
                "Two responses are compared from −3 to +3: take out the axis' severities and evidence.",
            )
        )
    if not document.answers:
        return problems
    steps = [answer.value for answer in document.answers]
    if not 2 <= len(steps) <= _MOST_STEPS or steps != [str(step) for step in range(len(steps))]:
        problems.append(
            (
                "answers",
                f"Where single responses are rated an axis has 2 to {_MOST_STEPS} steps, counted from 0, the worst.",
            )
        )
    if any(not answer.label for answer in document.answers):
        problems.append(("answers", "Give every step a label."))
    if any(answer.harmful for answer in document.answers):
        problems.append(("answers", "The steps of an axis say how good a response is: none is harmful."))
    return problems


def _scale_problems(document: ClauseDocument) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if len(document.answers) < 2:
        problems.append(("answers", "Offer at least two answers."))
    if any(not answer.label for answer in document.answers):
        problems.append(("answers", "Give every answer a label."))
    if any(not severity.label for severity in document.severities):
        problems.append(("severities", "Give every severity a label."))
    harmful = any(answer.harmful for answer in document.answers)
    if document.requires.severity and not document.severities:
        problems.append(("severities", "A severity is required, but there is no severity scale."))
    if (document.requires.evidence or document.requires.reason or document.requires.severity) and not harmful:
        problems.append(
            ("answers", "Something is required of harmful answers, but no answer is marked harmful.")
        )
    if not document.modalities:
        problems.append(("modalities", "Say which kinds of parts the clause is judged on."))
    return problems


def _evidence_problems(document: ClauseDocument) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    if document.requires.evidence and not document.evidence_kinds:
        problems.append(("evidence_kinds", "Evidence is required, but no kind of evidence is allowed."))
    for kind in document.evidence_kinds:
        needed = _FOR_MODALITY.get(kind)
        if needed is not None and not needed & set(document.modalities):
            name = kind.value.replace("_", " ")
            problems.append(
                ("evidence_kinds", f"A {name} needs {' or '.join(sorted(needed))} among the modalities.")
            )
    return problems


def _example_problems(document: ClauseDocument) -> list[tuple[str, str]]:
    values = {answer.value for answer in document.answers}
    problems: list[tuple[str, str]] = []
    for block in document.blocks:
        if isinstance(block, ExamplesBlock):
            for number, item in enumerate(block.items, start=1):
                if not item.text.strip() and not item.media:
                    problems.append((block.id, f"Example {number} is empty."))
                if item.ruling and item.ruling not in values:
                    problems.append(
                        (block.id, f"Example {number} is ruled “{item.ruling}”, which is no answer here.")
                    )
    return problems
