"""Posts alike within a project, by the vectors that rounds and scans left; nothing is encoded for it.

Of an encoder with many vectors the neighbours are found by its index (`services/near_indexes.py`), of one with few all
vectors are compared. Texts are held against texts and pictures against pictures, by the same encoder and revision.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import LiteralString

from django.db import connection, transaction
from psycopg import sql

from active_learning.selectors.likeness import SUBJECTS
from core.content.selectors import Post, posts_in
from core.db.prepared import rows
from policies.selectors import LikeBy, Likeness

NEAR_MOST = 12
_READ_FOR_EACH = 60

_ASKED: LiteralString = f"""
SELECT subject.is_text, held.encoder, held.revision, vector_dims(held.vector), held.vector::text
FROM ({SUBJECTS}) AS subject JOIN active_learning_embedding AS held ON held.subject_sha256 = subject.sha256
ORDER BY held.encoder, held.revision, held.subject_sha256
"""  # noqa: S608 - texts of ours
# The expression is that of the index `content_part_text_sha256`: only so is it used.
_HOLDS_TEXT = sql.SQL(
    """SELECT part.post_id FROM content_part AS part
WHERE sha256(decode(replace(part.text, '\\', '\\\\'), 'escape')) = decode(near.subject_sha256, 'hex')
  AND part.text <> ''"""
)
_HOLDS_ASSET = sql.SQL(
    """SELECT part.post_id FROM content_part AS part JOIN content_asset AS asset ON asset.id = part.asset_id
WHERE asset.sha256 = near.subject_sha256"""
)
_IN_SIGHT = sql.SQL(
    "post.project_id = {project} AND post.id <> {post} AND NOT post.is_hidden AND NOT post.is_material"
)
_NEAR = sql.SQL(
    """SELECT post.id, near.score FROM (
  SELECT near.subject_sha256, 1 - (near.vector::halfvec({dim}) <=> {vector}::halfvec({dim})) AS score
  FROM active_learning_embedding AS near
  WHERE near.encoder = {encoder} AND near.revision = {revision}
    AND EXISTS (SELECT 1 FROM content_post AS post WHERE {in_sight} AND post.id IN ({holds}))
  ORDER BY near.vector::halfvec({dim}) <=> {vector}::halfvec({dim}) LIMIT {most}
) AS near JOIN content_post AS post ON post.id IN ({holds}) WHERE {in_sight}"""
)


@dataclass(frozen=True)
class PostNear:
    """A post, and how alike it is to the one asked about."""

    post: Post
    likeness: Likeness


def posts_near(asked: Post, *, most: int = NEAR_MOST) -> list[PostNear] | None:
    """Return the project's posts most alike to one, the most alike first; None where no encoder has read it.

    Of each text and picture of it the nearest 60 are looked at.
    """
    best: dict[uuid.UUID, Likeness] = {}
    in_sight = _IN_SIGHT.format(project=sql.Literal(asked.project_id), post=sql.Literal(asked.pk))
    with transaction.atomic(), connection.cursor() as cursor:
        sides = rows(_ASKED, {"posts": [asked.pk]})
        # Whatever of other projects lies between is passed over until enough of this one are found.
        cursor.execute("SET LOCAL hnsw.iterative_scan = strict_order")
        for is_text, encoder, revision, dim, vector in sides:
            cursor.execute(
                _NEAR.format(
                    dim=sql.Literal(dim),
                    vector=sql.Literal(vector),
                    encoder=sql.Literal(encoder),
                    revision=sql.Literal(revision),
                    in_sight=in_sight,
                    most=sql.Literal(_READ_FOR_EACH),
                    holds=_HOLDS_TEXT if is_text else _HOLDS_ASSET,
                )
            )
            for post_id, score in cursor.fetchall():
                found = Likeness(round(max(score, 0.0), 4), LikeBy.TEXT if is_text else LikeBy.PICTURE)
                if post_id not in best or found.score > best[post_id].score:
                    best[post_id] = found
    nearest = sorted(best, key=lambda post_id: (-best[post_id].score, post_id))[:most]
    posts = posts_in(asked.project_id).in_bulk(nearest)
    return [PostNear(posts[post_id], best[post_id]) for post_id in nearest] if sides else None
