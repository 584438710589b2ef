"""What a rendering is made of: the parts of one clause, taken out of its typed blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import (
    BlockType,
    ClauseDocument,
    ClauseKind,
    ExampleItem,
    ExamplesBlock,
    ProseBlock,
    RelationKind,
)


@dataclass(frozen=True, slots=True)
class Example:
    """One example with the answer it is ruled as; ``is_covered`` when that answer is a harmful one."""

    text: str
    answer: str
    severity: str
    why: str
    is_covered: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """The parts of one clause, each a list of passages in the writer's order."""

    key: str
    title: str
    question: str
    is_axis: bool
    definition: tuple[str, ...]
    includes: tuple[str, ...]
    excludes: tuple[str, ...]
    interpretation: tuple[str, ...]
    rationale: tuple[str, ...]
    examples: tuple[Example, ...]
    silent_examples: int
    harmful: tuple[str, ...]
    harmless: tuple[str, ...]
    severities: tuple[str, ...]
    precedence: tuple[str, ...]
    hazard: str


def pieces_of(clause: PlacedClause) -> Pieces:
    """Take a clause apart.

    Examples keep their order and count as covered when their ruling is a harmful answer; without a ruling, when
    they stand in the block of examples. Examples without text (media alone) are counted in ``silent_examples``.
    """
    document = clause.document
    examples, silent = _examples(document)
    return Pieces(
        key=clause.key,
        title=document.title,
        question=document.question,
        is_axis=document.kind is ClauseKind.AXIS,
        definition=_prose(document, BlockType.DEFINITION),
        includes=_prose(document, BlockType.USE_WHEN),
        excludes=_prose(document, BlockType.AVOID_WHEN),
        interpretation=_prose(document, BlockType.INTERPRETATION),
        rationale=_prose(document, BlockType.RATIONALE),
        examples=examples,
        silent_examples=silent,
        harmful=tuple(f"`{a.value}`: {a.label}" for a in document.answers if a.harmful),
        harmless=tuple(f"`{a.value}`: {a.label}" for a in document.answers if not a.harmful),
        severities=tuple(f"{step.value}: {step.label}" for step in document.severities),
        precedence=_precedence(document),
        hazard=next((code.code for code in document.codes if code.taxonomy == "mlcommons"), ""),
    )


def _prose(document: ClauseDocument, wanted: BlockType) -> tuple[str, ...]:
    return tuple(
        block.text
        for block in document.blocks
        if isinstance(block, ProseBlock) and block.type is wanted and block.text.strip()
    )


def _examples(document: ClauseDocument) -> tuple[tuple[Example, ...], int]:
    answers = {answer.value: answer for answer in document.answers}
    scale = {step.value: step.label for step in document.severities}
    found: list[Example] = []
    silent = 0
    for block in document.blocks:
        if not isinstance(block, ExamplesBlock):
            continue
        for item in block.items:
            if not item.text.strip():
                silent += 1
                continue
            found.append(_example(item, answers, scale, stands_in=BlockType(block.type)))
    return tuple(found), silent


def _example(
    item: ExampleItem, answers: Mapping[str, object], scale: Mapping[int, str], *, stands_in: BlockType
) -> Example:
    answer = answers.get(item.ruling)
    is_covered = (
        bool(getattr(answer, "harmful", False)) if answer is not None else stands_in is BlockType.EXAMPLES
    )
    severity = ""
    if item.severity is not None:
        severity = (
            f"{item.severity} ({scale[item.severity]})" if item.severity in scale else str(item.severity)
        )
    return Example(item.text, item.ruling, severity, item.why, is_covered)


def _precedence(document: ClauseDocument) -> tuple[str, ...]:
    words = {
        RelationKind.TAKES_PRECEDENCE: "Takes precedence over {}.",
        RelationKind.EXCLUDES: "Does not apply together with {}.",
        RelationKind.EXEMPLIFIES: "Is a special case of {}.",
    }
    return tuple(
        words[relation.kind].format(relation.clause_key)
        for relation in document.relations
        if relation.kind in words
    )


def listed(passages: Iterable[str]) -> list[str]:
    """Return passages as the lines of one markdown list: list lines stay, other paragraphs become items."""
    lines: list[str] = []
    for passage in passages:
        for paragraph in re.split(r"\n[ \t]*\n", passage.strip("\n")):
            first = paragraph.split("\n", 1)[0]
            if _ITEM.match(first):
                lines += [
                    line.replace("* ", "- ", 1) if line.startswith("* ") else line
                    for line in paragraph.split("\n")
                ]
            else:
                own, *rest = paragraph.split("\n")
                lines.append(f"- {own}")
                lines += [line if _ITEM.match(line) else f"  {line}" for line in rest]
    return lines


_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")


def quoted(text: str) -> str:
    """Return an example's text as one quoted line; line breaks become spaces."""
    return f"“{' '.join(text.split())}”"


def first_paragraphs(passages: Sequence[str]) -> str:
    """Return passages as one paragraph of plain sentences: list signs and emphasis taken out."""
    pieces: list[str] = []
    for line in "\n".join(passages).split("\n"):
        bare = re.sub(r"^\s*(?:[-*+>]|\d{1,3}[.)]|#{1,6})\s+", "", line).strip()
        bare = re.sub(r"\*\*|__|`", "", bare)
        if bare:
            pieces.append(bare)
    return " ".join(pieces)
