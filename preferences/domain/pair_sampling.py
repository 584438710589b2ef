"""Which pairs are worth asking about next: what their answers are expected to tell of the order of the items.

Given what was answered, scores are about normal with the mean and covariance of the fit. The answer to a pair tells
½·log(1 + w·v) of the difference of its two scores (w the curvature of the answer, v the variance of the difference),
and that is worth as much as the order of the two is open, the square of 4·P(first better)·P(second better): squared,
because an answer to a pair that is nearly settled rarely turns it round. A batch is chosen one after the other, the
covariance moved by each choice as its answer will move it, so that no batch asks the same thing over and over.

Where a reward model has scored comparisons, those that it sees otherwise than the scores of their two items, or that it
is unsure of, come first among comparisons of the same two, and make these two up to twice as worth asking about.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.special import ndtr

from preferences.domain.davidson import DENSE_ITEMS, DavidsonFit, davidson_fit
from preferences.domain.paircounts import Floats, Indices, PairCounts

# A pair that says little about what is aimed at is still worth a little.
_LEAST_WEIGHT = 0.02


class Aim(StrEnum):
    """What the answers are for: the order of all, the order of the best, or responses that break the policy."""

    ORDER = "order"
    TOP = "top"
    VIOLATIONS = "violations"


@dataclass(frozen=True)
class Candidates:
    """Comparisons that can be asked about: the two items of each, shape (candidates,); never one item twice.

    ``predicted``: how likely a reward model finds the response of ``one`` better, shape (candidates,), 0 to 1; not a
    number where it was not asked.
    """

    one: Indices
    other: Indices
    predicted: Floats | None = None


@dataclass(frozen=True)
class Chosen:
    """Chosen candidates in the order to ask them; ``is_random`` tells which were drawn whatever they would tell."""

    places: Indices
    is_random: np.ndarray


@dataclass(frozen=True)
class Refusals:
    """How often responses of each item were called unacceptable, and acceptable, shape (items,)."""

    refused: Floats
    accepted: Floats


def pairs_choose(
    counts: PairCounts,
    candidates: Candidates,
    *,
    batch: int,
    random: np.random.Generator,
    aim: Aim = Aim.ORDER,
    random_share: float = 0.1,
    top: int = 3,
    refusals: Refusals | None = None,
    ridge: float = 0.1,
) -> Chosen:
    """Choose the next comparisons to ask about; with the same generator, the same ones.

    Parameters
    ----------
    counts
        What was answered, and what is on its way as if it had been answered half one way and half the other.
    batch
        How many to choose; fewer come where there are fewer candidates.
    random_share
        Part of the batch, spread over it, that is drawn with equal chances whatever it would tell: what these say is
        unbiased. In [0, 1].
    top
        How many items are the best, for the aim that asks for them.
    refusals
        Needed to look for violations.

    Raises
    ------
    ValueError
        When a parameter is out of range, or there are more than ``DENSE_ITEMS`` items.
    """
    if batch < 0 or not 0 <= random_share <= 1 or top < 1:
        raise ValueError("A batch and a top of at least one, and a share in [0, 1].")
    if counts.items > DENSE_ITEMS:
        raise ValueError(f"At most {DENSE_ITEMS} items.")
    if aim is Aim.VIOLATIONS and refusals is None:
        raise ValueError("Say how often responses were refused to look for violations.")
    fit = davidson_fit(counts.without_covariates(), ridge=ridge)
    worth = _Worth(counts, fit, aim=aim, top=top, ridge=ridge)
    chances = None if refusals is None or aim is not Aim.VIOLATIONS else _refused(refusals, random)
    left = _Left(candidates, counts.items, random, worth.interest(candidates))
    places: list[int] = []
    drawn: list[bool] = []
    for number in range(min(batch, candidates.one.size)):
        by_chance = int((number + 1) * random_share) > int(number * random_share)
        if by_chance:
            place = left.any()
        else:
            table = worth.table() if chances is None else chances
            place = left.take(*worth.apart(left) or _greatest(table * (1 + left.peaks), left))
        places.append(place)
        drawn.append(by_chance)
        worth.answered(int(candidates.one[place]), int(candidates.other[place]))
    return Chosen(np.array(places, dtype=np.int64), np.array(drawn, dtype=bool))


def _refused(refusals: Refusals, random: np.random.Generator) -> Floats:
    """Return how likely one of two responses breaks the policy, drawn from what is known (Thompson), (items, items)."""
    chance = random.beta(1 + refusals.refused, 1 + refusals.accepted)
    return np.asarray(1 - (1 - chance[:, None]) * (1 - chance[None, :]))


def _greatest(table: Floats, left: _Left) -> tuple[int, int]:
    worth = np.where(left.count > 0, table, -np.inf)
    one, other = divmod(int(worth.argmax()), table.shape[0])
    return one, other


class _Left:
    """Candidates that are left, by their two items, the most interesting first, else in an order drawn beforehand.

    ``peaks``: the interest of the next candidate of each two items, shape (items, items) above the diagonal.
    """

    def __init__(
        self, candidates: Candidates, items: int, random: np.random.Generator, interest: Floats | None
    ) -> None:
        self.one = np.minimum(candidates.one, candidates.other)
        self.other = np.maximum(candidates.one, candidates.other)
        self.items = items
        self.count = np.zeros((items, items), dtype=np.int64)
        np.add.at(self.count, (self.one, self.other), 1)
        self.order = random.permutation(candidates.one.size)
        self.taken = np.zeros(candidates.one.size, dtype=bool)
        self._next = 0
        cells = (self.one * items + self.other)[self.order]
        self.interest = np.zeros(cells.size) if interest is None else interest
        sorting = np.lexsort((-self.interest[self.order], cells))
        self._by_cell = self.order[sorting]
        self._starts = np.searchsorted(cells[sorting], np.arange(items * items + 1))
        self._used = self._starts[:-1].copy()
        self.peaks = np.zeros((items, items))
        np.maximum.at(self.peaks, (self.one, self.other), self.interest)

    def take(self, one: int, other: int) -> int:
        """Take a candidate of this pair."""
        return self._mark(self._next_of(min(one, other) * self.items + max(one, other)))

    def _next_of(self, cell: int) -> int:
        while self.taken[self._by_cell[self._used[cell]]]:
            self._used[cell] += 1
        return int(self._by_cell[self._used[cell]])

    def any(self) -> int:
        """Take the next candidate whatever its pair."""
        while self.taken[self.order[self._next]]:
            self._next += 1
        return self._mark(int(self.order[self._next]))

    def _mark(self, place: int) -> int:
        self.taken[place] = True
        one, other = int(self.one[place]), int(self.other[place])
        self.count[one, other] -= 1
        left = self.count[one, other] > 0
        self.peaks[one, other] = self.interest[self._next_of(one * self.items + other)] if left else 0.0
        return place


class _Worth:
    """What the answer to every pair is expected to tell, moved along as pairs are chosen."""

    def __init__(self, counts: PairCounts, fit: DavidsonFit, *, aim: Aim, top: int, ridge: float) -> None:
        self.scores, self.aim, self.top = fit.scores, aim, top
        self.groups = fit.groups.copy()
        self.tie_weight = fit.tie_weight
        self.covariance = self._prior_and_seen(counts, ridge)

    def _curvature(self) -> Floats:
        half = np.exp(-np.abs(self.scores[:, None] - self.scores[None, :]) / 2)
        total = 1 + half**2 + self.tie_weight * half
        first, second = 1 / total, half**2 / total
        return np.asarray((first + second - (first - second) ** 2) / 4)

    def _prior_and_seen(self, counts: PairCounts, ridge: float) -> Floats:
        """Return the posterior covariance of the scores: the model's own, however few answers there are."""
        self.curvature = self._curvature()
        items = counts.items
        seen = np.zeros((items, items))
        np.add.at(seen, (counts.first, counts.second), counts.totals)
        seen = (seen + seen.T) * self.curvature
        return np.asarray(np.linalg.inv(np.diag(seen.sum(axis=1) + ridge) - seen))

    def table(self) -> Floats:
        """Return the worth of every pair, shape (items, items)."""
        own = np.diag(self.covariance)
        variance = np.maximum(own[:, None] + own[None, :] - 2 * self.covariance, 1e-12)
        ahead = ndtr((self.scores[:, None] - self.scores[None, :]) / np.sqrt(variance))
        worth = np.log1p(self.curvature * variance) / 2 * (4 * ahead * (1 - ahead)) ** 2
        return np.asarray(worth if self.aim is not Aim.TOP else worth * self._near_the_top())

    def interest(self, candidates: Candidates) -> Floats | None:
        """Return how worth a look a reward model makes each candidate, 0 to 1, shape (candidates,); None without one.

        How far it is from what the items' scores expect, or how unsure it is, whichever is more; in the middle where it
        was not asked.
        """
        predicted = candidates.predicted
        if predicted is None or np.isnan(predicted).all():
            return None
        one, other = candidates.one, candidates.other
        own = np.diag(self.covariance)
        variance = np.maximum(own[one] + own[other] - 2 * self.covariance[one, other], 0.0)
        # The mean of a logistic over a normal, by MacKay's approximation.
        lead = (self.scores[one] - self.scores[other]) / np.sqrt(1 + np.pi * variance / 8)
        expected = 1 / (1 + np.exp(-lead))
        found = np.maximum(np.abs(predicted - expected), 1 - np.abs(2 * predicted - 1))
        return np.asarray(np.where(np.isnan(predicted), 0.5, found))

    def _near_the_top(self) -> Floats:
        """Return how likely one of the two is among the best, shape (items, items)."""
        if self.top >= self.scores.size:
            return np.ones((self.scores.size, self.scores.size))
        bar = np.sort(self.scores)[-self.top - 1 :][:2].mean()
        likely = ndtr((self.scores - bar) / np.sqrt(np.diag(self.covariance)))
        return np.asarray(np.maximum(np.maximum(likely[:, None], likely[None, :]), _LEAST_WEIGHT))

    def apart(self, left: _Left) -> tuple[int, int] | None:
        """Return the most telling pair of two groups that nothing connects yet; null where none is left."""
        if (self.groups == self.groups[0]).all():
            return None
        across = (self.groups[:, None] != self.groups[None, :]) & (left.count > 0)
        if not across.any():
            return None
        own = np.diag(self.covariance)
        spread = np.where(across, own[:, None] + own[None, :] - 2 * self.covariance, -np.inf)
        return divmod(int(spread.argmax()), self.scores.size)

    def answered(self, one: int, other: int) -> None:
        """Move along as the answer to this pair will: it tells something, whichever way it goes."""
        column = self.covariance[:, one] - self.covariance[:, other]
        weight = self.curvature[one, other]
        variance = column[one] - column[other]
        self.covariance = self.covariance - np.outer(column, column) * (weight / (1 + weight * variance))
        self.groups[self.groups == self.groups[other]] = self.groups[one]
