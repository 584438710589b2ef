"""Bradley–Terry scores with ties and covariates, regularised, from aggregated counts.

The model is Davidson's (1970) with a term for the side shown and one for each covariate x, by which the first
is ahead of the second: with η = θ_first − θ_second + γ + x·β,

    P(first wins) ∝ exp(η/2)      P(tie) ∝ exp(δ)      P(second wins) ∝ exp(−η/2)

and θ ~ Normal(0, 1/ridge). It is a log-linear model, so the penalised likelihood is concave and Newton's
method finds its one maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.linalg import LinearOperator, cg

from preferences.domain.centring import centred_covariance, group_means, share_left
from preferences.domain.moments import clustered_moments
from preferences.domain.paircounts import Floats, Indices, PairCounts, comparable_groups

# Up to here a dense matrix is the fastest way to a Newton step, and intervals are affordable.
DENSE_ITEMS = 2_000
_STEPS = 60
_NUISANCE_RIDGE = 0.01
_GAIN = 1e-12
# What the loss of millions of counts cannot tell apart.
_NOISE = 1e-9
_SHORTEST_STEP = 1e-10
_GREATEST_LOG = 700.0
# With so many rows to an item, scores are first found from the pairs alone: most steps then are on few rows.
_COARSE_FIRST = 50


class NotConvergedError(ArithmeticError):
    """Newton's method did not settle: the counts are beyond what floats can hold."""


@dataclass(frozen=True)
class Effect:
    """An effect in log odds; ``error`` is its standard error, null where no covariance was computed."""

    size: float
    error: float | None


@dataclass(frozen=True)
class DavidsonFit:
    """Scores in log odds, shape (items,), averaging zero inside each group of comparable items.

    ``covariance`` is of the centred scores, shape (items, items), or null where it was not asked for or there
    are more than ``DENSE_ITEMS`` items. ``side`` is γ: above zero, being shown first helps. ``covariates`` are β,
    one for each. ``tie_weight`` is ν = exp(δ), zero when nothing ever tied. ``held`` is how much of what is known of
    each score is the prior's, shape (items,), in [0, 1]: 1 where nothing was compared.
    """

    scores: Floats
    groups: Indices
    side: Effect
    covariates: list[Effect]
    tie_weight: float
    covariance: Floats | None
    held: Floats


def davidson_fit(
    counts: PairCounts, *, ridge: float = 0.1, estimate_side: bool = True, with_covariance: bool = True
) -> DavidsonFit:
    """Fit the model.

    Parameters
    ----------
    counts
        May be empty: then all scores are zero.
    ridge
        Precision of the normal prior on each score; above zero. 0.1 lets scores differ by several log odds.
    estimate_side
        Whether to estimate γ; otherwise it is zero.
    with_covariance
        Whether to compute the covariance of the scores: the sandwich Σ⁻¹GΣ⁻¹ of the penalised information Σ
        and the observed score moments G, which stays right when judgments vary more than the model says. Where
        the counts name clusters, judgments of one comparison are not taken for independent.

    Raises
    ------
    ValueError
        When ``ridge`` is not above zero.
    NotConvergedError
        When the counts are too extreme.
    """
    if not ridge > 0:
        raise ValueError("The ridge must be above zero.")
    problem = Problem(counts, ridge=ridge, estimate_side=estimate_side)
    start = _coarse_start(counts, ridge=ridge, estimate_side=estimate_side)
    parameters = maximise(problem, problem.start() if start is None else start)
    groups = comparable_groups(counts)
    dense = with_covariance and counts.items <= DENSE_ITEMS
    items, odds = counts.items, problem.odds(parameters)
    if dense:
        inverse = problem.inverse(odds)
        # The prior's own share keeps the scores of hardly compared items as uncertain as the prior says.
        covariance = inverse @ problem.clustered(odds) @ inverse
        held = share_left(ridge * inverse[:items, :items], groups)
    else:
        covariance, held = None, ridge / (ridge + problem.met(problem.information(odds)))
    scores = parameters[:items]

    def effect(place: int) -> Effect:
        if covariance is None or problem.fixed[place]:
            return Effect(float(parameters[place]), None)
        return Effect(float(parameters[place]), float(np.sqrt(covariance[place, place])))

    return DavidsonFit(
        scores=scores - group_means(scores, groups),
        groups=groups,
        side=effect(items),
        covariates=[effect(place) for place in range(items + 1, problem.size - 1)],
        tie_weight=float(np.exp(parameters[-1])) if problem.has_ties else 0.0,
        covariance=None if covariance is None else centred_covariance(covariance[:items, :items], groups),
        held=held,
    )


