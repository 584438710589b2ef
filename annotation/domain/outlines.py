"""Outlines of shapes on a picture: what they cover in common, and how far apart their edges run.

An outline is an array of shape (points, 2), x and y in pixels, closed from the last point to the first. Where it
crosses itself, what it covers follows the even-odd rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Region = Mapping[str, Any]

SCANLINES = 256
ELLIPSE_POINTS = 96
_RESAMPLED = 128

AREAS = frozenset({"box", "polygon", "ellipse"})
"""Kinds of evidence that cover an area and have an outline."""


def outline_of(region: Region) -> Floats:
    """Return the outline of a box, a polygon or an ellipse.

    Raises
    ------
    ValueError
        For a kind without an outline.
    """
    kind = region["kind"]
    if kind == "polygon":
        return np.asarray(region["points"], dtype=np.float64)
    if kind == "box":
        width, height = float(region["width"]), float(region["height"])
        corners = np.array([[0.0, 0.0], [width, 0.0], [width, height], [0.0, height]])
        return _placed(corners, region)
    if kind == "ellipse":
        angle = np.linspace(0, 2 * np.pi, ELLIPSE_POINTS, endpoint=False)
        # The points of an inscribed outline cover a little less than the ellipse: scaled to its area.
        grown = np.sqrt(2 * np.pi / (ELLIPSE_POINTS * np.sin(2 * np.pi / ELLIPSE_POINTS)))
        rim = grown * np.stack(
            [np.cos(angle) * float(region["radius_x"]), np.sin(angle) * float(region["radius_y"])], axis=1
        )
        return _placed(rim, region)
    raise ValueError(f"{kind} has no outline")


def outline_overlap(first: Floats, second: Floats) -> float:
    """Intersection over union of what two outlines cover, 0 to 1.

    Exact along each of `SCANLINES` rows and so good to some thousandths; deterministic.
    """
    top = min(first[:, 1].min(), second[:, 1].min())
    bottom = max(first[:, 1].max(), second[:, 1].max())
    if bottom <= top or not _boxes_meet(first, second):
        return 0.0
    rows = top + (np.arange(SCANLINES) + 0.5) * (bottom - top) / SCANLINES
    ours, theirs = crossings(first, rows), crossings(second, rows)
    edges = np.concatenate([ours, theirs], axis=1)
    order = np.argsort(edges, axis=1, kind="stable")
    is_ours = order < ours.shape[1]
    along = np.take_along_axis(edges, order, axis=1)
    in_first = np.cumsum(is_ours, axis=1) % 2 == 1
    in_second = np.cumsum(~is_ours, axis=1) % 2 == 1
    finite = np.where(np.isfinite(along), along, 0.0)
    length = np.where(np.isfinite(along[:, 1:]), np.diff(finite, axis=1), 0.0)
    shared = float((length * (in_first & in_second)[:, :-1]).sum())
    covered = float((length * (in_first | in_second)[:, :-1]).sum())
    return shared / covered if covered > 0 else 0.0


def outline_distance(points: Floats, outline: Floats, *, is_closed: bool = True) -> float:
    """The largest distance of ``points``, as a line, from ``outline``, in pixels; both are resampled evenly."""
    marks = resampled(points, is_closed=is_closed)
    ends = np.concatenate([outline, outline[:1]]) if is_closed else outline
    start, along = ends[:-1], np.diff(ends, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    furthest = 0.0
    for mark in marks:
        at = np.clip(((mark - start) * along).sum(axis=1) / length, 0, 1)
        gap = start + at[:, None] * along - mark
        furthest = max(furthest, float(np.sqrt((gap**2).sum(axis=1).min())))
    return furthest


def resampled(points: Floats, *, is_closed: bool, count: int = _RESAMPLED) -> Floats:
    """Return ``count`` points at equal distances along a line, its corners included when it has few."""
    ends = np.concatenate([points, points[:1]]) if is_closed else points
    step = np.sqrt((np.diff(ends, axis=0) ** 2).sum(axis=1))
    along = np.concatenate([[0.0], np.cumsum(step)])
    at = np.linspace(0, along[-1], count)
    if points.shape[0] <= count:
        at = np.union1d(at, along)
    return np.stack([np.interp(at, along, ends[:, 0]), np.interp(at, along, ends[:, 1])], axis=1)


def bounds_of(points: Floats) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of some points."""
    left, top = points.min(axis=0)
    right, bottom = points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)


def _placed(points: Floats, region: Region) -> Floats:
    """Points turned clockwise about the origin by the region's rotation, then moved to its place; y grows downwards."""
    angle = np.deg2rad(float(region.get("rotation") or 0.0))
    cosine, sine = np.cos(angle), np.sin(angle)
    turned = points @ np.array([[cosine, sine], [-sine, cosine]])
    return np.asarray(turned + np.array([region["x"], region["y"]], dtype=np.float64))


def crossings(outline: Floats, rows: Floats) -> Floats:
    """Where each row crosses the outline, ascending, shape (rows, most crossings); infinite where there are fewer."""
    following = np.roll(outline, -1, axis=0)
    x1, y1, x2, y2 = outline[:, 0], outline[:, 1], following[:, 0], following[:, 1]
    crosses = (y1[None, :] <= rows[:, None]) != (y2[None, :] <= rows[:, None])
    most = int(crosses.sum(axis=1).max(initial=0))
    slope = np.divide(x2 - x1, y2 - y1, out=np.zeros_like(x1), where=y2 != y1)
    x = np.where(crosses, x1[None, :] + (rows[:, None] - y1[None, :]) * slope[None, :], np.inf)
    return np.sort(x, axis=1)[:, :most]


def _boxes_meet(first: Floats, second: Floats) -> bool:
    left_a, top_a, right_a, bottom_a = bounds_of(first)
    left_b, top_b, right_b, bottom_b = bounds_of(second)
    return left_a < right_b and left_b < right_a and top_a < bottom_b and top_b < bottom_a
