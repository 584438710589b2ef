"""How one person answers beside the others: reliability, drift, carelessness, confusion of grades.

Everything rests on one number a judgement, its support: how likely the *other* people's answers make what this
person said (their own answer taken out). Since the others are not certain either, support is set between two
marks: what the same answers would get on random posts, and what always being right would get. Where a person stands
between the two is their κ; somebody who does not look cannot raise it, and poor company does not lower it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from annotation.domain.counts import Figure, Floats, Ints
from annotation.domain.dawid_skene import Estimate, Judgements, others_posterior
from core.figures.intervals import Z_95, wilson

ANSWERS_MIN = 20
"""Below so many judgements nothing is said about a person."""

SAME_ANSWER_SHARE = 0.98
KAPPA_OF_NO_USE = 0.2
ROOM_MIN = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """Each judgement beside what others say about the same post; arrays of one length.

    ``support``: chance of the person's answer by the others', 0 to 1; NaN where nobody else answered.
    ``chance``: the support the answer would have on a random post. ``best``: the support to be expected of the
    true answer, which is the sum of the squared chances when these are right. ``others``: the chances
    themselves, shape (judgements, answers).
    """

    support: Floats
    chance: Floats
    best: Floats
    others: Floats

    @property
    def is_known(self) -> npt.NDArray[np.bool_]:
        """Where somebody else answered, too."""
        return np.isfinite(self.support)


@dataclass(frozen=True, slots=True)
class Reliability:
    """One person's answers against the others'.

    ``share``: chance of being right on a post, 0 to 1. ``kappa``: the same beyond luck, 1 always right, 0 what
    answering without looking gives, below 0 worse. ``answers``: judgements it rests on. Intervals are the
    wider of a normal approximation over judgements and Wilson's, cut at what is possible.
    """

    share: Figure
    kappa: Figure
    answers: int


def compared(judged: Judgements, estimate: Estimate) -> Comparison:
    """Compare every judgement with the others' answers to the same item.

    Parameters
    ----------
    judged
        The judgements ``estimate`` was made from.
    """
    others = others_posterior(estimate, judged)
    rows = np.arange(judged.item.size)
    answered = np.bincount(judged.item, minlength=judged.items)
    alone = answered[judged.item] < 2
    support = np.where(alone, np.nan, others[rows, judged.answer])
    known = ~alone
    shares = (known @ others) / known.sum() if known.any() else estimate.prior
    best = (others**2).sum(axis=1)
    return Comparison(support, np.where(alone, np.nan, shares[judged.answer]), best, others)


def reliability_among(support: npt.ArrayLike, chance: npt.ArrayLike, best: npt.ArrayLike) -> Reliability:
    """Reliability over some judgements of one person, over several clauses if need be.

    Parameters
    ----------
    support, chance, best
        As `Comparison` has them; entries without support are left out.
    """
    given, luck, most = (np.asarray(column, dtype=np.float64) for column in (support, chance, best))
    known = np.isfinite(given)
    count = int(known.sum())
    if count < ANSWERS_MIN:
        reason = f"Shown from {ANSWERS_MIN} answers on to posts that others answered, too; {count} so far."
        nothing = Figure(None, undefined_because=reason)
        return Reliability(nothing, nothing, count)
    given, luck, most = given[known], luck[known], most[known]
    by_luck = float(luck.mean())
    room = float(most.mean()) - by_luck
    if room < ROOM_MIN:
        nothing = Figure(None, undefined_because="What others answered says too little about these posts.")
        return Reliability(nothing, nothing, count)
    kappa = float((given - luck).mean()) / room
    residual = given - luck - kappa * (most - luck)
    half = Z_95 * float(np.sqrt(residual.var(ddof=1) / count)) / room
    return _between(by_luck, kappa, half, count)


def _between(by_luck: float, kappa: float, half: float, count: int) -> Reliability:
    """Both figures with the wider of two intervals: judgements that are all alike leave none of the normal one."""
    room = max(1 - by_luck, 1e-9)
    share = min(max(by_luck + kappa * room, 0.0), 1.0)
    least, most = wilson(share * count, count)
    low = max(min(kappa - half, (least - by_luck) / room), -1.0)
    high = min(max(kappa + half, (most - by_luck) / room), 1.0)
    right = [min(max(by_luck + value * room, 0.0), 1.0) for value in (low, high)]
    return Reliability(
        Figure(share, right[0], right[1]), Figure(min(max(kappa, -1.0), 1.0), low, high), count
    )


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some judgements in a row, from the index ``start`` to ``end`` (not included)."""

    start: int
    end: int
    share: Figure


