"""Near-duplicates that lie on different sides: of an answer, or of the held-out set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from active_learning.domain.suspect_kinds import TwinBy
from active_learning.learners.arrays import Indices, Labels, Vectors, rows_normalized

ROWS_AT_ONCE = 2048
Cosines = NDArray[np.float32]


@dataclass(frozen=True)
class Twin:
    """A post's nearest twin on another side: both positions, their cosine (−1 … 1), and what makes them twins."""

    index: int
    twin: int
    similarity: float
    by: TwinBy


def nearest_across(vectors: Vectors, sides: Labels, *, least: float) -> tuple[Indices, Cosines]:
    """Return each row's nearest row of another side, and their cosine, both (items,); −1 where none is near enough.

    Every two rows are compared once, in blocks: memory stays below 64 MB beside the vectors. Of equally near rows
    the first counts; cosines are rounded to six digits, so that threads do not decide.

    Parameters
    ----------
    vectors, sides
        (items, dim), and (items,): a number per side.
    least
        Cosine from which rows are near.
    """
    items = len(vectors)
    known = rows_normalized(vectors)
    nearest = np.full(items, -1, dtype=np.int64)
    best = np.full(items, -np.inf, dtype=np.float32)
    for start in range(0, items, ROWS_AT_ONCE):
        rows = slice(start, start + ROWS_AT_ONCE)
        for other in range(start, items, ROWS_AT_ONCE):
            columns = slice(other, other + ROWS_AT_ONCE)
            similar = (known[rows] @ known[columns].T).round(6)
            similar[(sides[rows, None] == sides[None, columns]) | (similar < least)] = -np.inf
            _keep_better(similar, nearest[rows], best[rows], offset=other)
            if other > start:
                _keep_better(similar.T, nearest[columns], best[columns], offset=start)
    return nearest, best


def twins_across(
    vectors: Vectors,
    sides: Labels,
    *,
    contents: Sequence[str],
    groups: Sequence[str],
    alike_from: float,
    group_from: float,
    compares_vectors: bool = True,
) -> list[Twin]:
    """Return each row's twin on another side, at most one a row, in the order of rows.

    Rows of the same content come first, then the nearest from ``alike_from`` on, then the nearest of the same group
    from ``group_from`` on.

    Parameters
    ----------
    contents, groups
        A name for each row's content and group, (items,); an empty one stands alone.
    compares_vectors
        Leave out what costs a product of every two rows.
    """
    found: dict[int, Twin] = {}
    for members in _shared(contents, sides):
        _add(found, members, vectors, sides, least=-1.0, by=TwinBy.CONTENT)
    if compares_vectors:
        _add(found, np.arange(len(vectors)), vectors, sides, least=alike_from, by=TwinBy.VECTOR)
    for members in _shared(groups, sides):
        _add(found, members, vectors, sides, least=group_from, by=TwinBy.GROUP)
    return [found[index] for index in sorted(found)]


def twins_doubted(twins: Sequence[Twin], labels: Labels, belief: NDArray[np.float64]) -> list[Twin]:
    """Return the twins whose answer is to be doubted, the most alike first; of every two at least one.

    Among posts that hang together, all but those with the most frequent answer are doubted; of equally frequent
    answers the one that is believed most on average is kept, then the first.

    Parameters
    ----------
    twins
        Rows with a twin of another label.
    labels, belief
        (items,): each row's answer, and its probability out of sample.
    """
    root = _bound_together(twins)
    members: dict[int, list[int]] = defaultdict(list)
    for index in root:
        members[root[index]].append(index)
    kept = {key: _kept_answer(rows, labels, belief) for key, rows in members.items()}
    doubted = [twin for twin in twins if labels[twin.index] != kept[root[twin.index]]]
    return sorted(doubted, key=lambda twin: (-twin.similarity, twin.index))


def _keep_better(similar: Cosines, nearest: Indices, best: Cosines, *, offset: int) -> None:
    """Write into ``nearest`` and ``best`` what ``similar`` has that is nearer."""
    places = similar.argmax(axis=1)
    values = similar[np.arange(len(similar)), places]
    better = values > best
    nearest[better] = places[better] + offset
    best[better] = values[better]


def _shared(names: Sequence[str], sides: Labels) -> list[Indices]:
    """Return the rows of each name that occurs on more than one side."""
    rows: dict[str, list[int]] = defaultdict(list)
    for index, name in enumerate(names):
        if name:
            rows[name].append(index)
    return [
        np.array(members, dtype=np.int64)
        for members in rows.values()
        if len(members) > 1 and len(np.unique(sides[members])) > 1
    ]


def _add(
    found: dict[int, Twin], members: Indices, vectors: Vectors, sides: Labels, *, least: float, by: TwinBy
) -> None:
    nearest, cosines = nearest_across(vectors[members], sides[members], least=least)
    for place in np.flatnonzero(nearest >= 0).tolist():
        index = int(members[place])
        if index not in found:
            found[index] = Twin(index, int(members[nearest[place]]), float(cosines[place]), by)


def _bound_together(twins: Sequence[Twin]) -> dict[int, int]:
    """Return, for each row with a twin or that is one, a row that stands for all that hang together with it."""
    parent: dict[int, int] = {}

    def top(index: int) -> int:
        while parent.setdefault(index, index) != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for twin in twins:
        one, other = sorted((top(twin.index), top(twin.twin)))
        parent[other] = one
    return {index: top(index) for index in list(parent)}


def _kept_answer(rows: Sequence[int], labels: Labels, belief: NDArray[np.float64]) -> Hashable:
    answers: dict[int, list[float]] = defaultdict(list)
    for row in rows:
        answers[int(labels[row])].append(float(belief[row]))
    return max(
        answers,
        key=lambda answer: (len(answers[answer]), round(float(np.mean(answers[answer])), 9), -answer),
    )
