"""A head that learned from nothing: posts by how like they are to what a clause covers, and to what it does not."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.heads.head import Head
from active_learning.learners.rows import Rows, blocks

COVERED_WEIGHT = 2.0
"""Likeness to what is covered counts twice: the difference alone calls posts about something else harmful, likeness to
what is covered alone does not tell them from what the clause lets pass (both measured on labelled policies)."""
ASSUMED_HARMFUL = 0.1
"""So many posts are taken to be harmful before anybody has answered."""
_LEAST_SPREAD = 1e-6


def zero_shot_head(
    covered: Vectors,
    others: Vectors,
    posts: Rows,
    *,
    places: list[int],
    classes: tuple[str, ...],
    harmful: NDArray[np.bool_],
    about: dict[str, Any],
) -> Head | None:
    """Return a head of one member, or None where the words tell the posts nothing.

    Its logit is how far a post lies from the mean of all posts along the line from what is not covered to what is, in
    standard deviations, less what makes a typical post as likely harmful as is assumed. Nothing about it is calibrated.

    Parameters
    ----------
    covered, others
        (texts, dim): vectors of the clause's texts; at least one of what is covered.
    posts
        (posts, width): the posts' fused vectors.
    places
        Where in a fused vector the texts' vectors belong: the first column of every side they can be compared with.
    harmful
        (classes,): which answers say harm; harm is shared evenly among them, and so is the rest.
    """
    if not len(covered) or len(posts) < 2 or harmful.all() or not harmful.any():
        return None
    line = COVERED_WEIGHT * _middle(covered) - (_middle(others) if len(others) else 0.0)
    direction = np.zeros(posts.shape[1])
    for start in places:
        direction[start : start + len(line)] = line
    total, along = np.zeros(posts.shape[1]), np.zeros(len(posts))
    for place, block in blocks(posts):
        total += block.sum(axis=0, dtype=np.float64)
        along[place] = block @ direction
    center, spread = total / len(posts), float(along.std())
    if spread < _LEAST_SPREAD:
        return None
    weight = np.where(harmful, direction[:, np.newaxis] / spread, 0.0)
    shares = np.where(harmful, ASSUMED_HARMFUL / harmful.sum(), (1 - ASSUMED_HARMFUL) / (~harmful).sum())
    return Head(
        classes=classes,
        center=center.astype(np.float32),
        scale=1.0,
        weight=weight[np.newaxis].astype(np.float32),
        bias=np.zeros((1, len(classes)), dtype=np.float32),
        log_prior=np.log(shares).astype(np.float32),
        temperature=1.0,
        about=about,
    )


def _middle(texts: Vectors) -> NDArray[np.float64]:
    mean = rows_normalized(texts).mean(axis=0, keepdims=True)
    return np.asarray(rows_normalized(mean)[0], dtype=np.float64)
