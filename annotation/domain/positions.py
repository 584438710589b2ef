"""Whether a piece of evidence lies inside the part it names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import singledispatch

from annotation.domain.document import (
    Box,
    BoxKeyframe,
    DocumentModel,
    Ellipse,
    Frame,
    Mask,
    PicturePlace,
    PointKeyframe,
    PointMark,
    Polygon,
    PolygonKeyframe,
    Polyline,
    TextSpan,
    TimeRange,
    Track,
    WholePart,
    WholePost,
)
from annotation.domain.masks import mask_area
from annotation.domain.questions import PartShape

Found = tuple[str, str, str]
"""Where inside the evidence (``.end``), a stable code, a sentence."""

PIXEL_TOLERANCE = 0.5
"""How far a shape may overlap the edge: half a pixel, what rounding in a browser can cost."""


def position_problems(evidence: DocumentModel, parts: Mapping[str, PartShape]) -> list[Found]:
    """Everything wrong with where a piece of evidence lies; empty when it lies inside its part."""
    if isinstance(evidence, WholePost):
        return []
    part_id = str(getattr(evidence, "part_id", ""))
    part = parts.get(part_id)
    if part is None:
        return [(".part_id", "part_not_in_post", "This part does not belong to the post.")]
    return _problems(evidence, part)


@singledispatch
def _problems(evidence: DocumentModel, part: PartShape) -> list[Found]:
    raise TypeError(f"no check for evidence of type {type(evidence).__name__}")


@_problems.register
def _(evidence: WholePart, part: PartShape) -> list[Found]:
    return []


@_problems.register
def _(evidence: TextSpan, part: PartShape) -> list[Found]:
    if part.text is None:
        return [
            (
                ".part_id",
                "part_is_not_text",
                f"“{part.label}” is not text, so characters cannot be marked in it.",
            )
        ]
    if evidence.end <= evidence.start:
        return [(".end", "span_empty", "A marked text needs at least one character.")]
    if evidence.end > len(part.text):
        message = (
            f"The text of “{part.label}” has {len(part.text)} characters; the mark ends at {evidence.end}."
        )
        return [(".end", "span_outside_text", message)]
    if evidence.quote is not None and evidence.quote != part.text[evidence.start : evidence.end]:
        message = "The quoted text is not what stands at these characters. Offsets count Unicode code points."
        return [(".quote", "quote_differs", message)]
    return []


@_problems.register
def _(evidence: Box, part: PartShape) -> list[Found]:
    return _picture_problems(evidence, part) or _corner_problems(_box_corners(evidence), part)


@_problems.register
def _(evidence: Ellipse, part: PartShape) -> list[Found]:
    return _picture_problems(evidence, part) or _corner_problems([(evidence.x, evidence.y)], part)


@_problems.register(Polygon)
@_problems.register(Polyline)
def _(evidence: Polygon | Polyline, part: PartShape) -> list[Found]:
    return _picture_problems(evidence, part) or _corner_problems(list(evidence.points), part)


@_problems.register
def _(evidence: Mask, part: PartShape) -> list[Found]:
    found = _picture_problems(evidence, part)
    if found:
        return found
    height, width = evidence.size
    if (part.width, part.height) != (width, height):
        message = (
            f"The painted area is of a picture of {width} × {height} pixels; "
            f"“{part.label}” has {part.width} × {part.height}."
        )
        return [(".size", "mask_size_differs", message)]
    try:
        painted = mask_area(evidence.size, evidence.counts)
    except ValueError as error:
        return [(".counts", "mask_unreadable", str(error))]
    return [] if painted else [(".counts", "mask_empty", "A painted area needs at least one pixel.")]


@_problems.register
def _(evidence: PointMark, part: PartShape) -> list[Found]:
    return _picture_problems(evidence, part) or _corner_problems([(evidence.x, evidence.y)], part)


@_problems.register
def _(evidence: Frame, part: PartShape) -> list[Found]:
    return _asset_problems(evidence.asset_sha256, part) or _frame_problems(
        part, evidence.frame, evidence.pts_us, at=".frame"
    )


@_problems.register
def _(evidence: TimeRange, part: PartShape) -> list[Found]:
    found = _asset_problems(evidence.asset_sha256, part)
    if found:
        return found
    if part.kind not in ("video", "audio"):
        return [(".part_id", "part_has_no_time", f"“{part.label}” has no running time.")]
    if evidence.end_us <= evidence.start_us:
        return [(".end_us", "range_empty", "A time range must end after it starts.")]
    if part.frames is None:
        return _audio_range_problems(evidence, part)
    return _video_range_problems(evidence, part)


@_problems.register
def _(evidence: Track, part: PartShape) -> list[Found]:
    found = _asset_problems(evidence.asset_sha256, part)
    if found:
        return found
    last, followed = -1, type(evidence.keyframes[0])
    for index, key in enumerate(evidence.keyframes):
        at = f".keyframes.{index}"
        if type(key) is not followed:
            message = "A track follows one thing: a box, an outline or a point, the same in every keyframe."
            return [(at, "keyframes_mixed", message)]
        if key.frame <= last:
            message = "Keyframes must go forward in time, one for each frame."
            return [(f"{at}.frame", "keyframes_unordered", message)]
        last = key.frame
        found = _frame_problems(part, key.frame, key.pts_us, at=f"{at}.frame") or _corner_problems(
            _keyframe_corners(key), part, at=at
        )
        if found:
            return found
    return []


def _keyframe_corners(key: BoxKeyframe | PolygonKeyframe | PointKeyframe) -> list[tuple[float, float]]:
    if isinstance(key, PolygonKeyframe):
        return list(key.points)
    if isinstance(key, PointKeyframe):
        return [(key.x, key.y)]
    return _box_corners(key)


def _box_corners(box: Box | BoxKeyframe) -> list[tuple[float, float]]:
    """The points to hold against the picture's edge.

    Of a turned box only its middle: its corners may reach over the edge, as what it surrounds does.
    """
    if box.rotation == 0:
        return [(box.x, box.y), (box.x + box.width, box.y + box.height)]
    angle = math.radians(box.rotation)
    half_width, half_height = box.width / 2, box.height / 2
    return [
        (
            box.x + half_width * math.cos(angle) - half_height * math.sin(angle),
            box.y + half_width * math.sin(angle) + half_height * math.cos(angle),
        )
    ]


def _asset_problems(asset_sha256: str, part: PartShape) -> list[Found]:
    if part.asset_sha256 is None:
        return [(".part_id", "part_has_no_media", f"“{part.label}” has no media to mark.")]
    if part.asset_sha256 != asset_sha256:
        message = f"The mark was made on other media than “{part.label}” holds now."
        return [(".asset_sha256", "asset_differs", message)]
    return []


def _picture_problems(evidence: PicturePlace, part: PartShape) -> list[Found]:
    found = _asset_problems(evidence.asset_sha256, part)
    if found:
        return found
    if part.kind == "image":
        if evidence.frame is not None or evidence.pts_us is not None:
            return [(".frame", "image_has_no_frames", f"“{part.label}” is a still image and has no frames.")]
        return []
    if part.kind != "video":
        return [(".part_id", "part_has_no_picture", f"“{part.label}” has no picture to draw on.")]
    if evidence.frame is None or evidence.pts_us is None:
        return [(".frame", "frame_missing", "A mark on a video needs its frame and timestamp.")]
    return _frame_problems(part, evidence.frame, evidence.pts_us, at=".frame")


def _frame_problems(part: PartShape, frame: int, pts_us: int, *, at: str) -> list[Found]:
    if part.frames is None:
        return [
            (at, "no_frame_table", f"“{part.label}” has no frame table, so frames cannot be named in it.")
        ]
    if part.frames.holds(frame, pts_us):
        return []
    if frame >= len(part.frames):
        message = f"“{part.label}” has frames 0 to {len(part.frames) - 1}; {frame} is none of them."
        return [(at, "frame_outside_video", message)]
    message = (
        f"Frame {frame} of “{part.label}” is shown at {part.frames.pts_us[frame]} µs, not at {pts_us} µs."
    )
    return [(at, "frame_time_differs", message)]


def _corner_problems(corners: list[tuple[float, float]], part: PartShape, *, at: str = "") -> list[Found]:
    if part.width is None or part.height is None:
        return [(".part_id", "picture_size_unknown", f"The size of “{part.label}” is not known.")]
    low, high_x, high_y = -PIXEL_TOLERANCE, part.width + PIXEL_TOLERANCE, part.height + PIXEL_TOLERANCE
    if all(low <= x <= high_x and low <= y <= high_y for x, y in corners):
        return []
    message = f"The mark lies outside “{part.label}”, which is {part.width} × {part.height} pixels."
    return [(at, "outside_picture", message)]


def _audio_range_problems(evidence: TimeRange, part: PartShape) -> list[Found]:
    if evidence.start_frame is not None or evidence.end_frame is not None:
        return [(".start_frame", "no_frame_table", f"“{part.label}” has no frames to name.")]
    if part.kind == "video":
        return [
            (".part_id", "no_frame_table", f"“{part.label}” has no frame table, so ranges cannot be marked.")
        ]
    if evidence.start_us < 0 or (part.duration_us is not None and evidence.end_us > part.duration_us):
        message = f"“{part.label}” is {part.duration_us} µs long; the range lies outside it."
        return [(".end_us", "range_outside_media", message)]
    return []


def _video_range_problems(evidence: TimeRange, part: PartShape) -> list[Found]:
    if evidence.start_frame is None or evidence.end_frame is None:
        return [(".start_frame", "frame_missing", "A range in a video needs its first and its last frame.")]
    if evidence.end_frame < evidence.start_frame:
        return [(".end_frame", "range_empty", "A range in a video must end after it starts.")]
    found = _frame_problems(part, evidence.start_frame, evidence.start_us, at=".start_frame")
    if found or part.frames is None:
        return found
    if evidence.end_frame >= len(part.frames):
        message = (
            f"“{part.label}” has {len(part.frames)} frames; the range ends at frame {evidence.end_frame}."
        )
        return [(".end_frame", "frame_outside_video", message)]
    return _range_end_problems(evidence, part)


def _range_end_problems(evidence: TimeRange, part: PartShape) -> list[Found]:
    """The end is where the last frame stops: the next frame's start, or past the last frame's own start."""
    if part.frames is None or evidence.end_frame is None:
        return []
    following = evidence.end_frame + 1
    if following < len(part.frames):
        expected = part.frames.pts_us[following]
        if evidence.end_us != expected:
            message = f"Frame {evidence.end_frame} ends at {expected} µs, not at {evidence.end_us} µs."
            return [(".end_us", "frame_time_differs", message)]
    elif evidence.end_us <= part.frames.pts_us[evidence.end_frame]:
        return [(".end_us", "range_empty", "A range in a video must end after its last frame has started.")]
    return []
