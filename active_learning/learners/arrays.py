"""The array types the learners pass to each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Embeddings, one row per item."""

Probabilities = NDArray[np.float64]
"""Class probabilities; the last axis sums to one."""

Labels = NDArray[np.int64]
"""Class numbers, 0 … classes − 1."""

Indices = NDArray[np.int64]
"""Positions in another array."""


def rows_normalized(vectors: Vectors) -> Vectors:
    """Scale each row to length one; rows of zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