def _coarse_start(counts: PairCounts, *, ridge: float, estimate_side: bool) -> Floats | None:
    """Return parameters found without covariates from one row a pair; null where that would save nothing."""
    items = counts.items
    if counts.covariates is None or counts.first.size < _COARSE_FIRST * items or items > DENSE_ITEMS:
        return None
    pair = counts.first * items + counts.second
    size = items * items
    wins, losses, ties = (
        np.bincount(pair, each, size).astype(np.float64)
        for each in (counts.wins_first, counts.wins_second, counts.ties)
    )
    met = np.flatnonzero(wins + losses + ties)
    coarse = PairCounts(items, met // items, met % items, wins[met], losses[met], ties[met])
    problem = Problem(coarse, ridge=ridge, estimate_side=estimate_side)
    found = maximise(problem, problem.start())
    return np.concatenate([found[:-1], np.zeros(counts.covariates.shape[1]), found[-1:]])


@dataclass(frozen=True)
class _Curvature:
    """Second moments per row, in (η, η), (η, δ) and (δ, δ)."""

    strength: Floats
    cross: Floats
    tie: Floats


@dataclass(frozen=True)
class _Odds:
    """One look at every row: its probabilities, and −log P(first), −log P(tie) and −log P(second)."""

    first: Floats
    tie: Floats
    second: Floats
    surprise: tuple[Floats, Floats | None, Floats]


class Problem:
    """The penalised likelihood in the parameters (θ…, γ, β…, δ)."""

    def __init__(self, counts: PairCounts, *, ridge: float, estimate_side: bool) -> None:
        self.counts = counts
        self.totals = counts.totals
        self.has_ties = bool(counts.ties.sum() > 0)
        # What is added to η besides the scores: one for the side, then the covariates; shape (1 + k, rows).
        ahead = counts.covariates
        self.shared = np.ones((1, counts.first.size))
        if ahead is not None:
            self.shared = np.vstack([self.shared, ahead.T])
        self.size = counts.items + self.shared.shape[0] + 1
        self.penalty = np.full(self.size, ridge)
        self.penalty[counts.items :] = _NUISANCE_RIDGE
        self.fixed = np.zeros(self.size, dtype=bool)
        self.fixed[counts.items], self.fixed[-1] = not estimate_side, not self.has_ties

    def start(self) -> Floats:
        """Return equal scores and the tie weight of the whole."""
        parameters = np.zeros(self.size)
        if self.has_ties:
            decided = self.counts.wins_first.sum() + self.counts.wins_second.sum()
            parameters[-1] = np.log(self.counts.ties.sum()) - np.log(max(decided, 0.5) / 2)
        return parameters

    def lead(self, parameters: Floats) -> Floats:
        """Return η of every row."""
        scores, effects = parameters[: self.counts.items], parameters[self.counts.items : -1]
        eta = scores[self.counts.first] - scores[self.counts.second]
        eta += effects @ self.shared
        return np.asarray(eta)

    def odds(self, parameters: Floats) -> _Odds:
        """Return the probabilities of every row, each surprise exact where it is near zero."""
        eta = self.lead(parameters)
        half = np.abs(eta) / 2
        small = np.exp(-half)
        # In units of the likelier side: it has 1, the other exp(−|η|), a tie ν·exp(−|η|/2).
        other = small * small
        delta = min(float(parameters[-1]), _GREATEST_LOG)
        tie = small * np.exp(delta) if self.has_ties else np.zeros_like(small)
        rest = other + tie
        log_all = np.log1p(rest)
        other_surprise = log_all + 2 * half
        tie_surprise = self._tie_surprise(half, other, tie, log_all, delta) if self.has_ties else None
        likelier = 1 / (1 + rest)
        other *= likelier
        tie *= likelier
        ahead = eta >= 0
        return _Odds(
            first=np.where(ahead, likelier, other),
            tie=tie,
            second=np.where(ahead, other, likelier),
            surprise=(
                np.where(ahead, log_all, other_surprise),
                tie_surprise,
                np.where(ahead, other_surprise, log_all),
            ),
        )

    @staticmethod
    def _tie_surprise(half: Floats, other: Floats, tie: Floats, log_all: Floats, delta: float) -> Floats:
        """Return −log P(tie) without the cancelling that a sure tie would bring."""
        surprise = log_all + half - delta
        sure = tie > 1
        surprise[sure] = np.log1p((1 + other[sure]) / tie[sure])
        return np.asarray(surprise)

    def loss(self, parameters: Floats, odds: _Odds | None = None) -> float:
        """Return the penalised negative log likelihood."""
        first, tie, second = (odds or self.odds(parameters)).surprise
        data = self.counts.wins_first @ first + self.counts.wins_second @ second
        if tie is not None:
            data += self.counts.ties @ tie
        return float(data + (self.penalty * parameters**2).sum() / 2)

    def scatter(self, per_row: Floats) -> Floats:
        """Add ``per_row`` to each row's first item and subtract it from its second, shape (items,)."""
        items = self.counts.items
        gained = np.bincount(self.counts.first, per_row, items).astype(np.float64)
        return gained - np.bincount(self.counts.second, per_row, items)

    def residuals(self, odds: _Odds) -> tuple[Floats, Floats]:
        """Return the slope of the loss of every row along η and along δ."""
        strength = (
            self.totals * (odds.first - odds.second) - self.counts.wins_first + self.counts.wins_second
        ) / 2
        return strength, self.totals * odds.tie - self.counts.ties

    def gradient(self, parameters: Floats, odds: _Odds | None = None) -> Floats:
        """Return the gradient of the loss."""
        strength, tie = self.residuals(odds or self.odds(parameters))
        slope = np.concatenate([self.scatter(strength), self.shared @ strength, [tie.sum()]])
        slope += self.penalty * parameters
        slope[self.fixed] = 0
        return slope

    def information(self, odds: _Odds) -> _Curvature:
        """Return the expected second moments of every row's score."""
        lean = (odds.first - odds.second) / 2
        return _Curvature(
            strength=self.totals * ((odds.first + odds.second) / 4 - lean**2),
            cross=-self.totals * lean * odds.tie,
            tie=self.totals * odds.tie * (1 - odds.tie),
        )

    def observed(self, odds: _Odds) -> _Curvature:
        """Return the observed second moments of every row's score, all judgments independent."""
        lean, tie = (odds.first - odds.second) / 2, odds.tie
        counts = self.counts
        won, lost = counts.wins_first * (0.5 - lean), counts.wins_second * (0.5 + lean)
        return _Curvature(
            strength=won * (0.5 - lean) + counts.ties * lean**2 + lost * (0.5 + lean),
            cross=(lost - won) * tie - counts.ties * lean * (1 - tie),
            tie=(counts.wins_first + counts.wins_second) * tie**2 + counts.ties * (1 - tie) ** 2,
        )

    def dense(self, curvature: _Curvature) -> Floats:
        """Return the penalised curvature as a matrix over all parameters; fixed ones get a unit diagonal."""
        items, first, second = self.counts.items, self.counts.first, self.counts.second
        square = np.zeros((self.size, self.size))
        pairs = np.bincount(first * items + second, curvature.strength, items * items).reshape(items, items)
        pairs = pairs + pairs.T
        square[:items, :items] = np.diag(pairs.sum(axis=0)) - pairs
        for place, column in enumerate(self.shared, start=items):
            square[:items, place] = square[place, :items] = self.scatter(curvature.strength * column)
        square[:items, -1] = square[-1, :items] = self.scatter(curvature.cross)
        square[items:-1, items:-1] = (self.shared * curvature.strength) @ self.shared.T
        square[items:-1, -1] = square[-1, items:-1] = self.shared @ curvature.cross
        square[-1, -1] = curvature.tie.sum()
        return self._finished(square)

    def clustered(self, odds: _Odds) -> Floats:
        """Return the observed score moments as a matrix, each comparison's judgments summed before they are squared."""
        if self.counts.clusters is None:
            return self.dense(self.observed(odds))
        strength, tie = self.residuals(odds)
        return self._finished(clustered_moments(self.counts, self.shared, strength, tie))

    def _finished(self, square: Floats) -> Floats:
        square[np.diag_indices_from(square)] += self.penalty
        square[self.fixed, :] = square[:, self.fixed] = 0
        square[self.fixed, self.fixed] = 1
        return square

    def apply(self, curvature: _Curvature, direction: Floats) -> Floats:
        """Return the penalised curvature times ``direction``, without making the matrix."""
        moved = np.where(self.fixed, 0, direction)
        along = self.lead(moved)
        strength = curvature.strength * along + curvature.cross * moved[-1]
        tie = (curvature.cross * along + curvature.tie * moved[-1]).sum()
        product = (
            np.concatenate([self.scatter(strength), self.shared @ strength, [tie]]) + self.penalty * moved
        )
        return np.where(self.fixed, direction, product)

    def newton_step(self, odds: _Odds, slope: Floats) -> Floats:
        """Return the step that a quadratic model of the loss asks for."""
        curvature = self.information(odds)
        if self.counts.items <= DENSE_ITEMS:
            return np.asarray(cho_solve(cho_factor(self.dense(curvature)), slope))
        diagonal = self.met(curvature)
        shared = (self.shared**2) @ curvature.strength
        diagonal = np.concatenate([diagonal, shared, [curvature.tie.sum()]]) + self.penalty
        diagonal[self.fixed] = 1
        step, _ = cg(
            LinearOperator(
                (self.size, self.size),
                matvec=lambda direction: self.apply(curvature, direction.ravel()),
                dtype=np.float64,
            ),
            slope,
            rtol=1e-6,
            maxiter=2_000,
            M=LinearOperator(
                (self.size, self.size), matvec=lambda residual: residual.ravel() / diagonal, dtype=np.float64
            ),
        )
        return np.asarray(step)

    def met(self, curvature: _Curvature) -> Floats:
        """Return what the comparisons of each item alone tell of its score, shape (items,)."""
        one = np.bincount(self.counts.first, curvature.strength, self.counts.items)
        return np.asarray(one + np.bincount(self.counts.second, curvature.strength, self.counts.items))

    def inverse(self, odds: _Odds) -> Floats:
        """Return the inverse of the penalised information, shape (size, size)."""
        return np.asarray(cho_solve(cho_factor(self.dense(self.information(odds))), np.eye(self.size)))


def maximise(problem: Problem, parameters: Floats) -> Floats:
    """Run Newton's method, halving steps that go too far, until a step can gain nothing that floats can hold.

    Raises
    ------
    NotConvergedError
    """
    odds = problem.odds(parameters)
    loss = problem.loss(parameters, odds)
    for _ in range(_STEPS):
        slope = problem.gradient(parameters, odds)
        step = problem.newton_step(odds, slope)
        # Twice what the quadratic model expects to gain; near the maximum the model is exact.
        if slope @ step <= _GAIN * max(1.0, abs(loss)):
            return np.asarray(parameters - step)
        scale = 1.0
        while True:
            moved = parameters - scale * step
            moved_odds = problem.odds(moved)
            moved_loss = problem.loss(moved, moved_odds)
            if moved_loss <= loss or scale <= _SHORTEST_STEP:
                break
            scale /= 2
        if not moved_loss < loss and slope @ step <= _NOISE * max(1.0, abs(loss)):
            return parameters
        parameters, odds, loss = moved, moved_odds, moved_loss
    raise NotConvergedError("The scores did not settle.")
