"""Which split a row goes to: decided by its group alone, so that growing data never moves a row."""

from __future__ import annotations

from hashlib import sha256

from exports.domain.definition import Splits

SPLITS = ("train", "validation", "test")

_PLACES = 2**64


def split_of(group: str, *, seed: str, shares: Splits) -> str:
    """Return the split of every row of ``group``.

    A group is what must not be torn apart: an author, a conversation, a prompt. Its place in [0, 1) is the
    hash of seed and group; which share that falls in is its split.
    """
    drawn = int.from_bytes(sha256(split_hashed(seed) + group.encode()).digest()[:8]) / _PLACES
    if drawn < shares.test:
        return "test"
    if drawn < shares.test + shares.validation:
        return "validation"
    # Whatever rounding leaves over belongs to train, unless train was given nothing.
    return "train" if shares.train > 0 else ("validation" if shares.validation > 0 else "test")


def split_hashed(seed: str) -> bytes:
    """Return what is hashed before a group."""
    return f"{seed}\x00".encode()


def places_outside_train(shares: Splits) -> int:
    """Return how many of the 2**64 places, from 0 on, `split_of` gives to another split than ``train``."""
    if shares.train <= 0:
        return _PLACES
    low, high = 0, _PLACES
    while low < high:
        middle = (low + high) // 2
        if middle / _PLACES < shares.test + shares.validation:
            low = middle + 1
        else:
            high = middle
    return low
