"""Vectors laid out in two dimensions, so that what is alike lies together, for people to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.learners.arrays import Indices, Vectors, rows_normalized

Places = NDArray[np.float64]
"""(items, 2), each number 0 … 1; the middle of what they span is at one half, and both axes have one scale."""

DIMENSIONS = 50
PERPLEXITY = 30.0
STAGES = 4
"""The descent is made in so many pieces, between which it can be told of and stopped."""
_STAGE_STEPS = 300
_FEWEST_FOR_NEIGHBOURS = 12
_MOST_AREAS = 24
_MEASURED = 500
_NEIGHBOURS = 10

Telling = Callable[[int], None]
"""Called with how many stages are done."""


@dataclass(frozen=True)
class Layout:
    """Where each item lies.

    Attributes
    ----------
    areas
        (items,): the number of the group of neighbours each lies in, from 0; the largest group first.
    neighbours_kept
        0 … 1, higher is better: how many of an item's ten nearest by cosine are among its ten nearest here, over at
        most 500 items; ``None`` for fewer than twelve items.
    """

    places: Places
    areas: Indices
    neighbours_kept: float | None


def laid_out(vectors: Vectors, *, seed: int, tell: Telling = lambda stages: None) -> Layout:
    """Return the layout of vectors (items, dim), by cosine: principal components, then t-SNE (van der Maaten 2014).

    The same vectors in the same order and the same seed give the same layout, whatever the number of threads: it is
    computed on one. Fewer than twelve items lie by their first two principal components.
    """
    if not len(vectors):
        return Layout(np.zeros((0, 2)), np.zeros(0, dtype=np.int64), None)
    with _one_thread_everywhere():
        rows = rows_normalized(vectors).astype(np.float64)
        components = _components(rows)
        tell(0)
        if len(rows) < _FEWEST_FOR_NEIGHBOURS:
            places = _framed(components[:, :2])
        else:
            places = _framed(_neighbours_embedded(components, seed=seed, tell=tell))
        areas = _areas_found(places, seed=seed)
        return Layout(places, areas, _neighbours_kept(rows, places, seed=seed))


def _components(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (items, up to 50, at least 2): what tells the rows apart most, the strongest first."""
    count = min(DIMENSIONS, len(rows) - 1, rows.shape[1])
    found = np.zeros((len(rows), max(count, 2)))
    if count >= 1 and np.ptp(rows, axis=0).any():
        found[:, :count] = PCA(n_components=count, svd_solver="covariance_eigh").fit_transform(rows)
    return found


def _neighbours_embedded(components: NDArray[np.float64], *, seed: int, tell: Telling) -> NDArray[np.float64]:
    """Return (items, 2) by t-SNE, begun at the first two components."""
    spread = components[:, 0].std() or 1.0
    places = (components[:, :2] / spread * 1e-4).astype(np.float32)
    for stage in range(STAGES):
        descent = TSNE(
            perplexity=min(PERPLEXITY, (len(components) - 1) / 3),
            # Groups are pulled together at first, so that they find their places; later stages only settle.
            early_exaggeration=12.0 if stage == 0 else 1.0,
            learning_rate=max(len(components) / 48, 50.0),
            max_iter=_STAGE_STEPS,
            init=places,
            random_state=seed % 2**32,
            n_jobs=1,
        )
        places = descent.fit_transform(components).astype(np.float32)
        tell(stage + 1)
    return places.astype(np.float64)


def _framed(places: NDArray[np.float64]) -> Places:
    """Return the places moved and scaled into the square from 0 to 1, to five digits."""
    low, high = places.min(axis=0), places.max(axis=0)
    width = float((high - low).max()) or 1.0
    return ((places - (low + high) / 2) / width + 0.5).round(5)


def _areas_found(places: Places, *, seed: int) -> Indices:
    """Return the number of each place's group, the largest group first, ties by the lowest position."""
    wanted = min(_MOST_AREAS, max(1, round(np.sqrt(len(places) / 12))), len(np.unique(places, axis=0)))
    belongs = KMeans(n_clusters=wanted, n_init=4, random_state=seed % 2**32).fit_predict(places)
    names, firsts, sizes = np.unique(belongs, return_index=True, return_counts=True)
    order = np.lexsort((firsts, -sizes))
    number = np.empty(names.max() + 1, dtype=np.int64)
    number[names[order]] = np.arange(len(names))
    return np.asarray(number[belongs], dtype=np.int64)


def _neighbours_kept(rows: NDArray[np.float64], places: Places, *, seed: int) -> float | None:
    if len(rows) < _FEWEST_FOR_NEIGHBOURS:
        return None
    asked = np.random.default_rng(seed).permutation(len(rows))[:_MEASURED]
    by_encoder = -(rows[asked] @ rows.T)
    by_place = np.square(places[asked, None, :] - places[None, :, :]).sum(axis=2)
    near, close = _nearest(by_encoder, asked), _nearest(by_place, asked)
    shared = [len(np.intersect1d(one, other)) for one, other in zip(near, close, strict=True)]
    return round(float(np.mean(shared)) / near.shape[1], 4)


def _nearest(away: NDArray[np.float64], own: Indices) -> Indices:
    """Return (asked, 10): the positions with the least distances, oneself left out."""
    away[np.arange(len(own)), own] = np.inf
    return np.argsort(away, axis=1, kind="stable")[:, :_NEIGHBOURS]


@contextmanager
def _one_thread_everywhere() -> Iterator[None]:
    """Do everything inside on one thread, what scikit-learn compiles included: sums come out the same everywhere."""
    with threadpool_limits(limits=1):
        yield
