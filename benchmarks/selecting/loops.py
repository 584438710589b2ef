"""The plain loops: every row measured against every pick, one pick at a time, in torch."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from active_learning.learners.strategies.protocol import Pool


def k_center_loop(vectors: np.ndarray, picks: int) -> list[int]:
    """Farthest first, from the row nearest the middle."""
    rows = torch.from_numpy(vectors)
    squares = rows.square().sum(dim=1)
    found = int((squares - 2 * (rows @ rows.mean(dim=0))).argmin())
    chosen, near = [found], torch.full((len(rows),), float("inf"))
    while len(chosen) < picks:
        near = torch.minimum(near, squares - 2 * (rows @ rows[found]) + squares[found])
        near[found] = -1.0
        found = int(near.argmax())
        chosen.append(found)
    return chosen


def radius(vectors: np.ndarray, picks: Sequence[int]) -> float:
    """The largest distance of a row to its nearest pick."""
    centers = vectors[list(picks)]
    squares = np.square(centers).sum(axis=1)
    most = 0.0
    for start in range(0, len(vectors), 8192):
        rows = vectors[start : start + 8192]
        away = np.square(rows).sum(axis=1) + (squares - 2 * (rows @ centers.T)).min(axis=1)
        most = max(most, float(away.max()))
    return float(np.sqrt(max(most, 0.0)))


def badge_loop(pool: Pool, picks: int, *, seed: int) -> list[int]:
    """The seeding of k-means++ on gradients, kept as their two factors."""
    random = np.random.default_rng(seed)
    rows = torch.from_numpy(pool.vectors)
    sides = torch.from_numpy(pool.probabilities.astype(np.float32))
    sides[torch.arange(len(sides)), sides.argmax(dim=1)] -= 1.0
    squares = rows.square().sum(dim=1) * sides.square().sum(dim=1)
    found = int(squares.argmax())
    chosen, near = [found], torch.full((len(rows),), float("inf"))
    while len(chosen) < picks:
        products = (rows @ rows[found]) * (sides @ sides[found])
        near = torch.minimum(near, (squares - 2 * products + squares[found]).clamp(min=0.0))
        near[chosen] = 0.0
        chances = near.double().cumsum(dim=0)
        found = int(torch.searchsorted(chances, float(random.random()) * float(chances[-1])))
        chosen.append(min(found, len(rows) - 1))
    return chosen


def ranked_loop(pool: Pool, picks: int, *, first: int) -> list[int]:
    """Ranked batch as modAL scores it, distances kept from pick to pick."""
    rows = torch.from_numpy(pool.vectors)
    squares = rows.square().sum(dim=1)
    unsure = torch.from_numpy(1.0 - pool.probabilities.round(6).max(axis=1)).float()
    chosen, near, found = [first], torch.full((len(rows),), float("inf")), first
    is_open = torch.ones(len(rows), dtype=torch.bool)
    while len(chosen) < picks:
        near = torch.minimum(near, (squares - 2 * (rows @ rows[found]) + squares[found]).clamp(min=0.0))
        is_open[found] = False
        alpha = (len(rows) - len(chosen)) / len(rows)
        scores = alpha * (1 - 1 / (1 + near.sqrt())) + (1 - alpha) * unsure
        found = int(torch.where(is_open, scores, -1.0).argmax())
        chosen.append(found)
    return chosen
