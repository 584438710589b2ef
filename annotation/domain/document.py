"""The label document: what one person says about one post.

This is the single source of the format. The server checks every submission with these models, the JSON
Schema in ``docs/formats.md`` is made from them, and the browser's types follow from that.

Positions are exact. Pixels are those of the asset as decoded, with the origin at the top left. Times are
presentation timestamps in microseconds together with the index into the asset's own frame table and the
SHA-256 of the asset they were read from. Text offsets are Unicode code points, half open.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

REASON_LENGTH_MAX = 4_000
VERDICTS_MAX = 200
EVIDENCE_MAX = 2_000
POLYGON_POINTS_MAX = 10_000
MASK_COUNTS_LENGTH_MAX = 400_000
MASK_SIDE_MAX = 65_535
NOTE_LENGTH_MAX = 500
KEYFRAMES_MAX = 20_000
PRECEDENTS_MAX = 20

Pixel = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Length = Annotated[float, Field(gt=0, le=1e6, allow_inf_nan=False)]
Degrees = Annotated[float, Field(ge=-360, le=360, allow_inf_nan=False)]
FrameIndex = Annotated[int, Field(ge=0, le=100_000_000, strict=True)]
Microseconds = Annotated[int, Field(ge=-(10**13), le=10**13, strict=True)]
CodePoint = Annotated[int, Field(ge=0, le=100_000_000, strict=True)]
Severity = Annotated[int, Field(ge=0, le=1_000, strict=True)]
AssetHash = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
MaskSide = Annotated[int, Field(ge=1, le=MASK_SIDE_MAX, strict=True)]
Point = tuple[Pixel, Pixel]
Origin = Annotated[
    str, StringConstraints(pattern=r"^suggestion:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(#[0-9]{1,4})?$")
]
"""Of what a person accepted from a suggestion: which; kept when they change it afterwards."""


class DocumentModel(BaseModel):
    """Frozen, and closed: a field the format does not know is an error, never dropped."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class WholePost(DocumentModel):
    """The post as a whole."""

    kind: Literal["whole_post"]
    id: str | None = Field(default=None, max_length=64)
    origin: Origin | None = None


class PartEvidence(DocumentModel):
    """What every piece of evidence inside a part carries."""

    part_id: UUID
    id: str | None = Field(default=None, max_length=64)
    origin: Origin | None = None


class WholePart(PartEvidence):
    """One part as a whole: this caption, this image."""

    kind: Literal["part"]


class PicturePlace(PartEvidence):
    """A place on an image, or on one frame of a video (then with frame and timestamp)."""

    asset_sha256: AssetHash
    frame: FrameIndex | None = None
    pts_us: Microseconds | None = None
    is_occluded: bool = False
    is_truncated: bool = False
    note: Annotated[str, StringConstraints(max_length=NOTE_LENGTH_MAX)] = ""


class Box(PicturePlace):
    """A rectangle in pixels, turned by ``rotation`` degrees clockwise about its top left corner."""

    kind: Literal["box"]
    x: Pixel
    y: Pixel
    width: Length
    height: Length
    rotation: Degrees = 0.0


class Ellipse(PicturePlace):
    """An ellipse about its middle ``x``, ``y``, turned by ``rotation`` degrees clockwise about it."""

    kind: Literal["ellipse"]
    x: Pixel
    y: Pixel
    radius_x: Length
    radius_y: Length
    rotation: Degrees = 0.0


class Polygon(PicturePlace):
    """A closed outline of at least three points in pixels."""

    kind: Literal["polygon"]
    points: Annotated[list[Point], Field(min_length=3, max_length=POLYGON_POINTS_MAX)]


class Polyline(PicturePlace):
    """An open line through at least two points in pixels."""

    kind: Literal["polyline"]
    points: Annotated[list[Point], Field(min_length=2, max_length=POLYGON_POINTS_MAX)]


class Mask(PicturePlace):
    """Painted pixels as COCO's packed run lengths over the whole picture; see `annotation.domain.masks`.

    ``size`` is the picture's height and width, in this order; ``counts`` runs down the columns from the left.
    """

    kind: Literal["mask"]
    size: tuple[MaskSide, MaskSide]
    counts: Annotated[
        str, StringConstraints(min_length=1, max_length=MASK_COUNTS_LENGTH_MAX, pattern=r"^[0-o]+$")
    ]


class PointMark(PicturePlace):
    """One point in pixels."""

    kind: Literal["point"]
    x: Pixel
    y: Pixel


