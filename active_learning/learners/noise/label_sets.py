"""Several clauses at once: which rules a post breaks is one set of labels, and a set is as good as its worst parts.

Suspects are those of cleanlab's ``multilabel_classification``: confident learning a clause, and a post's quality as
the moving average over its clauses' probabilities, the highest first (Thyagarajan et al. 2022). A clause that is not
decided on a post is no part of its set: where cleanlab would read it as a rule that is kept, it says nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices, Labels
from active_learning.learners.noise.confident import suspects_flagged

FORGETTING = 0.8
"""How much each lower probability counts beside all higher ones."""
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class ClauseLabels:
    """One clause's part of the sets.

    Attributes
    ----------
    posts
        (items,): the number of the post each item is about, no post twice.
    breaks
        (items,): 1 where the decision says that the post breaks the rule, else 0.
    chances
        (items,): how likely it breaks the rule, out of sample, 0 … 1.
    """

    posts: Indices
    breaks: Labels
    chances: Numbers

    @property
    def own(self) -> Numbers:
        """How likely what was decided is, (items,)."""
        return np.where(self.breaks == 1, self.chances, 1.0 - self.chances)


@dataclass(frozen=True)
class SetSuspect:
    """One clause of one post that is likely decided wrong.

    Attributes
    ----------
    clause, index
        Position among the clauses, and in its items.
    quality
        Of the post's whole set, 0 … 1, low is bad.
    """

    clause: int
    index: int
    quality: float


def sets_suspected(clauses: Sequence[ClauseLabels], *, posts: int) -> list[SetSuspect]:
    """Return what is likely decided wrong, the posts with the worst sets first, and of each its worst clause first.

    Clauses whose posts all break the rule, or all keep it, and posts of which one clause alone is decided are judged
    like any other: their flags and qualities are those of the one clause.

    Parameters
    ----------
    posts
        How many posts there are; they are numbered 0 … posts − 1.
    """
    qualities = set_qualities(clauses, posts=posts)
    found = [
        SetSuspect(number, int(index), float(qualities[clause.posts[index]]))
        for number, clause in enumerate(clauses)
        for index in np.flatnonzero(_flagged(clause))
    ]

    def place(suspect: SetSuspect) -> tuple[float, int, float, int]:
        clause = clauses[suspect.clause]
        own = round(float(clause.own[suspect.index]), 9)
        return round(suspect.quality, 9), int(clause.posts[suspect.index]), own, suspect.clause

    return sorted(found, key=place)


def set_qualities(clauses: Sequence[ClauseLabels], *, posts: int) -> Numbers:
    """Return how good each post's set is, (posts,), 0 … 1, high is good; 1 where nothing is decided."""
    table = np.full((posts, len(clauses)), -np.inf)
    for number, clause in enumerate(clauses):
        table[clause.posts, number] = clause.own
    table = -np.sort(-table, axis=1)
    found = np.where(np.isfinite(table[:, 0]), table[:, 0], 1.0)
    for column in table.T[1:]:
        decided = np.isfinite(column)
        found[decided] = FORGETTING * column[decided] + (1.0 - FORGETTING) * found[decided]
    return found


def _flagged(clause: ClauseLabels) -> NDArray[np.bool_]:
    if len(np.unique(clause.breaks)) < 2:
        return np.zeros(len(clause.breaks), dtype=np.bool_)
    return suspects_flagged(clause.breaks, np.stack([1.0 - clause.chances, clause.chances], axis=1))
