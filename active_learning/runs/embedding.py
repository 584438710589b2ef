"""Vectors for posts: each text and each asset is encoded once an encoder and revision, whoever holds it."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from active_learning.domain.encoder_names import post_encoder_name_parsed
from active_learning.errors import EncoderUnusableError
from active_learning.learners.arrays import Vectors
from active_learning.learners.compute import compute_prepare
from active_learning.learners.encoders.catalogue import PostEncoder, post_encoder_loaded
from active_learning.learners.encoders.posts import frames_pooled, post_fused
from active_learning.learners.encoders.protocol import EncoderLoadError, ImageItem, ItemUnreadableError
from active_learning.models import Embedding
from core.content.selectors import asset_picture, posts_with_parts
from core.content.selectors.frames import video_frames
from core.errors import ConcordError

_log = logging.getLogger("concord.active_learning")

Progress = Callable[[int, int | None, str], None]
POSTS_AT_ONCE = 64
_READ_AT_ONCE = 500
FRAMES_A_VIDEO = 4
"""Part of what a video's vector is: vectors made with another number must not be mixed with these."""


@dataclass(frozen=True)
class Embedded:
    """Fused vectors of posts, in the order of ``post_ids``, and how many parts could not be read."""

    post_ids: list[uuid.UUID]
    vectors: Vectors
    encoded: int
    unreadable: int


@dataclass(frozen=True)
class _Subject:
    """One text or asset to encode."""

    sha256: str
    is_text: bool
    content: Any


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


def posts_embedded(post_ids: Sequence[uuid.UUID], encoder: PostEncoder, progress: Progress) -> Embedded:
    """Return the posts' vectors; what was not encoded before is encoded and kept, batch by batch.

    A killed run repeats at most one batch. Posts that were hidden meanwhile are left out.
    """
    kept: list[uuid.UUID] = []
    vectors: list[Vectors] = []
    encoded = unreadable = 0
    for start in range(0, len(post_ids), POSTS_AT_ONCE):
        posts = posts_with_parts(post_ids[start : start + POSTS_AT_ONCE])
        subjects = {subject.sha256: subject for post in posts for subject in _subjects(post)}
        known, new, failed = _vectors(subjects, encoder)
        encoded, unreadable = encoded + new, unreadable + failed
        for post in posts:
            vectors.append(_fused(post, known, encoder))
            kept.append(post.pk)
        progress(min(start + POSTS_AT_ONCE, len(post_ids)), len(post_ids), "Encoding posts")
    return Embedded(kept, _stacked(vectors, encoder), encoded, unreadable)


def posts_encoded_before(
    post_ids: Sequence[uuid.UUID], encoder: PostEncoder, progress: Progress
) -> tuple[list[uuid.UUID], Vectors]:
    """Return the posts of which the encoder has read a part, and their vectors; nothing is encoded for it."""
    kept: list[uuid.UUID] = []
    vectors: list[Vectors] = []
    for start in range(0, len(post_ids), _READ_AT_ONCE):
        posts = posts_with_parts(post_ids[start : start + _READ_AT_ONCE])
        known = _stored((subject for post in posts for subject in _subjects(post)), encoder)
        for post in posts:
            if any(subject.sha256 in known for subject in _subjects(post)):
                vectors.append(_fused(post, known, encoder))
                kept.append(post.pk)
        progress(min(start + _READ_AT_ONCE, len(post_ids)), len(post_ids), "Reading vectors")
    return kept, _stacked(vectors, encoder)


def texts_embedded(texts: Iterable[str], encoder: PostEncoder) -> int:
    """Encode and keep those of the texts that the encoder has not read before; return how many these were."""
    subjects = (
        _Subject(hashlib.sha256(text.encode("utf-8")).hexdigest(), True, text) for text in texts if text
    )
    by_name = {subject.sha256: subject for subject in subjects}
    return _vectors(by_name, encoder)[1] if by_name else 0


def _fused(post: Any, known: Mapping[str, Vectors], encoder: PostEncoder) -> Vectors:
    own = [subject for subject in _subjects(post) if subject.sha256 in known]
    return post_fused(
        [known[subject.sha256] for subject in own if subject.is_text],
        [known[subject.sha256] for subject in own if not subject.is_text],
        text_dim=encoder.text.dim,
        image_dim=encoder.image.dim,
    )