@dataclass(frozen=True, slots=True)
class Drift:
    """How a person's reliability moved. ``change``: newest third minus oldest third, −1 to 1, with its interval."""

    stretches: tuple[Stretch, ...]
    change: Figure

    @property
    def is_drifting(self) -> bool:
        """Whether the interval of the change leaves out 0."""
        low, high = self.change.low, self.change.high
        return low is not None and high is not None and (high < 0 or low > 0)


def drift_of(support: npt.ArrayLike, *, stretches: int = 8) -> Drift:
    """Follow reliability through a person's judgements.

    Parameters
    ----------
    support
        One person's, oldest first, without NaN.
    stretches
        At most so many stretches of equal length, each of at least `ANSWERS_MIN` judgements.
    """
    given = np.asarray(support, dtype=np.float64)
    if given.size < 3 * ANSWERS_MIN:
        reason = f"Shown from {3 * ANSWERS_MIN} answers on; {given.size} so far."
        return Drift((), Figure(None, undefined_because=reason))
    edges = np.linspace(0, given.size, min(stretches, given.size // ANSWERS_MIN) + 1).astype(int)
    found = [
        Stretch(
            int(start),
            int(end),
            Figure(float(given[start:end].mean()), *wilson(float(given[start:end].sum()), int(end - start))),
        )
        for start, end in pairwise(edges)
    ]
    third = given.size // 3
    early, late = given[:third], given[-third:]
    change = float(late.mean() - early.mean())
    half = Z_95 * float(np.sqrt((early.var(ddof=1) + late.var(ddof=1)) / third))
    return Drift(tuple(found), Figure(change, change - half, change + half))


def careless_because(
    answers: npt.ArrayLike, *, pool_shares: Floats, reliability: Reliability, labels: Sequence[str]
) -> str | None:
    """Why a person's answers to one clause look as if given without looking; None when they do not.

    Parameters
    ----------
    answers
        The person's answers to the clause, as indices.
    pool_shares
        Share of each answer among all that people gave, shape (answers,).
    labels
        Their names.
    """
    counts = np.bincount(np.asarray(answers, dtype=np.int64), minlength=len(labels))
    count = int(counts.sum())
    if count < ANSWERS_MIN:
        return None
    most = int(counts.argmax())
    if counts[most] >= SAME_ANSWER_SHARE * count and _is_rare(counts, most, float(pool_shares[most])):
        return (
            f"Answered “{labels[most]}” {counts[most]} of {count} times, "
            f"where others do so {100 * pool_shares[most]:.0f} % of the time."
        )
    low, high = reliability.kappa.low, reliability.kappa.high
    if low is None or high is None or low > 0 or high >= KAPPA_OF_NO_USE:
        return None
    if high <= 0:
        return "Agrees with others less often than answers given at random would."
    return "Agrees with others no more often than answers given at random would."


def _is_rare(counts: Ints, most: int, pool_share: float) -> bool:
    """Whether somebody who answers like the pool gives one answer so often less than once in a million.

    Bounds the binomial tail: the exceptions can be placed in at most (e · total / exceptions) to their number.
    """
    total = int(counts.sum())
    exceptions = total - int(counts[most])
    places = exceptions * np.log(np.e * total / exceptions) if exceptions else 0.0
    return bool(counts[most] * np.log(min(max(pool_share, 1e-9), 1.0)) + places < np.log(1e-6))


@dataclass(frozen=True, slots=True)
class GradeConfusion:
    """``table[true, said]``: expected number of judgements, by the grade others hold true and the one said."""

    table: Floats
    leaning: float | None
    blur: float | None


def grade_confusion(
    judged: Judgements, comparison: Comparison, *, leaning: Floats, blur: Floats
) -> dict[int, GradeConfusion]:
    """Each person's confusion of grades.

    Returns
    -------
    dict
        By person, for those with enough judgements beside others.
    """
    known = comparison.is_known
    size = judged.people * judged.categories
    cell = (judged.person * judged.categories + judged.answer)[known]
    others = comparison.others[known]
    sums = np.stack(
        [
            np.bincount(cell, weights=others[:, true], minlength=size).reshape(judged.people, -1)
            for true in range(judged.categories)
        ],
        axis=1,
    )
    counted = np.bincount(judged.person[known], minlength=judged.people)
    return {
        int(person): GradeConfusion(sums[person], float(leaning[person]), float(blur[person]))
        for person in np.flatnonzero(counted >= ANSWERS_MIN)
    }
