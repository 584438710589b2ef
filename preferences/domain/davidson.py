"""Bradley–Terry scores with ties, regularised, from aggregated counts.

The model is Davidson's (1970) with a term for the side shown: with η = θ_first − θ_second + γ,

    P(first wins) ∝ exp(η/2)      P(tie) ∝ exp(δ)      P(second wins) ∝ exp(−η/2)

and θ ~ Normal(0, 1/ridge). It is a log-linear model, so the penalised likelihood is concave and Newton's
method finds its one maximum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cho_factor, cho_solve
from scipy.sparse.linalg import LinearOperator, cg

from preferences.domain.paircounts import Floats, Indices, PairCounts, comparable_groups

# Up to here a dense matrix is the fastest way to a Newton step, and intervals are affordable.
DENSE_ITEMS = 2_000
_STEPS = 60
_NUISANCE_RIDGE = 0.01
_GAIN = 1e-12
_SHORTEST_STEP = 1e-10


class NotConvergedError(ArithmeticError):
    """Newton's method did not settle; the counts are beyond what floating point can hold."""


@dataclass(frozen=True)
class DavidsonFit:
    """Scores in log odds, shape (items,), averaging zero inside each group of comparable items.

    ``covariance`` is of the centred scores, shape (items, items), or null where it was not asked for or there
    are more than ``DENSE_ITEMS`` items. ``side_effect`` is γ: above zero, being shown first helps.
    ``tie_weight`` is ν = exp(δ), zero when nothing ever tied.
    """

    scores: Floats
    groups: Indices
    side_effect: float
    side_effect_error: float | None
    tie_weight: float
    covariance: Floats | None


@dataclass(frozen=True)
class _Curvature:
    """Second moments per row, in (η, η), (η, δ) and (δ, δ)."""

    strength: Floats
    cross: Floats
    tie: Floats


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
        and the observed score moments G, which stays right when judgments vary more than the model says.

    Raises
    ------
    ValueError
        When ``ridge`` is not above zero.
    NotConvergedError
        When the counts are too extreme.
    """
    if not ridge > 0:
        raise ValueError("The ridge must be above zero.")
    problem = _Problem(counts, ridge=ridge, estimate_side=estimate_side)
    parameters = _maximise(problem)
    groups = comparable_groups(counts)
    dense = with_covariance and counts.items <= DENSE_ITEMS
    covariance = _sandwich(problem, parameters) if dense else None
    scores = parameters[: counts.items]
    centred = scores - _group_means(scores, groups)
    return DavidsonFit(
        scores=centred,
        groups=groups,
        side_effect=float(parameters[-2]),
        side_effect_error=float(np.sqrt(covariance[-2, -2]))
        if covariance is not None and estimate_side
        else None,
        tie_weight=float(np.exp(parameters[-1])) if problem.has_ties else 0.0,
        covariance=None
        if covariance is None
        else _centred_covariance(covariance[: counts.items, : counts.items], groups),
    )


class _Problem:
    """The penalised likelihood in the parameters (θ…, γ, δ)."""

    def __init__(self, counts: PairCounts, *, ridge: float, estimate_side: bool) -> None:
        self.counts = counts
        self.totals = counts.totals
        self.has_ties = bool(counts.ties.sum() > 0)
        self.estimate_side = estimate_side
        self.penalty = np.full(counts.items + 2, ridge)
        self.penalty[-2:] = _NUISANCE_RIDGE
        self.fixed = np.zeros(counts.items + 2, dtype=bool)
        self.fixed[-2], self.fixed[-1] = not estimate_side, not self.has_ties

    def start(self) -> Floats:
        """Return equal scores and the tie weight of the whole."""
        parameters = np.zeros(self.counts.items + 2)
        if self.has_ties:
            decided = self.counts.wins_first.sum() + self.counts.wins_second.sum()
            parameters[-1] = np.log(self.counts.ties.sum()) - np.log(max(decided, 0.5) / 2)
        return parameters

    def surprises(self, parameters: Floats) -> tuple[Floats, Floats, Floats]:
        """Return −log P(first), −log P(tie) and −log P(second) of every row, each exact where it is near zero."""
        half = (parameters[self.counts.first] - parameters[self.counts.second] + parameters[-2]) / 2
        tie = np.full_like(half, parameters[-1] if self.has_ties else -np.inf)
        first = np.logaddexp(np.logaddexp(0, -2 * half), tie - half)
        second = np.logaddexp(np.logaddexp(0, 2 * half), tie + half)
        return first, np.logaddexp(0, np.logaddexp(half, -half) - tie), second

    def probabilities(self, parameters: Floats) -> tuple[Floats, Floats, Floats]:
        """Return P(first), P(tie) and P(second) of every row."""
        first, tie, second = self.surprises(parameters)
        return np.exp(-first), np.exp(-tie), np.exp(-second)

    def loss(self, parameters: Floats) -> float:
        """Return the penalised negative log likelihood."""
        first, tie, second = self.surprises(parameters)
        ties = self.counts.ties @ tie if self.has_ties else 0.0
        data = self.counts.wins_first @ first + self.counts.wins_second @ second + ties
        return float(data + (self.penalty * parameters**2).sum() / 2)

    def scatter(self, per_row: Floats) -> Floats:
        """Add ``per_row`` to each row's first item and subtract it from its second, shape (items,)."""
        items = self.counts.items
        gained = np.bincount(self.counts.first, per_row, items).astype(np.float64)
        return gained - np.bincount(self.counts.second, per_row, items)

    def gradient(self, parameters: Floats) -> Floats:
        """Return the gradient of the loss."""
        first, tie, second = self.probabilities(parameters)
        strength = (self.totals * (first - second) - self.counts.wins_first + self.counts.wins_second) / 2
        slope = np.concatenate(
            [self.scatter(strength), [strength.sum(), (self.totals * tie - self.counts.ties).sum()]]
        )
        slope += self.penalty * parameters
        slope[self.fixed] = 0
        return slope

    def information(self, parameters: Floats) -> _Curvature:
        """Return the expected second moments of every row's score."""
        first, tie, second = self.probabilities(parameters)
        lean = (first - second) / 2
        return _Curvature(
            strength=self.totals * ((first + second) / 4 - lean**2),
            cross=-self.totals * lean * tie,
            tie=self.totals * tie * (1 - tie),
        )

    def observed(self, parameters: Floats) -> _Curvature:
        """Return the observed second moments of every row's score."""
        first, tie, second = self.probabilities(parameters)
        lean = (first - second) / 2
        counts = self.counts
        return _Curvature(
            strength=counts.wins_first * (0.5 - lean) ** 2
            + counts.ties * lean**2
            + counts.wins_second * (0.5 + lean) ** 2,
            cross=-counts.wins_first * (0.5 - lean) * tie
            - counts.ties * lean * (1 - tie)
            + counts.wins_second * (0.5 + lean) * tie,
            tie=(counts.wins_first + counts.wins_second) * tie**2 + counts.ties * (1 - tie) ** 2,
        )

    def dense(self, curvature: _Curvature, *, penalised: bool) -> Floats:
        """Return the curvature as a matrix over all parameters; fixed ones get a unit diagonal."""
        items, first, second = self.counts.items, self.counts.first, self.counts.second
        square = np.zeros((items + 2, items + 2))
        pairs = np.bincount(first * items + second, curvature.strength, items * items).reshape(items, items)
        pairs += pairs.T
        square[:items, :items] = np.diag(pairs.sum(axis=0)) - pairs
        square[:items, -2] = square[-2, :items] = self.scatter(curvature.strength)
        square[:items, -1] = square[-1, :items] = self.scatter(curvature.cross)
        square[-2, -2] = curvature.strength.sum()
        square[-2, -1] = square[-1, -2] = curvature.cross.sum()
        square[-1, -1] = curvature.tie.sum()
        if penalised:
            square[np.diag_indices_from(square)] += self.penalty
        square[self.fixed, :] = square[:, self.fixed] = 0
        square[self.fixed, self.fixed] = 1
        return square

    def apply(self, curvature: _Curvature, direction: Floats) -> Floats:
        """Return the penalised curvature times ``direction``, without making the matrix."""
        moved = np.where(self.fixed, 0, direction)
        along = moved[self.counts.first] - moved[self.counts.second] + moved[-2]
        strength = curvature.strength * along + curvature.cross * moved[-1]
        tie = (curvature.cross * along + curvature.tie * moved[-1]).sum()
        product = np.concatenate([self.scatter(strength), [strength.sum(), tie]]) + self.penalty * moved
        return np.where(self.fixed, direction, product)


