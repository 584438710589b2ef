"""Word-level difference of two texts, in any script, in bounded time."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Operation = Literal["equal", "insert", "delete"]

# The work grows with the number of differences times the length; past this many, a passage is shown whole.
_MOST_DIFFERENCES = 1_200

_Run = tuple[bool, int, int, int, int]


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
    for is_equal, a, b, c, d in _runs(old, new):
        if is_equal:
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
    kept = sum(b - a for is_equal, a, b, _, _ in _runs(old, new) if is_equal)
    return 1.0 - kept / max(len(old), len(new))


def words_changed(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the words that went out and the words that came in, folded to lower case, in order."""
    old = [word.casefold() for word in words(before) if _is_word(word)]
    new = [word.casefold() for word in words(after) if _is_word(word)]
    gone: list[str] = []
    come: list[str] = []
    for is_equal, a, b, c, d in _runs(old, new):
        if not is_equal:
            gone += old[a:b]
            come += new[c:d]
    return gone, come


def _passage_segments(before: str, after: str) -> list[Segment]:
    old, new = words(before), words(after)
    segments: list[Segment] = []
    runs = _runs(old, new)
    for index, (is_equal, a, b, c, d) in enumerate(runs):
        inside = 0 < index < len(runs) - 1
        if is_equal and not (inside and not any(_is_word(word) for word in old[a:b])):
            segments.append(Segment("equal", "".join(old[a:b])))
            continue
        # A blank or comma that both happen to have between changed words is no common ground.
        if a < b:
            segments.append(Segment("delete", "".join(old[a:b])))
        if c < d:
            segments.append(Segment("insert", "".join(new[c:d])))
    return segments


def _runs(old: Sequence[str], new: Sequence[str]) -> list[_Run]:
    """Return (is_equal, from, to, from, to) runs over both sequences, equal and changed ones in turn.

    Common ends are cut off first; between them the shortest script is found (E. W. Myers, "An O(ND)
    Difference Algorithm and Its Variations", 1986).
    """
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    matches = [(i, i) for i in range(start)]
    matches += [
        (start + i, start + j) for i, j in _matches(old[start : len(old) - end], new[start : len(new) - end])
    ]
    matches += [(len(old) - end + i, len(new) - end + i) for i in range(end)]
    runs: list[_Run] = []
    a = c = 0
    for i, j in [*matches, (len(old), len(new))]:
        if i > a or j > c:
            runs.append((False, a, i, c, j))
        if i == len(old) and j == len(new):
            break
        if runs and runs[-1][0] and i == a and j == c:
            runs[-1] = (True, runs[-1][1], i + 1, runs[-1][3], j + 1)
        else:
            runs.append((True, i, i + 1, j, j + 1))
        a, c = i + 1, j + 1
    return runs


def _matches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the index pairs of a longest common subsequence; none when more differs than is worth showing."""
    n, m = len(old), len(new)
    if not n or not m:
        return []
    reach = {1: 0}
    history: list[dict[int, int]] = []
    for differences in range(min(n + m, _MOST_DIFFERENCES) + 1):
        history.append(dict(reach))
        for k in range(-differences, differences + 1, 2):
            down = k == -differences or (k != differences and reach[k - 1] < reach[k + 1])
            x = reach[k + 1] if down else reach[k - 1] + 1
            y = x - k
            while x < n and y < m and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[k] = x
            if x >= n and y >= m:
                return _walked_back(history, n, m)
    return []


def _walked_back(history: list[dict[int, int]], n: int, m: int) -> list[tuple[int, int]]:
    matches: list[tuple[int, int]] = []
    x, y = n, m
    for differences in range(len(history) - 1, -1, -1):
        reach = history[differences]
        k = x - y
        down = k == -differences or (k != differences and reach[k - 1] < reach[k + 1])
        before = k + 1 if down else k - 1
        x_before = reach[before]
        y_before = x_before - before
        while x > max(x_before, 0) and y > max(y_before, 0):
            x, y = x - 1, y - 1
            matches.append((x, y))
        x, y = x_before, y_before
    matches.reverse()
    return matches


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
