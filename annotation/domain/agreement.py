"""Krippendorff's α over counts, with a bootstrap interval.

Everything works on a count matrix: ``counts[u, c]`` is how many people gave post ``u`` the answer ``c``.
Posts with the same counts are collapsed first, since a few answers by a few people make few patterns: a
million judgements are then a handful of rows.

Formulae: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), and Hayes & Krippendorff (2007)
for the bootstrap, here with posts as the resampled unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Measure = Literal["nominal", "ordinal", "interval"]

RESAMPLES = 1_000
INTERVAL = 0.95


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement among people on one scale.

    ``alpha`` is 1 for full agreement, 0 for what chance gives, below 0 for systematic disagreement. It is
    None when it is not defined, and then ``undefined_because`` says why in a sentence. ``low`` and ``high``
    bound the 95 % bootstrap interval. ``raw`` is the share of pairs of answers to the same post that are
    equal.
    """

    measure: Measure
    alpha: float | None
    low: float | None
    high: float | None
    raw: float | None
    units: int
    values: int
    undefined_because: str | None = None


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


def agreement_of(
    counts: npt.ArrayLike,
    *,
    measure: Measure,
    levels: Sequence[float] | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Krippendorff's α of a count matrix, with its interval.

    Parameters
    ----------
    counts
        Shape (posts, categories). Columns stand in scale order for ``ordinal`` and ``interval``.
    levels
        The number each column stands for; used by ``interval`` only, 0, 1, 2 … when not given.
    seed
        Seed of the bootstrap: same counts, same seed, same interval.

    Notes ----- Posts with fewer than two answers carry no information on agreement and are left out. α is
    not defined when no post has two answers, or when all answers are the same.
    """
    matrix = np.asarray(counts, dtype=np.int64)
    if matrix.ndim != 2 or (matrix.size and matrix.min() < 0):
        raise ValueError("counts must be a table of non-negative integers")
    paired = matrix[matrix.sum(axis=1) >= 2]
    units, values = int(paired.shape[0]), int(paired.sum())
    if units == 0:
        reason = "No post has answers by two people yet."
        return Agreement(measure, None, None, None, None, 0, 0, reason)
    patterns, repeats = _collapsed(paired)
    if np.count_nonzero(paired.sum(axis=0)) < 2:
        reason = (
            "Everybody gave the same answer every time, so there is nothing to measure agreement against."
        )
        return Agreement(measure, None, None, None, 1.0, units, values, reason)
    scale = (
        np.arange(matrix.shape[1], dtype=np.float64)
        if levels is None
        else np.asarray(levels, dtype=np.float64)
    )
    pairs = _pairs(patterns)
    totals = repeats[None, :].astype(np.float64)
    alpha = float(_alphas(totals, patterns, pairs, measure=measure, scale=scale)[0])
    draws = np.random.default_rng(seed).multinomial(units, repeats / units, size=resamples).astype(np.float64)
    spread = _alphas(draws, patterns, pairs, measure=measure, scale=scale)
    spread = spread[np.isfinite(spread)]
    low, high = _interval(spread)
    return Agreement(measure, alpha, low, high, _raw(patterns, repeats), units, values)


def _interval(spread: Floats) -> tuple[float | None, float | None]:
    """The middle 95 % of the resampled values; nothing when hardly any resample was defined."""
    if spread.size < 20:
        return None, None
    tail = (1 - INTERVAL) / 2
    low, high = np.quantile(spread, [tail, 1 - tail])
    return float(low), float(high)


def _collapsed(counts: Ints) -> tuple[Floats, Ints]:
    """Distinct rows and how often each occurs. Rows are told apart by one integer each where that fits."""
    base = int(counts.max()) + 1
    width = counts.shape[1]
    if base**width < 2**62:
        weights = np.array([base**position for position in range(width)], dtype=np.int64)
        keys = counts @ weights
        if base**width <= max(4 * counts.shape[0], 1024):
            tally = np.bincount(keys, minlength=1)
            found = np.flatnonzero(tally)
            rows = (found[:, None] // weights[None, :]) % base
            return rows.astype(np.float64), tally[found].astype(np.int64)
        _, first, repeats = np.unique(keys, return_index=True, return_counts=True)
        return counts[first].astype(np.float64), repeats.astype(np.int64)
    rows, repeats = np.unique(counts, axis=0, return_counts=True)
    return rows.astype(np.float64), repeats.astype(np.int64)


def _pairs(patterns: Floats) -> Floats:
    """Coincidences each pattern adds, shape (patterns, categories²): ordered pairs over (answers − 1)."""
    size = patterns.sum(axis=1)
    product = patterns[:, :, None] * patterns[:, None, :]
    index = np.arange(patterns.shape[1])
    product[:, index, index] -= patterns
    product /= (size - 1)[:, None, None]
    return product.reshape(patterns.shape[0], -1)


def _alphas(weights: Floats, patterns: Floats, pairs: Floats, *, measure: Measure, scale: Floats) -> Floats:
    """α for each row of pattern weights, shape (rows,); NaN where a row leaves no variation."""
    width = patterns.shape[1]
    observed = (weights @ pairs).reshape(-1, width, width)
    margins = weights @ patterns
    distance = _distances(margins, measure=measure, scale=scale)
    total = margins.sum(axis=1)
    expected_pairs = margins[:, :, None] * margins[:, None, :]
    disagreement = (observed * distance).sum(axis=(1, 2)) / total
    by_chance = (expected_pairs * distance).sum(axis=(1, 2)) / (total * (total - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(by_chance > 0, 1 - disagreement / by_chance, np.nan)


def _distances(margins: Floats, *, measure: Measure, scale: Floats) -> Floats:
    """Squared distances δ² between categories, shape (rows or 1, categories, categories)."""
    width = margins.shape[1]
    if measure == "nominal":
        return (1.0 - np.eye(width))[None]
    if measure == "interval":
        return ((scale[:, None] - scale[None, :]) ** 2)[None]
    middle = np.cumsum(margins, axis=1) - margins / 2
    return np.asarray((middle[:, :, None] - middle[:, None, :]) ** 2)


def _raw(patterns: Floats, repeats: Ints) -> float:
    """Share of unordered pairs of answers to one post that are equal."""
    size = patterns.sum(axis=1)
    equal = (patterns * (patterns - 1)).sum(axis=1) / 2
    every = size * (size - 1) / 2
    return float((equal * repeats).sum() / (every * repeats).sum())
