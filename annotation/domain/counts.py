"""Counts of answers per post, collapsed to the few patterns they make, and resamples of the posts.

A count matrix has one row a post and one column an answer: ``counts[u, c]`` people gave post ``u`` the answer
``c``. A few answers by a few people make few distinct rows, so a million judgements become a handful of patterns
with how often each occurs, and every measure of agreement is a sum over patterns.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

RESAMPLES = 1_000
INTERVAL = 0.95
_CELLS_AT_ONCE = 4_000_000
_DEFINED_MIN = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured number with its 95 % interval.

    ``value`` is None exactly when it is not defined, and then ``undefined_because`` says why in a sentence.
    ``low`` and ``high`` are None, too, where the interval is not defined.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    undefined_because: str | None = None


@dataclass(frozen=True, slots=True)
class Patterns:
    """Distinct rows of a count matrix.

    ``rows``: counts, shape (patterns, answers), every row with at least one answer. ``repeats[p]``: how many
    posts have row p.
    """

    rows: Floats
    repeats: Ints

    @property
    def sizes(self) -> Floats:
        """Answers in each pattern, shape (patterns,)."""
        return np.asarray(self.rows.sum(axis=1))

    @property
    def posts(self) -> int:
        """Posts with at least one answer."""
        return int(self.repeats.sum())

    def paired(self) -> Patterns:
        """Only what says something on agreement: patterns with two answers or more."""
        keep = self.sizes >= 2
        return Patterns(self.rows[keep], self.repeats[keep])

    def resamples(self, *, seed: int, count: int) -> Iterator[Floats]:
        """Yield how often each pattern was drawn in ``count`` bootstrap samples of the posts.

        Blocks of shape (samples, patterns), none with more than a few million cells. Same seed, same draws.
        """
        if self.posts == 0:
            return
        random = np.random.default_rng(seed)
        at_once = max(1, _CELLS_AT_ONCE // self.repeats.size)
        for start in range(0, count, at_once):
            size = min(at_once, count - start)
            drawn = random.multinomial(self.posts, self.repeats / self.posts, size=size)
            yield drawn.astype(np.float64)


def counts_of(units: npt.ArrayLike, values: npt.ArrayLike, *, categories: int) -> Ints:
    """Count matrix from judgements: ``units[i]`` got the value ``values[i]``.

    Parameters
    ----------
    units, values
        Non-negative integers of equal length; values below ``categories``.

    Returns
    -------
    array of shape (largest unit + 1, categories)
    """
    rows = np.asarray(units, dtype=np.int64)
    columns = np.asarray(values, dtype=np.int64)
    if rows.shape != columns.shape or rows.ndim != 1:
        raise ValueError("units and values must be two lists of the same length")
    if rows.size == 0:
        return np.zeros((0, categories), dtype=np.int64)
    if rows.min() < 0 or columns.min() < 0 or columns.max() >= categories:
        raise ValueError("units and values must be indices, values below the number of categories")
    flat = np.bincount(rows * categories + columns, minlength=(int(rows.max()) + 1) * categories)
    return flat.reshape(-1, categories).astype(np.int64)


def patterns_of(counts: npt.ArrayLike, *, repeats: npt.ArrayLike | None = None) -> Patterns:
    """Collapse a count matrix; rows without an answer are left out.

    Parameters
    ----------
    counts
        Shape (rows, answers), integers from 0.
    repeats
        How many posts each row stands for; one each when not given.

    Raises
    ------
    ValueError
        When ``counts`` is no such table, or ``repeats`` does not fit it.
    """
    matrix = np.asarray(counts, dtype=np.int64)
    if matrix.ndim != 2 or (matrix.size and matrix.min() < 0):
        raise ValueError("counts must be a table of non-negative integers")
    times = None if repeats is None else np.asarray(repeats, dtype=np.int64)
    if times is not None and (times.shape != matrix.shape[:1] or (times.size and times.min() < 1)):
        raise ValueError("repeats must say for each row how often it occurs")
    answered = matrix.any(axis=1)
    if not answered.all():
        matrix, times = matrix[answered], None if times is None else times[answered]
    if matrix.shape[0] == 0:
        return Patterns(np.zeros((0, matrix.shape[1])), np.zeros(0, dtype=np.int64))
    if times is not None:
        return Patterns(matrix.astype(np.float64), times)
    return _collapsed(matrix)


def interval_of(spread: npt.ArrayLike) -> tuple[float | None, float | None]:
    """The middle 95 % of resampled values; nothing when hardly any resample was defined."""
    values = np.asarray(spread, dtype=np.float64)
    values = values[np.isfinite(values)]
    if values.size < _DEFINED_MIN:
        return None, None
    tail = (1 - INTERVAL) / 2
    low, high = np.quantile(values, [tail, 1 - tail])
    return float(low), float(high)


def _collapsed(counts: Ints) -> Patterns:
    """Rows are told apart by one integer each where that fits."""
    base = int(counts.max()) + 1
    width = counts.shape[1]
    if base**width >= 2**62:
        rows, repeats = np.unique(counts, axis=0, return_counts=True)
        return Patterns(rows.astype(np.float64), repeats.astype(np.int64))
    weights = np.array([base**position for position in range(width)], dtype=np.int64)
    keys = counts @ weights
    if base**width <= max(4 * counts.shape[0], 1024):
        tally = np.bincount(keys, minlength=1)
        found = np.flatnonzero(tally)
        rows = (found[:, None] // weights[None, :]) % base
        return Patterns(rows.astype(np.float64), tally[found].astype(np.int64))
    _, first, repeats = np.unique(keys, return_index=True, return_counts=True)
    return Patterns(counts[first].astype(np.float64), repeats.astype(np.int64))
