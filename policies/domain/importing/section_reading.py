"""One clause read from a section and everything below it: each heading says which block its text is for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from policies.domain.clause_documents import LONGEST_LINE, BlockType
from policies.domain.importing.clause_draft import ClauseDraft, Ruled
from policies.domain.importing.example_texts import Line, examples_found
from policies.domain.importing.plain_prose import output_told, paragraphs_of, prose_into
from policies.domain.importing.proposal import NoteKind
from policies.domain.importing.roles import Label, Role, label_of, role_of
from policies.domain.importing.sections import Section

_BLOCK = {
    Role.DEFINITION: BlockType.DEFINITION,
    Role.INCLUDES: BlockType.USE_WHEN,
    Role.EXCLUDES: BlockType.AVOID_WHEN,
    Role.INTERPRETATION: BlockType.INTERPRETATION,
    Role.RATIONALE: BlockType.RATIONALE,
    Role.LABELS: BlockType.INTERPRETATION,
    Role.GROUP: BlockType.DEFINITION,
    Role.AFTERWARDS: BlockType.INTERPRETATION,
}
_LABEL_ITEM = re.compile(r"^\s*[-*+]\s+[`*]*([A-Z][A-Z]{0,7}\.?\d{1,2})[`*]*\s*[:–—-]\s+(.+)$")
_GRADE_ITEM = re.compile(
    r"^\s*(?:[-*+]|\d{1,2}[.)])\s+(?:level\s+)?[*`]*(.{1,120}?)[*`]*\s*(?:[:–—]\s*(.*))?$", re.IGNORECASE
)


def section_into(
    draft: ClauseDraft, section: Section, *, parent: str = "", inherited: BlockType | None = None
) -> None:
    """Read a section and all below it into one clause.

    A heading that defines a label (DC1, SP2) gives the clause that label, and its text the side of the clause on which
    the label lies. A heading that names no block goes under the block above it, with its title; at the top it becomes
    a note on how to read the rule, and that is noted.
    """
    role = role_of(section.title) if section.title else Role.GROUP
    label = None if role in (Role.EXAMPLES, Role.COUNTER_EXAMPLES) else label_of(section.title, parent=parent)
    block = inherited
    if label is not None:
        label = _labelled(draft, section, label)
        block = BlockType.USE_WHEN if label.is_harmful else BlockType.AVOID_WHEN
    elif role in (Role.EXAMPLES, Role.COUNTER_EXAMPLES):
        _examples_into(
            draft, section, is_covered=role is Role.EXAMPLES and inherited is not BlockType.AVOID_WHEN
        )
        for child in section.children:
            is_example = role_of(child.title) is Role.EXAMPLES or label_of(child.title) is not None
            if is_example or not child.children:
                _examples_into(draft, child, is_covered=role is Role.EXAMPLES)
            else:
                section_into(draft, child, parent=section.title, inherited=BlockType.INTERPRETATION)
        return
    elif role is Role.SEVERITY:
        _grades_into(draft, section)
        block = BlockType.INTERPRETATION
    elif role is Role.OTHER:
        _titled_into(draft, section, inherited)
        block = inherited or BlockType.INTERPRETATION
    else:
        block = _BLOCK[role] if inherited is None or role not in (Role.GROUP,) else inherited
        lines = section.lines
        if role is Role.LABELS:
            lines = _label_names_into(draft, lines)
            tables = [row for row in lines if row[1].strip().startswith("|")]
            draft.examples += [Ruled(example, is_covered=True) for example in examples_found(tables)]
            lines = [row for row in lines if not row[1].strip().startswith("|")]
        if role is Role.AFTERWARDS and section.has_text:
            draft.note(
                NoteKind.MOVED,
                f"“{section.title}” says what happens afterwards; it became a note on how to read the rule.",
                section.line,
            )
        before = len(draft.examples)
        prose_into(draft, lines, sure=block)
        if block is BlockType.AVOID_WHEN:
            _side(draft, before, is_covered=False)
    for child in section.children:
        section_into(draft, child, parent=section.title, inherited=block if section.title else None)


def _labelled(draft: ClauseDraft, section: Section, label: Label) -> Label:
    """Give the clause a label, its text with the label's name above, its examples the label as ruling."""
    lines, output = output_told(section.lines)
    if output:
        word = output.split()[0].lower().strip(".,+")
        is_harmful = word.startswith(("invalid", "violat", "unsafe", "remove", "1", "yes"))
        label = replace(label, is_harmful=is_harmful)
        if len(output.split()) > 1:
            draft.add(BlockType.INTERPRETATION, f"{label.code}: {output}")
    label = replace(
        label, is_harmful=bool(label.is_harmful), title=(label.title or label.code)[:LONGEST_LINE]
    )
    draft.labels[label.code.lower()] = label
    before = len(draft.examples)
    gathered = ClauseDraft(draft.title, draft.file, section.line)
    is_coded = re.compile(rf"\s*[-*+]\s+\**{re.escape(label.code)}\.[a-z]\b").match
    coded = [row for row in lines if is_coded(row[1])]
    prose_into(gathered, [row for row in lines if not is_coded(row[1])], sure=BlockType.USE_WHEN)
    gathered.examples += [Ruled(example, is_covered=True) for example in examples_found(coded)]
    text = "\n\n".join(gathered.prose[BlockType.USE_WHEN])
    name = f"{label.code}: {label.title}" if label.title != label.code else label.code
    if re.fullmatch(r"\d+|yes|no", label.code, re.IGNORECASE):
        name = label.title
    block = BlockType.USE_WHEN if label.is_harmful else BlockType.AVOID_WHEN
    draft.add(block, f"**{name}**\n\n{text}" if text else f"**{name}**")
    draft.examples += gathered.examples
    draft.notes += gathered.notes
    for ruled in draft.examples[before:]:
        ruled.is_covered = label.is_harmful is True
        if not ruled.example.label:
            ruled.example = replace(ruled.example, label=label.code)
    return label


