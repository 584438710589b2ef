"""Small seeded clouds of points with a rule planted in them."""

from __future__ import annotations

import numpy as np

from active_learning.learners.arrays import Labels, Vectors, rows_normalized
from active_learning.learners.heads.training import Labelled, head_trained
from active_learning.learners.strategies.protocol import Pool


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


def pool_of(size: int, *, classes: int = 3) -> Pool:
    """Unanswered posts around the centers of answered ones, with a head trained on these."""
    answered = labelled_cloud(60, seed=1, classes=classes)
    head = head_trained(answered, seed=1).head
    vectors, kinds = cloud(size, seed=2, classes=classes)
    return Pool(
        names=[f"p{number:04d}" for number in range(size)],
        vectors=vectors,
        answered=answered.vectors,
        members=head.members_probabilities(vectors),
        predict=head.members_probabilities,
        harm=np.linspace(0.0, 1.0, classes),
        references=answered.vectors[:2],
        attributes={
            "language": [("en", "de", "ar", "")[number % 4] for number in range(size)],
            "source": [f"source-{number % 7}" for number in range(size)],
            "group": [f"group-{number // 5}" if number % 2 else "" for number in range(size)],
            "clause": [str(kind) for kind in kinds],
        },
    )
