"""What sways a person besides what is better: the side shown first, the length; and whether they see what others see.

For person k a small model of their own, with the difference d in worth that everybody's judgments give:

    η = s_k·d + γ_k + x·β_k

s_k = 1 tells worth as well as the rest does, 0 not at all, below 0 is turned round; γ_k is the pull of the first
place, β_k that of each covariate. Everybody's models are fitted at once, each with a normal prior.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtri

from preferences.domain.crowd import PersonCounts
from preferences.domain.davidson import Problem
from preferences.domain.paircounts import Floats

_PRIOR_PRECISION = 1.0
_STEPS = 50
_SETTLED = 1e-9


@dataclass(frozen=True)
class Leaning:
    """A size in log odds with its bounds."""

    size: float
    low: float
    high: float

    @property
    def beyond_doubt(self) -> bool:
        """Return whether the bounds leave out zero."""
        return self.low > 0 or self.high < 0


@dataclass(frozen=True)
class PersonLeanings:
    """What one person's judgments show; ``judgments`` is how many they rest on."""

    worth: Leaning
    side: Leaning
    covariates: list[Leaning]
    judgments: float


def leanings_fit(
    votes: PersonCounts,
    *,
    scores: Floats,
    tie_weight: float,
    usual: Sequence[float] | None = None,
    level: float = 0.95,
) -> list[PersonLeanings]:
    """Fit every person's leanings.

    Parameters
    ----------
    votes
        One row per person and pair or finer.
    scores
        Worth of each item in log odds, shape (items,), as fitted from everybody's judgments.
    tie_weight
        ν of that fit.
    usual
        What the prior expects of γ and of each β: the effects on everybody; zeros where null.
    level
        Of the bounds.

    Raises
    ------
    ValueError
        When the level is out of range or ``usual`` does not name every effect.
    """
    if not 0 < level < 1:
        raise ValueError("The level must be between 0 and 1.")
    problem = Problem(votes.counts, ridge=1.0, estimate_side=True)
    counts, person, people = votes.counts, votes.person, votes.people
    design = np.vstack([scores[counts.first] - scores[counts.second], problem.shared])
    width = design.shape[0]
    expected = np.zeros(width) if usual is None else np.array([0.0, *usual])
    if expected.size != width:
        raise ValueError("Say what is usual of the side and of every covariate.")
    expected[0] = 1.0
    found = np.tile(expected, (people, 1))
    information = np.zeros((people, width, width))
    for _ in range(_STEPS):
        eta = (found[person].T * design).sum(axis=0)
        half = np.exp(-np.abs(eta) / 2)
        # As in the scores' own model: in units of the likelier side.
        likelier = 1 / (1 + half * half + tie_weight * half)
        other = likelier * half * half
        first, second = np.where(eta >= 0, likelier, other), np.where(eta >= 0, other, likelier)
        lean = (first - second) / 2
        pull = counts.totals * lean - (counts.wins_first - counts.wins_second) / 2
        bend = counts.totals * ((first + second) / 4 - lean**2)
        slope = np.stack([np.bincount(person, pull * column, people) for column in design], axis=1)
        slope = slope + _PRIOR_PRECISION * (found - expected)
        for one in range(width):
            for two in range(one, width):
                information[:, one, two] = information[:, two, one] = np.bincount(
                    person, bend * design[one] * design[two], people
                )
        information = information + _PRIOR_PRECISION * np.eye(width)
        step = np.linalg.solve(information, slope[:, :, None])[:, :, 0] if people else slope
        # A step of more than a few log odds leaves what the quadratic model knows.
        found = found - np.clip(step, -2.0, 2.0)
        if np.abs(step).max(initial=0.0) < _SETTLED:
            break
    reach = float(ndtri((1 + level) / 2))
    errors = np.sqrt(np.diagonal(np.linalg.inv(information), axis1=1, axis2=2)) if people else found
    judged = np.bincount(person, counts.totals, people)

    def leaning(one: int, place: int) -> Leaning:
        size, error = float(found[one, place]), float(errors[one, place])
        return Leaning(size, size - reach * error, size + reach * error)

    return [
        PersonLeanings(
            worth=leaning(one, 0),
            side=leaning(one, 1),
            covariates=[leaning(one, place) for place in range(2, width)],
            judgments=float(judged[one]),
        )
        for one in range(people)
    ]
