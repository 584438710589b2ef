"""Which regions of several people mean the same thing, and the one region they come to.

Regions are compared pairwise: boxes and ranges by intersection over union, text by the characters shared,
marks that have no extent by being equal. Pairs are joined from the most alike downwards, and a group never
holds two regions of one person, so two boxes someone drew side by side stay two.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import median
from typing import Any

SIMILARITY_MIN = 0.5

Region = Mapping[str, Any]
"""One piece of evidence as in the label document (JSON data)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A region and the person who marked it."""

    person_id: str
    region: Region


@dataclass(frozen=True, slots=True)
class Merged:
    """A region several people meant. ``spread`` is the largest distance of anybody's edge from the merged
    edge.
    """

    region: dict[str, Any]
    people: tuple[str, ...]
    spread: float


def regions_merged(marks: Sequence[Marked], *, similarity_min: float = SIMILARITY_MIN) -> list[Merged]:
    """Group the marks of several people and merge each group, best supported first, then in order of
    marking.
    """
    groups = _grouped(marks, similarity_min)
    merged = [_merged([marks[index] for index in group]) for group in groups]
    return sorted(merged, key=lambda entry: -len(entry.people))


def similarity(first: Region, second: Region) -> float:
    """How alike two regions are, from 0 (nothing in common, or of different kinds or places) to 1 (the
    same).
    """
    if first["kind"] != second["kind"] or _place(first) != _place(second):
        return 0.0
    kind = first["kind"]
    if kind == "box" and not first.get("rotation") and not second.get("rotation"):
        return _box_overlap(first, second)
    if kind == "text_span":
        return _range_overlap(first["start"], first["end"], second["start"], second["end"])
    if kind == "time_range":
        return _range_overlap(first["start_us"], first["end_us"], second["start_us"], second["end_us"])
    return 1.0 if _shape(first) == _shape(second) else 0.0


def _place(region: Region) -> tuple[Any, ...]:
    """What must be equal for two regions to be comparable: the part, and the frame they stand on."""
    return region.get("part_id"), region.get("asset_sha256"), region.get("frame")


def _shape(region: Region) -> dict[str, Any]:
    return {key: value for key, value in region.items() if key != "id"}


def _range_overlap(start_a: float, end_a: float, start_b: float, end_b: float) -> float:
    shared = min(end_a, end_b) - max(start_a, start_b)
    spanned = max(end_a, end_b) - min(start_a, start_b)
    return max(shared, 0) / spanned if spanned > 0 else 0.0


def _box_overlap(first: Region, second: Region) -> float:
    width = min(first["x"] + first["width"], second["x"] + second["width"]) - max(first["x"], second["x"])
    height = min(first["y"] + first["height"], second["y"] + second["height"]) - max(first["y"], second["y"])
    if width <= 0 or height <= 0:
        return 0.0
    shared = float(width * height)
    return shared / float(first["width"] * first["height"] + second["width"] * second["height"] - shared)


def _grouped(marks: Sequence[Marked], similarity_min: float) -> list[list[int]]:
    pairs = [
        (-similarity(marks[a].region, marks[b].region), a, b)
        for a, b in combinations(range(len(marks)), 2)
        if marks[a].person_id != marks[b].person_id
    ]
    group_of = {index: [index] for index in range(len(marks))}
    for unlikeness, a, b in sorted(pairs):
        if -unlikeness < similarity_min:
            break
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
    first = {key: value for key, value in group[0].region.items() if key not in ("id", "quote")}
    people = tuple(sorted({mark.person_id for mark in group}))
    edges = _edges(first)
    if not edges or len(group) == 1:
        return Merged(first, people, 0.0)
    columns = [[mark.region[edge] for mark in group] for edge in edges]
    if first["kind"] == "box":
        return _merged_box(first, group, people)
    middles = [_middle_observed(column) for column in columns]
    spread = max(
        abs(value - middle) for column, middle in zip(columns, middles, strict=True) for value in column
    )
    nearest = dict(zip(edges, middles, strict=True))
    return Merged({**first, **nearest, **_frames_of(nearest, group)}, people, float(spread))


def _merged_box(first: dict[str, Any], group: Sequence[Marked], people: tuple[str, ...]) -> Merged:
    lefts = [mark.region["x"] for mark in group]
    tops = [mark.region["y"] for mark in group]
    rights = [mark.region["x"] + mark.region["width"] for mark in group]
    bottoms = [mark.region["y"] + mark.region["height"] for mark in group]
    left, top, right, bottom = (float(median(edge)) for edge in (lefts, tops, rights, bottoms))
    spread = max(
        abs(value - middle)
        for column, middle in ((lefts, left), (tops, top), (rights, right), (bottoms, bottom))
        for value in column
    )
    box = {**first, "x": left, "y": top, "width": right - left, "height": bottom - top}
    return Merged(box, people, float(spread))


def _edges(region: Region) -> tuple[str, ...]:
    if region["kind"] == "box" and not region.get("rotation"):
        return ("x", "y", "width", "height")
    return {"text_span": ("start", "end"), "time_range": ("start_us", "end_us")}.get(region["kind"], ())


def _middle_observed(values: Sequence[int]) -> int:
    """The lower median: an edge somebody set, so it stays on a character or a frame."""
    return sorted(values)[(len(values) - 1) // 2]


def _frames_of(edges: Mapping[str, int], group: Sequence[Marked]) -> dict[str, int]:
    """The frames that belong to merged times, taken from whoever set that time."""
    frames: dict[str, int] = {}
    for time_key, frame_key in (("start_us", "start_frame"), ("end_us", "end_frame")):
        for mark in group:
            if time_key in edges and mark.region[time_key] == edges[time_key]:
                frame = mark.region.get(frame_key)
                if frame is not None:
                    frames[frame_key] = frame
                break
    return frames
