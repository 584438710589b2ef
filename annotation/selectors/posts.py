"""Posts as this app needs them: to show in the workspace, and to check positions against."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from annotation.domain.questions import FrameTable, PartShape
from core.content.selectors import Part, Post, asset_frames, parts_of, post_for_labelling

_NAMES = {
    "image": "Image",
    "video": "Video",
    "audio": "Audio",
    "title": "Title",
    "caption": "Caption",
    "comment": "Comment",
    "text": "Text",
    "transcript": "Transcript",
    "ocr": "Text in the picture",
}


def post_document(post_id: uuid.UUID) -> dict[str, Any]:
    """Return a post with its parts and the addresses of their media, as the pages show it.

    Raises
    ------
    NotFoundError
        When the post is hidden.
    """
    post = post_for_labelling(post_id)
    parts = list(post.parts.all())
    return {
        "id": post.pk,
        "external_id": post.external_id,
        "language": post.language,
        "source": post.source,
        "parts": [_part(post, part, parts) for part in parts],
    }


def part_shapes(post_id: uuid.UUID, *, with_frames: bool) -> list[PartShape]:
    """Return the parts of a post as positions are checked against; frame tables only when asked for."""
    parts = parts_of([post_id])[post_id]
    return [_shape(part, parts, with_frames) for part in parts]


def part_label(part: Part, parts: Sequence[Part]) -> str:
    """Return what people call a part: its own label, else its kind, numbered where there are several."""
    if part.label:
        return part.label
    name = _NAMES.get(part.kind, part.kind)
    alike = [other.pk for other in parts if other.kind == part.kind]
    return name if len(alike) == 1 else f"{name} {alike.index(part.pk) + 1}"


def _part(post: Post, part: Part, parts: Sequence[Part]) -> dict[str, Any]:
    asset = part.asset
    return {
        "id": part.pk,
        "position": part.position,
        "kind": part.kind,
        "label": part_label(part, parts),
        "language": part.language or post.language,
        "text": part.text,
        "asset": None
        if asset is None
        else {
            "id": asset.pk,
            "sha256": asset.sha256,
            "kind": asset.kind,
            "state": asset.state,
            "width": asset.width,
            "height": asset.height,
            "duration_us": asset.duration_us,
            "frame_count": asset.frame_count,
            "urls": {
                rendition.kind: f"/media/{post.project_id}/{asset.pk}/{rendition.kind}"
                for rendition in asset.renditions.all()
            },
        },
    }


def _shape(part: Part, parts: Sequence[Part], with_frames: bool) -> PartShape:
    asset = part.asset
    label = part_label(part, parts)
    if asset is None:
        return PartShape(id=str(part.pk), kind=part.kind, label=label, text=part.text or "")
    frames = FrameTable(asset_frames(asset.pk).pts_us) if with_frames and asset.kind == "video" else None
    return PartShape(
        id=str(part.pk),
        kind=part.kind,
        label=label,
        asset_sha256=asset.sha256,
        width=asset.width,
        height=asset.height,
        duration_us=asset.duration_us,
        frames=frames,
    )
