"""modAL's learners and committees behind our protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from modAL.batch import uncertainty_batch_sampling
from modAL.disagreement import vote_entropy_sampling
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
    place,
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


class ModalCommitteeStrategy:
    """modAL's query by committee over the ensemble's members, by vote entropy."""

    name = StrategyName.COMMITTEE

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts the members' votes disagree on most."""
        predict, members = _head_of(pool)
        committee = Committee(
            learner_list=[
                ActiveLearner(MemberClassifier(predict, number, members.shape[2]))
                for number in range(members.shape[0])
            ],
            query_strategy=vote_entropy_sampling,
        )
        return _queried(committee, pool, budget=budget, seed=seed)


class ModalRankedBatchStrategy:
    """modAL's ranked batch sampling (Cardoso et al. 2017): uncertain posts unlike each other and the answered."""

    name = StrategyName.RANKED_BATCH

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in modAL's order."""
        predict, members = _head_of(pool)
        learner = ActiveLearner(
            MemberClassifier(predict, None, members.shape[2]), query_strategy=uncertainty_batch_sampling
        )
        learner.X_training = pool.answered if len(pool.answered) else None
        return _queried(learner, pool, budget=budget, seed=seed, keeps_order=True)


def _head_of(pool: Pool) -> tuple[Callable[[Vectors], Probabilities], Probabilities]:
    if pool.predict is None or pool.members is None:
        raise HeadMissingError("This strategy needs a trained head.")
    return pool.predict, pool.members


def _queried(learner: Any, pool: Pool, *, budget: int, seed: int, keeps_order: bool = False) -> list[Choice]:
    """Ask modAL, the pool laid out in seeded order, and rank what it returns."""
    order = sorted(range(len(pool.names)), key=lambda index: place(pool.names[index], seed))
    wanted = min(budget, len(order))
    if wanted == 0:
        return []
    rows = np.ascontiguousarray(pool.vectors[np.array(order, dtype=np.int64)])
    found = learner.query(rows, n_instances=wanted, return_metrics=True)
    positions, scores = np.asarray(found[0]).ravel(), np.asarray(found[-1], dtype=np.float64).ravel()
    choices = [
        (int(position), round(float(score), DECIMALS))
        for position, score in zip(positions, scores, strict=True)
    ]
    if not keeps_order:
        choices.sort(key=lambda choice: (-choice[1], choice[0]))
    return [Choice(order[position], score) for position, score in choices]
