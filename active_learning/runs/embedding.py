"""Vectors for posts: what they consist of is encoded where it was not yet, by all workers, and fused post by post."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings

from active_learning.domain.encoder_names import post_encoder_name_parsed
from active_learning.errors import EncoderUnusableError
from active_learning.learners.arrays import Vectors
from active_learning.learners.compute import compute_prepare
from active_learning.learners.encoders.catalogue import PostEncoder, post_encoder_loaded
from active_learning.learners.encoders.posts import post_fused
from active_learning.learners.encoders.protocol import EncoderLoadError
from active_learning.learners.rows import Rows
from active_learning.runs.progress import Progress
from active_learning.runs.shards import wanted_encode
from active_learning.runs.subjects import (
    TEXT,
    Subject,
    Wanted,
    keys_stored,
    sides_of,
    subjects_encode,
    subjects_of,
    text_subject,
    vectors_stored,
)
from core.content.selectors import posts_with_parts

POSTS_AT_ONCE = 500


@dataclass(frozen=True)
class Embedded:
    """Fused vectors of posts, in the order of ``post_ids``, and how many parts could not be read."""

    post_ids: list[uuid.UUID]
    vectors: Rows
    encoded: int
    unreadable: int


def encoder_loaded(name: str) -> PostEncoder:
    """Load the encoder a round or scan names.

    Raises
    ------
    EncoderUnusableError
    """
    folder = Path(settings.ENCODER_FOLDER) if settings.ENCODER_FOLDER else None
    try:
        return post_encoder_loaded(post_encoder_name_parsed(name), folder=folder, device=compute_prepare())
    except EncoderLoadError as problem:
        raise EncoderUnusableError(problem=str(problem)) from problem


def posts_embedded(
    post_ids: Sequence[uuid.UUID], encoder: PostEncoder, progress: Progress, *, run: str | None
) -> Embedded:
    """Return the posts' vectors; what was not encoded before is encoded and kept.

    ``run`` names the work that asks, the same when it is run again. A killed worker costs the shard it was at, whoever
    it was. Posts that were hidden meanwhile are left out. Without a ``run`` nothing is encoded, and posts of which the
    encoder has not read everything are left out, too.
    """
    wanted = 0 if run is None else posts_encode(post_ids, encoder, progress, run=run)
    kept: list[uuid.UUID] = []
    vectors: list[Vectors] = []
    missing: set[str] = set()
    for row in vectors_read(post_ids, encoder, progress):
        if row.unread and run is None:
            continue
        missing |= row.unread
        vectors.append(row.vector)
        kept.append(row.post_id)
    return Embedded(kept, _stacked(vectors, encoder), wanted - len(missing), len(missing))


def posts_encode(post_ids: Sequence[uuid.UUID], encoder: PostEncoder, progress: Progress, *, run: str) -> int:
    """Encode and keep what the encoder has not read of the posts, as `posts_embedded` does; return how many things."""
    wanted = _unread(post_ids, encoder)
    wanted_encode(run, wanted, encoder, progress)
    return len(wanted)


@dataclass(frozen=True)
class PostVector:
    """A post's vector (dim,) of what was read of it, and the keys of what was not."""

    post_id: uuid.UUID
    vector: Vectors
    unread: frozenset[str]
    is_read: bool


def vectors_read(
    post_ids: Sequence[uuid.UUID], encoder: PostEncoder, progress: Progress
) -> Iterator[PostVector]:
    """Yield the vectors of those posts that are not hidden, made from what is stored; nothing is encoded."""
    for start in range(0, len(post_ids), POSTS_AT_ONCE):
        posts = posts_with_parts(post_ids[start : start + POSTS_AT_ONCE])
        of_post = {post.pk: list(subjects_of(post, encoder)) for post in posts}
        known = vectors_stored([subject for own in of_post.values() for subject in own], encoder)
        for post_id, own in of_post.items():
            unread = frozenset(subject.key for subject in own if subject.key not in known)
            is_read = any(subject.key in known for subject in own)
            yield PostVector(post_id, _fused(own, known, encoder), unread, is_read)
        progress(min(start + POSTS_AT_ONCE, len(post_ids)), len(post_ids), "Reading the posts' vectors")


def _fused(own: Iterable[Subject], known: Mapping[str, Vectors], encoder: PostEncoder) -> Vectors:
    """Return a post's vector from those of its parts that have one."""
    sides = sides_of(encoder)
    found: dict[str, list[Vectors]] = {side: [] for side in sides}
    for subject in own:
        if subject.key in known:
            found[subject.side].append(known[subject.key])
    fused = post_fused([(found[side], made_by.dim) for side, made_by in sides.items()])
    # As shards hold it: a vector is the same wherever it is read from.
    return fused.astype(np.float16).astype(np.float32)


def _stacked(vectors: Sequence[Vectors], encoder: PostEncoder) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, encoder.dim), dtype=np.float32)


def texts_embedded(texts: Iterable[str], encoder: PostEncoder) -> int:
    """Encode and keep those of the texts that the encoder has not read before; return how many these were."""
    subjects = {subject.key: subject for subject in (text_subject(text) for text in texts if text)}
    known = keys_stored(subjects.values(), encoder)
    return subjects_encode([subject for key, subject in subjects.items() if key not in known], encoder)


def _unread(post_ids: Sequence[uuid.UUID], encoder: PostEncoder) -> list[Wanted]:
    """Return what the encoder has not read of the posts, each once."""
    wanted: dict[str, Wanted] = {}
    for start in range(0, len(post_ids), POSTS_AT_ONCE):
        posts = posts_with_parts(post_ids[start : start + POSTS_AT_ONCE])
        subjects = [(post.pk, subject) for post in posts for subject in subjects_of(post, encoder)]
        known = keys_stored([subject for _, subject in subjects], encoder)
        for post_id, subject in subjects:
            if subject.key not in known and subject.key not in wanted:
                size = len(subject.content) if subject.side == TEXT else 0
                wanted[subject.key] = Wanted(subject.key, post_id, size)
    return list(wanted.values())
