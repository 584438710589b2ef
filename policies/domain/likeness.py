from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class LikeBy(StrEnum):
    """What a likeness was read from."""

    TEXT = "text"
    PICTURE = "picture"
    WORDS = "words"


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two posts are, 0 to 1 (the same), and by what: an encoder's view of them, or their letters."""

    score: float
    by: LikeBy
