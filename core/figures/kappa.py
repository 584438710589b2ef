"""Agreement beyond chance, with its interval."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.figures.intervals import Floats, Measured, ratio, resampled


def kappa_measured(confusion: Mapping[tuple[str, str], int], *, seed: int) -> Measured:
    """Return Cohen's κ (1960) of a table of (one, other) → things, with a percentile interval.

    Not defined without things, or where both know one and the same answer only; resamples in which it is not defined
    are left out of the interval.
    """
    answers = sorted({answer for cell in confusion for answer in cell})
    place = {answer: number for number, answer in enumerate(answers)}
    cells = np.array([place[one] * len(answers) + place[other] for one, other in confusion], dtype=np.int64)
    counts = np.array(list(confusion.values()), dtype=np.int64)

    def kappas(drawn: Floats) -> Floats:
        tables = np.zeros((drawn.shape[0], len(answers) ** 2))
        tables[:, cells] = drawn
        square = tables.reshape(-1, len(answers), len(answers))
        totals = square.sum(axis=(1, 2))
        seen = np.trace(square, axis1=1, axis2=2) / totals
        chance = (square.sum(axis=1) * square.sum(axis=2)).sum(axis=1) / totals**2
        return ratio(seen - chance, 1 - chance)

    return resampled(counts, kappas, seed=seed)
