"""Which response is shown first to whom, and how shown answers become answers about A and B."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from preferences.domain.document import Position


class Side(StrEnum):
    """The stored order of a comparison's responses; nobody who judges ever learns it."""

    A = "a"
    B = "b"


def sides_are_swapped(*, seed: str, task_id: UUID, person_id: UUID) -> bool:
    """Draw the order for one person and task: true when B is shown first.

    A fair draw that needs no state: one bit of a hash, so the same seed, task and person always agree.
    """
    drawn = sha256(f"{seed}\x00{task_id}\x00{person_id}".encode()).digest()
    return bool(drawn[0] & 1)


def side_shown(position: Position, *, swapped: bool) -> Side:
    """Return the response that stood at ``position``."""
    return Side.A if (position is Position.FIRST) != swapped else Side.B


def position_shown(side: Side, *, swapped: bool) -> Position:
    """Return where ``side`` stood."""
    return Position.FIRST if (side is Side.A) != swapped else Position.SECOND


def value_canonical(shown: int, *, swapped: bool) -> int:
    """Turn a strength in shown order (negative: the first is better) into stored order."""
    return -shown if swapped else shown
