"""Word-level difference of two texts, in any script, in bounded time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["equal", "insert", "delete"]

# Comparing words costs at most the product of both lengths; past this, a changed passage is shown whole.
_MOST_COMPARISONS = 4_000_000


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text that stayed, came in, or went out."""

    operation: Operation
    text: str


def words(text: str) -> list[str]:
    """Split ``text`` into words, runs of blanks and single punctuation marks; joined they are ``text`` again.

    Scripts written without blanks (Chinese, Japanese, Thai, Lao, Khmer, Burmese) are split per character
    with its marks, so that a changed word does not mark its whole sentence.
    """
    pieces: list[str] = []
    previous = ""
    for character in text:
        sort = _sort(character)
        joins = sort == "mark" and bool(pieces) and previous != "blank"
        if joins or (pieces and sort == previous and sort in ("word", "blank")):
            pieces[-1] += character
        else:
            pieces.append(character)
            previous = sort
    return pieces


def word_segments(before: str, after: str) -> list[Segment]:
    """Return how ``before`` becomes ``after``, adjacent runs merged, deletions before insertions.

    Equal and deleted text joined is ``before``; equal and inserted text joined is ``after``. Lines that are
    the same stay whole; words are compared only inside lines that changed.
    """
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    segments: list[Segment] = []
    for tag, a, b, c, d in _operations(old, new):
        if tag == "equal":
            segments.append(Segment("equal", "".join(old[a:b])))
        else:
            segments += _passage_segments("".join(old[a:b]), "".join(new[c:d]))
    return _merged(segments)


def changed_share(before: str, after: str) -> float:
    """Return the share of words that differ, from 0 (same words) to 1 (nothing in common).

    Blanks and punctuation do not count; two texts without words differ by 0 or 1.
    """
    old = [word.casefold() for word in words(before) if _is_word(word)]
    new = [word.casefold() for word in words(after) if _is_word(word)]
    if not old or not new:
        return 0.0 if old == new else 1.0
    kept = sum(b - a for tag, a, b, _, _ in _operations(old, new) if tag == "equal")
    return 1.0 - kept / max(len(old), len(new))


def words_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the words that went out and the words that came in, folded to lower case, in order."""
    old = [word.casefold() for word in words(before) if _is_word(word)]
    new = [word.casefold() for word in words(after) if _is_word(word)]
    gone: list[str] = []
    come: list[str] = []
    for tag, a, b, c, d in _operations(old, new):
        if tag != "equal":
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def _passage_segments(before: str, after: str) -> list[Segment]:
    old, new = words(before), words(after)
    segments: list[Segment] = []
    for tag, a, b, c, d in _operations(old, new):
        if tag == "equal":
            segments.append(Segment("equal", "".join(old[a:b])))
            continue
        if a < b:
            segments.append(Segment("delete", "".join(old[a:b])))
        if c < d:
            segments.append(Segment("insert", "".join(new[c:d])))
    return segments


def _operations(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    """Return difflib's operations, with common ends cut off first and a bound on the work between."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    a, b, c, d = start, len(old) - end, start, len(new) - end
    middle: list[tuple[str, int, int, int, int]]
    if a == b and c == d:
        middle = []
    elif a == b or c == d or (b - a) * (d - c) > _MOST_COMPARISONS:
        middle = [("replace", a, b, c, d)]
    else:
        matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
        middle = [(tag, a + i, a + j, c + k, c + m) for tag, i, j, k, m in matcher.get_opcodes()]
    head = [("equal", 0, start, 0, start)] if start else []
    tail = [("equal", b, len(old), d, len(new))] if end else []
    return [*head, *middle, *tail]


def _merged(segments: list[Segment]) -> list[Segment]:
    """Join neighbours of one kind; between two equal runs, what went out stands before what came in."""
    merged: list[Segment] = []
    gone = come = ""
    for segment in [*segments, Segment("equal", "")]:
        if segment.operation == "delete":
            gone += segment.text
        elif segment.operation == "insert":
            come += segment.text
        else:
            if gone:
                merged.append(Segment("delete", gone))
            if come:
                merged.append(Segment("insert", come))
            if merged and not gone and not come and merged[-1].operation == "equal":
                merged[-1] = Segment("equal", merged[-1].text + segment.text)
            elif segment.text:
                merged.append(segment)
            gone = come = ""
    return merged


def _sort(character: str) -> str:
    if character.isspace():
        return "blank"
    category = unicodedata.category(character)
    if category in ("Mn", "Mc", "Me", "Cf"):
        return "mark"
    if category[0] in "PS":
        return "punctuation"
    return "single" if _stands_alone(character) else "word"


_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3040, 0x30FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)


def _stands_alone(character: str) -> bool:
    point = ord(character)
    return any(first <= point <= last for first, last in _UNSPACED)


def _is_word(piece: str) -> bool:
    return _sort(piece[0]) in ("word", "single")
