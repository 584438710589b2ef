"""Fitting many heads on the same embeddings at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Labels, Vectors
from active_learning.learners.compute import one_thread
from active_learning.learners.heads.descent import Numbers
from active_learning.learners.heads.logistic import LinearWeights, Rows, logistic_fitted

BALANCE_FLOOR = 1e-9
SHORTEST = 1e-9


@dataclass(frozen=True)
class Features:
    """Centred and scaled embeddings, turned into the space their rows span.

    With fewer items than dimensions this space is smaller, and an L2-regularised linear fit in it is the same fit.

    Attributes
    ----------
    rows
        (items, rank), float64 where they were turned, else float32.
    basis
        (dim, rank); ``weights = basis @ fitted``. None when the space was not turned.
    center
        (dim,)
    scale
        Makes the mean squared length of a row one.
    """

    rows: Rows
    basis: Numbers | None
    center: Numbers
    scale: float


def features_prepared(vectors: Vectors) -> Features:
    """Centre, scale and turn embeddings (items, dim)."""
    center = vectors.mean(axis=0, dtype=np.float64)
    rows = vectors - center.astype(np.float32)
    length = float(np.sqrt(np.einsum("nd,nd->", rows, rows, dtype=np.float64) / max(len(rows), 1)))
    scale = 1.0 / length if length > 0 else 1.0
    rows *= np.float32(scale)
    if rows.shape[0] >= rows.shape[1]:
        return Features(rows=rows, basis=None, center=center, scale=scale)
    with one_thread():
        left, singular, right = np.linalg.svd(rows.astype(np.float64), full_matrices=False)
    kept = singular > SHORTEST
    return Features(rows=left[:, kept] * singular[kept], basis=right[kept].T, center=center, scale=scale)


def class_balanced(weights: Numbers, labels: Labels, *, classes: int) -> Numbers:
    """Return item weights (heads, items) under which each class present weighs the same in a head, summing to one."""
    totals = np.stack([np.bincount(labels, weights=head, minlength=classes) for head in weights])
    present = (totals > 0).astype(np.float64)
    share = present / present.sum(axis=1, keepdims=True).clip(min=1.0)
    found: Numbers = weights * (share / totals.clip(min=BALANCE_FLOOR))[:, labels]
    return found


def heads_fitted(
    features: Features,
    labels: Labels,
    *,
    classes: int,
    weights: NDArray[np.floating],
    penalty: float,
    start: LinearWeights | None = None,
) -> LinearWeights:
    """Fit one multinomial logistic regression per row of ``weights``, with classes balanced in each.

    On one thread: the same items give the same heads on every number of cores.

    Parameters
    ----------
    labels
        (items,), 0 … classes − 1.
    weights
        (heads, items), at least 0; an item with weight 0 is not seen by that head.
    penalty
        The weight of ½‖W‖² beside the mean cross-entropy in nats, above 0.
    start
        Heads to go on from, as many as are fitted.
    """
    balanced = class_balanced(weights.astype(np.float64), labels, classes=classes)
    with one_thread():
        return logistic_fitted(
            features.rows,
            labels,
            classes=classes,
            weights=balanced,
            l2=np.full(len(weights), penalty),
            start=start,
        )
