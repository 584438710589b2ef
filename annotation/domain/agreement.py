"""How far people agree: Krippendorff's α, Gwet's AC, raw agreement, each with a bootstrap interval over posts.

Formulae: Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011); Hayes & Krippendorff (2007) for the
bootstrap, here with posts as the resampled unit; Gwet, *Computing inter-rater reliability and its variance in the
presence of high agreement* (2008), and his *Handbook of Inter-Rater Reliability* (2014) for AC2 and its weights.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from annotation.domain.counts import RESAMPLES, Figure, Floats, Patterns, interval_of, patterns_of

Measure = Literal["nominal", "ordinal", "interval", "distance"]

NOBODY_TWICE = "No post has answers by two people yet."
ALL_THE_SAME = "Everybody gave the same answer every time, so there is nothing to measure agreement against."
ONE_ANSWER = "The scale has only one answer, so people cannot disagree."


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement among people on one scale.

    ``alpha`` is 1 for full agreement, 0 for what chance gives, below 0 for systematic disagreement. It is
    None when it is not defined, and then ``undefined_because`` says why in a sentence. ``low`` and ``high``
    bound its 95 % bootstrap interval. ``gwet`` is AC1 (nominal) or AC2, which stays meaningful where nearly
    everybody gives one answer and α drops; its scale is the same. ``raw`` is the share of pairs of answers to
    the same post that are equal.
    """

    measure: Measure
    alpha: float | None
    low: float | None
    high: float | None
    raw: float | None
    raw_low: float | None
    raw_high: float | None
    gwet: Figure
    units: int
    values: int
    undefined_because: str | None = None


