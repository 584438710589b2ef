"""Which regions of several people mean the same thing, and the one region they come to.

Regions are compared pairwise (`annotation.domain.overlap`). Pairs are joined from the most alike downwards, and a
group never holds two regions of one person, so two boxes someone drew side by side stay two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Any

import numpy as np

from annotation.domain.outlines import AREAS, Region, outline_distance, outline_of
from annotation.domain.overlap import similar_pairs, similarity
from annotation.domain.painted import packed, painted, painted_bounds, painted_by_most, size_of
from annotation.domain.trails import shape_of, tracks_merged

SIMILARITY_MIN = 0.5

__all__ = ["SIMILARITY_MIN", "Marked", "Merged", "regions_merged", "similarity"]


@dataclass(frozen=True, slots=True)
class Marked:
    """A region and the person who marked it."""

    person_id: str
    region: Region


@dataclass(frozen=True, slots=True)
class Merged:
    """A region several people meant.

    ``spread``: the largest distance of anybody's edge from the merged edge, in the region's own unit: pixels,
    microseconds or characters; 0 for one person alone. ``overlap``: the least alike two of them are, 0 to 1.
    """

    region: dict[str, Any]
    people: tuple[str, ...]
    spread: float
    overlap: float = 1.0


def regions_merged(marks: Sequence[Marked], *, similarity_min: float = SIMILARITY_MIN) -> list[Merged]:
    """Group the marks of several people and merge each group, best supported first, then in order of
    marking.

    Boxes, ranges, spans, points and tracks of boxes and points become the median of their edges, painted areas
    what most painted; of outlines, lines and turned boxes the one most like the others stands for all, since a
    mean of outlines is one that nobody drew.
    """
    groups = _grouped(marks, similarity_min)
    merged = [_merged([marks[index] for index in group]) for group in groups]
    return sorted(merged, key=lambda entry: -len(entry.people))


def _grouped(marks: Sequence[Marked], similarity_min: float) -> list[list[int]]:
    pairs = similar_pairs(
        [mark.region for mark in marks], [mark.person_id for mark in marks], similarity_min=similarity_min
    )
    group_of = {index: [index] for index in range(len(marks))}
    for _, a, b in sorted((-alike, a, b) for alike, a, b in pairs):
        first, second = group_of[a], group_of[b]
        people = {marks[index].person_id for index in first}
        if first is second or any(marks[index].person_id in people for index in second):
            continue
        joined = sorted(first + second)
        for index in joined:
            group_of[index] = joined
    distinct: dict[int, list[int]] = {group[0]: group for group in group_of.values()}
    return [distinct[key] for key in sorted(distinct)]


def _merged(group: Sequence[Marked]) -> Merged:
    people = tuple(sorted({mark.person_id for mark in group}))
    regions = [mark.region for mark in group]
    if len(group) == 1:
        return Merged(_bare(regions[0]), people, 0.0)
    overlap = min(similarity(a, b) for a, b in combinations(regions, 2))
    region, spread = _combined(regions)
    return Merged(region, people, spread, round(overlap, 6))


def _combined(regions: Sequence[Region]) -> tuple[dict[str, Any], float]:
    """The region for several that mean the same, and the spread."""
    first = _bare(regions[0])
    kinds = {region["kind"] for region in regions}
    if kinds == {"box"} and not any(region.get("rotation") for region in regions):
        return _boxes_combined(first, regions)
    if kinds == {"point"}:
        x, y = (float(median(region[name] for region in regions)) for name in ("x", "y"))
        spread = max(float(np.hypot(region["x"] - x, region["y"] - y)) for region in regions)
        return {**first, "x": x, "y": y}, spread
    if kinds == {"track"} and shape_of(first) != "polygon" and not _is_turned(regions):
        keyframes, spread = tracks_merged(regions)
        return {**first, "keyframes": keyframes}, spread
    if "mask" in kinds:
        return _masks_combined(regions)
    if kinds <= AREAS or kinds == {"polyline"}:
        return _central(regions)
    if kinds == {"track"}:
        return _bare(_most_like_the_others(regions)), 0.0
    return _ranges_combined(first, regions)


def _is_turned(tracks: Sequence[Region]) -> bool:
    return any(key.get("rotation") for track in tracks for key in track["keyframes"])


def _boxes_combined(first: dict[str, Any], regions: Sequence[Region]) -> tuple[dict[str, Any], float]:
    edges = [
        [region["x"] for region in regions],
        [region["y"] for region in regions],
        [region["x"] + region["width"] for region in regions],
        [region["y"] + region["height"] for region in regions],
    ]
    middles = [float(median(column)) for column in edges]
    left, top, right, bottom = middles
    spread = max(
        abs(value - middle) for column, middle in zip(edges, middles, strict=True) for value in column
    )
    return {**first, "x": left, "y": top, "width": right - left, "height": bottom - top}, float(spread)


def _central(regions: Sequence[Region]) -> tuple[dict[str, Any], float]:
    """The region most like the others, and how far the others' lines run from its own."""
    chosen = _most_like_the_others(regions)
    is_closed = chosen["kind"] != "polyline"

    def line(region: Region) -> Any:
        return outline_of(region) if is_closed else np.asarray(region["points"], dtype=np.float64)

    spread = max(outline_distance(line(region), line(chosen), is_closed=is_closed) for region in regions)
    return _bare(chosen), float(spread)


