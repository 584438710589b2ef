"""Which posts look alike to an encoder: cosine of the vectors that rounds and scans have left, told to precedents."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, LiteralString

from core.db.prepared import rows
from policies.services import LikeBy, Likeness

# A text is known by the SHA-256 of its UTF-8, a file by its own; every post that holds it shares the vector.
SUBJECTS: LiteralString = """
SELECT part.post_id, part.asset_id IS NULL AS is_text,
  coalesce(asset.sha256, encode(sha256(convert_to(part.text, 'UTF8')), 'hex')) AS sha256
FROM content_part AS part LEFT JOIN content_asset AS asset ON asset.id = part.asset_id
WHERE part.post_id = ANY(%(posts)s::uuid[]) AND (part.text <> '' OR asset.kind IN ('image', 'video'))
"""
_TO_POSTS: LiteralString = f"""
WITH subject AS MATERIALIZED ({SUBJECTS}), asked AS MATERIALIZED (
  SELECT vector, encoder, revision, subject_sha256 = ANY(%(texts)s::text[]) AS is_text
  FROM active_learning_embedding
  WHERE subject_sha256 = ANY(%(texts)s::text[]) OR subject_sha256 = ANY(%(assets)s::text[])
)
SELECT subject.post_id, subject.is_text, max(1 - (held.vector <=> asked.vector))
FROM subject
JOIN active_learning_embedding AS held ON held.subject_sha256 = subject.sha256
JOIN asked ON asked.is_text = subject.is_text AND asked.encoder = held.encoder AND asked.revision = held.revision
GROUP BY subject.post_id, subject.is_text
"""  # noqa: S608 - texts of ours
_AMONG: LiteralString = f"""
WITH subject AS MATERIALIZED ({SUBJECTS}), held AS MATERIALIZED (
  SELECT subject.post_id, subject.is_text, found.vector, found.encoder, found.revision
  FROM subject JOIN active_learning_embedding AS found ON found.subject_sha256 = subject.sha256
)
SELECT one.post_id, other.post_id, one.is_text, max(1 - (one.vector <=> other.vector))
FROM held AS one JOIN held AS other ON one.post_id < other.post_id AND other.is_text = one.is_text
  AND other.encoder = one.encoder AND other.revision = one.revision
GROUP BY one.post_id, other.post_id, one.is_text
"""  # noqa: S608 - texts of ours
_TO_TEXTS: LiteralString = """
SELECT held.subject_sha256, max(1 - (held.vector <=> asked.vector))
FROM active_learning_embedding AS held
JOIN active_learning_embedding AS asked ON asked.subject_sha256 = %(asked)s
  AND asked.encoder = held.encoder AND asked.revision = held.revision
WHERE held.subject_sha256 = ANY(%(texts)s::text[])
GROUP BY held.subject_sha256
"""
_READ: LiteralString = """
SELECT DISTINCT subject_sha256 FROM active_learning_embedding WHERE subject_sha256 = ANY(%(texts)s::text[])
"""


def text_sha256(text: str) -> str:
    """Return the name under which a text's vectors are kept."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def texts_read(texts: Collection[str]) -> set[str]:
    """Return those of the texts that some encoder has read."""
    names = {text_sha256(text): text for text in texts}
    return {names[sha256] for (sha256,) in rows(_READ, {"texts": list(names)})} if names else set()


class EncodersLikeness:
    """Encoders' part in finding posts alike (`policies.precedent_registry.LikenessSource`).

    Texts are held against texts and pictures against pictures, by the same encoder and revision; of both the more
    alike counts, and a vector is only used where it is there. Nothing is encoded for it.
    """

    def to_posts(
        self, *, texts: Sequence[str], assets: Sequence[str], post_ids: Collection[uuid.UUID]
    ) -> dict[uuid.UUID, Likeness]:
        """Return how alike each post is to what was asked; posts without a vector of the same sort are left out."""
        values = {
            "posts": list(post_ids),
            "texts": [text_sha256(text) for text in texts],
            "assets": list(assets),
        }
        return _best(((post_id,), is_text, score) for post_id, is_text, score in rows(_TO_POSTS, values))  # type: ignore[return-value]

    def among(self, post_ids: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, uuid.UUID], Likeness]:
        """Return how alike each two posts are, the smaller identifier first; for some hundred posts at most."""
        found = rows(_AMONG, {"posts": list(post_ids)})
        return _best(((one, other), is_text, score) for one, other, is_text, score in found)  # type: ignore[return-value]

    def to_texts(self, asked: str, texts: Collection[str]) -> dict[str, float]:
        """Return how alike each text is to the one asked, by the same encoder and revision."""
        names = {text_sha256(text): text for text in texts}
        found = rows(_TO_TEXTS, {"asked": text_sha256(asked), "texts": list(names)})
        return {names[sha256]: round(max(score, 0.0), 4) for sha256, score in found}


def _best(found: Iterable[tuple[tuple[Any, ...], bool, float]]) -> Mapping[Any, Likeness]:
    best: dict[Any, Likeness] = {}
    for place, is_text, score in found:
        key = place[0] if len(place) == 1 else place
        fresh = Likeness(round(max(score, 0.0), 4), LikeBy.TEXT if is_text else LikeBy.PICTURE)
        if key not in best or fresh.score > best[key].score:
            best[key] = fresh
    return best
