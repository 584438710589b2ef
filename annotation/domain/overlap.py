"""How alike two pieces of evidence are, 0 to 1: by what they cover in common.

Shapes by intersection over union, whatever tool drew them; ranges by the time shared, spans by the characters
shared, tracks frame by frame; points and lines by how near they lie, a half at about 19 pixels. What has no extent
is alike when it is equal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from annotation.domain.outlines import (
    AREAS,
    Floats,
    Region,
    bounds_of,
    outline_of,
    outline_overlap,
    resampled,
)
from annotation.domain.painted import painted, painted_bounds, painted_overlap, size_of
from annotation.domain.trails import POINT_REACH_PX, track_bounds, track_overlap

_RANGES = {"text_span": ("start", "end"), "time_range": ("start_us", "end_us")}
_WITHOUT_MEANING = frozenset({"id", "quote", "note", "is_occluded", "is_truncated"})
_ROWS_AT_ONCE = 256

COVERING = AREAS | {"mask"}
"""Kinds of evidence that cover an area, and so can be compared whichever tool drew them."""


def similarity(first: Region, second: Region) -> float:
    """How alike two regions are, from 0 (nothing in common, or of different sorts or places) to 1 (the same)."""
    if _family(first) != _family(second):
        return 0.0
    kind = first["kind"]
    if kind in COVERING:
        return _shapes_alike(first, second)
    if kind in _RANGES:
        return float(_box_overlaps(_bounds(first)[None], _bounds(second)[None])[0, 0])
    if kind == "track":
        return track_overlap(first, second)
    if kind == "point":
        gap = (first["x"] - second["x"]) ** 2 + (first["y"] - second["y"]) ** 2
        return float(np.exp(-gap / (2 * POINT_REACH_PX**2)))
    if kind == "polyline":
        return _lines_alike(first, second)
    return 1.0 if _meaning(first) == _meaning(second) else 0.0


def similar_pairs(
    regions: Sequence[Region], people: Sequence[str], *, similarity_min: float
) -> Iterator[tuple[float, int, int]]:
    """Yield (similarity, a, b) for each two regions of different people that are at least so alike, a < b.

    Only regions whose bounds meet are looked at closely, and boxes, ranges and spans are compared in bulk, so
    that thousands of boxes take a second and not an hour.
    """
    families: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for index, region in enumerate(regions):
        families[_family(region)].append(index)
    for members in families.values():
        bounds = np.stack([_bounds(regions[index]) for index in members])
        order = np.argsort(bounds[:, 0], kind="stable")
        yield from _pairs_along(
            bounds[order], [members[index] for index in order], regions, people, similarity_min
        )


def _pairs_along(
    bounds: Floats,
    members: Sequence[int],
    regions: Sequence[Region],
    people: Sequence[str],
    similarity_min: float,
) -> Iterator[tuple[float, int, int]]:
    """Pairs within one family, its members from left to right: nothing right of a row's right edge can meet it."""
    is_exact = np.array([_is_exact(regions[index]) for index in members])
    who = np.array([people[index] for index in members])
    for start in range(0, len(members), _ROWS_AT_ONCE):
        rows = slice(start, start + _ROWS_AT_ONCE)
        end = int(np.searchsorted(bounds[:, 0], bounds[rows, 2].max(), side="right"))
        columns = slice(start, max(end, start + 1))
        overlap = _box_overlaps(bounds[rows], bounds[columns])
        exact = is_exact[rows, None] & is_exact[None, columns]
        wanted = np.where(exact, overlap >= similarity_min, _meet(bounds[rows], bounds[columns]))
        wanted &= np.triu(np.ones(wanted.shape, dtype=bool), 1) & (who[rows, None] != who[None, columns])
        for row, column in zip(*np.nonzero(wanted), strict=True):
            a, b = sorted((members[start + int(row)], members[start + int(column)]))
            alike = float(overlap[row, column]) if exact[row, column] else similarity(regions[a], regions[b])
            if alike >= similarity_min:
                yield alike, a, b


