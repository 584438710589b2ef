"""Why somebody was asked to judge a comparison: what the answer may count for hangs on it."""

from __future__ import annotations

from enum import StrEnum


class Asked(StrEnum):
    """``WORK`` counts as an opinion. ``AGAIN`` was asked of the same person before, with sides swapped; of ``GOLD``
    the answer is known: both measure the person, and count for nothing else.
    """

    WORK = "work"
    AGAIN = "again"
    GOLD = "gold"


def asked_by(source: str) -> Asked:
    """Return why a task of this source asks."""
    return Asked(source) if source in (Asked.AGAIN, Asked.GOLD) else Asked.WORK
