"""The outline of a sound: lowest and highest value per equal stretch of time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


class PeakOutline:
    """Collects an outline of bounded size from a sound of unknown length.

    Starts with fine stretches; whenever there are twice as many as allowed, neighbours are joined.

    Parameters
    ----------
    most
        Number of stretches to stay below.
    samples
        Samples per stretch at first.
    """

    def __init__(self, *, most: int, samples: int) -> None:
        self._most = most
        self.samples_per_peak = samples
        self._rest = np.empty(0, dtype=np.float32)
        self._low: list[NDArray[np.float32]] = []
        self._high: list[NDArray[np.float32]] = []
        self._count = 0

    def add(self, samples: NDArray[np.float32]) -> None:
        """Take the next samples of one channel, in −1 … 1."""
        joined = np.concatenate([self._rest, samples])
        whole = len(joined) // self.samples_per_peak * self.samples_per_peak
        self._rest = joined[whole:]
        if not whole:
            return
        rows = joined[:whole].reshape(-1, self.samples_per_peak)
        self._low.append(rows.min(axis=1))
        self._high.append(rows.max(axis=1))
        self._count += len(rows)
        while self._count >= 2 * self._most:
            self._halve()

    def as_json(self, *, rate_hz: int) -> dict[str, Any]:
        """Return the outline; values are whole numbers from −127 to 127."""
        low, high = self._joined()
        if len(self._rest):
            low = np.append(low, self._rest.min())
            high = np.append(high, self._rest.max())
        return {
            "rate_hz": rate_hz,
            "samples_per_peak": self.samples_per_peak,
            "low": np.clip(np.rint(low * 127), -127, 127).astype(int).tolist(),
            "high": np.clip(np.rint(high * 127), -127, 127).astype(int).tolist(),
        }

    def _joined(self) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        empty = np.empty(0, dtype=np.float32)
        return np.concatenate([empty, *self._low]), np.concatenate([empty, *self._high])

    def _halve(self) -> None:
        low, high = self._joined()
        if len(low) % 2:
            # The odd stretch is not complete at the new width; its extremes stand in for its samples.
            extremes = np.array([low[-1], high[-1]], dtype=np.float32)
            padding = np.resize(extremes, self.samples_per_peak)
            self._rest = np.concatenate([padding, self._rest])
            low, high = low[:-1], high[:-1]
        self._low = [low.reshape(-1, 2).min(axis=1)]
        self._high = [high.reshape(-1, 2).max(axis=1)]
        self._count = len(low) // 2
        self.samples_per_peak *= 2
