"""modAL's learners and committees behind our protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from modAL.models import ActiveLearner, Committee
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import Probabilities, Vectors
from active_learning.learners.strategies.protocol import (
    DECIMALS,
    Choice,
    HeadMissingError,
    Pool,
    pool_checked,
    seeded_order,
)


class MemberClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """One ensemble member, already trained, in the form modAL asks for."""

    def __init__(self, predict: Callable[[Vectors], Probabilities], member: int | None, classes: int) -> None:
        self.predict_members = predict
        self.member = member
        self.classes_ = np.arange(classes)

    def fit(self, vectors: Vectors, labels: NDArray[np.int64]) -> MemberClassifier:
        """Do nothing: members come trained."""
        return self

    def predict_proba(self, vectors: Vectors) -> Probabilities:
        """Return (items, classes); rounded, so that equal posts stay equal on any machine."""
        members = self.predict_members(vectors)
        found = members.mean(axis=0) if self.member is None else members[self.member]
        rounded: Probabilities = found.round(DECIMALS)
        return rounded

    def predict(self, vectors: Vectors) -> NDArray[np.int64]:
        """Return the likeliest class of each item."""
        found: NDArray[np.int64] = self.predict_proba(vectors).argmax(axis=1)
        return found


class ModalStrategy:
    """Any query strategy of modAL as one of ours, over the ensemble's members.

    modAL's own implementations measure the whole pool for every pick: they suit pools of some thousand posts. What
    rounds offer is ours, with the picks of modAL's (see the tests); this is for strategies only modAL has.

    Parameters
    ----------
    name
        What the strategy answers to in a round's figures.
    query
        modAL's function, as its learners and committees take it.
    committee
        Whether it is asked of a committee of all members, or of one learner with their mean.
    keeps_order
        Whether the order of what it returns means something; otherwise the highest score comes first.
    """

    def __init__(
        self, name: StrategyName, query: Callable[..., Any], *, committee: bool, keeps_order: bool = False
    ) -> None:
        self.name = name
        self._query, self._committee, self._keeps_order = query, committee, keeps_order

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in modAL's order."""
        pool_checked(pool)
        predict, members = _head_of(pool)
        asked = self._asked(predict, members, pool)
        return _queried(asked, pool, budget=budget, seed=seed, keeps_order=self._keeps_order)

    def _asked(
        self, predict: Callable[[Vectors], Probabilities], members: Probabilities, pool: Pool
    ) -> ActiveLearner | Committee:
        classes = members.shape[2]
        if self._committee:
            learners = [
                ActiveLearner(MemberClassifier(predict, number, classes)) for number in range(len(members))
            ]
            return Committee(learner_list=learners, query_strategy=self._query)
        learner = ActiveLearner(MemberClassifier(predict, None, classes), query_strategy=self._query)
        learner.X_training = pool.answered if len(pool.answered) else None
        return learner


def _head_of(pool: Pool) -> tuple[Callable[[Vectors], Probabilities], Probabilities]:
    if pool.predict is None or pool.members is None:
        raise HeadMissingError("This strategy needs a trained head.")
    return pool.predict, pool.members


def _queried(learner: Any, pool: Pool, *, budget: int, seed: int, keeps_order: bool = False) -> list[Choice]:
    """Ask modAL, the pool laid out in seeded order, and rank what it returns."""
    order = seeded_order(pool.names, seed)
    wanted = min(budget, len(order))
    if wanted <= 0:
        return []
    rows = np.ascontiguousarray(pool.vectors[order])
    found = learner.query(rows, n_instances=wanted, return_metrics=True)
    positions, scores = np.asarray(found[0]).ravel(), np.asarray(found[-1], dtype=np.float64).ravel()
    choices = [
        (int(position), round(float(score), DECIMALS))
        for position, score in zip(positions, scores, strict=True)
    ]
    if not keeps_order:
        choices.sort(key=lambda choice: (-choice[1], choice[0]))
    return [Choice(int(order[position]), score) for position, score in choices]
