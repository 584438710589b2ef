"""Posts that lie far from everything answered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices, Vectors, rows_normalized

ROWS_AT_ONCE = 1024
COLUMNS_AT_ONCE = 8192
NEIGHBOURS = 5
QUANTILE = 0.99
Distances = NDArray[np.float64]


@dataclass(frozen=True)
class Outliers:
    """Posts further away than all but one in a hundred answered posts are from each other.

    Attributes
    ----------
    indexes
        Positions among the posts asked, the furthest first.
    distances
        (asked,): mean cosine distance to the five nearest answered posts, 0 … 2.
    bound
        The distance from which a post is far: the stated quantile of the answered posts' own.
    """

    indexes: list[int]
    distances: Distances
    bound: float


def outliers_found(asked: Vectors, answered: Vectors, own: Indices) -> Outliers:
    """Return which of the asked posts are unlike all answered ones; none where too few are answered to tell.

    Posts of which nothing could be read, rows of zeros, are neither asked nor answered.

    Parameters
    ----------
    own
        (asked,): each row's own position among the answered rows, −1 for none.
    """
    readable = np.linalg.norm(asked, axis=1) > 0
    distances = distances_measured(asked, answered, own)
    if len(answered) <= NEIGHBOURS:
        return Outliers([], distances, float("inf"))
    reference = distances_measured(answered, answered, np.arange(len(answered)))
    bound = round(float(np.quantile(reference, QUANTILE)), 6)
    far = np.flatnonzero(readable & (distances > bound))
    return Outliers(far[np.argsort(-distances[far], kind="stable")].tolist(), distances, bound)


def distances_measured(asked: Vectors, answered: Vectors, own: Indices) -> Distances:
    """Return each row's mean cosine distance to its nearest answered rows, (asked,), rounded to six digits.

    Blocks of both keep memory below 128 MB. With fewer answered rows than neighbours wanted all are taken; 2 with none.
    """
    known = rows_normalized(answered)
    found = np.full(len(asked), 2.0)
    for start in range(0, len(asked), ROWS_AT_ONCE):
        rows = rows_normalized(asked[start : start + ROWS_AT_ONCE])
        best = np.full((len(rows), NEIGHBOURS), -np.inf, dtype=np.float32)
        for other in range(0, len(known), COLUMNS_AT_ONCE):
            similar = rows @ known[other : other + COLUMNS_AT_ONCE].T
            places = own[start : start + len(rows)] - other
            mine = np.flatnonzero((places >= 0) & (places < similar.shape[1]))
            similar[mine, places[mine]] = -np.inf
            both = np.concatenate([best, similar], axis=1)
            best = np.partition(both, both.shape[1] - NEIGHBOURS, axis=1)[:, -NEIGHBOURS:]
        counted = np.isfinite(best)
        total = np.where(counted, best, 0.0).sum(axis=1, dtype=np.float64)
        some = counted.any(axis=1)
        part = found[start : start + len(rows)]
        part[some] = 1.0 - total[some] / counted[some].sum(axis=1)
    return found.round(6)
