"""Tables of labelled examples: which column is the text, which the label, and the rows between."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from policies.domain.importing.proposal import Note, NoteKind
from policies.domain.importing.sources import Source

MOST_ROWS = 5_000
MOST_COLUMNS = 100
_HEAD_WITHIN = 6

_COLUMNS = (
    ("clause", r"clause( ?key)?|rule|policy( key)?"),
    ("severity", r"severity|level|grade"),
    ("why", r"why|reasons?|rationale|explanation|justification|notes?"),
    (
        "label",
        r"(\w+ )?labels?|ruling|verdict|answer|class(ification)?|category|decision|is ?violat\w*|target",
    ),
    (
        "text",
        r"text|examples?( \w+)?|content|prompts?|post|message|body|input|scenario|sentence|responses?|title",
    ),
)


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """One row: its text, label, reason, grade, and the clause it names (empty where it names none)."""

    text: str
    label: str
    why: str
    severity: str
    clause: str
    line: int


@dataclass(frozen=True, slots=True)
class LabelledTable:
    """The rows of one file, in order."""

    source: Source
    rows: tuple[LabelledRow, ...]


def table_read(source: Source, notes: list[Note]) -> LabelledTable | None:
    """Read a CSV or TSV of labelled examples; ``None``, with a note, when it has no columns for text and label.

    The head may stand below some lines of prose. An apostrophe that an export put before a formula is taken off.
    """
    delimiter = "\t" if source.ending == "tsv" or _tabs(source.text) else ","
    reader = csv.reader(io.StringIO(source.text, newline=""), delimiter=delimiter, strict=False)
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            rows.append((line, cells))
            line = reader.line_num + 1
            if len(rows) > MOST_ROWS + _HEAD_WITHIN or len(cells) > MOST_COLUMNS:
                sentence = (
                    f"Only tables of up to {MOST_ROWS} rows and {MOST_COLUMNS} columns are read. Divide it."
                )
                notes.append(Note(NoteKind.PROBLEM, sentence, source.name, line))
                return None
    except csv.Error as error:
        notes.append(
            Note(NoteKind.PROBLEM, f"This is no table that can be read ({error}).", source.name, line)
        )
        return None
    head = _head(rows)
    if head is None:
        notes.append(
            Note(
                NoteKind.PROBLEM,
                "No column is called text (or example, prompt, content) beside one called label (or ruling, verdict). "
                "Name the columns so and bring it in again.",
                source.name,
                1,
            )
        )
        return None
    at, columns = head
    for number, cells in rows[:at]:
        said = " ".join(cell.strip() for cell in cells if cell.strip())
        if said:
            notes.append(
                Note(NoteKind.LEFT_OUT, f"Above the table it says: “{said[:300]}”", source.name, number)
            )
    return LabelledTable(source, tuple(_rows(rows[at + 1 :], columns, source, notes)))


def _tabs(text: str) -> bool:
    first = text.split("\n", 1)[0]
    return first.count("\t") > 0 and first.count("\t") > first.count(",")


@dataclass(frozen=True, slots=True)
class _Columns:
    """Places of the columns; ``pairs`` are a text and its label, such as a prompt and then the response to it."""

    pairs: tuple[tuple[int, int], ...]
    others: dict[str, int]


def _head(rows: Sequence[tuple[int, list[str]]]) -> tuple[int, _Columns] | None:
    for at, (_, cells) in enumerate(rows[:_HEAD_WITHIN]):
        names = [" ".join(cell.lower().replace("_", " ").split()) for cell in cells]
        kinds = [
            next((kind for kind, pattern in _COLUMNS if re.fullmatch(pattern, name)), "") for name in names
        ]
        pairs = _pairs(kinds)
        if pairs:
            others: dict[str, int] = {
                kind: kinds.index(kind) for kind in ("clause", "severity", "why") if kind in kinds
            }
            return at, _Columns(pairs, others)
    return None


def _pairs(kinds: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return each label's place with that of the text before it; a lone label before its text goes with that."""
    pairs: list[tuple[int, int]] = []
    text: int | None = None
    for place, kind in enumerate(kinds):
        if kind == "text":
            text = place
        elif kind == "label" and text is not None and text not in [pair[0] for pair in pairs]:
            pairs.append((text, place))
    if not pairs and "text" in kinds and "label" in kinds:
        pairs.append((kinds.index("text"), kinds.index("label")))
    return tuple(pairs)


def _rows(
    rows: Sequence[tuple[int, list[str]]], columns: _Columns, source: Source, notes: list[Note]
) -> list[LabelledRow]:
    found: list[LabelledRow] = []
    lacking: list[int] = []
    for number, cells in rows:
        if not any(value.strip() for value in cells):
            continue
        before = len(found)
        told = {name: _cell(cells, place) for name, place in columns.others.items()}
        asked = ""
        for text_place, label_place in columns.pairs:
            text = _cell(cells, text_place)
            if text:
                why = told.get("why", "") or (f"In answer to “{asked[:300]}”" if asked else "")
                label = _cell(cells, label_place)
                found.append(
                    LabelledRow(text, label, why, told.get("severity", ""), told.get("clause", ""), number)
                )
            asked = text
        if len(found) == before:
            lacking.append(number)
    if lacking:
        is_one = len(lacking) == 1
        sentence = f"{len(lacking)} row{' has' if is_one else 's have'} no text."
        notes.append(Note(NoteKind.LEFT_OUT, sentence, source.name, lacking[0]))
    return found


def _cell(cells: Sequence[str], place: int) -> str:
    return _text(cells[place]) if place < len(cells) else ""


def _text(cell: str) -> str:
    bare = cell.strip()
    return bare[1:] if re.match(r"'\s*[=+\-@\t＝＋－＠]", bare) else bare
