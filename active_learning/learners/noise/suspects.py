"""Suspects by confident learning (Northcutt et al. 2021), as cleanlab does it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from cleanlab.filter import find_label_issues
from cleanlab.rank import get_self_confidence_for_each_label

from active_learning.learners.arrays import Labels, Probabilities


@dataclass(frozen=True)
class Finding:
    """One suspect.

    Attributes
    ----------
    index
        Position among the labels given.
    given, likely
        Class numbers: the answer that stands, and the likeliest answer out of sample.
    given_probability, likely_probability
        Out-of-sample probabilities of both.
    suspicion
        One minus the label's quality: 0 … 1, high is worse.
    """

    index: int
    given: int
    likely: int
    given_probability: float
    likely_probability: float
    suspicion: float


def suspects_found(labels: Labels, probabilities: Probabilities) -> list[Finding]:
    """Return the labels that are likely wrong, the worst first.

    Classes without a label are left out before cleanlab sees the array, which expects every class to occur.

    Parameters
    ----------
    labels
        (items,)
    probabilities
        (items, classes): out of sample, never of a head that saw the item.
    """
    if len(labels) == 0:
        return []
    present = np.unique(labels)
    if len(present) < 2:
        return []
    narrowed = probabilities[:, present] + 1e-12
    narrowed = narrowed / narrowed.sum(axis=1, keepdims=True)
    given = np.searchsorted(present, labels)
    flagged = find_label_issues(labels=given, pred_probs=narrowed, filter_by="prune_by_noise_rate", n_jobs=1)
    quality = get_self_confidence_for_each_label(given, narrowed)
    likely = narrowed.argmax(axis=1)
    order = sorted(
        np.flatnonzero(flagged).tolist(), key=lambda index: (round(float(quality[index]), 9), index)
    )
    return [
        Finding(
            index=index,
            given=int(labels[index]),
            likely=int(present[likely[index]]),
            given_probability=float(narrowed[index, given[index]]),
            likely_probability=float(narrowed[index, likely[index]]),
            suspicion=float(1.0 - quality[index]),
        )
        for index in order
        if int(likely[index]) != int(given[index])
    ]
