"""modAL's learners and committees behind our protocol."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from modAL.disagreement import consensus_entropy_sampling, max_disagreement_sampling
from modAL.models import ActiveLearner, Committee
from modAL.uncertainty import uncertainty_sampling
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

    A learner or committee of modAL is asked for the ensemble's predictions, which are there already. Queries that
    read vectors as well (ranked batch) measure the whole pool for every pick: they suit pools of some thousand posts,
    and rounds offer ours in their place, with the same picks (see the tests).

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
    reads_vectors
        Whether it measures the posts' vectors; otherwise it sees the posts' predictions alone.
    """

    def __init__(
        self,
        name: StrategyName,
        query: Callable[..., Any],
        *,
        committee: bool,
        keeps_order: bool = False,
        reads_vectors: bool = False,
    ) -> None:
        self.name = name
        self._query, self._committee, self._keeps_order = query, committee, keeps_order
        self._reads_vectors = reads_vectors

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in modAL's order."""
        pool_checked(pool)
        order = seeded_order(pool.names, seed)
        wanted = min(budget, len(order))
        predict, members = _head_of(pool) if self._reads_vectors else _told(pool)
        rows: NDArray[Any] = (
            np.ascontiguousarray(pool.vectors[order]) if self._reads_vectors else order[:, np.newaxis]
        )
        if wanted <= 0:
            return []
        found = self._asked(predict, members, pool).query(rows, n_instances=wanted, return_metrics=True)
        return _ranked(found, order, keeps_order=self._keeps_order)

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


def _told(pool: Pool) -> tuple[Callable[[Any], Probabilities], Probabilities]:
    """Return what tells the pool's predictions by place, (items, 1), in place of vectors; nothing is predicted anew."""
    members = pool.voters
    return lambda places: members[:, np.asarray(places)[:, 0]], members


def _ranked(found: Any, order: NDArray[np.int64], *, keeps_order: bool) -> list[Choice]:
    """Return what modAL answered for the pool laid out in ``order``, best first."""
    positions, scores = np.asarray(found[0]).ravel(), np.asarray(found[-1], dtype=np.float64).ravel()
    choices = [
        (int(position), round(float(score), DECIMALS))
        for position, score in zip(positions, scores, strict=True)
    ]
    if not keeps_order:
        choices.sort(key=lambda choice: (-choice[1], choice[0]))
    return [Choice(int(order[position]), score) for position, score in choices]


def modal_strategies() -> dict[StrategyName, ModalStrategy]:
    """Return the strategies of modAL that rounds offer, by name."""
    return {
        StrategyName.MODAL_LEARNER: ModalStrategy(
            StrategyName.MODAL_LEARNER, uncertainty_sampling, committee=False
        ),
        StrategyName.MODAL_CONSENSUS: ModalStrategy(
            StrategyName.MODAL_CONSENSUS, consensus_entropy_sampling, committee=True
        ),
        StrategyName.MODAL_DIVERGENCE: ModalStrategy(
            StrategyName.MODAL_DIVERGENCE, max_disagreement_sampling, committee=True
        ),
    }
