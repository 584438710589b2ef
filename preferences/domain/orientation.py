"""Which response is shown first to whom, and how shown answers become answers about A and B."""

from __future__ import annotations

from enum import StrEnum
from hashlib import sha256
from uuid import UUID

from preferences.domain.document import JudgmentDocument, Position


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


def order_drawn(*, seed: str, task_id: UUID, person_id: UUID, size: int) -> list[int]:
    """Draw the order in which one person is shown the responses of a slate in one task: their places, the first first.

    Like ``sides_are_swapped`` it needs no state, and every order is as likely as every other.
    """

    def drawn(place: int) -> bytes:
        return sha256(f"{seed}\x00{task_id}\x00{person_id}\x00{place}".encode()).digest()

    return sorted(range(size), key=drawn)


def side_shown(position: Position, *, swapped: bool) -> Side:
    """Return the response that stood at ``position``."""
    return Side.A if (position is Position.FIRST) != swapped else Side.B


def position_shown(side: Side, *, swapped: bool) -> Position:
    """Return where ``side`` stood."""
    return Position.FIRST if (side is Side.A) != swapped else Position.SECOND


def document_turned(document: JudgmentDocument) -> JudgmentDocument:
    """Return what the document says, as somebody would say it to whom the two were shown the other way round."""
    turned = {Position.FIRST: Position.SECOND, Position.SECOND: Position.FIRST}
    return document.model_copy(
        update={
            "axes": [axis.model_copy(update={"value": -axis.value}) for axis in document.axes],
            "responses": [
                opinion.model_copy(update={"position": turned[opinion.position]})
                for opinion in document.responses
            ],
            "rewrites": [
                rewrite.model_copy(update={"position": turned[rewrite.position]})
                for rewrite in document.rewrites
            ],
        }
    )


def value_canonical(shown: int, *, swapped: bool) -> int:
    """Turn a strength in shown order (negative: the first is better) into stored order."""
    return -shown if swapped else shown