def _maximise(problem: _Problem) -> Floats:
    """Run Newton's method, halving steps that go too far, until a step can gain nothing that floats can hold."""
    parameters = problem.start()
    loss = problem.loss(parameters)
    for _ in range(_STEPS):
        slope = problem.gradient(parameters)
        step = _newton_step(problem, problem.information(parameters), slope)
        # Twice what the quadratic model expects to gain; near the maximum the model is exact.
        if slope @ step <= _GAIN * max(1.0, abs(loss)):
            return np.asarray(parameters - step)
        scale = 1.0
        while (moved := problem.loss(parameters - scale * step)) > loss and scale > _SHORTEST_STEP:
            scale /= 2
        parameters, loss = parameters - scale * step, moved
    raise NotConvergedError("The scores did not settle.")


def _newton_step(problem: _Problem, curvature: _Curvature, slope: Floats) -> Floats:
    size = problem.counts.items + 2
    if problem.counts.items <= DENSE_ITEMS:
        return np.asarray(cho_solve(cho_factor(problem.dense(curvature, penalised=True)), slope))
    items = problem.counts.items
    diagonal = np.bincount(problem.counts.first, curvature.strength, items) + np.bincount(
        problem.counts.second, curvature.strength, items
    )
    diagonal = np.concatenate([diagonal, [curvature.strength.sum(), curvature.tie.sum()]]) + problem.penalty
    diagonal[problem.fixed] = 1
    step, _ = cg(
        LinearOperator((size, size), matvec=lambda direction: problem.apply(curvature, direction.ravel())),
        slope,
        rtol=1e-6,
        maxiter=2_000,
        M=LinearOperator((size, size), matvec=lambda residual: residual.ravel() / diagonal),
    )
    return np.asarray(step)


def _sandwich(problem: _Problem, parameters: Floats) -> Floats:
    information = cho_factor(problem.dense(problem.information(parameters), penalised=True))
    # The prior's own share keeps the scores of hardly compared items as uncertain as the prior says.
    moments = problem.dense(problem.observed(parameters), penalised=True)
    return np.asarray(cho_solve(information, cho_solve(information, moments).T))


def _group_means(scores: Floats, groups: Indices) -> Floats:
    sizes = np.bincount(groups)
    return np.asarray((np.bincount(groups, scores) / sizes)[groups])


def _centred_covariance(covariance: Floats, groups: Indices) -> Floats:
    """Return the covariance of scores after each group's mean is taken off."""
    items = groups.size
    averaging = np.where(groups[:, None] == groups[None, :], 1.0 / np.bincount(groups)[groups][:, None], 0.0)
    centring = np.eye(items) - averaging
    return np.asarray(centring @ covariance @ centring.T)
