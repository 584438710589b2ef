"""Posts put together by likeness: few enough for a page, so exactly and always the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from annotation.domain.counts import Floats

MOST = 120
"""More posts than this are not put together at once: it takes their number to the third power."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Posts that are alike; the first is the most central one, by which the cluster is named.

    ``likeness`` is the mean over all pairs, 1 for a post alone.
    """

    post_ids: tuple[UUID, ...]
    likeness: float


def clustered(
    post_ids: Sequence[UUID], alike: Mapping[tuple[UUID, UUID], float], *, least: float
) -> list[Cluster]:
    """Merge the two groups whose posts are most alike on average, until no two reach ``least`` (average linkage).

    Parameters
    ----------
    post_ids
        In the order in which ties are broken.
    alike
        Likeness of two posts, 0 to 1, the smaller identifier first; 0 where it is missing.

    Returns
    -------
    list of Cluster
        The largest first; of two as large, the one whose first post stands first.
    """
    ids = list(post_ids)[:MOST]
    between = np.zeros((len(ids), len(ids)))
    for row, one in enumerate(ids):
        for column in range(row):
            other = ids[column]
            between[row, column] = between[column, row] = alike.get((min(one, other), max(one, other)), 0.0)
    groups = _merged(between, least)
    groups.sort(key=lambda group: (-len(group), group[0]))
    return [_cluster(group, ids, between) for group in groups]


def _merged(between: Floats, least: float) -> list[list[int]]:
    """Return the groups; the mean between a merged group and another follows from those of its two halves."""
    groups = [[index] for index in range(len(between))]
    mean = np.where(np.tri(len(between), k=-1, dtype=bool).T, between.round(9), -1.0)
    while len(groups) > 1:
        left, right = divmod(int(mean.argmax()), len(mean))
        if mean[left, right] < least:
            break
        whole = np.maximum(mean, mean.T)
        sizes = len(groups[left]), len(groups[right])
        joined = ((sizes[0] * whole[left] + sizes[1] * whole[right]) / sum(sizes)).round(9)
        groups[left] += groups.pop(right)
        whole[left], whole[:, left] = joined, joined
        kept = np.delete(np.delete(whole, right, axis=0), right, axis=1)
        mean = np.where(np.tri(len(kept), k=-1, dtype=bool).T, kept, -1.0)
    return [sorted(group) for group in groups]


def _cluster(group: Sequence[int], ids: Sequence[UUID], between: Floats) -> Cluster:
    inside = between[np.ix_(group, group)]
    central = sorted(range(len(group)), key=lambda at: (-round(float(inside[at].sum()), 9), group[at]))
    pairs = len(group) * (len(group) - 1)
    likeness = float(inside.sum()) / pairs if pairs else 1.0
    return Cluster(tuple(ids[group[at]] for at in central), round(likeness, 4))
