"""What a model's chance of harm is worth on posts whose truth is known: figures at a threshold, with intervals.

Chances are kept in thousandths, rounded down, so that every threshold of whole thousandths is met exactly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from core.figures.intervals import Floats, ratio, resampled, wilson

STEPS = 1000
HALF = 500
FEW = 10
"""A share of fewer posts than this is shown with the warning that it is one."""
_SEED = 20_090_101


class Undefined(StrEnum):
    """Why a figure is not there."""

    NO_POSTS = "no_posts"
    NO_HARMFUL = "no_harmful"
    NOTHING_SAID = "nothing_said"
    NO_HARMFUL_ANSWER = "no_harmful_answer"


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval and of how many posts it is; without a value it says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    of: int = 0
    why: str = ""


@dataclass(frozen=True)
class Scores:
    """Posts by the model's chance of harm.

    Attributes
    ----------
    rows
        (thousandths, harmless posts, harmful posts), ascending, each number of thousandths once.
    """

    rows: tuple[tuple[int, int, int], ...]

    @property
    def posts(self) -> int:
        """How many posts there are."""
        return sum(harmless + harmful for _, harmless, harmful in self.rows)

    @property
    def harmful(self) -> int:
        """How many of them people found harmful."""
        return sum(harmful for _, _, harmful in self.rows)

    def said(self, threshold: int) -> tuple[int, int]:
        """Return the harmless and the harmful posts at or above a threshold in thousandths."""
        above = [row for row in self.rows if row[0] >= threshold]
        return sum(row[1] for row in above), sum(row[2] for row in above)


def thousandths(chance: float) -> int:
    """Return a chance of 0 … 1 in whole thousandths, rounded down but for what float arithmetic loses."""
    return min(max(int(chance * STEPS + 1e-6), 0), STEPS)


def scores_of(chances: Iterable[float], harmful: Iterable[bool]) -> Scores:
    """Return the posts by their chance of harm.

    Raises
    ------
    ValueError
        Of unequal lengths.
    """
    found: dict[int, list[int]] = {}
    for chance, is_harmful in zip(chances, harmful, strict=True):
        found.setdefault(thousandths(chance), [0, 0])[int(is_harmful)] += 1
    return Scores(tuple((step, *counts) for step, counts in sorted(found.items())))  # type: ignore[misc]


def scores_read(rows: Sequence[Sequence[int]]) -> Scores:
    """Return what was kept as lists."""
    return Scores(tuple((int(row[0]), int(row[1]), int(row[2])) for row in rows))


def precision_at(scores: Scores, threshold: int) -> Figure:
    """Return the share of posts said to be harmful that are, with its Wilson interval."""
    false, true = scores.said(threshold)
    return _share(true, false + true, Undefined.NOTHING_SAID if scores.posts else Undefined.NO_POSTS)


def recall_at(scores: Scores, threshold: int) -> Figure:
    """Return the share of harmful posts that are said to be, with its Wilson interval."""
    _, true = scores.said(threshold)
    return _share(true, scores.harmful, Undefined.NO_HARMFUL if scores.posts else Undefined.NO_POSTS)


def f1_at(scores: Scores, threshold: int) -> Figure:
    """Return the harmonic mean of precision and recall, with a percentile interval over resampled posts."""
    false, true = scores.said(threshold)
    missed = scores.harmful - true
    counts = np.array([true, false, missed, scores.posts - true - false - missed], dtype=np.int64)
    found = resampled(counts, _f1, seed=_SEED)
    if found.value is None:
        return Figure(None, why=str(Undefined.NO_HARMFUL if scores.posts else Undefined.NO_POSTS))
    return Figure(found.value, found.low, found.high, scores.posts)


def _f1(drawn: Floats) -> Floats:
    true, false, missed = drawn[:, 0], drawn[:, 1], drawn[:, 2]
    return ratio(2 * true, 2 * true + false + missed)


def _share(hits: int, total: int, why: Undefined) -> Figure:
    if total == 0:
        return Figure(None, why=str(why))
    low, high = wilson(hits, total)
    return Figure(hits / total, low, high, total)
