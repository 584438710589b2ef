"""Whether new posts can be told from earlier ones by their vectors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from active_learning.learners.arrays import Vectors
from active_learning.learners.heads.training import Labelled, out_of_sample

POSTS_MOST = 500


@dataclass(frozen=True)
class Side:
    """Posts of one time.

    Attributes
    ----------
    names
        A stable, unique name per post.
    vectors
        (posts, dim)
    groups
        Posts of one group, on either side, are never split over folds; empty strings stand alone.
    """

    names: Sequence[str]
    vectors: Vectors
    groups: Sequence[str]


def told_apart(before: Side, since: Side, *, seed: int) -> tuple[int, int]:
    """Return how many posts a head puts on their own side that learned from others, and how many were tried.

    The classifier two-sample test (Lopez-Paz and Oquab 2017), by cross-validation: about one half where both sides are
    alike, all where nothing old is like anything new. Both sides count the same: of the larger one, and of more than
    `POSTS_MOST`, a sample is drawn. Same posts, same seed: the same count.

    Raises
    ------
    TooFewLabelsError
        With fewer than two posts on a side.
    """
    size = min(len(before.names), len(since.names), POSTS_MOST)
    random = np.random.default_rng([seed, 7])
    sides = [(side, np.sort(random.choice(len(side.names), size, replace=False))) for side in (before, since)]
    labelled = Labelled(
        names=[side.names[at] for side, drawn in sides for at in drawn],
        vectors=np.concatenate([side.vectors[drawn] for side, drawn in sides]),
        labels=np.repeat(np.arange(2, dtype=np.int64), size),
        classes=("before", "since"),
        groups=[side.groups[at] for side, drawn in sides for at in drawn],
    )
    found = out_of_sample(labelled, seed=seed).probabilities.argmax(axis=1)
    return int((found == labelled.labels).sum()), 2 * size
