"""How well a judge agrees with people, and with itself when the sides are turned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from core.figures.intervals import Floats, Measured, ratio, resampled
from core.figures.kappa import kappa_measured
from preferences.domain.judging import Share, share_of

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


def _first(asked: Sequence[Pattern], *, seed: int) -> Measured:
    """Return how often the preferred side stood first, where both orders were asked: worth cancels out there."""
    both = [each for each in asked if each.plain is not None and each.turned is not None]
    picks = np.array([(each.plain == "a") + (each.turned == "b") for each in both], dtype=np.float64)
    told = np.array([(each.plain in _SIDES) + (each.turned in _SIDES) for each in both], dtype=np.float64)

    def shares(drawn: Floats) -> Floats:
        return ratio(drawn @ picks, drawn @ told)

    return resampled(np.array([each.count for each in both], dtype=np.int64), shares, seed=seed)
