"""Rules written as plain prose: which paragraph defines, which lists what is covered, which makes an exception."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from policies.domain.clause_documents import BlockType
from policies.domain.importing.clause_draft import ClauseDraft, Ruled
from policies.domain.importing.example_texts import Line, examples_found
from policies.domain.importing.proposal import NoteKind

_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+")
_EXCEPTION = re.compile(
    r"\b(except(ion|ional)?s?|unless|does not (include|apply|cover|necessarily)|do(es)? not (necessarily )?(fall|rise)"
    r"|not all\b|is not considered|not considered|legitimate|we (also )?(understand|recogni[sz]e|allow|permit)"
    r"|(is|are) (generally |still )?(allowed|permitted)|may be (allowed|permitted|acceptable)|you may\b(?! not)"
    r"|not (necessarily )?prohibited|exclude[sd]?)\b",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r"\b(we (may|will|can|reserve)|may (suspend|remove|terminate|limit|restrict|result)"
    r"|report(ing)? (it|abuse|this|any)"
    r"|please report|(suspen|terminat|remov)(d|e|ion|ing|al) (of )?(your|the|any|accounts?|content))\b",
    re.IGNORECASE,
)
_RATIONALE = re.compile(
    r"\b(we aim|committed to|because|in order to|so that (everyone|all)|to protect|our goal|makes? .{0,40} safe"
    r"|important to us|we (believe|value|care|want)|we encourage|can (cause|lead))\b",
    re.IGNORECASE,
)
_FORBIDS = re.compile(
    r"\b(not|never|no|don't|cannot|prohibit\w*|forbid\w*|disallow\w*|including?|includes|such as)\b",
    re.IGNORECASE,
)
_SPARES = re.compile(
    r"\b(allow(ed)?|permit(ted)?|acceptable|may|exceptions?|not include|does not|excludes?)\b", re.IGNORECASE
)
_EXAMPLES_LEAD = re.compile(r"^\W*(?:for )?(counter[- ]?)?examples?\b[^.]{0,60}:\W*$", re.IGNORECASE)
_OUTPUT = re.compile(r"^\W*output\W*:\W*(.+?)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines between blank ones; a list with blank lines between its items is one paragraph."""

    line: int
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """The lines, joined."""
        return "\n".join(text for _, text in self.lines)

    @property
    def is_list(self) -> bool:
        """Whether it begins with a list item."""
        return bool(_ITEM.match(self.lines[0][1]))


def paragraphs_of(lines: Sequence[Line]) -> list[Paragraph]:
    """Divide lines into paragraphs; a list directly under a sentence is a paragraph of its own."""
    groups: list[list[Line]] = []
    is_open = in_code = False
    for number, text in lines:
        if re.match(r"\s*(```|~~~)", text):
            in_code = not in_code
        if not in_code and (not text.strip() or re.fullmatch(r"\s*([-*_])(?:\s*\1){2,}\s*", text)):
            is_open = False
            continue
        last = groups[-1] if groups else []
        begins_list = bool(_ITEM.match(text)) and not in_code
        was_list = bool(last) and bool(_ITEM.match(last[0][1]))
        joins_list = was_list and (begins_list or (not is_open and text.startswith(("  ", "\t"))))
        if joins_list or (is_open and (was_list or not begins_list)):
            last.append((number, text))
        else:
            groups.append([(number, text)])
        is_open = True
    return [Paragraph(group[0][0], tuple(group)) for group in groups]


def prose_into(draft: ClauseDraft, lines: Sequence[Line], *, sure: BlockType | None = None) -> None:
    """Put the paragraphs under a heading into the blocks of a clause.

    ``sure`` is the block the heading names: everything goes there. Otherwise the words decide, and each paragraph
    that lands in a block nothing names is noted. Lists of examples under a line that says so become examples.
    """
    before: Paragraph | None = None
    is_after_list = False
    for paragraph, examples in _with_examples(paragraphs_of(lines)):
        if examples is not None:
            is_counter = bool(re.search("counter", paragraph.text.split("\n")[0], re.IGNORECASE))
            is_covered = sure is not BlockType.AVOID_WHEN and not is_counter
            draft.examples += [Ruled(example, is_covered) for example in examples_found(examples)]
        elif sure is not None:
            draft.add(sure, paragraph.text)
        else:
            _placed(draft, paragraph, before=before, is_after_list=is_after_list)
        before = paragraph
        is_after_list = is_after_list or paragraph.is_list


def output_told(lines: Sequence[Line]) -> tuple[list[Line], str]:
    """Return the lines without a line such as “Output: `INVALID`”, and what it says."""
    kept: list[Line] = []
    output = ""
    for number, text in lines:
        found = _OUTPUT.match(text) if len(text) < 200 else None
        if found:
            output = found.group(1).replace("`", "").replace("*", "").strip()
        else:
            kept.append((number, text))
    return kept, output


def _with_examples(paragraphs: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, list[Line] | None]]:
    """Yield paragraphs; the lists behind an “Examples:” line come as lines of examples beside that line."""
    at = 0
    while at < len(paragraphs):
        paragraph = paragraphs[at]
        if not paragraph.is_list and _EXAMPLES_LEAD.match(paragraph.text):
            lines: list[Line] = []
            while at + 1 < len(paragraphs) and (paragraphs[at + 1].is_list or _is_table(paragraphs[at + 1])):
                at += 1
                lines += paragraphs[at].lines
            yield paragraph, lines
        elif _is_table(paragraph):
            yield paragraph, None
        else:
            yield paragraph, None
        at += 1


def _is_table(paragraph: Paragraph) -> bool:
    return paragraph.lines[0][1].strip().startswith("|")


def _placed(
    draft: ClauseDraft, paragraph: Paragraph, *, before: Paragraph | None, is_after_list: bool
) -> None:
    """Put one paragraph where its words say; ``before`` is the one above it under the same heading."""
    defined = bool(draft.prose[BlockType.DEFINITION])
    listed = is_after_list
    if paragraph.is_list:
        lead = before.text.rsplit(". ", 1)[-1] if before is not None and not before.is_list else ""
        spares = lead.endswith(":") and bool(_SPARES.search(lead)) and not _FORBIDS.search(lead)
        draft.add(BlockType.AVOID_WHEN if spares else BlockType.USE_WHEN, paragraph.text)
        return
    if not defined or (
        not listed and not _AFTERWARDS.search(paragraph.text) and not _EXCEPTION.search(paragraph.text)
    ):
        draft.add(BlockType.DEFINITION, paragraph.text)
        return
    for block, pattern, what in (
        (BlockType.AVOID_WHEN, _EXCEPTION, "speaks of exceptions and became “avoid when”"),
        (
            BlockType.INTERPRETATION,
            _AFTERWARDS,
            "says what happens afterwards and became a note on reading the rule",
        ),
        (BlockType.RATIONALE, _RATIONALE, "gives reasons and became the rationale"),
    ):
        if pattern.search(paragraph.text):
            draft.add(block, paragraph.text)
            draft.note(NoteKind.MOVED, f"This paragraph {what}.", paragraph.line)
            return
    draft.add(BlockType.INTERPRETATION, paragraph.text)
    draft.note(
        NoteKind.MOVED,
        "Nothing says what this paragraph is; it became a note on how to read the rule.",
        paragraph.line,
    )