def agreement_of(
    counts: npt.ArrayLike,
    *,
    measure: Measure,
    levels: Sequence[float] | None = None,
    distances: npt.ArrayLike | None = None,
    repeats: npt.ArrayLike | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> Agreement:
    """All coefficients of a count matrix, with their intervals.

    Parameters
    ----------
    counts
        Shape (posts, categories). Columns stand in scale order for ``ordinal`` and ``interval``; all answers
        the scale offers have a column, given or not, since AC counts them.
    levels
        The number each column stands for; used by ``interval`` only, 0, 1, 2 … when not given.
    distances
        How far apart two answers are, shape (categories, categories), symmetric, 0 on the diagonal and at
        most 1 elsewhere; needed by ``distance`` (answers that are sets, costs) and used by nothing else.
    repeats
        How many posts each row of ``counts`` stands for, when the rows are patterns already.
    seed
        Seed of the bootstrap: same counts, same seed, same interval.

    Notes
    -----
    Posts with fewer than two answers carry no information on agreement and are left out, except that AC
    counts them for how common each answer is. α is not defined when no post has two answers, or when all
    answers are the same; AC only in the first case.
    """
    patterns = patterns_of(counts, repeats=repeats)
    paired = patterns.paired()
    units, values = paired.posts, int((paired.sizes * paired.repeats).sum())
    if units == 0:
        nothing = Figure(None, undefined_because=NOBODY_TWICE)
        return Agreement(measure, None, None, None, None, None, None, nothing, 0, 0, NOBODY_TWICE)
    terms = _terms_of(patterns, measure, levels, distances)
    alphas, gwets, raws = _coefficients(patterns.repeats[None, :].astype(np.float64), terms)
    alpha, gwet = float(alphas[0]), _gwet_figure(float(gwets[0]), terms)
    reason = None if np.isfinite(alpha) else ALL_THE_SAME
    spread = [_coefficients(drawn, terms) for drawn in patterns.resamples(seed=seed, count=resamples)]
    low, high = interval_of(_joined(spread, 0)) if reason is None else (None, None)
    raw_low, raw_high = interval_of(_joined(spread, 2))
    if gwet.value is not None:
        gwet = Figure(gwet.value, *interval_of(_joined(spread, 1)))
    return Agreement(
        measure,
        alpha if reason is None else None,
        low,
        high,
        float(raws[0]),
        raw_low,
        raw_high,
        gwet,
        units,
        values,
        reason,
    )


@dataclass(frozen=True, slots=True)
class _Terms:
    """What each pattern adds to the sums; shapes (patterns,), (patterns, categories), (categories,)²."""

    measure: Measure
    rows: Floats
    sizes: Floats
    is_paired: Floats
    scale: Floats
    distances: Floats
    disagreement: Floats
    weights: Floats
    weighted_equal: Floats
    equal_pairs: Floats
    pairs: Floats


def _terms_of(
    patterns: Patterns, measure: Measure, levels: Sequence[float] | None, distances: npt.ArrayLike | None
) -> _Terms:
    rows, sizes = patterns.rows, patterns.sizes
    width = rows.shape[1]
    scale = np.arange(width, dtype=np.float64) if levels is None else np.asarray(levels, dtype=np.float64)
    if scale.shape != (width,):
        raise ValueError("levels must name a number for every category")
    apart = _distances(measure, scale, distances)
    pairs = sizes * (sizes - 1)
    is_paired = sizes >= 2
    others = np.where(is_paired, sizes - 1, 1)
    weights = _weights(measure, scale, apart)
    equal = (rows * (rows - 1)).sum(axis=1)
    weighted = ((rows @ weights) * rows).sum(axis=1) - sizes
    return _Terms(
        measure=measure,
        rows=rows,
        sizes=sizes,
        is_paired=is_paired.astype(np.float64),
        scale=scale,
        distances=apart,
        disagreement=np.where(is_paired, ((rows @ apart) * rows).sum(axis=1) / others, 0.0),
        weights=weights,
        weighted_equal=np.where(is_paired, weighted / np.maximum(pairs, 1), 0.0),
        equal_pairs=equal,
        pairs=pairs,
    )


def _distances(measure: Measure, scale: Floats, given: npt.ArrayLike | None) -> Floats:
    """Squared distances δ² between categories; for ``ordinal`` they follow from each sample's own margins."""
    width = scale.size
    if measure == "distance":
        apart = np.asarray(given, dtype=np.float64) if given is not None else np.zeros(0)
        if apart.shape != (width, width) or not np.allclose(apart, apart.T) or np.diagonal(apart).any():
            raise ValueError("distances must be a symmetric table over the categories, 0 on its diagonal")
        return apart
    if measure == "interval":
        return np.asarray((scale[:, None] - scale[None, :]) ** 2)
    if measure == "ordinal":
        return np.zeros((width, width))
    return np.asarray(1.0 - np.eye(width))


def _weights(measure: Measure, scale: Floats, distances: Floats) -> Floats:
    """Gwet's weights of agreement between categories, 1 on the diagonal, 0 for the farthest apart."""
    width = scale.size
    if measure == "nominal" or width < 2:
        return np.eye(width)
    if measure == "distance":
        return 1.0 - distances
    if measure == "interval":
        span = float(np.ptp(scale))
        return np.asarray(1.0 - distances / span**2) if span > 0 else np.ones((width, width))
    rank = np.arange(width)
    between = np.abs(rank[:, None] - rank[None, :]) + 1.0
    return np.asarray(1.0 - (between * (between - 1) / 2) / (width * (width - 1) / 2))


def _coefficients(weights: Floats, terms: _Terms) -> tuple[Floats, Floats, Floats]:
    """α, AC and raw agreement for each row of pattern weights; NaN where a row leaves them undefined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        raw = (weights @ terms.equal_pairs) / (weights @ terms.pairs)
        return _alphas(weights, terms), _gwets(weights, terms), np.asarray(raw)


def _alphas(weights: Floats, terms: _Terms) -> Floats:
    counted = weights * terms.is_paired
    margins = counted @ terms.rows
    total = margins.sum(axis=1)
    if terms.measure == "ordinal":
        observed, expected = _ordinal_sums(counted, margins, terms)
    else:
        observed = counted @ terms.disagreement
        expected = ((margins @ terms.distances) * margins).sum(axis=1)
    varied = (margins > 0).sum(axis=1) >= 2
    alpha = 1 - (total - 1) * observed / expected
    return np.asarray(np.where(varied & (expected > 0), alpha, np.nan))


def _ordinal_sums(counted: Floats, margins: Floats, terms: _Terms) -> tuple[Floats, Floats]:
    """Observed and expected sums of δ², where δ is the number of answers between the middles of two ranks.

    With m the middles, Σ n_c n_k (m_c − m_k)² over a pattern of s answers is 2 (s Σ n m² − (Σ n m)²), which
    takes one product a category instead of one a pair of categories. Middles are counted from the centre.
    """
    total = margins.sum(axis=1, keepdims=True)
    middle = np.cumsum(margins, axis=1) - margins / 2 - total / 2
    first = middle @ terms.rows.T
    second = (middle**2) @ terms.rows.T
    others = np.where(terms.is_paired > 0, terms.sizes - 1, 1)
    observed = (counted * (2 * (terms.sizes * second - first**2) / others)).sum(axis=1)
    moment, mean = (margins * middle**2).sum(axis=1), (margins * middle).sum(axis=1)
    return np.asarray(observed), np.asarray(2 * (total[:, 0] * moment - mean**2))


def _gwets(weights: Floats, terms: _Terms) -> Floats:
    """AC1, or AC2 where answers can be partly equal."""
    width = terms.scale.size
    if width < 2:
        return np.full(weights.shape[0], np.nan)
    observed = (weights @ terms.weighted_equal) / (weights @ terms.is_paired)
    shares = (weights @ (terms.rows / terms.sizes[:, None])) / weights.sum(axis=1, keepdims=True)
    chance = terms.weights.sum() / (width * (width - 1)) * (shares * (1 - shares)).sum(axis=1)
    return np.asarray((observed - chance) / (1 - chance))


def _gwet_figure(value: float, terms: _Terms) -> Figure:
    if np.isfinite(value):
        return Figure(value)
    return Figure(None, undefined_because=ONE_ANSWER if terms.scale.size < 2 else ALL_THE_SAME)


def _joined(spread: Sequence[tuple[Floats, Floats, Floats]], which: int) -> Floats:
    return np.concatenate([block[which] for block in spread]) if spread else np.zeros(0)