def _shapes_alike(first: Region, second: Region) -> float:
    if _is_plain(first) and _is_plain(second):
        return float(_box_overlaps(_bounds(first)[None], _bounds(second)[None])[0, 0])
    masks = [region for region in (first, second) if region["kind"] == "mask"]
    if not masks:
        return outline_overlap(outline_of(first), outline_of(second))
    size = size_of(masks[0])
    if any(size_of(mask) != size for mask in masks):
        return 0.0
    return painted_overlap(painted(first, size), painted(second, size))


def _family(region: Region) -> tuple[Any, ...]:
    """What must be equal for two regions to be comparable: the sort, the part, and the frame they stand on."""
    kind = region["kind"]
    sort = "area" if kind in COVERING else kind
    return sort, region.get("part_id"), region.get("asset_sha256"), region.get("frame")


def _is_plain(region: Region) -> bool:
    return region["kind"] == "box" and not region.get("rotation")


def _is_exact(region: Region) -> bool:
    """Whether comparing bounds is comparing the regions."""
    return _is_plain(region) or region["kind"] in _RANGES


def _bounds(region: Region) -> Floats:
    """Left, top, right, bottom; a range has a height of 1, and what has no place the same bounds as its like."""
    kind = region["kind"]
    if _is_plain(region):
        x, y = float(region["x"]), float(region["y"])
        return np.array([x, y, x + float(region["width"]), y + float(region["height"])])
    if kind in _RANGES:
        start, end = _RANGES[kind]
        return np.array([region[start], 0.0, region[end], 1.0])
    if kind in AREAS:
        return np.array(bounds_of(outline_of(region)))
    if kind == "mask":
        return painted_bounds(painted(region, size_of(region)), size_of(region))
    if kind == "track":
        return np.array(track_bounds(region))
    if kind in ("point", "polyline"):
        reach = 3 * POINT_REACH_PX
        points = region["points"] if kind == "polyline" else [[region["x"], region["y"]]]
        left, top, right, bottom = bounds_of(np.asarray(points, dtype=np.float64))
        return np.array([left - reach, top - reach, right + reach, bottom + reach])
    return np.array([0.0, 0.0, 1.0, 1.0])


def _meet(first: Floats, second: Floats) -> np.ndarray:
    low = np.maximum(first[:, None, :2], second[None, :, :2])
    high = np.minimum(first[:, None, 2:], second[None, :, 2:])
    return np.asarray((high > low).all(axis=2))


def _box_overlaps(first: Floats, second: Floats) -> Floats:
    """Intersection over union of each two bounds, shape (first, second)."""
    width = np.minimum(first[:, None, 2], second[None, :, 2]) - np.maximum(
        first[:, None, 0], second[None, :, 0]
    )
    height = np.minimum(first[:, None, 3], second[None, :, 3]) - np.maximum(
        first[:, None, 1], second[None, :, 1]
    )
    shared = np.clip(width, 0, None) * np.clip(height, 0, None)
    ours = (first[:, 2] - first[:, 0]) * (first[:, 3] - first[:, 1])
    theirs = (second[:, 2] - second[:, 0]) * (second[:, 3] - second[:, 1])
    covered = ours[:, None] + theirs[None, :] - shared
    return np.asarray(np.where(covered > 0, shared / np.where(covered > 0, covered, 1), 0.0))


def _lines_alike(first: Region, second: Region) -> float:
    """By the mean distance of each line's points from the other line, whichever way it was drawn."""
    ours = resampled(np.asarray(first["points"], dtype=np.float64), is_closed=False, count=64)
    theirs = resampled(np.asarray(second["points"], dtype=np.float64), is_closed=False, count=64)
    gaps = np.sqrt(((ours[:, None] - theirs[None]) ** 2).sum(axis=2))
    mean = (gaps.min(axis=1).mean() + gaps.min(axis=0).mean()) / 2
    return float(np.exp(-(mean**2) / (2 * POINT_REACH_PX**2)))


def _meaning(region: Region) -> dict[str, Any]:
    return {key: value for key, value in region.items() if key not in _WITHOUT_MEANING}
