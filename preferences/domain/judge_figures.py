"""How well a judge agrees with people, and with itself when the sides are turned."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from preferences.domain.judging import Share, share_of
from preferences.domain.paircounts import Floats, Indices

RESAMPLES = 1000
UNCLEAR = ""
"""What a judge made of a comparison on which it gave no answer, or one for each order of the sides."""
_SIDES = ("a", "b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """``count`` comparisons on which people and judge said the same things.

    ``people``: their outcome (a, b, tie, both_good, both_unacceptable), null where they have none. ``plain`` and
    ``turned``: the judge's with A shown first and with B: the outcome in stored order, empty where what came back was
    no answer, null where nothing came back or it was not asked.
    """

    people: str | None
    plain: str | None
    turned: str | None
    count: int = 1

    @property
    def answer(self) -> str | None:
        """Return what the judge made of it: what it said in both orders, or in the one; null where it was not asked."""
        told = {each for each in (self.plain, self.turned) if each is not None}
        clear = told - {UNCLEAR}
        return None if not told else next(iter(clear)) if len(clear) == 1 else UNCLEAR


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure with its 95 % bootstrap interval over comparisons; null where it is not defined."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class JudgeFigures:
    """What one judge's answers on one axis show.

    Attributes
    ----------
    comparisons
        On which anything came back.
    agreement
        Of those that people decided: on how many the judge gave their answer; unclear is no agreement.
    kappa
        Cohen's, over the same comparisons; unclear is an answer of its own.
    same
        Of comparisons with an answer in both orders: on how many it was the same.
    turned
        Of those where it preferred a side in both: on how many it preferred the other one when the sides were turned.
    first
        How often the preferred side was the one shown first, over comparisons asked in both orders: ½ is without bias.
    unclear
        Of all: on how many it gave no answer or one for each order.
    confusion
        (people's outcome, the judge's, comparisons).
    """

    comparisons: int
    agreement: Share
    kappa: Measured
    same: Share
    turned: Share
    first: Measured
    unclear: Share
    confusion: list[tuple[str, str, int]]


def judge_figures(patterns: Sequence[Pattern], *, seed: int = 0) -> JudgeFigures:
    """Return the figures of one judge on one axis; none at all where there are no patterns."""
    asked = [each for each in patterns if each.answer is not None]
    decided = [each for each in asked if each.people is not None]
    both = [each for each in asked if each.plain and each.turned]
    preferring = [each for each in both if each.plain in _SIDES and each.turned in _SIDES]
    confusion: dict[tuple[str, str], int] = {}
    for each in decided:
        cell = (each.people or "", each.answer or UNCLEAR)
        confusion[cell] = confusion.get(cell, 0) + each.count
    return JudgeFigures(
        comparisons=_sum(asked),
        agreement=share_of(_sum([each for each in decided if each.answer == each.people]), _sum(decided)),
        kappa=kappa_measured(confusion, seed=seed),
        same=share_of(_sum([each for each in both if each.plain == each.turned]), _sum(both)),
        turned=share_of(_sum([each for each in preferring if each.plain != each.turned]), _sum(preferring)),
        first=_first(asked, seed=seed),
        unclear=share_of(_sum([each for each in asked if each.answer == UNCLEAR]), _sum(asked)),
        confusion=[(*cell, count) for cell, count in sorted(confusion.items())],
    )


def _sum(patterns: Sequence[Pattern]) -> int:
    return sum(each.count for each in patterns)


def kappa_measured(confusion: dict[tuple[str, str], int], *, seed: int = 0) -> Measured:
    """Return Cohen's κ (1960) of a table of (one, other) → comparisons, with a percentile interval.

    Not defined without comparisons, or where both know one and the same answer only; resamples in which it is not
    defined are left out of the interval.
    """
    answers = sorted({answer for cell in confusion for answer in cell})
    place = {answer: number for number, answer in enumerate(answers)}
    cells = np.array([place[one] * len(answers) + place[other] for one, other in confusion], dtype=np.int64)
    counts = np.array(list(confusion.values()), dtype=np.int64)
    size = len(answers) ** 2

    def kappas(drawn: Floats) -> Floats:
        tables = np.zeros((drawn.shape[0], size))
        tables[:, cells] = drawn
        square = tables.reshape(-1, len(answers), len(answers))
        totals = square.sum(axis=(1, 2))
        seen = np.trace(square, axis1=1, axis2=2) / totals
        chance = (square.sum(axis=1) * square.sum(axis=2)).sum(axis=1) / totals**2
        return _ratio(seen - chance, 1 - chance)

    return _bootstrapped(counts, kappas, seed=seed)


def _first(asked: Sequence[Pattern], *, seed: int) -> Measured:
    """Return how often the preferred side stood first, where both orders were asked: worth cancels out there."""
    both = [each for each in asked if each.plain is not None and each.turned is not None]
    picks = np.array([(each.plain == "a") + (each.turned == "b") for each in both], dtype=np.float64)
    told = np.array([(each.plain in _SIDES) + (each.turned in _SIDES) for each in both], dtype=np.float64)

    def shares(drawn: Floats) -> Floats:
        return _ratio(drawn @ picks, drawn @ told)

    return _bootstrapped(np.array([each.count for each in both], dtype=np.int64), shares, seed=seed)


def _bootstrapped(counts: Indices, statistic: Callable[[Floats], Floats], *, seed: int) -> Measured:
    """Return a statistic of pattern counts with its percentile interval over resampled comparisons."""
    if not counts.size or not counts.sum():
        return Measured(None, None, None)
    value = float(statistic(counts[None, :].astype(np.float64))[0])
    if np.isnan(value):
        return Measured(None, None, None)
    total = int(counts.sum())
    drawn = np.random.default_rng(seed).multinomial(total, counts / total, size=RESAMPLES)
    spread = statistic(drawn.astype(np.float64))
    spread = spread[~np.isnan(spread)]
    low, high = np.percentile(spread, [2.5, 97.5])
    return Measured(value, float(low), float(high))


def _ratio(part: Floats, whole: Floats) -> Floats:
    """Return part by whole, not a number where there is no whole to speak of."""
    found: Floats = np.full(whole.shape, np.nan)
    return np.divide(part, whole, out=found, where=whole > 1e-12)
