"""Scores mean something only against each other: they are told around the mean of what they can be compared with."""

from __future__ import annotations

import numpy as np

from preferences.domain.paircounts import Floats, Indices


def group_means(scores: Floats, groups: Indices) -> Floats:
    """Return the mean of each score's group, shape (items,)."""
    sizes = np.bincount(groups)
    return np.asarray((np.bincount(groups, scores) / sizes)[groups])


def centred_covariance(covariance: Floats, groups: Indices) -> Floats:
    """Return the covariance of scores after each group's mean is taken off, shape (items, items)."""
    if not groups.size:
        return covariance
    sizes = np.bincount(groups)
    order = np.argsort(groups, kind="stable")
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])

    def centred(matrix: Floats) -> Floats:
        means = np.add.reduceat(matrix[order], starts, axis=0) / sizes[:, None]
        return np.asarray(matrix - means[groups])

    return centred(centred(covariance).T)


def share_left(shares: Floats, groups: Indices) -> Floats:
    """Return how much of each score's first variance is left, around the group's mean, shape (items,), in [0, 1].

    ``shares`` is the covariance that is left in units of the variance every score had alone.
    """
    if not groups.size:
        return np.zeros(0)
    alone = 1 - 1 / np.bincount(groups)[groups]
    left = np.diag(centred_covariance(shares, groups))
    # Alone in its group, nothing can be learnt of a score.
    return np.where(alone > 0, left / np.where(alone > 0, alone, 1), 1.0).clip(0, 1)
