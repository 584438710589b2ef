"""What disagreement costs when a missed grave post is worse than a missed mild one.

Every answer is a grade: 0 for harmless, 1 … S for harmful, mildest first. The harm of a grade doubles with every
step and is 1 for the gravest; two answers to one post cost the difference of their harms, so taking the gravest
for harmless costs 1 and taking the two mildest grades for one another hardly anything.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotation.domain.agreement import NOBODY_TWICE
from annotation.domain.counts import RESAMPLES, Figure, Floats, interval_of, patterns_of

WORST_PAIRS = 5


@dataclass(frozen=True, slots=True)
class CostPair:
    """Two grades that are taken for one another. ``share``: their part of the whole cost, 0 to 1."""

    milder: int
    graver: int
    pairs: int
    share: float


@dataclass(frozen=True, slots=True)
class DisagreementCost:
    """The mean cost of a pair of answers to the same post, 0 (all agree) to 1.

    ``by_chance`` is what pairs would cost if people gave their answers without looking at the post.
    ``worst`` names the confusions that cost most, dearest first.
    """

    mean: Figure
    by_chance: float | None
    worst: tuple[CostPair, ...]


def severity_costs(steps: int) -> Floats:
    """Cost of two grades meeting, shape (steps + 1, steps + 1), from 0 on the diagonal to 1 in the corner.

    Parameters
    ----------
    steps
        Length of the severity scale, at least 1; a clause without one counts as 1: harmless or harmful.
    """
    if steps < 1:
        raise ValueError("a harmful answer needs at least one grade")
    harm = np.concatenate([[0.0], 2.0 ** np.arange(1 - steps, 1)])
    return np.asarray(np.abs(harm[:, None] - harm[None, :]))


def cost_of(
    counts: npt.ArrayLike,
    costs: Floats,
    *,
    repeats: npt.ArrayLike | None = None,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> DisagreementCost:
    """Severity-weighted disagreement of a count matrix.

    Parameters
    ----------
    counts
        Shape (posts, grades).
    costs
        Shape (grades, grades), symmetric, 0 on the diagonal, at most 1.
    repeats
        How many posts each row stands for, when the rows are patterns already.
    """
    patterns = patterns_of(counts, repeats=repeats).paired()
    if patterns.posts == 0:
        return DisagreementCost(Figure(None, undefined_because=NOBODY_TWICE), None, ())
    rows, sizes = patterns.rows, patterns.sizes
    times = patterns.repeats.astype(np.float64)
    met = rows.T @ (rows * times[:, None]) - np.diag((rows * times[:, None]).sum(axis=0))
    paid = ((rows @ costs) * rows).sum(axis=1)
    pairs = sizes * (sizes - 1)
    mean = float((times @ paid) / (times @ pairs))
    spread = [(drawn @ paid) / (drawn @ pairs) for drawn in patterns.resamples(seed=seed, count=resamples)]
    low, high = interval_of(np.concatenate(spread)) if spread else (None, None)
    margins = rows.T @ times
    total = margins.sum()
    chance = float(margins @ costs @ margins / (total * (total - 1)))
    return DisagreementCost(Figure(mean, low, high), chance, _worst(met, costs))


def _worst(met: Floats, costs: Floats) -> tuple[CostPair, ...]:
    """The pairs of grades that make up most of the cost."""
    whole = float((met * costs).sum()) / 2
    if whole <= 0:
        return ()
    milder, graver = np.triu_indices(costs.shape[0], 1)
    paid = met[milder, graver] * costs[milder, graver]
    order = sorted(range(paid.size), key=lambda index: (-paid[index], index))[:WORST_PAIRS]
    return tuple(
        CostPair(
            int(milder[index]),
            int(graver[index]),
            int(met[milder[index], graver[index]]),
            float(paid[index]) / whole,
        )
        for index in order
        if paid[index] > 0
    )
