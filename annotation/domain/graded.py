"""What grade is true, from people who see it through a leaning and a blur of their own: a model for ordinal answers.

A post has a true grade k on a scale 0 … K−1. Person w sees k plus a leaning ``b`` (in steps; above 0 they grade
graver than others) blurred by a normal error of width ``s`` (in steps), and says the nearest grade; the ends of the
scale are open. This is the latent class model with located classes and rater thresholds of Uebersax & Grove (1993),
*A latent trait finite mixture model for the analysis of rating agreement*, with thresholds half way between grades.
It has two numbers a person where Dawid–Skene has K (K − 1), so it needs far fewer answers, and a slip by one grade
weighs less than one by three.

Expectation maximisation; the two numbers of each person are the best on a grid, under a weak prior around no
leaning and a blur of 0.6 steps, worth one answer or so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import ndtr

from annotation.domain.dawid_skene import (
    Estimate,
    Floats,
    Judgements,
    KnownTruths,
    posteriors,
    vote_shares,
)

LEANING_MAX = 3.0
BLUR_MIN, BLUR_MAX = 0.2, 6.0
_BLUR_USUAL = 0.6
_FLOOR = 1e-6


@dataclass(frozen=True, slots=True)
class GradedEstimate:
    """``estimate`` as Dawid–Skene's has it, with the confusions that the two numbers of each person imply.

    ``leaning[w]``: steps by which person w grades graver (above 0) or milder than the truth. ``blur[w]``: width
    of their error in steps; smaller is better.
    """

    estimate: Estimate
    leaning: Floats
    blur: Floats

    @property
    def expected(self) -> Floats:
        """The expected grade of each item, shape (items,), 0 to K−1."""
        grades = np.arange(self.estimate.prior.size)
        return np.asarray(self.estimate.posterior @ grades)


def graded(
    items: npt.ArrayLike,
    people: npt.ArrayLike,
    grades: npt.ArrayLike,
    *,
    categories: int,
    known: npt.ArrayLike | None = None,
    iterations: int = 100,
    tolerance: float = 1e-5,
) -> GradedEstimate:
    """Estimate the true grade of every item, and each person's leaning and blur.

    Parameters
    ----------
    items, people, grades
        Three lists of indices of equal length: person p graded item i as g, 0 the mildest.
    categories
        Length of the scale.
    known
        One entry an item: its grade where that is known, else `dawid_skene.UNKNOWN`. Known items keep it.
    tolerance
        Stops when the log-likelihood per judgement changes by less.
    """
    judged = Judgements.of(items, people, grades, categories=categories)
    table = judged.table()
    by_cell = table.T.tocsr()
    leanings, blurs = _grid(categories)
    answers = answer_chances(leanings, blurs, categories)
    logs = np.log(answers).transpose(0, 2, 1).reshape(answers.shape[0], -1)
    belief = -0.5 * leanings**2 - 0.5 * np.log(blurs / _BLUR_USUAL) ** 2
    truths = KnownTruths.of(known, items=judged.items, categories=categories)
    posterior = truths.fixed(vote_shares(table, categories))
    previous, done = -np.inf, 0
    while True:
        done += 1
        sums = np.asarray(by_cell @ posterior).reshape(judged.people, -1)
        best = (sums @ logs.T + belief).argmax(axis=1)
        prior = truths.shares(posterior)
        posterior, score = posteriors(table, answers[best], prior, truths)
        if done >= iterations or abs(score - previous) < tolerance * judged.item.size:
            estimate = Estimate(posterior, answers[best], prior, done, score)
            return GradedEstimate(estimate, leanings[best], blurs[best])
        previous = score


def answer_chances(leanings: Floats, blurs: Floats, categories: int) -> Floats:
    """Chance of each grade said for each true one, shape (people, true, said); rows sum to 1.

    Parameters
    ----------
    leanings, blurs
        In steps of the scale, one each a person.
    """
    true = np.arange(categories)
    edges = np.concatenate([[-np.inf], true[1:] - 0.5, [np.inf]])
    centre = true[None, :, None] + leanings[:, None, None]
    below = ndtr((edges[None, None, :] - centre) / blurs[:, None, None])
    chances = np.maximum(np.diff(below, axis=2), _FLOOR)
    return np.asarray(chances / chances.sum(axis=2, keepdims=True))


def _grid(categories: int) -> tuple[Floats, Floats]:
    """Every pair of a leaning (steps of a twentieth) and a blur that is tried."""
    most = min(LEANING_MAX, max(categories - 1.0, 0.05))
    leanings = np.linspace(-most, most, 2 * round(most * 20) + 1)
    blurs = np.geomspace(BLUR_MIN, BLUR_MAX, 30)
    pairs = np.meshgrid(leanings, blurs, indexing="ij")
    return pairs[0].ravel(), pairs[1].ravel()
