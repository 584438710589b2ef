"""How good a model of pairs is on pairs it was not trained on: by slice, calibrated, beside chance and length."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from active_learning.domain.intervals import share_measured
from core.figures.intervals import Z_95

Floats = NDArray[np.float64]

BINS = 10
_HOTTEST = 5.0
_FEW = 5
"""Slices of fewer pairs are not told: their figures say nothing and may tell who."""


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """A held-out pair: its margin (chosen less rejected), by how much longer the chosen reply is, and its slices."""

    margin: float
    longer_by: int
    slices: Mapping[str, str] = field(default_factory=dict)


def pairs_measured(test: Sequence[ScoredPair], validation: Sequence[ScoredPair]) -> dict[str, Any]:
    """Return every figure of a model of pairs as the page shows it.

    The temperature is fitted on ``validation``; where there is none, the scores stay as they are and that is said. A
    margin of nought is a wrong answer: such a model prefers nothing.
    """
    margins = np.array([pair.margin for pair in test], dtype=np.float64)
    temperature = temperature_fitted(np.array([pair.margin for pair in validation], dtype=np.float64))
    return {
        "pairs": len(test),
        "accuracy": _share(margins > 0),
        "slices": slices_measured(test),
        "length": length_measured(test),
        "calibration": {
            "temperature": temperature,
            "fitted_on": len(validation),
            "before": calibration_measured(margins, 1.0),
            "after": calibration_measured(margins, temperature or 1.0),
        },
        "margins": margins_told(margins),
    }


def temperature_fitted(margins: Floats) -> float | None:
    """Return the temperature under which sigmoid(margin / temperature) is likeliest; None without pairs.

    Bounded to e^±5: a model without one mistake would be made surer without end.
    """
    if not margins.size:
        return None
    found = minimize_scalar(
        lambda heat: float(np.logaddexp(0.0, -margins / np.exp(heat)).mean()),
        bounds=(-_HOTTEST, _HOTTEST),
        method="bounded",
    )
    return float(np.exp(found.x))


def calibration_measured(margins: Floats, temperature: float) -> dict[str, Any]:
    """Return log-loss, expected calibration error and the reliability curve.

    How sure the model is of the side it takes, 0.5 to 1, in ``BINS`` equal bins, against how often it is right.
    """
    if not margins.size:
        return {"log_loss": None, "ece": None, "curve": []}
    sure = 1 / (1 + np.exp(-np.abs(margins) / temperature))
    right = margins > 0
    places = np.minimum(((sure - 0.5) * 2 * BINS).astype(int), BINS - 1)
    curve, error = [], 0.0
    for place in range(BINS):
        inside = places == place
        count = int(inside.sum())
        if not count:
            continue
        expected, found = float(sure[inside].mean()), _share(right[inside])
        error += count / margins.size * abs(expected - found["value"])
        curve.append({"expected": expected, "count": count, "found": found})
    loss = float(np.logaddexp(0.0, -margins / temperature).mean())
    return {"log_loss": loss, "ece": error, "curve": curve}


def slices_measured(pairs: Sequence[ScoredPair]) -> list[dict[str, Any]]:
    """Return the accuracy in every slice of at least five pairs, by what it is sliced by."""
    inside: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for pair in pairs:
        for by, value in pair.slices.items():
            inside[by, value].append(pair.margin > 0)
    return [
        {"by": by, "value": value, "accuracy": _share(np.array(right))}
        for (by, value), right in sorted(inside.items())
        if len(right) >= _FEW
    ]


def length_measured(pairs: Sequence[ScoredPair]) -> dict[str, Any]:
    """Return what liking long replies alone would get, and how often the model sides with the longer one.

    ``only_length``: the model takes the longer reply nearly always (the interval of its share begins above 0.8) and is
    no better than chance where the shorter one is better.
    """
    unequal = [pair for pair in pairs if pair.longer_by]
    longer = np.array([(pair.margin > 0) == (pair.longer_by > 0) for pair in unequal], dtype=bool)
    against = np.array([pair.margin > 0 for pair in unequal if pair.longer_by < 0], dtype=bool)
    along = np.array([pair.margin > 0 for pair in unequal if pair.longer_by > 0], dtype=bool)
    sides, short = _share(longer), _share(against)
    return {
        "baseline": _share(np.array([pair.longer_by > 0 for pair in pairs], dtype=bool)),
        "sides_with_longer": sides,
        "where_longer_is_better": _share(along),
        "where_shorter_is_better": short,
        "only_length": bool(
            sides["low"] is not None and sides["low"] > 0.8 and (short["low"] is None or short["low"] < 0.5)
        ),
    }


def margins_told(margins: Floats) -> dict[str, Any]:
    """Return mean, median and a histogram of the margins: ``counts`` between ``edges``."""
    if not margins.size:
        return {"mean": None, "median": None, "edges": [], "counts": []}
    widest = max(float(np.abs(margins).max()), 1e-6)
    counts, edges = np.histogram(margins, bins=20, range=(-widest, widest))
    return {
        "mean": float(margins.mean()),
        "median": float(np.median(margins)),
        "edges": edges.tolist(),
        "counts": counts.tolist(),
    }


@dataclass(frozen=True, slots=True)
class ScoredReply:
    """What a policy's reply to a held-out prompt was worth before and after training, 0 to 1."""

    before: float
    after: float
    slices: Mapping[str, str] = field(default_factory=dict)


def replies_measured(replies: Sequence[ScoredReply]) -> dict[str, Any]:
    """Return the mean worth before and after, and the difference with its 95 % interval, over all and by slice."""
    inside: dict[tuple[str, str], list[ScoredReply]] = defaultdict(list)
    for reply in replies:
        for by, value in reply.slices.items():
            inside[by, value].append(reply)
    return {
        "replies": len(replies),
        "worth": moved(replies),
        "slices": [
            {"by": by, "value": value, "worth": moved(rows)}
            for (by, value), rows in sorted(inside.items())
            if len(rows) >= _FEW
        ],
    }


def moved(replies: Sequence[ScoredReply]) -> dict[str, Any]:
    """Return the means before and after, and how much higher the second is, with its 95 % interval."""
    if not replies:
        return {"count": 0, "before": None, "after": None, "gain": None, "low": None, "high": None}
    before = np.array([reply.before for reply in replies])
    gains = np.array([reply.after for reply in replies]) - before
    gain = float(gains.mean())
    half = Z_95 * float(gains.std(ddof=1)) / sqrt(gains.size) if gains.size > 1 else None
    return {
        "count": len(replies),
        "before": float(before.mean()),
        "after": float(before.mean() + gain),
        "gain": gain,
        "low": None if half is None else gain - half,
        "high": None if half is None else gain + half,
    }


def _share(right: NDArray[np.bool_]) -> dict[str, Any]:
    return asdict(share_measured(int(right.sum()), int(right.size)))
