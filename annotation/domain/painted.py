"""Painted areas: what two cover in common, and the area most people painted.

A painted area is its stretches of pixels, an array of shape (stretches, 2) of half-open ranges of positions
``x * height + y``, ascending, as the label document's run lengths say them. Shapes drawn with other tools are
painted, too, to be compared: a pixel belongs to what its centre lies in.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from annotation.domain.masks import mask_intervals, runs_pack
from annotation.domain.outlines import Region, crossings, outline_of

Stretches = npt.NDArray[np.int64]
Size = tuple[int, int]


def size_of(region: Region) -> Size:
    """Height and width of the picture a mask was painted on."""
    height, width = region["size"]
    return int(height), int(width)


def painted(region: Region, size: Size) -> Stretches:
    """The stretches of a mask, or of a shape with an outline, on a picture of this size."""
    if region["kind"] == "mask":
        found = list(mask_intervals(size_of(region), region["counts"]))
        return np.array(found, dtype=np.int64).reshape(-1, 2)
    height, width = size
    outline = outline_of(region)[:, ::-1]
    columns = np.arange(width, dtype=np.int64)
    edges = crossings(outline, columns.astype(np.float64) + 0.5)
    edges = edges[:, : edges.shape[1] // 2 * 2]
    inside = np.isfinite(edges)
    rows = np.clip(np.ceil(np.where(inside, edges, 0.0) - 0.5), 0, height).astype(np.int64)
    stretches = (columns[:, None] * height + rows).reshape(-1, 2)
    stretches = stretches[inside.reshape(-1, 2).all(axis=1)]
    return stretches[stretches[:, 1] > stretches[:, 0]]


def painted_overlap(first: Stretches, second: Stretches) -> float:
    """Intersection over union of two painted areas, 0 to 1."""
    at, depth = _depths([first, second])
    if at.size < 2:
        return 0.0
    length = np.diff(at)
    covered = int(length[depth[:-1] >= 1].sum())
    return int(length[depth[:-1] == 2].sum()) / covered if covered else 0.0


def painted_by_most(areas: Sequence[Stretches]) -> Stretches:
    """What more than half painted; of two, what both did."""
    at, depth = _depths(areas)
    wanted = 2 * depth > len(areas)
    change = np.diff(np.concatenate([[0], wanted.astype(np.int64), [0]]))
    starts, ends = np.flatnonzero(change == 1), np.flatnonzero(change == -1)
    return np.stack([at[starts], at[np.minimum(ends, at.size - 1)]], axis=1) if starts.size else _NOTHING


def packed(stretches: Stretches, size: Size) -> str:
    """Run lengths of a painted area in the label document's form."""
    runs, at = [], 0
    for start, end in painted_by_most([stretches]).tolist():
        runs += [start - at, end - start]
        at = end
    rest = size[0] * size[1] - at
    return runs_pack([*runs, rest] if rest or not runs else runs)


def painted_bounds(stretches: Stretches, size: Size) -> npt.NDArray[np.float64]:
    """Left, top, right and bottom in pixels; nothing painted has none: four zeros."""
    if stretches.size == 0:
        return np.zeros(4)
    height = size[0]
    left, right = stretches[:, 0] // height, (stretches[:, 1] - 1) // height
    spans_columns = bool((left != right).any())
    top = 0 if spans_columns else (stretches[:, 0] % height).min()
    bottom = height if spans_columns else ((stretches[:, 1] - 1) % height).max() + 1
    return np.array([left.min(), top, right.max() + 1, bottom], dtype=np.float64)


_NOTHING: Stretches = np.zeros((0, 2), dtype=np.int64)


def _depths(areas: Sequence[Stretches]) -> tuple[Stretches, Stretches]:
    """Positions at which something begins or ends, ascending, and how many areas cover what follows each."""
    edges = np.concatenate([area.ravel() for area in areas])
    step = np.concatenate([np.tile([1, -1], area.shape[0]) for area in areas])
    at, which = np.unique(edges, return_inverse=True)
    change = np.bincount(which, weights=step, minlength=at.size)
    return at, np.cumsum(change).astype(np.int64)
