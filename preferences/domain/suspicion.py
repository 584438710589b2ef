"""Answers that fight everything else: how probable each is, given all that was said besides it.

An answer is a judgment of one pair, or an order of several responses, of which pairs follow. Nothing it says enters
what it is held against. The models' worth and the people's reliabilities are fitted without its fold
(`preferences.domain.crowd`); of the same responses only what others said counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from preferences.domain.crowd import PersonCounts, crowd_fit
from preferences.domain.paircounts import Flags, Floats, Indices, PairCounts

FOLDS = 10
SEED = 0
SUSPICIOUS_BELOW = 0.1
"""An answer is a suspect where everything else makes what it says less probable than this."""
TURNED_BELOW = 0.5
"""Whoever said the opposite when asked again was wrong once: here, where everything else says so too."""
# However reliable a few answers make somebody look, one word of theirs settles nothing.
_LEAST_TRUSTED, _MOST_TRUSTED = 0.1, 0.9


@dataclass(frozen=True)
class Judged:
    """The pairs that answers ordered, one by one, all arrays of shape (pairs,).

    ``answer``, ``comparison`` and ``person`` count from 0. ``one`` and ``other`` are the items A and B; ``lean`` is 1
    where A was preferred, −1 where B was, 0 where neither; ``a_first`` whether A was shown first; ``doublings`` by how
    many A is longer. ``weight`` is one, or what each of the pairs of one answer counts for.
    """

    items: int
    people: int
    answer: Indices
    comparison: Indices
    person: Indices
    one: Indices
    other: Indices
    lean: Indices
    a_first: Flags
    doublings: Floats
    weight: Floats

    @property
    def answers(self) -> int:
        """How many answers there are."""
        return int(self.answer.max(initial=-1)) + 1


@dataclass(frozen=True)
class Suspicion:
    """What everything else says of each answer, shape (answers,).

    ``probability`` that what it preferred is the better, given everything but itself; 1 where it preferred nothing,
    which fights nothing. ``reliability`` is its person's, fitted without its fold.
    """

    probability: Floats
    reliability: Floats


def suspicion_measured(judged: Judged, *, seed: int = SEED, folds: int = FOLDS) -> Suspicion:
    """Return what everything else says of every answer.

    The log odds that A is better are the difference in worth, with what length is worth to everybody taken out, and
    for each other person who preferred a side the log odds of their reliability, bounded to 0.1 and 0.9. Of an order
    the differences in worth count by the weights of its pairs, as many times as it chose; what another person said
    counts once, by how far both orders agree. The same seed makes the same folds.

    Raises
    ------
    ValueError, NotConvergedError
        As `crowd_fit`.
    """
    count = judged.person.size
    worth, reliability = np.zeros(count), np.full(count, 0.5)
    for held in _folds(judged, seed=seed, folds=folds):
        fit = crowd_fit(_counts(judged, ~held))
        shares = np.array([each.share for each in fit.reliabilities])
        ahead = fit.scores[judged.one[held]] - fit.scores[judged.other[held]]
        worth[held] = np.where(fit.groups[judged.one[held]] == fit.groups[judged.other[held]], ahead, 0.0)
        reliability[held] = shares[judged.person[held]]
    said = judged.lean * logit(np.clip(reliability, _LEAST_TRUSTED, _MOST_TRUSTED))
    beside = np.bincount(judged.comparison, said)[judged.comparison] - said if count else said
    by_worth = np.bincount(judged.answer, judged.weight * judged.lean * worth, judged.answers)
    by_others = np.bincount(judged.answer, judged.weight * judged.lean * beside, judged.answers)
    chosen = np.bincount(judged.answer, judged.weight * (judged.lean != 0), judged.answers)
    _, first = np.unique(judged.answer, return_index=True)
    return Suspicion(
        probability=np.where(
            chosen == 0, 1.0, expit(by_worth + by_others / np.where(chosen == 0, 1.0, chosen))
        ),
        reliability=reliability[first],
    )


def others_beside(judged: Judged, answer: int) -> tuple[int, int]:
    """Return how many other answers prefer something of what this one does or its opposite, and how many the opposite.

    An order is the opposite of another where they turn more weight round than they agree on.
    """
    own = (judged.answer == answer) & (judged.lean != 0)
    leaning = dict(zip(judged.comparison[own].tolist(), judged.lean[own].tolist(), strict=True))
    beside = np.isin(judged.comparison, list(leaning)) & (judged.lean != 0) & ~own
    along = np.array([leaning[each] for each in judged.comparison[beside].tolist()]) * judged.lean[beside]
    _, place = np.unique(judged.answer[beside], return_inverse=True)
    agreeing = np.bincount(place, along)
    return agreeing.size, int((agreeing < 0).sum())


def suspects_of(measured: Suspicion, turned: Flags, *, below: float = SUSPICIOUS_BELOW) -> list[int]:
    """Return the answers that are suspects, the least probable first.

    Parameters
    ----------
    turned
        Shape (answers,): whether its own person preferred the other side when asked again with sides swapped.
        Such an answer is a suspect already where everything else is against it.
    """
    limit = np.where(turned, max(below, TURNED_BELOW), below)
    order = np.argsort(measured.probability, kind="stable")
    return [int(place) for place in order if measured.probability[place] < limit[place]]


def _folds(judged: Judged, *, seed: int, folds: int) -> Iterator[Flags]:
    """Yield which pairs are held out, each once, those of one answer together."""
    drawn = np.random.default_rng(seed).permutation(judged.answers) % folds
    for fold in range(min(folds, judged.answers)):
        yield drawn[judged.answer] == fold


def _counts(judged: Judged, kept: Flags) -> PersonCounts:
    """Return the kept pairs in the order they were shown, one row each; people keep their places."""
    a_first, lean, weight = judged.a_first[kept], judged.lean[kept], judged.weight[kept]
    one, other = judged.one[kept], judged.other[kept]
    shown = np.where(a_first, lean, -lean)
    doublings = np.where(a_first, judged.doublings[kept], -judged.doublings[kept])
    counts = PairCounts(
        judged.items,
        np.where(a_first, one, other),
        np.where(a_first, other, one),
        weight * (shown == 1),
        weight * (shown == -1),
        weight * (shown == 0),
        covariates=doublings[:, None] if judged.doublings.any() else None,
    )
    return PersonCounts(counts, judged.person[kept], judged.people)
