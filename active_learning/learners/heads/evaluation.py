"""Measuring predictions against known answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Labels, Probabilities

Numbers = dict[str, float | None]


def metrics_measured(probabilities: Probabilities, labels: Labels, *, harmful: NDArray[np.bool_]) -> Numbers:
    """Return what a held-out set says about predictions; None where it cannot say.

    ``accuracy``, ``macro_f1``, ``harmful_precision``, ``harmful_recall``, ``average_precision``, ``log_loss`` (nats,
    low is good), ``brier`` (low is good), ``calibration_error`` (ten equal bins, low is good).

    Parameters
    ----------
    probabilities
        (items, classes)
    labels
        (items,)
    harmful
        (classes,): which answers count as harmful, for the figures about harm.
    """
    if len(labels) == 0:
        return dict.fromkeys(
            (
                "accuracy", "macro_f1", "harmful_precision", "harmful_recall",
                "average_precision", "log_loss", "brier", "calibration_error",
            )
        )  # fmt: skip
    predicted = probabilities.argmax(axis=1)
    likely_harmful = probabilities[:, harmful].sum(axis=1)
    is_harmful, said_harmful = harmful[labels], harmful[predicted]
    hits = float((is_harmful & said_harmful).sum())
    chosen = probabilities[np.arange(len(labels)), labels]
    truth = np.eye(probabilities.shape[1])[labels]
    return {
        "accuracy": float((predicted == labels).mean()),
        "macro_f1": macro_f1(predicted, labels),
        "harmful_precision": hits / float(said_harmful.sum()) if said_harmful.any() else None,
        "harmful_recall": hits / float(is_harmful.sum()) if is_harmful.any() else None,
        "average_precision": average_precision(likely_harmful, is_harmful),
        "log_loss": float(-np.log(np.maximum(chosen, 1e-12)).mean()),
        "brier": float(np.square(probabilities - truth).sum(axis=1).mean()),
        "calibration_error": calibration_error(probabilities.max(axis=1), predicted == labels),
    }


def macro_f1(predicted: NDArray[np.int64], labels: Labels) -> float:
    """Return the mean F1 over the classes that occur in either array."""
    scores = []
    for name in np.union1d(predicted, labels):
        hits = float(((predicted == name) & (labels == name)).sum())
        scores.append(2 * hits / float((predicted == name).sum() + (labels == name).sum()))
    return float(np.mean(scores))


def average_precision(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float | None:
    """Return the area under the precision-recall steps; None without positives. Ties count as one step."""
    if not positive.any():
        return None
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(positive[order])
    ends = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    precision = hits[ends] / (ends + 1.0)
    recall = hits[ends] / float(hits[-1])
    return float((np.diff(recall, prepend=0.0) * precision).sum())


def calibration_error(confidence: NDArray[np.float64], right: NDArray[np.bool_], *, bins: int = 10) -> float:
    """Return the mean gap between confidence and accuracy, bins of equal width weighted by their items."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gaps = [
        abs(float(confidence[place == number].mean()) - float(right[place == number].mean()))
        * float((place == number).mean())
        for number in range(bins)
        if (place == number).any()
    ]
    return float(sum(gaps))


def calibration_bins(
    chance: NDArray[np.float64], truth: NDArray[np.bool_], *, bins: int = 10
) -> list[dict[str, float | int | None]]:
    """Return, for each of ``bins`` equal bins of a chance, its posts, how many it was true of, and the mean chance.

    An empty bin has no mean.
    """
    place = np.minimum((chance * bins).astype(int), bins - 1)
    return [
        {
            "low": number / bins,
            "high": (number + 1) / bins,
            "posts": int((place == number).sum()),
            "harmful": int(truth[place == number].sum()),
            "mean": float(chance[place == number].mean()) if (place == number).any() else None,
        }
        for number in range(bins)
    ]


def histogram(scores: NDArray[np.float64], *, bins: int = 20) -> list[int]:
    """Return how many scores of 0 … 1 fall into each of ``bins`` equal bins; 1 falls into the last."""
    return [int(count) for count in np.histogram(np.clip(scores, 0.0, 1.0), bins=bins, range=(0.0, 1.0))[0]]
