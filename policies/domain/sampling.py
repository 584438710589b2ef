"""Asking a part of what is stale and knowing what that says of the rest: sizes, draws and exact bounds.

All of it is about a finite population drawn from without replacement, so that asking everything leaves no doubt.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar
from uuid import UUID

Named = TypeVar("Named", bound=tuple[str, UUID])


@dataclass(frozen=True, slots=True)
class ShareBound:
    """A share of a population as a sample of it shows it: measured, and the ends of its interval, 0 to 1.

    ``left_most`` is how many of those not asked could have the property at most, at the same confidence.
    """

    share: float
    low: float
    high: float
    left: int
    left_most: int


def sample_size(population: int, *, margin: float, confidence: float) -> int:
    """Return how many to draw so that a share is known to within ``margin`` on either side, whatever it is.

    Cochran's size for the worst share, one half, with the correction for a finite population (Cochran 1977,
    section 4.4).

    Parameters
    ----------
    margin
        Half the width of the interval, above 0 and below 0.5.
    confidence
        Above 0 and below 1.
    """
    if population <= 1:
        return max(population, 0)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    endless = z * z * 0.25 / (margin * margin)
    return min(population, math.ceil(endless / (1 + (endless - 1) / population)))


def drawn(items: Iterable[Named], size: int, *, seed: str) -> list[Named]:
    """Return ``size`` of the items, each subset as likely, in the order of the draw; all when there are fewer.

    The same seed draws the same; a larger size draws the smaller one's items first, so that a sample can grow.
    """
    return heapq.nsmallest(size, items, key=lambda item: draw_place(item, seed=seed))


def draw_place(item: tuple[str, UUID], *, seed: str) -> bytes:
    """Return where an item stands in the draw: as good as random, and the same each time."""
    return hashlib.sha256(f"{seed}:{item[0]}:".encode() + item[1].bytes).digest()


def share_bound(found: int, asked: int, population: int, *, confidence: float) -> ShareBound | None:
    """Return the share of a population that has a property, when ``found`` of ``asked`` drawn ones have it.

    The interval is Clopper and Pearson's with the hypergeometric distribution in place of the binomial: it ends at
    the last counts under which so few, or so many, would be found with a chance above half of what ``confidence``
    leaves in doubt. ``None`` where nothing was asked.
    """
    if asked <= 0 or population < asked:
        return None
    doubt = (1 - confidence) / 2
    fewest, most = found, population - (asked - found)
    low = _first(fewest, most, lambda count: _at_least(found, asked, count, population) > doubt)
    high = _last(fewest, most, lambda count: _at_most(found, asked, count, population) > doubt)
    one_sided = _last(fewest, most, lambda count: _at_most(found, asked, count, population) > 1 - confidence)
    return ShareBound(
        share=found / asked,
        low=low / population,
        high=high / population,
        left=population - asked,
        left_most=one_sided - found,
    )


def _first(low: int, high: int, holds: Callable[[int], bool]) -> int:
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle + 1, high)
    return low


def _last(low: int, high: int, holds: Callable[[int], bool]) -> int:
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if holds(middle) else (low, middle - 1)
    return low


def _at_most(found: int, asked: int, count: int, population: int) -> float:
    """Return the chance to find at most ``found`` among ``asked`` when ``count`` of the population have it."""
    if found >= asked * count / population:
        return 1 - math.fsum(_terms(found + 1, asked, count, population, up=True))
    return math.fsum(_terms(found, asked, count, population, up=False))


def _at_least(found: int, asked: int, count: int, population: int) -> float:
    return 1 - _at_most(found - 1, asked, count, population) if found > 0 else 1.0


def _terms(start: int, asked: int, count: int, population: int, *, up: bool) -> Iterator[float]:
    """Yield the hypergeometric chances from ``start`` away from the middle, until they stop to matter."""
    least, most = max(0, asked + count - population), min(asked, count)
    at = max(start, least) if up else min(start, most)
    if not least <= at <= most:
        return
    chance = math.exp(
        _choices(count, at) + _choices(population - count, asked - at) - _choices(population, asked)
    )
    while least <= at <= most and chance > 1e-18:
        yield chance
        if up:
            chance *= (count - at) * (asked - at) / ((at + 1) * (population - count - asked + at + 1))
            at += 1
        else:
            chance *= at * (population - count - asked + at) / ((count - at + 1) * (asked - at + 1))
            at -= 1


def _choices(among: int, taken: int) -> float:
    """Return the natural logarithm of the number of ways to take ``taken`` of ``among``."""
    return math.lgamma(among + 1) - math.lgamma(taken + 1) - math.lgamma(among - taken + 1)
