"""Which split a row goes to: decided by its group alone, so that growing data never moves a row."""

from __future__ import annotations

from hashlib import sha256

from exports.domain.definition import Splits

SPLITS = ("train", "validation", "test")


def split_of(group: str, *, seed: str, shares: Splits) -> str:
    """Return the split of every row of ``group``.

    A group is what must not be torn apart: an author, a conversation, a prompt. Its place in [0, 1) is the
    hash of seed and group; which share that falls in is its split.
    """
    drawn = int.from_bytes(sha256(f"{seed}\x00{group}".encode()).digest()[:8]) / 2**64
    if drawn < shares.test:
        return "test"
    if drawn < shares.test + shares.validation:
        return "validation"
    # Whatever rounding leaves over belongs to train, unless train was given nothing.
    return "train" if shares.train > 0 else ("validation" if shares.validation > 0 else "test")