class Frame(PartEvidence):
    """One frame of a video."""

    kind: Literal["frame"]
    asset_sha256: AssetHash
    frame: FrameIndex
    pts_us: Microseconds


class TimeRange(PartEvidence):
    """A stretch of video or audio, half open in time. Video ranges also name the first and the last frame."""

    kind: Literal["time_range"]
    asset_sha256: AssetHash
    start_us: Microseconds
    end_us: Microseconds
    start_frame: FrameIndex | None = None
    end_frame: FrameIndex | None = None


class TextSpan(PartEvidence):
    """Characters ``start`` to ``end`` of a text part, counted in Unicode code points, end not included."""

    kind: Literal["text_span"]
    start: CodePoint
    end: CodePoint
    quote: str | None = Field(default=None, max_length=100_000)


class TrackKeyframe(DocumentModel):
    """What every keyframe says: its frame, and how the thing is seen from there to the next keyframe."""

    frame: FrameIndex
    pts_us: Microseconds
    is_occluded: bool = False
    is_outside: bool = False


class BoxKeyframe(TrackKeyframe):
    """Where a tracked box stands, turned as in `Box`."""

    x: Pixel
    y: Pixel
    width: Length
    height: Length
    rotation: Degrees = 0.0


class PolygonKeyframe(TrackKeyframe):
    """Where a tracked outline runs."""

    points: Annotated[list[Point], Field(min_length=3, max_length=POLYGON_POINTS_MAX)]


class PointKeyframe(TrackKeyframe):
    """Where a tracked point lies."""

    x: Pixel
    y: Pixel


def _keyframe_shape(keyframe: Any) -> str:
    """Tell what a keyframe follows by the fields it has."""
    has = keyframe.__contains__ if isinstance(keyframe, dict) else partial(hasattr, keyframe)
    if has("points"):
        return "polygon"
    return "box" if has("width") or has("height") else "point"


Keyframe = Annotated[
    Annotated[BoxKeyframe, Tag("box")]
    | Annotated[PolygonKeyframe, Tag("polygon")]
    | Annotated[PointKeyframe, Tag("point")],
    Discriminator(_keyframe_shape),
]


class Track(PartEvidence):
    """A box, an outline or a point followed through a video, by its keyframes in order.

    It stands from its first keyframe to its last. Between two it moves evenly in time; outlines whose numbers
    of points differ stay as the earlier has them. From a keyframe outside to the next one it is not in the picture.
    """

    kind: Literal["track"]
    asset_sha256: AssetHash
    keyframes: Annotated[list[Keyframe], Field(min_length=1, max_length=KEYFRAMES_MAX)]


Evidence = Annotated[
    WholePost
    | WholePart
    | Box
    | Ellipse
    | Polygon
    | Polyline
    | PointMark
    | Mask
    | Frame
    | TimeRange
    | TextSpan
    | Track,
    Field(discriminator="kind"),
]

EVIDENCE_KINDS = (
    "whole_post",
    "part",
    "box",
    "ellipse",
    "polygon",
    "polyline",
    "point",
    "mask",
    "frame",
    "time_range",
    "text_span",
    "track",
)


class Verdict(DocumentModel):
    """The answer to one clause, with what it rests on: evidence in the post, and precedents that were shown."""

    clause_key: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    answer: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    severity: Severity | None = None
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)] | None = None
    reason: Annotated[str, StringConstraints(max_length=REASON_LENGTH_MAX)] = ""
    evidence: Annotated[list[Evidence], Field(max_length=EVIDENCE_MAX)] = Field(default_factory=list)
    precedents: Annotated[list[UUID], Field(max_length=PRECEDENTS_MAX)] = Field(default_factory=list)
    origin: Origin | None = None


class LabelDocument(DocumentModel):
    """Everything one person answered about one post in one sitting."""

    verdicts: Annotated[list[Verdict], Field(max_length=VERDICTS_MAX)]
    notes: Annotated[str, StringConstraints(max_length=REASON_LENGTH_MAX)] = ""


def document_digest(document: LabelDocument) -> str:
    """SHA-256 over the canonical JSON of a document (sorted keys, no spaces, unset fields filled in)."""
    return canonical_digest(document.model_dump(mode="json"))


def canonical_digest(data: dict[str, Any]) -> str:
    """SHA-256 of JSON data with sorted keys, no spaces, and text as UTF-8."""
    raw = json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(raw.encode("utf-8")).hexdigest()
