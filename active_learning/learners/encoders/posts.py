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


def post_fused(
    texts: Sequence[Vectors], images: Sequence[Vectors], *, text_dim: int, image_dim: int
) -> Vectors:
    """Return one vector of shape (text_dim + image_dim,) for a post, of length one, or zero for an empty post.

    The text half is the normalized mean of the normalized vectors of its text parts; the image half the same over
    its images and videos. A kind the post does not have leaves its half zero. Both halves weigh the same.

    Parameters
    ----------
    texts, images
        Vectors of the post's parts, each of shape (dim,); the order does not matter.
    """
    fused = np.concatenate([_mean(texts, dim=text_dim), _mean(images, dim=image_dim)])
    return np.asarray(rows_normalized(fused[np.newaxis])[0], dtype=np.float32)


def _mean(vectors: Sequence[Vectors], *, dim: int) -> Vectors:
    if not vectors:
        return np.zeros(dim, dtype=np.float32)
    return frames_pooled(np.stack(list(vectors)))
