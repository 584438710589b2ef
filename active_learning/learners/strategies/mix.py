"""A strategy within quotas, beside a stated random share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

import numpy as np

from active_learning.domain.quotas import Quota, QuotaAxis, least_posts, most_posts
from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies.protocol import Choice, Pool, Strategy, highest


@dataclass(frozen=True)
class MixedChoice:
    """One chosen post and how it came in.

    Attributes
    ----------
    is_random
        Drawn by lot from all posts the strategy left.
    inclusion
        The chance the post had to be chosen in this round: 1 for what the strategy picked, the same chance for all
        others of the pool. One over it is the post's weight; with these weights, sums over the chosen posts are
        unbiased for sums over the pool (Horvitz and Thompson 1952).
    """

    index: int
    score: float
    is_random: bool
    inclusion: float


def mixed_chosen(
    strategy: Strategy,
    pool: Pool,
    *,
    budget: int,
    seed: int,
    random_share: float,
    quotas: Sequence[Quota] = (),
) -> list[MixedChoice]:
    """Return min(budget, posts) choices: the strategy's within the quotas, then the random share from what is left.

    At least ⌈share × budget⌉ choices are random; so are those that quotas leave no post for, and all of the random
    strategy's. They are spread evenly through the order, so that a round answered half way through still holds its
    share.

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
    wanted = min(max(budget, 0), len(pool.names))
    drawn = ceil(round(random_share * wanted, 9))
    by_lot = strategy.name == StrategyName.RANDOM and not quotas
    chosen = [] if by_lot else quota_chosen(strategy, pool, budget=wanted - drawn, seed=seed, quotas=quotas)
    rest = np.setdiff1d(np.arange(len(pool.names)), [choice.index for choice in chosen])
    drawn = wanted - len(chosen)
    names = [pool.names[index] for index in rest.tolist()]
    at_random = highest(names, np.zeros(len(rest)), budget=drawn, seed=seed)
    return _interleaved(
        [MixedChoice(choice.index, choice.score, False, 1.0) for choice in chosen],
        [MixedChoice(int(rest[choice.index]), 0.0, True, drawn / len(rest)) for choice in at_random],
    )


def quota_chosen(
    strategy: Strategy, pool: Pool, *, budget: int, seed: int, quotas: Sequence[Quota]
) -> list[Choice]:
    """Return the strategy's choices within the quotas; fewer than ``budget`` where the quotas leave no post.

    First what is promised to each value is chosen among its posts, then the rest among all, posts over a bound left
    out. Each step counts what earlier ones chose as answered, so that strategies that cover do not cover twice. Of
    bounded values the strategy's own order decides which posts stay.
    """
    if not quotas:
        return strategy.choose(pool, budget=budget, seed=seed)
    room = _Room(pool, most_posts(quotas, budget))
    chosen: list[Choice] = []
    for quota in quotas:
        values = pool.attributes.get(quota.axis)
        if quota.value is None or values is None:
            continue
        has_value = np.array([value == quota.value for value in values], dtype=np.bool_)
        promised = least_posts(quota, budget)
        held = sum(bool(has_value[choice.index]) for choice in chosen)
        wanted = min(promised - held, budget - len(chosen))
        chosen += _chosen_within(strategy, pool, room, chosen, has_value, wanted=wanted, seed=seed)
    everyone = np.ones(len(pool.names), dtype=np.bool_)
    return chosen + _chosen_within(
        strategy, pool, room, chosen, everyone, wanted=budget - len(chosen), seed=seed
    )


class _Room:
    """Which posts may still be picked under the bounds."""

    def __init__(self, pool: Pool, most: Mapping[tuple[QuotaAxis, str | None], int]) -> None:
        self._pool, self._most = pool, most
        self._used: Counter[tuple[QuotaAxis, str]] = Counter()

    def left(self, index: int) -> bool:
        """Return whether the post keeps to every bound."""
        return all(self._used[key] < most for key, most in self._bounds(index))

    def take(self, index: int) -> None:
        """Count the post."""
        self._used.update(key for key, _ in self._bounds(index))

    def _bounds(self, index: int) -> list[tuple[tuple[QuotaAxis, str], int]]:
        found = []
        for axis in {axis for axis, _ in self._most}:
            values = self._pool.attributes.get(axis)
            value = values[index] if values is not None else ""
            most = self._most.get((axis, value), self._most.get((axis, None)) if value else None)
            if most is not None:
                found.append(((axis, value), most))
        return found


def _chosen_within(
    strategy: Strategy,
    pool: Pool,
    room: _Room,
    chosen: Sequence[Choice],
    allowed: np.ndarray[tuple[int], np.dtype[np.bool_]],
    *,
    wanted: int,
    seed: int,
) -> list[Choice]:
    """Ask the strategy again and again among the posts still allowed, until enough keep to the bounds."""
    taken = [choice.index for choice in chosen]
    found: list[Choice] = []
    is_open = allowed.copy()
    is_open[taken] = False
    while len(found) < wanted:
        kept = np.array([index for index in np.flatnonzero(is_open).tolist() if room.left(index)], np.int64)
        if not len(kept):
            break
        answered = pool.answered
        if taken:
            width = pool.vectors.shape[1]
            answered = np.concatenate([answered.reshape(-1, width), pool.vectors[taken]])
        part = replace(pool.part(kept), answered=answered)
        for choice in strategy.choose(part, budget=wanted - len(found), seed=seed):
            index = int(kept[choice.index])
            if room.left(index):
                room.take(index)
                found.append(Choice(index, choice.score))
                taken.append(index)
                is_open[index] = False
    return found


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
