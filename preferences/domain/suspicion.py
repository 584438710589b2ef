"""Judgments that fight everything else: how probable each is, given all that was said besides it.

Nothing a judgment says enters what it is held against. The models' worth and the people's reliabilities are fitted
without its fold (`preferences.domain.crowd`); of the same comparison only what others said counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from preferences.domain.crowd import PersonCounts, crowd_fit
from preferences.domain.paircounts import Flags, Floats, Indices, PairCounts

FOLDS = 10
SUSPICIOUS_BELOW = 0.1
"""A judgment is a suspect where everything else makes what it says less probable than this."""
TURNED_BELOW = 0.5
"""Whoever said the opposite when asked again was wrong once: here, where everything else says so too."""
# However reliable a few answers make somebody look, one word of theirs settles nothing.
_LEAST_TRUSTED, _MOST_TRUSTED = 0.1, 0.9


@dataclass(frozen=True)
class Judged:
    """Judgments one by one, all arrays of shape (judgments,).

    ``comparison`` and ``person`` count from 0. ``one`` and ``other`` are the items A and B; ``lean`` is 1 where A was
    preferred, −1 where B was, 0 where neither; ``a_first`` whether A was shown first; ``doublings`` by how many A is
    longer.
    """

    items: int
    people: int
    comparison: Indices
    person: Indices
    one: Indices
    other: Indices
    lean: Indices
    a_first: Flags
    doublings: Floats


@dataclass(frozen=True)
class Suspicion:
    """What everything else says of each judgment, shape (judgments,).

    ``probability`` that the side it preferred is the better one, given everything but itself; 1 where it preferred
    none, which fights nothing. ``reliability`` is its person's, fitted without its fold. ``others`` is how many others
    preferred a side of the same comparison, ``against`` how many of them the other one.
    """

    probability: Floats
    reliability: Floats
    others: Indices
    against: Indices


def suspicion_measured(judged: Judged, *, seed: int = 0, folds: int = FOLDS) -> Suspicion:
    """Return what everything else says of every judgment.

    The log odds that A is better are the difference in worth, with what length is worth to everybody taken out, and
    for each other person who preferred a side the log odds of their reliability, bounded to 0.1 and 0.9. The same seed
    makes the same folds.

    Raises
    ------
    ValueError, NotConvergedError
        As `crowd_fit`.
    """
    count = judged.person.size
    worth, reliability, weight = np.zeros(count), np.full(count, 0.5), np.zeros(count)
    for held in _folds(judged, seed=seed, folds=folds):
        fit = crowd_fit(_counts(judged, ~held))
        shares = np.array([each.share for each in fit.reliabilities])
        ahead = fit.scores[judged.one[held]] - fit.scores[judged.other[held]]
        worth[held] = np.where(fit.groups[judged.one[held]] == fit.groups[judged.other[held]], ahead, 0.0)
        reliability[held] = shares[judged.person[held]]
    weight = judged.lean * logit(np.clip(reliability, _LEAST_TRUSTED, _MOST_TRUSTED))
    comparisons = int(judged.comparison.max(initial=-1)) + 1
    told = np.bincount(judged.comparison, weight, comparisons)
    beside = told[judged.comparison] - weight
    for_a = np.bincount(judged.comparison, judged.lean == 1, comparisons)[judged.comparison]
    for_b = np.bincount(judged.comparison, judged.lean == -1, comparisons)[judged.comparison]
    own_a, own_b = judged.lean == 1, judged.lean == -1
    probability = np.where(judged.lean == 0, 1.0, expit(judged.lean * (worth + beside)))
    return Suspicion(
        probability=probability,
        reliability=reliability,
        others=(for_a + for_b - own_a - own_b).astype(np.int64),
        against=np.where(own_a, for_b, np.where(own_b, for_a, 0)).astype(np.int64),
    )


def suspects_of(measured: Suspicion, turned: Flags, *, below: float = SUSPICIOUS_BELOW) -> list[int]:
    """Return the places of judgments that are suspects, the least probable first.

    Parameters
    ----------
    turned
        Shape (judgments,): whether its own person preferred the other side when asked again with sides swapped.
        Such a judgment is a suspect already where everything else is against it.
    """
    limit = np.where(turned, max(below, TURNED_BELOW), below)
    order = np.argsort(measured.probability, kind="stable")
    return [int(place) for place in order if measured.probability[place] < limit[place]]


def _folds(judged: Judged, *, seed: int, folds: int) -> Iterator[Flags]:
    """Yield which judgments are held out, each once."""
    count = judged.person.size
    drawn = np.random.default_rng(seed).permutation(count) % folds
    for fold in range(min(folds, count)):
        yield drawn == fold


def _counts(judged: Judged, kept: Flags) -> PersonCounts:
    """Return the kept judgments in the order they were shown, one row each; people keep their places."""
    a_first, lean = judged.a_first[kept], judged.lean[kept]
    one, other = judged.one[kept], judged.other[kept]
    shown = np.where(a_first, lean, -lean)
    doublings = np.where(a_first, judged.doublings[kept], -judged.doublings[kept])
    counts = PairCounts(
        judged.items,
        np.where(a_first, one, other),
        np.where(a_first, other, one),
        (shown == 1).astype(np.float64),
        (shown == -1).astype(np.float64),
        (shown == 0).astype(np.float64),
        covariates=doublings[:, None] if judged.doublings.any() else None,
    )
    return PersonCounts(counts, judged.person[kept], judged.people)
