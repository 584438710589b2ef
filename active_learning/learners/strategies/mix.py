"""A strategy with a stated random share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from active_learning.learners.strategies.protocol import Choice, Pool, Strategy
from active_learning.learners.strategies.uncertainty import RandomStrategy


@dataclass(frozen=True)
class MixedChoice:
    """One chosen post and how it came in.

    Attributes
    ----------
    is_random
        Drawn by the random share; only these carry unbiased estimates of the pool.
    inclusion
        The chance any post of the pool had to be drawn at random in this round; None for the strategy's own picks.
    """

    index: int
    score: float
    is_random: bool
    inclusion: float | None


def mixed_chosen(
    strategy: Strategy, pool: Pool, *, budget: int, seed: int, random_share: float
) -> list[MixedChoice]:
    """Return min(budget, posts) choices, the random share drawn first and from the whole pool.

    At least ⌈share × budget⌉ choices are random. They are spread evenly through the order, so that a round answered
    half way through still holds its share.

    Parameters
    ----------
    random_share
        Above 0, at most 1.

    Raises
    ------
    ValueError
        The share is outside its range.
    """
    if not 0.0 < random_share <= 1.0:
        raise ValueError("The random share must lie above 0 and at most 1.")
    wanted = min(budget, len(pool.names))
    drawn = min(wanted, ceil(round(random_share * wanted, 9)))
    at_random = RandomStrategy().choose(pool, budget=drawn, seed=seed)
    inclusion = drawn / len(pool.names) if pool.names else None
    rest = np.setdiff1d(np.arange(len(pool.names)), [choice.index for choice in at_random])
    chosen = [
        Choice(int(rest[choice.index]), choice.score)
        for choice in strategy.choose(_part(pool, rest), budget=wanted - drawn, seed=seed)
    ]
    return _interleaved(
        [MixedChoice(choice.index, choice.score, False, None) for choice in chosen],
        [MixedChoice(choice.index, choice.score, True, inclusion) for choice in at_random],
    )


def _part(pool: Pool, kept: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Pool:
    return replace(
        pool,
        names=[pool.names[int(index)] for index in kept],
        vectors=pool.vectors[kept],
        members=None if pool.members is None else pool.members[:, kept],
    )


def _interleaved(chosen: list[MixedChoice], at_random: list[MixedChoice]) -> list[MixedChoice]:
    """Spread the random choices evenly; both lists keep their order."""
    total = len(chosen) + len(at_random)
    mixed: list[MixedChoice] = []
    used = 0
    for rank in range(total):
        due = round((rank + 1) * len(at_random) / total)
        if used < due or len(mixed) - used >= len(chosen):
            mixed.append(at_random[used])
            used += 1
        else:
            mixed.append(chosen[len(mixed) - used])
    return mixed
