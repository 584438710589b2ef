"""Small seeded clouds of points with a rule planted in them."""

from __future__ import annotations

import numpy as np

from active_learning.learners.arrays import Labels, Vectors, rows_normalized
from active_learning.learners.heads.training import Labelled


def cloud(
    items: int, *, seed: int, dim: int = 24, classes: int = 2, spread: float = 0.35
) -> tuple[Vectors, Labels]:
    """Points around one center a class; smaller ``spread`` is easier."""
    random = np.random.default_rng(seed)
    centers = random.normal(size=(classes, dim))
    labels = np.arange(items) % classes
    vectors = (
        centers[labels] + spread * random.normal(size=(items, dim)) * np.linalg.norm(centers, axis=1).mean()
    )
    return rows_normalized(vectors.astype(np.float32)), labels.astype(np.int64)


def labelled_cloud(items: int, *, seed: int, classes: int = 2, spread: float = 0.35) -> Labelled:
    vectors, labels = cloud(items, seed=seed, classes=classes, spread=spread)
    return Labelled(
        names=[f"post-{number:05d}" for number in range(items)],
        vectors=vectors,
        labels=labels,
        classes=tuple("abcdefgh"[:classes]),
    )
