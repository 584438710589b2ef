"""What showing a model's answer does to the people who see it: the tasks shown it against those that were not.

The lot decides which task is shown, so the two arms differ in nothing else. Tasks are the resampled unit of every
interval, within their arm; same rows and seed, same interval.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from annotation.domain.counts import RESAMPLES, Figure, Floats, interval_of

NO_TASKS = "No task of this arm has been answered yet."
NOTHING_KNOWN = "Of none of these posts is it known what is right."
NEVER_WRONG = "Where it is known what is right, the model never was wrong."
_BLOCK = 200


@dataclass(frozen=True, slots=True)
class Watched:
    """One answer to a clause for which a model had one, too.

    ``truth`` is what is held right without this answer: a known answer, or a decision that others made; None where
    there is neither.
    """

    is_shown: bool
    suggested: str
    answer: str
    truth: str | None
    active_ms: int


@dataclass(frozen=True, slots=True)
class Arm:
    """Figures of one arm; of the difference, shown less not shown.

    ``agreement``, ``accuracy`` and ``followed_wrong`` are shares, 0 to 1, their differences −1 to 1: how many
    answers are the model's; how many are right; how many are the model's where the model is wrong, which is where
    people follow it to their cost. ``median_ms``: time worked on a task.
    """

    tasks: int
    agreement: Figure
    accuracy: Figure
    followed_wrong: Figure
    median_ms: Figure


@dataclass(frozen=True, slots=True)
class Bias:
    """Both arms and what the one has over the other."""

    shown: Arm
    not_shown: Arm
    difference: Arm


@dataclass(frozen=True, slots=True)
class _Drawn:
    """One figure of an arm, and the same of every resample; NaN where it is not defined."""

    value: float
    resampled: Floats
    undefined_because: str


def bias_measured(rows: Sequence[Watched], *, seed: int = 0, resamples: int = RESAMPLES) -> Bias:
    """Return the figures of both arms and of their difference, with 95 % bootstrap intervals."""
    generator = np.random.default_rng(seed)
    shown = _arm([row for row in rows if row.is_shown], generator, resamples)
    hidden = _arm([row for row in rows if not row.is_shown], generator, resamples)
    apart = {
        name: _Drawn(
            shown[name].value - hidden[name].value,
            shown[name].resampled - hidden[name].resampled,
            hidden[name].undefined_because if np.isnan(hidden[name].value) else shown[name].undefined_because,
        )
        for name in shown
    }
    counts = [sum(row.is_shown for row in rows), sum(not row.is_shown for row in rows)]
    return Bias(_told(shown, counts[0]), _told(hidden, counts[1]), _told(apart, sum(counts)))


def _arm(rows: Sequence[Watched], generator: np.random.Generator, resamples: int) -> dict[str, _Drawn]:
    count = len(rows)
    is_model = np.array([row.answer == row.suggested for row in rows], dtype=np.float64)
    is_known = np.array([row.truth is not None for row in rows], dtype=np.float64)
    is_right = np.array([row.answer == row.truth for row in rows], dtype=np.float64)
    is_wrong = np.array(
        [row.truth is not None and row.suggested != row.truth for row in rows], dtype=np.float64
    )
    times = np.array([row.active_ms for row in rows], dtype=np.float64)
    everything = np.ones(count)
    why = NO_TASKS if count == 0 else NOTHING_KNOWN
    never = NEVER_WRONG if count and is_known.any() else why
    shares = {
        "agreement": (is_model, everything, NO_TASKS),
        "accuracy": (is_right, is_known, why),
        "followed_wrong": (is_model * is_wrong, is_wrong, never),
    }
    found = {name: np.full(resamples, np.nan) for name in (*shares, "median_ms")}
    for start in range(0, resamples if count else 0, _BLOCK):
        stop = min(start + _BLOCK, resamples)
        drawn = generator.integers(0, count, size=(stop - start, count))
        for name, (part, whole, _) in shares.items():
            found[name][start:stop] = _share(part[drawn].sum(axis=1), whole[drawn].sum(axis=1))
        found["median_ms"][start:stop] = np.median(times[drawn], axis=1)
    told = {
        name: _Drawn(float(_share(np.array([part.sum()]), np.array([whole.sum()]))[0]), found[name], because)
        for name, (part, whole, because) in shares.items()
    }
    middle = float(np.median(times)) if count else float("nan")
    return {**told, "median_ms": _Drawn(middle, found["median_ms"], NO_TASKS)}


def _share(part: Floats, whole: Floats) -> npt.NDArray[np.float64]:
    return np.asarray(np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0))


def _told(drawn: dict[str, _Drawn], tasks: int) -> Arm:
    figures = {name: _figure(one) for name, one in drawn.items()}
    return Arm(tasks=tasks, **figures)


def _figure(drawn: _Drawn) -> Figure:
    if np.isnan(drawn.value):
        return Figure(None, undefined_because=drawn.undefined_because)
    return Figure(drawn.value, *interval_of(drawn.resampled))
