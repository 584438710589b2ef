"""Things followed through a video: where they stand frame by frame, how alike two are, what several come to.

Between two keyframes a thing moves evenly in time, and from a keyframe outside to the next it is not in the
picture, as the label document says. The time of a frame that nobody set a keyframe on is taken to lie evenly
between the frames that somebody did.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from annotation.domain.outlines import Floats, Region, bounds_of, outline_of, outline_overlap

FRAMES_MAX = 512
"""Longer tracks are compared on so many frames, evenly spread."""

OUTLINE_FRAMES_MAX = 48
POINT_REACH_PX = 16.0
Shape = Literal["box", "polygon", "point"]


def shape_of(track: Region) -> Shape:
    """Tell what a track follows."""
    first = track["keyframes"][0]
    if "points" in first:
        return "polygon"
    return "box" if "width" in first else "point"


def track_overlap(first: Region, second: Region) -> float:
    """How alike two tracks of one shape are, 0 to 1: what they cover in common over what either does, all frames.

    A frame on which only one of them is in the picture counts against them. Points count as covering a circle
    that fades with distance.
    """
    shape = shape_of(first)
    if shape != shape_of(second):
        return 0.0
    times = _clock([first, second])
    frames = _frames([first, second], OUTLINE_FRAMES_MAX if _is_slow(first, second) else FRAMES_MAX)
    at = np.interp(frames, times[0], times[1])
    seen_a, seen_b = _seen(first, frames), _seen(second, frames)
    if shape == "point":
        gap = ((_numbers(first, at, frames) - _numbers(second, at, frames)) ** 2).sum(axis=1)
        alike = np.exp(-gap / (2 * POINT_REACH_PX**2)) * (seen_a & seen_b)
        return float(alike.sum() / max((seen_a | seen_b).sum(), 1))
    if _is_slow(first, second):
        return _outlines_overlap(first, second, frames, at, seen_a, seen_b)
    a, b = _numbers(first, at, frames), _numbers(second, at, frames)
    shared = _shared_areas(a, b) * (seen_a & seen_b)
    covered = a[:, 2] * a[:, 3] * seen_a + b[:, 2] * b[:, 3] * seen_b - shared
    total = float(covered.sum())
    return float(shared.sum()) / total if total > 0 else 0.0


def tracks_merged(tracks: Sequence[Region]) -> tuple[list[dict[str, Any]], float]:
    """The keyframes several tracks of boxes or points come to, and their spread in pixels.

    They stand on every frame somebody set a keyframe on. Each number is the median over those who have the thing
    in the picture there; it is outside where most have it so. Spread: the largest distance of anybody's number
    from the median, on these frames.
    """
    frames = np.array(sorted({key["frame"] for track in tracks for key in track["keyframes"]}))
    times, clock = _clock(tracks)
    at = np.interp(frames, times, clock)
    numbers = np.stack([_numbers(track, at, frames) for track in tracks])
    seen = np.stack([_seen(track, frames) for track in tracks])
    names = ("x", "y", "width", "height") if shape_of(tracks[0]) == "box" else ("x", "y")
    keyframes, spread = [], 0.0
    for index, frame in enumerate(frames):
        here = seen[:, index]
        among = numbers[here, index] if here.any() else numbers[:, index]
        middle = np.median(among, axis=0)
        if here.any():
            spread = max(spread, float(np.abs(_edges(among) - _edges(middle[None])).max()))
        keyframe: dict[str, Any] = {"frame": int(frame), "pts_us": round(float(at[index]))}
        keyframe |= {name: float(value) for name, value in zip(names, middle, strict=True)}
        keyframe["is_occluded"] = _most_say(tracks, here, int(frame), "is_occluded")
        keyframe["is_outside"] = bool(2 * here.sum() < len(tracks))
        keyframes.append(keyframe)
    return keyframes, spread


def _is_slow(first: Region, second: Region) -> bool:
    """Whether frames need outlines: polygons, and boxes that are turned."""
    keys = [key for track in (first, second) for key in track["keyframes"]]
    return "points" in keys[0] or any(key.get("rotation") for key in keys)


def _clock(tracks: Sequence[Region]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Frames with a keyframe, ascending, and the time of each."""
    told = {key["frame"]: key["pts_us"] for track in tracks for key in track["keyframes"]}
    frames = np.array(sorted(told))
    return frames, np.array([told[int(frame)] for frame in frames])


