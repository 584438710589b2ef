"""A post as the workspace shows it and as answers are checked against it, in one prepared statement."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, LiteralString

from core.db.prepared import Parameters, Statement, rows

_SHOWN = """
SELECT post.id, post.project_id, post.external_id, post.language, post.source,
       part.id, part.position, part.kind, part.label, part.language, part.text,
       asset.id, asset.sha256, asset.kind, asset.state, asset.width, asset.height, asset.duration_us,
       asset.frame_count,
       ARRAY(SELECT rendition.kind FROM content_rendition AS rendition WHERE rendition.asset_id = asset.id
             ORDER BY rendition.kind),
       CASE WHEN asset.kind = 'video' THEN
         (SELECT rendition.facts FROM content_rendition AS rendition
          WHERE rendition.asset_id = asset.id AND rendition.kind = 'film_strip') END
FROM content_post AS post
JOIN content_part AS part ON part.post_id = post.id
LEFT JOIN content_asset AS asset ON asset.id = part.asset_id
WHERE post.id {among} AND (%(hidden)s OR NOT post.is_hidden)
ORDER BY post.id, part.position
"""


@dataclass(frozen=True, slots=True)
class ShownAsset:
    """What a page may know of an asset.

    ``renditions`` are the kinds there are; ``film_strip`` says how that one is laid out: columns, size of a tile,
    frame of each.
    """

    id: uuid.UUID
    sha256: str
    kind: str
    state: str
    width: int | None
    height: int | None
    duration_us: int | None
    frame_count: int | None
    renditions: tuple[str, ...]
    film_strip: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """One part, with its asset when it is no text."""

    id: uuid.UUID
    position: int
    kind: str
    label: str
    language: str
    text: str | None
    asset: ShownAsset | None


@dataclass(frozen=True, slots=True)
class ShownPost:
    """A post with its parts in order."""

    id: uuid.UUID
    project_id: uuid.UUID
    external_id: str
    language: str
    source: str
    parts: list[ShownPart] = field(default_factory=list)


def posts_shown(post_ids: list[uuid.UUID], *, also_hidden: bool = False) -> dict[uuid.UUID, ShownPost]:
    """Return these posts by identifier, for somebody who was handed them by the queue.

    Parameters
    ----------
    also_hidden
        Whether posts that were hidden since are among them: an answer to one is still checked and kept, but the
        post is not shown.
    """
    among: LiteralString = "= ANY(%(posts)s::uuid[])"
    return shown_of(rows(*shown_statement(among, {"posts": post_ids}, also_hidden=also_hidden)))


def shown_statement(among: LiteralString, parameters: Parameters, *, also_hidden: bool = False) -> Statement:
    """Return the statement that reads posts, for a service that sends several at once.

    Parameters
    ----------
    among
        What of a post's identifier must hold, such as ``IN (SELECT ...)``, with its own ``parameters``.
    """
    return _shown(among), {**parameters, "hidden": also_hidden}


@lru_cache
def _shown(among: LiteralString) -> LiteralString:
    return _SHOWN.format(among=among)


def shown_of(found: Iterable[Sequence[Any]]) -> dict[uuid.UUID, ShownPost]:
    """Return the posts in the rows that `shown_statement` found."""
    posts: dict[uuid.UUID, ShownPost] = {}
    for one in found:
        post = posts.get(one[0])
        if post is None:
            post = posts[one[0]] = ShownPost(*one[:5])
        asset = _asset(one[11:21]) if one[11] is not None else None
        post.parts.append(_part(one[5:11], asset))
    return posts


def _part(columns: Sequence[Any], asset: ShownAsset | None) -> ShownPart:
    part_id, position, kind, label, language, text = columns
    return ShownPart(part_id, position, kind, label, language, text, asset)


def _asset(columns: Sequence[Any]) -> ShownAsset:
    asset_id, sha256, kind, state, width, height, duration_us, frame_count, renditions, film_strip = columns
    return ShownAsset(
        asset_id,
        sha256,
        kind,
        state,
        width,
        height,
        duration_us,
        frame_count,
        tuple(renditions),
        _layout(film_strip),
    )


def _layout(facts: dict[str, Any] | None) -> dict[str, Any] | None:
    if facts is None:
        return None
    return {name: facts[name] for name in ("columns", "tile_width", "tile_height", "frames")}
