"""Confident learning (Northcutt, Jiang and Chuang 2021) on millions of answers: cleanlab's suspects for less work.

The rule is cleanlab's ``prune_by_noise_rate``: count which answers are confidently another class, scale these counts
to how often each answer was given, and take from the posts answered i as many as likely are j, those with the largest
p(j) − p(i). Rows are read in blocks, no array as large as the probabilities is made, and only rows whose likeliest
class is not the given one are ranked.
"""

from __future__ import annotations

import numpy as np
from cleanlab.internal.util import round_preserving_row_totals
from numpy.typing import NDArray

from active_learning.learners.arrays import Labels, Probabilities

ROWS_AT_ONCE = 32_768
NEARLY = 1e-6
"""Two probabilities this close count as equal, as in cleanlab."""
Counts = NDArray[np.float64]


def suspects_flagged(labels: Labels, probabilities: Probabilities) -> NDArray[np.bool_]:
    """Return which labels are likely wrong, (items,).

    Parameters
    ----------
    labels
        (items,), 0 … classes − 1; every class occurs.
    probabilities
        (items, classes), float32 or float64, out of sample.
    """
    own = probabilities[np.arange(len(labels)), labels]
    sizes = np.bincount(labels, minlength=probabilities.shape[1])
    thresholds = (
        np.maximum(np.bincount(labels, weights=own, minlength=len(sizes)) / sizes, 2 * NEARLY) - NEARLY
    )
    joint, is_other = _joint_counted(labels, probabilities, own, thresholds)
    to_take = _pruned(_calibrated(joint, sizes))
    found = np.zeros(len(labels), dtype=np.bool_)
    doubtful = np.flatnonzero(is_other)
    doubtful = doubtful[np.argsort(labels[doubtful], kind="stable")]
    bounds = np.searchsorted(labels[doubtful], np.arange(len(sizes) + 1))
    for given in range(len(sizes)):
        rows = doubtful[bounds[given] : bounds[given + 1]]
        if sizes[given] > 1 and len(rows):
            ahead = np.ascontiguousarray((probabilities[rows] - own[rows, None]).T)
            found[rows] = _taken(ahead, to_take[given], given, labels, probabilities)
    return found


def _joint_counted(
    labels: Labels, probabilities: Probabilities, own: NDArray[np.floating], thresholds: Counts
) -> tuple[Counts, NDArray[np.bool_]]:
    """Return how many answers i are confidently j, (classes, classes), and whose likeliest class is not the given."""
    classes = probabilities.shape[1]
    counted = np.zeros(classes * classes, dtype=np.int64)
    is_other = np.empty(len(labels), dtype=np.bool_)
    sums = np.stack([np.ones(classes), np.arange(classes)], axis=1).astype(np.float32)
    for start in range(0, len(labels), ROWS_AT_ONCE):
        part = slice(start, start + ROWS_AT_ONCE)
        rows = probabilities[part]
        confident = rows >= thresholds
        is_other[part] = ((rows - own[part, None]) > NEARLY).any(axis=1)
        numbers = confident.astype(np.float32) @ sums
        count, guess = numbers[:, 0], numbers[:, 1].astype(np.int64)
        several = np.flatnonzero(count > 1)
        guess[several] = rows[several].argmax(axis=1)
        told = count > 0
        counted += np.bincount(labels[part][told] * classes + guess[told], minlength=classes * classes)
    joint = counted.reshape(classes, classes).astype(np.float64)
    np.fill_diagonal(joint, np.maximum(joint.diagonal(), 1.0))
    return joint, is_other


def _calibrated(joint: Counts, sizes: NDArray[np.int64]) -> Counts:
    """Return the joint with each answer's row adding up to how often it was given, in whole numbers."""
    scaled = joint / np.maximum(joint.sum(axis=1, keepdims=True), 1e-100) * sizes[:, None]
    scaled = scaled / max(scaled.sum(), 1e-100) * sizes.sum()
    return np.asarray(round_preserving_row_totals(scaled), dtype=np.float64)


def _pruned(joint: Counts) -> NDArray[np.int64]:
    """Return how many of each answer i likely are j, one post at least left to each answer."""
    diagonal = np.maximum(joint.diagonal(), 1.0)
    raised = (diagonal - joint.diagonal()) / np.maximum(np.count_nonzero(joint, axis=1) - 1.0, 1.0)
    lowered = np.maximum(joint - raised[:, None], 0.0)
    np.fill_diagonal(lowered, diagonal)
    whole = round_preserving_row_totals(lowered.astype(np.int64).T)
    return np.asarray(whole, dtype=np.int64).T


def _taken(
    ahead: NDArray[np.floating],
    wanted: NDArray[np.int64],
    given: int,
    labels: Labels,
    probabilities: Probabilities,
) -> NDArray[np.bool_]:
    """Return which doubtful posts answered ``given`` are taken; ``ahead`` is p(j) − p(given), (classes, posts).

    A post that is not doubtful is never ahead, so it matters only where more are wanted than are ahead.
    """
    found = np.zeros(ahead.shape[1], dtype=np.bool_)
    for other in np.flatnonzero(wanted):
        if other == given:
            continue
        gaps, count = ahead[other], int(wanted[other])
        if count > np.count_nonzero(gaps > 0):
            everyone = np.flatnonzero(labels == given)
            all_gaps = probabilities[everyone, other] - probabilities[everyone, given]
            least = (
                -np.inf if count >= len(all_gaps) else np.partition(all_gaps, len(all_gaps) - count)[-count]
            )
        else:
            least = np.partition(gaps, len(gaps) - count)[len(gaps) - count]
        found |= gaps >= least
    return found