def _stacked(vectors: Sequence[Vectors], encoder: PostEncoder) -> Vectors:
    return np.stack(vectors) if vectors else np.zeros((0, encoder.dim), dtype=np.float32)


def _subjects(post: Any) -> Iterator[_Subject]:
    for part in post.parts.all():
        if part.text:
            digest = hashlib.sha256(part.text.encode("utf-8")).hexdigest()
            yield _Subject(digest, True, part.text)
        elif part.asset is not None and part.asset.kind in {"image", "video"}:
            yield _Subject(part.asset.sha256, False, part.asset)


def _vectors(subjects: dict[str, _Subject], encoder: PostEncoder) -> tuple[dict[str, Vectors], int, int]:
    """Return vectors by subject, how many were encoded now, and how many cannot be."""
    known = _stored(subjects.values(), encoder)
    missing = [subject for key, subject in sorted(subjects.items()) if key not in known]
    texts = [subject for subject in missing if subject.is_text]
    rows: list[tuple[str, str, str, Vectors]] = []
    if texts:
        for subject, vector in zip(texts, encoder.text.encode([text.content for text in texts]), strict=True):
            rows.append((subject.sha256, encoder.text.name, encoder.text.revision, vector))
    pictured = _asset_vectors([subject for subject in missing if not subject.is_text], encoder)
    rows += [
        (sha256, encoder.image.name, encoder.image.revision, vector) for sha256, vector in pictured.items()
    ]
    failed = len(missing) - len(rows)
    Embedding.objects.bulk_create(
        (
            Embedding(subject_sha256=sha256, encoder=name, revision=revision, vector=vector.tolist())
            for sha256, name, revision, vector in rows
        ),
        ignore_conflicts=True,
    )
    # What was just encoded is read back, so that a vector is the same in the round that made it as in later ones.
    return _stored(subjects.values(), encoder), len(rows), failed


def _stored(subjects: Iterable[_Subject], encoder: PostEncoder) -> dict[str, Vectors]:
    found: dict[str, Vectors] = {}
    listed = list(subjects)
    for side, is_text in ((encoder.text, True), (encoder.image, False)):
        keys = [subject.sha256 for subject in listed if subject.is_text is is_text]
        rows = Embedding.objects.filter(subject_sha256__in=keys, encoder=side.name, revision=side.revision)
        for sha256, vector in rows.values_list("subject_sha256", "vector"):
            found[sha256] = np.asarray(vector, dtype=np.float32)
    return found


def _asset_vectors(subjects: Sequence[_Subject], encoder: PostEncoder) -> dict[str, Vectors]:
    """Encode the pictures and frames of all assets in one go; what cannot be read is left out and logged."""
    pictures: list[ImageItem] = []
    spans: list[tuple[str, int, int]] = []
    for subject in subjects:
        try:
            found = _pictures(subject.content)
        except ConcordError as problem:
            _log.warning("asset %s cannot be encoded: %s", subject.content.pk, problem)
            continue
        if found:
            spans.append((subject.sha256, len(pictures), len(pictures) + len(found)))
            pictures += found
    try:
        encoded = encoder.image.encode(pictures)
    except ItemUnreadableError:
        return _one_by_one(pictures, spans, encoder)
    return {sha256: frames_pooled(encoded[start:end]) for sha256, start, end in spans}


def _one_by_one(
    pictures: Sequence[ImageItem], spans: Sequence[tuple[str, int, int]], encoder: PostEncoder
) -> dict[str, Vectors]:
    """Encode asset by asset, so that an unreadable one spoils no other."""
    found: dict[str, Vectors] = {}
    for sha256, start, end in spans:
        try:
            found[sha256] = frames_pooled(encoder.image.encode(pictures[start:end]))
        except ItemUnreadableError as problem:
            _log.warning("asset with SHA-256 %s cannot be encoded: %s", sha256, problem)
    return found


def _pictures(asset: Any) -> list[ImageItem]:
    """Return what is looked at of an asset: the image itself, or evenly spaced frames of a video."""
    if asset.kind == "video":
        return [pixels for _, pixels in video_frames(asset.pk, FRAMES_A_VIDEO)]
    return [asset_picture(asset.pk)]
