"""Out-of-sample logits: each item's from the head whose fold left it out."""

from __future__ import annotations

import numpy as np

from active_learning.learners.arrays import Indices, Labels
from active_learning.learners.heads.descent import Numbers
from active_learning.learners.heads.fitting import class_balanced
from active_learning.learners.heads.logistic import LinearWeights, Rows, logistic_fitted


def fold_weights(labels: Labels, fold: Indices, *, classes: int, folds: int, balanced: bool) -> Numbers:
    """Return the weights (folds, items) of one head a fold: 0 for its own fold, else alike, summing to one.

    Parameters
    ----------
    balanced
        Whether each class a head sees weighs the same in it.
    """
    seen = (fold[np.newaxis, :] != np.arange(folds)[:, np.newaxis]).astype(np.float64)
    if balanced:
        return class_balanced(seen, labels, classes=classes)
    return seen / seen.sum(axis=1, keepdims=True).clip(min=1.0)


def cross_fitted(
    rows: Rows,
    labels: Labels,
    fold: Indices,
    *,
    classes: int,
    folds: int,
    l2: Numbers,
    balanced: bool,
    start: LinearWeights | None = None,
) -> LinearWeights:
    """Fit one head a fold on all items but the fold's.

    The heads share what they have in common: see `logistic_fitted`. It is quickest where rows are sorted by fold. With
    ``balanced`` false and ``l2`` 1/(C · items seen) these are scikit-learn's ``LogisticRegression(C)`` a fold, with
    ``balanced`` true those of ``class_weight="balanced"``; for two classes, where scikit-learn has one column of
    weights and we have two, ``l2`` is twice that.

    Parameters
    ----------
    rows
        (items, dim)
    labels
        (items,), 0 … classes − 1.
    fold
        (items,), 0 … folds − 1. A fold may be empty, and a class may lie in one fold alone.
    l2
        (folds,): the weight of ½‖W‖² beside the mean cross-entropy in nats, above 0.
    start
        Heads of the same folds, of another penalty.

    Raises
    ------
    ValueError
        See `logistic_fitted`; or a fold's number is out of range.
    """
    if fold.shape != labels.shape or (len(fold) and not (fold.min() >= 0 and fold.max() < folds)):
        raise ValueError("Every item has one fold, 0 … folds − 1.")
    weights = fold_weights(labels, fold, classes=classes, folds=folds, balanced=balanced)
    return logistic_fitted(rows, labels, classes=classes, weights=weights, l2=l2, start=start)


def held_out_logits(rows: Rows, fold: Indices, heads: LinearWeights) -> Numbers:
    """Return (items, classes): each item's logits by the head that did not see its fold."""
    found = np.empty((len(rows), heads.bias.shape[1]))
    for number in range(len(heads.bias)):
        own = np.flatnonzero(fold == number)
        found[own] = rows[own] @ heads.weight[number].astype(rows.dtype) + heads.bias[number]
    return found