def _frames(tracks: Sequence[Region], most: int) -> npt.NDArray[np.int64]:
    first = min(track["keyframes"][0]["frame"] for track in tracks)
    last = max(track["keyframes"][-1]["frame"] for track in tracks)
    count = min(last - first + 1, most)
    return np.unique(np.linspace(first, last, count).round().astype(np.int64))


def _seen(track: Region, frames: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether the thing is in the picture on each frame."""
    keys = np.array([key["frame"] for key in track["keyframes"]])
    outside = np.array([bool(key.get("is_outside")) for key in track["keyframes"]])
    index = np.searchsorted(keys, frames, side="right") - 1
    within = (frames >= keys[0]) & (frames <= keys[-1])
    return np.asarray(within & ~outside[np.maximum(index, 0)])


def _numbers(track: Region, at: Floats, frames: npt.NDArray[np.int64]) -> Floats:
    """Left, top, width and height of a box, or x and y of a point, on each frame."""
    names = ("x", "y", "width", "height") if shape_of(track) == "box" else ("x", "y")
    times = np.array([key["pts_us"] for key in track["keyframes"]], dtype=np.float64)
    columns = [np.array([key[name] for key in track["keyframes"]], dtype=np.float64) for name in names]
    return np.stack([np.interp(at, times, column) for column in columns], axis=1)


def _edges(numbers: Floats) -> Floats:
    """Left, top, right, bottom of boxes; points as they are."""
    if numbers.shape[1] == 2:
        return numbers
    return np.concatenate([numbers[:, :2], numbers[:, :2] + numbers[:, 2:]], axis=1)


def _shared_areas(first: Floats, second: Floats) -> Floats:
    corner = np.minimum(first[:, :2] + first[:, 2:], second[:, :2] + second[:, 2:])
    sides = np.clip(corner - np.maximum(first[:, :2], second[:, :2]), 0, None)
    return np.asarray(sides[:, 0] * sides[:, 1])


def _outlines_overlap(
    first: Region,
    second: Region,
    frames: npt.NDArray[np.int64],
    at: Floats,
    seen_a: npt.NDArray[np.bool_],
    seen_b: npt.NDArray[np.bool_],
) -> float:
    """Mean overlap of the outlines over the frames on which either is in the picture."""
    total, counted = 0.0, 0
    for index in range(frames.size):
        if not (seen_a[index] or seen_b[index]):
            continue
        counted += 1
        if seen_a[index] and seen_b[index]:
            total += outline_overlap(
                outline_at(first, float(at[index]), int(frames[index])),
                outline_at(second, float(at[index]), int(frames[index])),
            )
    return total / counted if counted else 0.0


def outline_at(track: Region, time_us: float, frame: int) -> Floats:
    """The outline of a tracked box or polygon on a frame; before its first keyframe as there."""
    keys = track["keyframes"]
    index = max(int(np.searchsorted([key["frame"] for key in keys], frame, side="right")) - 1, 0)
    before, after = keys[index], keys[min(index + 1, len(keys) - 1)]
    ours, theirs = _key_outline(before), _key_outline(after)
    if ours.shape != theirs.shape or before is after:
        return ours
    share = (time_us - before["pts_us"]) / max(after["pts_us"] - before["pts_us"], 1)
    return np.asarray(ours + min(max(share, 0.0), 1.0) * (theirs - ours))


def track_bounds(track: Region) -> tuple[float, float, float, float]:
    """Left, top, right and bottom over all keyframes, points with their reach."""
    if shape_of(track) == "point":
        spots = np.array([[key["x"], key["y"]] for key in track["keyframes"]], dtype=np.float64)
        left, top, right, bottom = bounds_of(spots)
        reach = 3 * POINT_REACH_PX
        return left - reach, top - reach, right + reach, bottom + reach
    return bounds_of(np.concatenate([_key_outline(key) for key in track["keyframes"]]))


def _key_outline(key: Region) -> Floats:
    return outline_of({"kind": "polygon" if "points" in key else "box", **key})


def _most_say(tracks: Sequence[Region], here: npt.NDArray[np.bool_], frame: int, name: str) -> bool:
    said = 0
    for track, is_here in zip(tracks, here, strict=True):
        keys = [key for key in track["keyframes"] if key["frame"] <= frame]
        said += bool(is_here and keys and keys[-1].get(name))
    return 2 * said > int(here.sum())
