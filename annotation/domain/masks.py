"""Painted areas as run lengths, the way COCO writes them.

A mask covers the whole picture. Its runs go down the columns, from the left column to the right one, and tell in
turn how many pixels are out, in, out, … (the first may be 0). Packed, each run from the fourth on is told by its
difference from the run two before it; numbers are cut into groups of five bits, least first, the last group's
highest bit being the sign; a sixth bit says that more follows, and 48 added makes each group a character from
``0`` to ``o``. ``{"size": [height, width], "counts": counts}`` is what pycocotools decodes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

_CONTINUES = 0x20
_SIGN = 0x10
_BITS = 5
_FIRST = 48
_GROUPS_MAX = 7
"""Enough for 2³¹, more than any picture has pixels."""


def runs_unpack(counts: str) -> list[int]:
    """Run lengths from their packed form, first out, then in, and so on.

    Raises
    ------
    ValueError
        When the text is no packed run lengths.
    """
    runs: list[int] = []
    value = shift = 0
    for character in counts:
        group = ord(character) - _FIRST
        if not 0 <= group < 2 * _CONTINUES or shift >= _GROUPS_MAX * _BITS:
            raise ValueError("The run lengths cannot be read.")
        value |= (group & 0x1F) << shift
        shift += _BITS
        if group & _CONTINUES:
            continue
        if group & _SIGN:
            value -= 1 << shift
        if len(runs) > 2:
            value += runs[-2]
        if value < 0:
            raise ValueError("A run length is negative.")
        runs.append(value)
        value = shift = 0
    if shift:
        raise ValueError("The run lengths are cut short.")
    return runs


def runs_pack(runs: Sequence[int]) -> str:
    """Run lengths (none negative) in their packed form."""
    packed: list[str] = []
    for index, run in enumerate(runs):
        rest = run - runs[index - 2] if index > 2 else run
        continues = True
        while continues:
            group = rest & 0x1F
            rest >>= _BITS
            continues = rest != (-1 if group & _SIGN else 0)
            packed.append(chr((group | (_CONTINUES if continues else 0)) + _FIRST))
    return "".join(packed)


def mask_intervals(size: tuple[int, int], counts: str) -> Iterator[tuple[int, int]]:
    """Painted stretches, ascending, as half-open ranges of positions ``x * height + y``.

    Parameters
    ----------
    size
        Height and width of the picture.

    Raises
    ------
    ValueError
        When the run lengths cannot be read or do not fill the picture exactly.
    """
    runs = runs_unpack(counts)
    height, width = size
    if sum(runs) != height * width:
        message = f"The run lengths come to {sum(runs)} pixels; the picture has {height * width}."
        raise ValueError(message)
    at = 0
    for index, run in enumerate(runs):
        if index % 2 and run:
            yield at, at + run
        at += run


def mask_area(size: tuple[int, int], counts: str) -> int:
    """How many pixels are painted; raises as `mask_intervals` does."""
    return sum(end - start for start, end in mask_intervals(size, counts))
