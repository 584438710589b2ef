"""k-center on a card: every row is measured against every pick, which there takes as long as reading the rows.

The picks are those of `FarthestFirst`: a pick that float32 can tell from all others is taken as it is, rows that are
within the noise of the farthest are decided in float64.
"""

from __future__ import annotations

import numpy as np
import torch

from active_learning.learners.arrays import Indices, Vectors
from active_learning.learners.rows import Rows
from active_learning.learners.strategies.farthest import (
    CENTERS_AT_ONCE,
    EXACT_DECIMALS,
    MOST_TIED,
    ROWS_AT_ONCE,
    DistanceWorth,
    ExactDistances,
    FarthestFirst,
)

_FREE_SHARE = 0.9
_NUMBER_BYTES = 4


def fits_on(device: torch.device, rows: int, dim: int) -> bool:
    """Whether a card has room for so many rows, and what is kept beside them; the CPU is no card."""
    if device.type != "cuda":
        return False
    free, _ = torch.cuda.mem_get_info(device)
    return rows * (dim + 8) * _NUMBER_BYTES < free * _FREE_SHARE


class FarthestOnDevice(FarthestFirst):
    """`FarthestFirst` by distance alone, its rows in the memory of ``device`` as float32; parameters as there."""

    def __init__(self, vectors: Rows, order: Indices, *, answered: Vectors, device: torch.device) -> None:
        super().__init__(vectors, order, answered=answered, worth=DistanceWorth())
        self._exact = ExactDistances(lambda place: self._rows(np.array([place]))[0], answered)
        total, self._device = len(order), device
        self._on_device = torch.empty((total, vectors.shape[1]), dtype=torch.float32, device=device)
        for start in range(0, total, ROWS_AT_ONCE):
            rows = self._rows(np.arange(start, min(start + ROWS_AT_ONCE, total)))
            self._on_device[start : start + len(rows)] = torch.from_numpy(np.ascontiguousarray(rows))
        self._lengths = torch.from_numpy(self._squares).to(device)
        self._away = torch.full((total,), float("inf"), device=device)

    def _measure_answered(self) -> None:
        known = torch.from_numpy(np.ascontiguousarray(self._answered, dtype=np.float32)).to(self._device)
        squares = known.square().sum(dim=1)
        for start in range(0, len(self._order), ROWS_AT_ONCE):
            part = slice(start, start + ROWS_AT_ONCE)
            for first in range(0, len(known), CENTERS_AT_ONCE):
                centers = slice(first, first + CENTERS_AT_ONCE)
                away = squares[centers] - 2.0 * (self._on_device[part] @ known[centers].T)
                nearest = (away.min(dim=1).values + self._lengths[part]).clamp_(min=0.0)
                self._away[part] = torch.minimum(self._away[part], nearest)

    def _take(self, row: int) -> None:
        super()._take(row)
        away = torch.mv(self._on_device, self._on_device[row]).mul_(-2.0)
        away += self._lengths
        away += self._lengths[row]
        torch.minimum(self._away, away.clamp_(min=0.0), out=self._away)
        # Below every distance: what is taken is never the farthest again.
        self._away[row] = -float("inf")

    def _pick(self, count: int) -> None:
        while len(self._taken) < count:
            farthest = self._away.max()
            close = torch.nonzero(self._away >= farthest - 2 * self._noise).ravel()[:MOST_TIED]
            rows: Indices = close.cpu().numpy()
            self._take(int(rows[0]) if len(rows) == 1 else self._farthest_of(rows))

    def _farthest_of(self, close: Indices) -> int:
        """Return the farthest of rows that float32 cannot tell apart; the first of several."""
        near = self._away[torch.from_numpy(close).to(self._device)].cpu().numpy()
        squared = self._exact_squared(self._exact, close, near, len(self._taken))
        return int(close[squared.round(EXACT_DECIMALS).argmax()])
