"""How people judge: who can be trusted, what sways them, whether they say the same again, whether two agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtri

from core.figures.intervals import wilson
from preferences.domain.crowd import CrowdFit, PersonCounts, crowd_fit
from preferences.domain.leanings import PersonLeanings, leanings_fit


@dataclass(frozen=True)
class Share:
    """A share with Wilson's interval; ``share``, ``low`` and ``high`` are null where nothing was counted."""

    of: int
    counted: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Kappa:
    """Cohen's κ of two people with its interval, by its large-sample error; null where chance alone explains all."""

    items: int
    agreeing: int
    kappa: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class JudgingFit:
    """What everybody's judgments show together, with the people's reliabilities, and what sways each of them."""

    crowd: CrowdFit
    leanings: list[PersonLeanings]


def judging_fit(votes: PersonCounts, *, level: float = 0.95) -> JudgingFit:
    """Fit reliabilities, then what sways each person beside them.

    Raises
    ------
    ValueError
        When there are too many items and people; see `crowd_fit`.
    """
    crowd = crowd_fit(votes, level=level)
    # What draws everybody is itself uncertain where there are few answers: nobody's own bounds may lean on it.
    people = leanings_fit(votes, scores=crowd.scores, tie_weight=crowd.tie_weight, level=level)
    return JudgingFit(crowd, people)


def share_of(counted: int, of: int, *, level: float = 0.95) -> Share:
    """Return how many of ``of`` were counted, with Wilson's interval."""
    if not of:
        return Share(of, counted, None, None, None)
    return Share(of, counted, counted / of, *wilson(counted, of, z=float(ndtri((1 + level) / 2))))


def kappa_of(both: Mapping[tuple[str, str], int], *, level: float = 0.95) -> Kappa:
    """Return κ from how often one person said the first and the other the second about one comparison."""
    items = sum(both.values())
    agreeing = sum(count for (one, other), count in both.items() if one == other)
    if not items:
        return Kappa(0, 0, None, None, None)
    expected = 0.0
    for answer in {one for one, _ in both}:
        mine = sum(count for (one, _), count in both.items() if one == answer)
        theirs = sum(count for (_, other), count in both.items() if other == answer)
        expected += mine * theirs / items**2
    if expected >= 1:
        return Kappa(items, agreeing, None, None, None)
    observed = agreeing / items
    kappa = (observed - expected) / (1 - expected)
    error = sqrt(observed * (1 - observed) / items) / (1 - expected)
    reach = float(ndtri((1 + level) / 2)) * error
    return Kappa(items, agreeing, kappa, max(-1.0, kappa - reach), min(1.0, kappa + reach))


def pulled_to_a(*, side: float, length: float, a_first: bool, doublings: float) -> float:
    """Return by how much a person was drawn to A: by its place, and by how many doublings it is longer."""
    return (side if a_first else -side) + length * doublings


def said_again(answers: Sequence[tuple[str, str, int]]) -> tuple[Share, Share]:
    """Return how often a second look gave the same outcome, and how often it turned a preference round.

    ``answers`` are (outcome before, outcome again, how often). Only where both looks preferred a side can one turn.
    """
    sides = ("a", "b")
    preferring = [each for each in answers if each[0] in sides and each[1] in sides]
    same = sum(count for before, again, count in answers if before == again)
    turned = sum(count for before, again, count in preferring if before != again)
    return (
        share_of(same, sum(count for *_, count in answers)),
        share_of(turned, sum(count for *_, count in preferring)),
    )