def _examples_into(draft: ClauseDraft, section: Section, *, is_covered: bool) -> None:
    told = label_of(section.title)
    for example in examples_found(section.lines):
        label = example.label or (told.code if told is not None else "")
        draft.examples.append(Ruled(replace(example, label=label), is_covered))


def _side(draft: ClauseDraft, since: int, *, is_covered: bool) -> None:
    for ruled in draft.examples[since:]:
        ruled.is_covered = is_covered


def _titled_into(draft: ClauseDraft, section: Section, inherited: BlockType | None) -> None:
    """Put a section of no known kind, under its title, into the block above it or among the notes."""
    gathered = ClauseDraft(draft.title, draft.file, section.line)
    block = inherited or BlockType.INTERPRETATION
    prose_into(gathered, section.lines, sure=block)
    text = "\n\n".join(gathered.prose[block])
    if text:
        draft.add(block, f"**{section.title}**\n\n{text}")
        if inherited is None:
            draft.note(
                NoteKind.MOVED,
                f"Nothing says which block “{section.title}” is; it became a note on how to read the rule.",
                section.line,
            )
    draft.examples += gathered.examples


def _label_names_into(draft: ClauseDraft, lines: Sequence[Line]) -> list[Line]:
    """Take the names of known labels from a list of them; return the other lines."""
    kept: list[Line] = []
    for number, text in lines:
        found = _LABEL_ITEM.match(text)
        known = draft.labels.get(found.group(1).lower()) if found else None
        if found and known is not None:
            short = found.group(2).strip().rstrip(".")
            draft.labels[known.code.lower()] = replace(known, title=f"{known.code}: {short}"[:LONGEST_LINE])
        else:
            kept.append((number, text))
    return kept


def _grades_into(draft: ClauseDraft, section: Section) -> None:
    """Read the steps of a severity scale from a list, the mildest first; other text stays a note."""
    steps: list[str] = []
    for paragraph in paragraphs_of(section.lines):
        if paragraph.is_list:
            for _, text in paragraph.lines:
                found = _GRADE_ITEM.match(text)
                if found:
                    steps.append(": ".join(part for part in found.groups() if part)[:LONGEST_LINE])
        else:
            draft.add(BlockType.INTERPRETATION, paragraph.text)
    if 2 <= len(steps) <= 20:
        is_worst_first = bool(re.match(r"(critical|extreme|severe|high|highest)\b", steps[0], re.IGNORECASE))
        draft.grades = list(reversed(steps)) if is_worst_first else steps
        draft.note(NoteKind.ASSUMED, f"Its {len(steps)} steps became the severity scale.", section.line)
    elif steps:
        draft.add(BlockType.INTERPRETATION, "\n".join(f"- {step}" for step in steps))
