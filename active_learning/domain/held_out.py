"""The fixed held-out set: which posts evaluate, and so never teach and are never chosen."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable
from math import ceil

SHARE = 0.2
PREFIX = b"held-out\0"
_RANGE = 2**64
HELD_OUT_BELOW = ceil(SHARE * _RANGE)
"""The places that are held out, for those who compare them in the database."""


def is_held_out(post_id: uuid.UUID, *, share: float = SHARE) -> bool:
    """Return whether a post belongs to the held-out set.

    The answer follows from the post's id alone: it is the same in every round, project and release, and does not
    change when posts are added.
    """
    place = int.from_bytes(hashlib.sha256(PREFIX + post_id.bytes).digest()[:8], "big")
    return place < share * _RANGE


def ids_digest(post_ids: Iterable[uuid.UUID]) -> str:
    """Return twelve digits naming a set of posts: two figures are comparable when measured on the same set."""
    total = hashlib.sha256()
    for post_id in sorted(post_ids):
        total.update(post_id.bytes)
    return total.hexdigest()[:12]
