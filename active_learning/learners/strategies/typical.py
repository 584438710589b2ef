"""Typical clusters: the most typical post of each part of the pool that nothing is known about."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.arrays import Indices, Vectors
from active_learning.learners.compute import one_thread
from active_learning.learners.rows import Rows
from active_learning.learners.strategies.protocol import (
    DECIMALS,
    Choice,
    Pool,
    pool_checked,
    seeded_order,
)
from active_learning.learners.strategies.spreading import spread_drawn

MOST_CLUSTERS = 1000
NEIGHBOURS = 20
SAMPLED_PER_CLUSTER = 16
TURNS = 8
ROWS_AT_ONCE = 4096
MOST_COMPARED = 512


class TypicalStrategy:
    """TypiClust (Hacohen et al. 2022): cluster all posts, take the most typical one of each uncovered cluster.

    Clusters are as many as posts are answered and wanted, at most 1,000. First come clusters with the fewest answered
    or taken posts, among them the largest. A post's typicality, its score, is one over the mean distance to its 20
    nearest posts of the cluster. The clustering is k-means on a sample of 16 posts a cluster; every post then belongs
    to the nearest center.
    """

    name = StrategyName.TYPICAL

    def choose(self, pool: Pool, *, budget: int, seed: int) -> list[Choice]:
        """Return the posts in the order taken."""
        pool_checked(pool)
        count = min(max(budget, 0), len(pool.names))
        if count == 0:
            return []
        order = seeded_order(pool.names, seed)
        with one_thread():
            clusters = min(count + len(pool.answered), MOST_CLUSTERS, len(order))
            centers = centers_found(pool.vectors, order, clusters=clusters, seed=seed)
            belongs = nearest_center(pool.vectors, order, centers)
            covered = np.bincount(_covered(pool.answered, centers), minlength=len(centers))
            return _taken(pool.vectors, order, belongs, covered, centers, count=count)


def centers_found(vectors: Rows, order: Indices, *, clusters: int, seed: int) -> NDArray[np.float32]:
    """Return (clusters, dim): k-means on the first rows of ``order``, seeded by k-means++."""
    sample = order[: max(clusters * SAMPLED_PER_CLUSTER, clusters)]
    rows = vectors[sample].astype(np.float32)
    first, _ = spread_drawn(
        rows,
        np.arange(len(rows)),
        np.ones((len(rows), 1), dtype=np.float32),
        count=clusters,
        random=np.random.default_rng([seed, 3]),
    )
    centers = rows[first]
    everyone = np.arange(len(rows))
    for _ in range(TURNS):
        belongs = nearest_center(rows, everyone, centers)
        sizes = np.bincount(belongs, minlength=clusters)
        by_cluster = rows[np.argsort(belongs, kind="stable")]
        kept = np.flatnonzero(sizes)
        starts = (np.cumsum(sizes) - sizes)[kept]
        centers[kept] = np.add.reduceat(by_cluster, starts, axis=0) / sizes[kept, None]
    return centers


def nearest_center(vectors: Rows, order: Indices, centers: NDArray[np.float32]) -> Indices:
    """Return the nearest center of each row, rows in ``order``; the first of several."""
    lengths = np.einsum("nd,nd->n", centers, centers)
    turned = np.ascontiguousarray(centers.T) * np.float32(-2.0)
    found = np.empty(len(order), dtype=np.int64)
    for start in range(0, len(order), ROWS_AT_ONCE):
        away = vectors[order[start : start + ROWS_AT_ONCE]].astype(np.float32, copy=False) @ turned
        away += lengths
        found[start : start + len(away)] = away.argmin(axis=1)
    return found


def typicality(rows: Vectors) -> NDArray[np.float64]:
    """Return one over each row's mean distance to its nearest others, ``NEIGHBOURS`` or all; 1 for a row alone."""
    if len(rows) < 2:
        return np.ones(len(rows))
    count = min(NEIGHBOURS, len(rows) - 1)
    wide = rows.astype(np.float64)
    squares = np.square(wide).sum(axis=1)
    away = np.maximum(squares[:, None] + squares - 2.0 * (wide @ wide.T), 0.0)
    np.fill_diagonal(away, np.inf)
    near = np.sqrt(np.partition(away, count - 1, axis=1)[:, :count])
    found: NDArray[np.float64] = 1.0 / (near.mean(axis=1) + 1e-7)
    return found


def _covered(answered: Vectors, centers: NDArray[np.float32]) -> Indices:
    return nearest_center(answered, np.arange(len(answered)), centers)


def _taken(
    vectors: Rows,
    order: Indices,
    belongs: Indices,
    covered: NDArray[np.int64],
    centers: NDArray[np.float32],
    *,
    count: int,
) -> list[Choice]:
    sizes = np.bincount(belongs, minlength=len(centers))
    members = np.split(np.argsort(belongs, kind="stable"), np.cumsum(sizes)[:-1])
    ranked: dict[int, tuple[Indices, NDArray[np.float64]]] = {}
    used = np.zeros(len(centers), dtype=np.int64)
    choices: list[Choice] = []
    while len(choices) < count:
        open_ones = np.flatnonzero(used < sizes)
        known = covered[open_ones] + used[open_ones]
        fewest = open_ones[known == known.min()]
        for cluster in fewest[np.argsort(-sizes[fewest], kind="stable")][: count - len(choices)].tolist():
            if cluster not in ranked:
                ranked[cluster] = _ranked(vectors, order[members[cluster]], centers[cluster])
            places, scores = ranked[cluster]
            at = int(used[cluster])
            choices.append(Choice(int(places[at]), float(scores[at])))
            used[cluster] += 1
    return choices


def _ranked(
    vectors: Rows, places: Indices, center: NDArray[np.float32]
) -> tuple[Indices, NDArray[np.float64]]:
    """Return a cluster's posts, the most typical first; of a large one, those far from its center come last."""
    compared = np.arange(len(places))
    if len(places) > MOST_COMPARED:
        away = np.empty(len(places))
        for start in range(0, len(places), ROWS_AT_ONCE):
            rows = vectors[places[start : start + ROWS_AT_ONCE]].astype(np.float32, copy=False)
            away[start : start + len(rows)] = np.square(rows - center).sum(axis=1)
        compared = np.argsort(away, kind="stable")
    near, far = compared[:MOST_COMPARED], compared[MOST_COMPARED:]
    scores = typicality(vectors[places[near]]).round(DECIMALS)
    best = np.argsort(-scores, kind="stable")
    return places[np.concatenate([near[best], far])], np.concatenate([scores[best], np.zeros(len(far))])
