"""Nearest neighbours in embedding space, exact."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from active_learning.learners.arrays import Vectors, rows_normalized

ROWS_AT_ONCE = 1024


@dataclass(frozen=True)
class Neighbour:
    """A neighbour's position among the answered posts, and its cosine similarity, −1 … 1."""

    index: int
    similarity: float


def nearest_answered(
    asked: Vectors, answered: Vectors, *, count: int, own: list[int] | None = None
) -> list[list[Neighbour]]:
    """Return, for each row asked, its ``count`` nearest answered rows, nearest first; ties by position.

    Parameters
    ----------
    own
        For each row asked, its own position among the answered rows, which is left out; −1 for none.
    """
    if not len(answered) or count < 1:
        return [[] for _ in range(len(asked))]
    known = rows_normalized(answered)
    found: list[list[Neighbour]] = []
    for start in range(0, len(asked), ROWS_AT_ONCE):
        similar = (rows_normalized(asked[start : start + ROWS_AT_ONCE]) @ known.T).round(6)
        for row, line in enumerate(similar):
            skipped = -1 if own is None else own[start + row]
            if skipped >= 0:
                line[skipped] = -np.inf
            kept = len(known) - (skipped >= 0)
            order = np.argsort(-line, kind="stable")[: min(count, kept)]
            found.append([Neighbour(int(index), float(line[index])) for index in order])
    return found