def _masks_combined(regions: Sequence[Region]) -> tuple[dict[str, Any], float]:
    """What most of them cover, painted; the spread is that of the areas' bounds."""
    mask = next(region for region in regions if region["kind"] == "mask")
    size = size_of(mask)
    areas = [painted(region, size) for region in regions]
    common = painted_by_most(areas)
    bounds = painted_bounds(common, size)
    spread = max(float(np.abs(painted_bounds(area, size) - bounds).max()) for area in areas)
    return {**_bare(mask), "counts": packed(common, size)}, spread


def _most_like_the_others(regions: Sequence[Region]) -> Region:
    """The one with the highest mean similarity; of equals the first marked."""
    alike = [sum(similarity(region, other) for other in regions if other is not region) for region in regions]
    return regions[max(range(len(regions)), key=lambda index: (round(alike[index], 9), -index))]


def _ranges_combined(first: dict[str, Any], regions: Sequence[Region]) -> tuple[dict[str, Any], float]:
    """Edges that somebody set, so that they stay on a character or a frame; what has none stays as it is."""
    edges = {"text_span": ("start", "end"), "time_range": ("start_us", "end_us")}.get(first["kind"], ())
    if not edges:
        return first, 0.0
    columns = [[region[edge] for region in regions] for edge in edges]
    middles = [_middle_observed(column) for column in columns]
    spread = max(
        abs(value - middle) for column, middle in zip(columns, middles, strict=True) for value in column
    )
    nearest = dict(zip(edges, middles, strict=True))
    return {**first, **nearest, **_frames_of(nearest, regions)}, float(spread)


def _middle_observed(values: Sequence[int]) -> int:
    """The lower median: an edge somebody set."""
    return sorted(values)[(len(values) - 1) // 2]


def _frames_of(edges: Mapping[str, int], regions: Sequence[Region]) -> dict[str, int]:
    """The frames that belong to merged times, taken from whoever set that time."""
    frames: dict[str, int] = {}
    for time_key, frame_key in (("start_us", "start_frame"), ("end_us", "end_frame")):
        for region in regions:
            if time_key in edges and region[time_key] == edges[time_key]:
                frame = region.get(frame_key)
                if frame is not None:
                    frames[frame_key] = frame
                break
    return frames


def _bare(region: Region) -> dict[str, Any]:
    return {key: value for key, value in region.items() if key not in ("id", "quote", "origin")}
