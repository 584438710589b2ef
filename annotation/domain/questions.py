"""What a task asks and what a post is made of, as the checks need them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Requirements:
    """What an answer that is marked harmful must bring along."""

    evidence: bool = False
    reason: bool = False
    severity: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One clause, reduced to what an answer is checked against.

    ``answers`` and ``severities`` keep the release's order, mildest first; ``harmful`` is the subset of
    answers the requirements apply to. Empty ``evidence_kinds`` means that the clause takes no evidence.
    """

    clause_key: str
    title: str
    answers: tuple[str, ...]
    harmful: frozenset[str] = frozenset()
    severities: tuple[int, ...] = ()
    evidence_kinds: frozenset[str] = frozenset()
    requires: Requirements = Requirements()


@dataclass(frozen=True, slots=True)
class FrameTable:
    """Presentation timestamps of an asset's frames in microseconds, ascending, index by index."""

    pts_us: Sequence[int]

    def __len__(self) -> int:
        return len(self.pts_us)

    def holds(self, frame: int, pts_us: int) -> bool:
        """Whether ``frame`` exists and is shown at exactly ``pts_us``."""
        return 0 <= frame < len(self.pts_us) and self.pts_us[frame] == pts_us

    def frame_at(self, pts_us: int) -> int:
        """Index of the frame on screen at ``pts_us``: the last one that starts no later (0 before the
        first).
        """
        after = bisect_left(self.pts_us, pts_us + 1)
        return max(after - 1, 0)


@dataclass(frozen=True, slots=True)
class PartShape:
    """A part of a post, reduced to what positions are checked against.

    ``frames`` is None when the asset has no frame table: then frames cannot be named in it.
    """

    id: str
    kind: str
    label: str
    text: str | None = field(default=None, repr=False)
    asset_sha256: str | None = None
    width: int | None = None
    height: int | None = None
    duration_us: int | None = None
    frames: FrameTable | None = field(default=None, repr=False)

    @property
    def is_text(self) -> bool:
        """Whether the part is text, in which spans are offsets."""
        return self.text is not None
