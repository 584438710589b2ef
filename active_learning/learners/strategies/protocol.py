"""What every strategy promises."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import Probabilities, Vectors

DECIMALS = 6
"""Scores are compared rounded to this many decimals, so that thread counts and hardware cannot reorder picks."""


@dataclass(frozen=True)
class Pool:
    """What a strategy chooses from.

    Attributes
    ----------
    names
        A stable, unique name per post: ties and random draws follow names, never positions.
    vectors
        (posts, dim)
    answered
        (answered posts, dim): what is already known; may be empty.
    members
        (members, posts, classes): each ensemble member's probabilities; None without a head.
    predict
        Vectors to members' probabilities, for strategies that drive a model of their own; None without a head.
    """

    names: Sequence[str]
    vectors: Vectors
    answered: Vectors
    members: Probabilities | None = None
    predict: Callable[[Vectors], Probabilities] | None = None

    @property
    def probabilities(self) -> Probabilities:
        """The ensemble's mean, (posts, classes).

        Raises
        ------
        HeadMissingError
            The pool was made without a head.
        """
        if self.members is None:
            raise HeadMissingError("This strategy needs a trained head.")
        mean: Probabilities = self.members.mean(axis=0)
        return mean


class HeadMissingError(Exception):
    """A strategy that reads predictions was given a pool without any."""


@dataclass(frozen=True)
class Choice:
    """One chosen post: its position in the pool, and its score (higher was wanted more)."""

    index: int
    score: float


class Strategy(Protocol):
    """Chooses posts from a pool.

    Every strategy returns min(budget, posts) choices, best first, none twice; the same pool, budget and seed give the
    same choices, whatever the order of the pool.
    """

    name: StrategyName

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the choices, best first."""
        ...


def place(name: str, seed: int) -> bytes:
    """Return a pseudo-random sort key of a name under a seed."""
    return hashlib.sha256(f"{seed}\0{name}".encode()).digest()


def highest(names: Sequence[str], scores: Sequence[float], *, budget: int, seed: int) -> list[Choice]:
    """Return the ``budget`` highest scores, best first; equal scores in the order of `place`."""
    rounded = [round(float(score), DECIMALS) for score in scores]
    order = sorted(range(len(names)), key=lambda index: (-rounded[index], place(names[index], seed)))
    return [Choice(index, rounded[index]) for index in order[:budget]]
