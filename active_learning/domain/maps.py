"""Which posts a map shows, and which of those chosen on it people can be asked about."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class PostState(StrEnum):
    """How far people are with a post, for one clause."""

    OPEN = "open"
    ASKED = "asked"
    DECIDED = "decided"


class ChosenBy(StrEnum):
    """What chose a post for people to answer, for one clause."""

    NOTHING = "nothing"
    NEWEST_ROUND = "newest_round"
    EARLIER_ROUND = "earlier_round"
    MAP = "map"


class LeftOut(StrEnum):
    """Why a chosen post is not asked about; of several reasons the first holds."""

    GONE = "gone"
    MEASURES = "measures"
    DECIDED = "decided"
    ASKED = "asked"
    OTHER_MEDIA = "other_media"


@dataclass(frozen=True, slots=True)
class Askable:
    """Chosen posts that people can be asked about, in the order chosen, and how many are left out, by reason."""

    post_ids: list[UUID]
    left_out: dict[LeftOut, int]


def drawn_by_lot(post_ids: Iterable[UUID], *, most: int, seed: int) -> list[UUID]:
    """Return at most ``most`` of the posts, ascending.

    Which ones follows from seed and post alone: the same posts give the same share in whatever order they come, and a
    post that comes along later takes the place of one other at most.
    """
    salt = f"map\0{seed}\0".encode()
    order = sorted(set(post_ids), key=lambda post_id: hashlib.sha256(salt + post_id.bytes).digest())
    return sorted(order[:most])


def askable(
    chosen: Sequence[UUID],
    *,
    shown: Collection[UUID],
    measuring: Collection[UUID],
    decided: Collection[UUID],
    asked: Collection[UUID],
    fitting: Collection[UUID],
) -> Askable:
    """Sort what a person chose on a map; a post chosen twice counts once.

    Parameters
    ----------
    shown
        Posts of the map that are not hidden.
    measuring
        Posts by which people or models are measured; they never teach, so they are not chosen.
    fitting
        Posts with media the clause is about.
    """
    kept: list[UUID] = []
    left_out: dict[LeftOut, int] = {}
    for post_id in dict.fromkeys(chosen):
        reason = _reason(post_id, shown, measuring, decided, asked, fitting)
        if reason is None:
            kept.append(post_id)
        else:
            left_out[reason] = left_out.get(reason, 0) + 1
    return Askable(kept, left_out)


def _reason(
    post_id: UUID,
    shown: Collection[UUID],
    measuring: Collection[UUID],
    decided: Collection[UUID],
    asked: Collection[UUID],
    fitting: Collection[UUID],
) -> LeftOut | None:
    if post_id not in shown:
        return LeftOut.GONE
    if post_id in measuring:
        return LeftOut.MEASURES
    if post_id in decided:
        return LeftOut.DECIDED
    if post_id in asked:
        return LeftOut.ASKED
    return None if post_id in fitting else LeftOut.OTHER_MEDIA
