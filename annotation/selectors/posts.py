"""Posts as this app needs them: to show in the workspace, and to check positions against."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from annotation.domain.questions import FrameTable, PartShape
from core.content.selectors import ShownPart, ShownPost, asset_frames, posts_shown
from core.errors import NotFoundError

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
    post = posts_shown([post_id]).get(post_id)
    if post is None:
        raise NotFoundError()
    return shown_document(post)


def shown_document(post: ShownPost) -> dict[str, Any]:
    """Return what `post_document` does, of a post that was read before."""
    return {
        "id": post.id,
        "external_id": post.external_id,
        "language": post.language,
        "source": post.source,
        "parts": [_part(post, part) for part in post.parts],
    }


def part_shapes(post: ShownPost, *, with_frames: bool) -> list[PartShape]:
    """Return the parts of a post as positions are checked against; frame tables only when asked for."""
    return [_shape(part, post.parts, with_frames) for part in post.parts]


def part_label(part: ShownPart, parts: Sequence[ShownPart]) -> str:
    """Return what people call a part: its own label, else its kind, numbered where there are several."""
    if part.label:
        return part.label
    name = _NAMES.get(part.kind, part.kind)
    alike = [other.id for other in parts if other.kind == part.kind]
    return name if len(alike) == 1 else f"{name} {alike.index(part.id) + 1}"


def _part(post: ShownPost, part: ShownPart) -> dict[str, Any]:
    asset = part.asset
    return {
        "id": part.id,
        "position": part.position,
        "kind": part.kind,
        "label": part_label(part, post.parts),
        "language": part.language or post.language,
        "text": part.text,
        "asset": None
        if asset is None
        else {
            "id": asset.id,
            "sha256": asset.sha256,
            "kind": asset.kind,
            "state": asset.state,
            "width": asset.width,
            "height": asset.height,
            "duration_us": asset.duration_us,
            "frame_count": asset.frame_count,
            "urls": {kind: f"/media/{post.project_id}/{asset.id}/{kind}" for kind in asset.renditions},
            "film_strip": asset.film_strip,
        },
    }


def _shape(part: ShownPart, parts: Sequence[ShownPart], with_frames: bool) -> PartShape:
    asset = part.asset
    label = part_label(part, parts)
    if asset is None:
        return PartShape(id=str(part.id), kind=part.kind, label=label, text=part.text or "")
    frames = FrameTable(asset_frames(asset.id).pts_us) if with_frames and asset.kind == "video" else None
    return PartShape(
        id=str(part.id),
        kind=part.kind,
        label=label,
        asset_sha256=asset.sha256,
        width=asset.width,
        height=asset.height,
        duration_us=asset.duration_us,
        frames=frames,
    )
