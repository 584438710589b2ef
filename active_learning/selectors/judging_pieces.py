"""Posts as a judge gets them."""

from __future__ import annotations

import base64
import logging
import uuid
from collections.abc import Iterable

from active_learning.domain.judging import Piece
from core.content.selectors import Part, asset_picture, posts_with_parts
from core.errors import ConcordError

_log = logging.getLogger("concord.active_learning")


def pieces_of_posts(
    post_ids: Iterable[uuid.UUID], *, with_pictures: bool
) -> dict[uuid.UUID, tuple[Piece, ...]]:
    """Return the parts of posts in their order; posts that are hidden by now are left out.

    Only texts and, with ``with_pictures``, images travel; of everything else the judge is told that it is there.
    """
    return {
        post.pk: tuple(_piece(part, with_pictures=with_pictures) for part in post.parts.all())
        for post in posts_with_parts(post_ids)
    }


def _piece(part: Part, *, with_pictures: bool) -> Piece:
    if part.text is not None:
        return Piece(part.kind, text=part.text)
    if with_pictures and part.asset is not None and part.asset.kind == "image":
        try:
            picture = asset_picture(part.asset.pk)
        except ConcordError as problem:
            _log.warning("asset %s cannot be shown to a judge: %s", part.asset.pk, problem)
        else:
            mime = "image/webp" if picture[8:12] == b"WEBP" else "image/jpeg"
            return Piece(part.kind, picture=f"data:{mime};base64,{base64.b64encode(picture).decode('ascii')}")
    return Piece(part.kind)
