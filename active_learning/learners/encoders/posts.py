"""From the vectors of its parts to one vector of a post."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from active_learning.learners.arrays import Vectors, rows_normalized


def frames_pooled(frames: Vectors) -> Vectors:
    """Return one vector of shape (dim,) for a video: the normalized mean of its frames' vectors (frames, dim)."""
    return np.asarray(
        rows_normalized(rows_normalized(frames).mean(axis=0, keepdims=True))[0], dtype=np.float32
    )


def post_fused(sides: Sequence[tuple[Sequence[Vectors], int]]) -> Vectors:
    """Return one vector for a post, of length one, or zero for an empty post.

    Each side (texts; images and videos; sound) has its place in it: the normalized mean of the normalized vectors of
    the post's parts. A side the post does not have leaves its place zero. All sides weigh the same.

    Parameters
    ----------
    sides
        For each side the vectors of the post's parts, each of shape (dim,), in any order, and dim.
    """
    fused = np.concatenate([_mean(vectors, dim=dim) for vectors, dim in sides])
    return np.asarray(rows_normalized(fused[np.newaxis])[0], dtype=np.float32)


def _mean(vectors: Sequence[Vectors], *, dim: int) -> Vectors:
    if not vectors:
        return np.zeros(dim, dtype=np.float32)
    return frames_pooled(np.stack(list(vectors)))
