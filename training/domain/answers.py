"""How well answers and texts are told on rows that were not trained on, before training and after it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from math import log
from typing import Any

import numpy as np

from core.figures.intervals import Floats, ratio, resampled
from training.domain.evaluation import ScoredReply, moved

_FEW = 5
_SEED = 20_260_101
_LEAST_CHANCE = 1e-6


@dataclass(frozen=True, slots=True)
class ScoredAnswer:
    """What was said of a held-out row before and after training, beside the truth.

    Attributes
    ----------
    question
        What was asked: answers to different questions are different classes.
    before_chance, after_chance
        The chance given to the truth, 0 to 1.
    """

    question: str
    truth: str
    before: str
    after: str
    before_chance: float
    after_chance: float
    slices: Mapping[str, str] = field(default_factory=dict)


def answers_measured(rows: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """Return accuracy, macro-F1 and log-loss before and after training, over all and by slice, with 95 % intervals.

    ``gain`` in accuracy and log-loss is that of the same rows, paired. Macro-F1 is the mean over every answer that is
    true of a row, each question's apart; its interval resamples rows.
    """
    inside: dict[tuple[str, str], list[ScoredAnswer]] = defaultdict(list)
    for row in rows:
        for by, value in row.slices.items():
            inside[by, value].append(row)
    return {
        "answers": len(rows),
        "accuracy": _accuracy(rows),
        "macro_f1": {
            "before": macro_f1(rows, lambda row: row.before),
            "after": macro_f1(rows, lambda row: row.after),
        },
        "log_loss": moved([ScoredReply(_loss(row.before_chance), _loss(row.after_chance)) for row in rows]),
        "slices": [
            {"by": by, "value": value, "accuracy": _accuracy(found)}
            for (by, value), found in sorted(inside.items())
            if len(found) >= _FEW
        ],
    }


def macro_f1(rows: Sequence[ScoredAnswer], said: Callable[[ScoredAnswer], str]) -> dict[str, Any]:
    """Return the mean of the answers' F1 with its interval over resampled rows; no value where there are none."""
    found = Counter(((row.question, row.truth), (row.question, said(row))) for row in rows)
    cells = sorted(found)
    classes = sorted({truth for truth, _ in cells})
    counts = np.array([found[cell] for cell in cells], dtype=np.int64)
    true = np.array([[cell[0] == one for cell in cells] for one in classes], dtype=np.float64)
    told = np.array([[cell[1] == one for cell in cells] for one in classes], dtype=np.float64)

    def mean(drawn: Floats) -> Floats:
        hits, whole = drawn @ (true * told).T, drawn @ true.T + drawn @ told.T
        means: Floats = np.nanmean(np.where(drawn @ true.T > 0, ratio(2 * hits, whole), np.nan), axis=1)
        return means

    if not rows:
        return {"value": None, "low": None, "high": None}
    return asdict(resampled(counts, mean, seed=_SEED))


@dataclass(frozen=True, slots=True)
class ScoredText:
    """What a held-out reply costs before and after training, in nats a token: less is better."""

    before: float
    after: float
    slices: Mapping[str, str] = field(default_factory=dict)


def texts_measured(texts: Sequence[ScoredText], verdicts: Sequence[ScoredAnswer]) -> dict[str, Any]:
    """Return what replies cost before and after, over all and by slice; and a safeguard's verdicts, where there are."""
    inside: dict[tuple[str, str], list[ScoredReply]] = defaultdict(list)
    every = [ScoredReply(text.before, text.after, text.slices) for text in texts]
    for text in every:
        for by, value in text.slices.items():
            inside[by, value].append(text)
    return {
        "texts": len(texts),
        "cost": moved(every),
        "slices": [
            {"by": by, "value": value, "cost": moved(found)}
            for (by, value), found in sorted(inside.items())
            if len(found) >= _FEW
        ],
        "verdicts": answers_measured(verdicts) if verdicts else None,
    }


def _accuracy(rows: Sequence[ScoredAnswer]) -> dict[str, Any]:
    return moved([ScoredReply(float(row.before == row.truth), float(row.after == row.truth)) for row in rows])


def _loss(chance: float) -> float:
    return -log(min(max(chance, _LEAST_CHANCE), 1.0))
