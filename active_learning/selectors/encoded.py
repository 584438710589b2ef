"""Which posts encoders have read."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import LiteralString

from core.db.prepared import row, rows

# Texts are known by the SHA-256 of their UTF-8, files by their own: as `runs.embedding` keeps vectors.
_ENCODED: LiteralString = """
FROM content_post AS post
JOIN content_part AS part ON part.post_id = post.id
LEFT JOIN content_asset AS asset ON asset.id = part.asset_id
JOIN active_learning_embedding AS held
  ON held.subject_sha256 = coalesce(asset.sha256, encode(sha256(convert_to(part.text, 'UTF8')), 'hex'))
WHERE post.project_id = %(project)s AND NOT post.is_hidden AND NOT post.is_material
  AND (part.text <> '' OR asset.kind IN ('image', 'video'))
"""
_BY_ENCODER: LiteralString = f"""
SELECT DISTINCT post.id {_ENCODED}
  AND (held.encoder, held.revision) IN (SELECT * FROM unnest(%(names)s::text[], %(revisions)s::text[]))
"""  # noqa: S608 - texts of ours
_HOW_MANY: LiteralString = f"SELECT count(DISTINCT post.id) {_ENCODED}"


def posts_encoded_by(project_id: uuid.UUID, sides: Iterable[tuple[str, str]]) -> list[uuid.UUID]:
    """Return the project's posts of which a part was read by one of the encoders, each a name and a revision."""
    listed = sorted(sides)
    values = {
        "project": project_id,
        "names": [name for name, _ in listed],
        "revisions": [revision for _, revision in listed],
    }
    return [post_id for (post_id,) in rows(_BY_ENCODER, values)]


def posts_encoded(project_id: uuid.UUID) -> int:
    """Return how many of the project's posts any encoder has read a part of."""
    found = row(_HOW_MANY, {"project": project_id})
    return int(found[0]) if found else 0
