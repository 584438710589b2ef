"""What of posts is encoded, each text and asset once by an encoder and revision, and its vectors."""

from __future__ import annotations

import hashlib
import logging
import uuid
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from django.db import transaction
from pgvector import HalfVector

from active_learning.learners.arrays import Vectors
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.encoders.posts import frames_pooled
from active_learning.learners.encoders.protocol import AudioEncoder, ImageItem, ItemUnreadableError
from active_learning.models import Embedding
from core.content.selectors import asset_picture
from core.content.selectors.frames import video_frames
from core.content.selectors.sounds import sound_pieces
from core.db.copying import rows_copy
from core.db.identifiers import uuid7
from core.errors import ConcordError

_log = logging.getLogger("concord.active_learning")

FRAMES_A_VIDEO = 4
"""Part of what a video's vector is: vectors made with another number must not be mixed with these."""

WINDOWS_A_SOUND = 4
"""Likewise part of what a sound's vector is."""

TEXT, IMAGE, AUDIO = "text", "image", "audio"
_PICTURED = frozenset({"image", "video"})


class Side(Protocol):
    """One side of an encoder: which weights, and how long its vectors are."""

    name: str
    revision: str
    dim: int


@dataclass(frozen=True)
class Subject:
    """One text or asset to encode, by one side of an encoder."""

    side: str
    sha256: str
    content: Any

    @property
    def key(self) -> str:
        """Name it among all there is to encode."""
        return f"{self.side}:{self.sha256}"


@dataclass(frozen=True)
class Wanted:
    """Something that an encoder has not read yet: its key, one post it is part of, its code points (0 of an asset)."""

    key: str
    post_id: uuid.UUID
    size: int

    @property
    def side(self) -> str:
        """Which side of an encoder reads it."""
        return self.key.partition(":")[0]


def text_subject(text: str) -> Subject:
    """Return what is encoded of a text."""
    return Subject(TEXT, hashlib.sha256(text.encode("utf-8")).hexdigest(), text)


def subjects_of(post: Any, encoder: PostEncoder) -> Iterator[Subject]:
    """Yield what of a post's parts the encoder reads; ``post`` comes with its parts and their assets."""
    for part in post.parts.all():
        asset = part.asset
        if part.text:
            yield text_subject(part.text)
        elif asset is not None:
            if asset.kind in _PICTURED:
                yield Subject(IMAGE, asset.sha256, asset)
            if encoder.audio is not None and (asset.kind == "audio" or "rate_hz" in asset.facts):
                yield Subject(AUDIO, asset.sha256, asset)


def keys_stored(subjects: Collection[Subject], encoder: PostEncoder) -> set[str]:
    """Return the keys of those that have a vector by this encoder and revision."""
    return {key for key, _ in _stored(subjects, encoder, "subject_sha256")}


def vectors_stored(subjects: Collection[Subject], encoder: PostEncoder) -> dict[str, Vectors]:
    """Return the vectors, each of shape (dim,), of those that have one, by key."""
    return {
        key: np.asarray(row[1], dtype=np.float32)
        for key, row in _stored(subjects, encoder, "subject_sha256", "vector")
    }


def _stored(
    subjects: Collection[Subject], encoder: PostEncoder, *columns: str
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    for name, side in sides_of(encoder).items():
        wanted = [subject.sha256 for subject in subjects if subject.side == name]
        if not wanted:
            continue
        rows = Embedding.objects.filter(
            subject_sha256__in=wanted, encoder=side.name, revision=side.revision
        ).values_list(*columns)
        for row in rows:
            yield f"{name}:{row[0]}", row


def sides_of(encoder: PostEncoder) -> dict[str, Side]:
    """Return the sides in the order in which they stand in a post's vector."""
    sides: dict[str, Side] = {TEXT: encoder.text, IMAGE: encoder.image}
    if encoder.audio is not None:
        sides[AUDIO] = encoder.audio
    return sides


def subjects_encode(subjects: Iterable[Subject], encoder: PostEncoder) -> int:
    """Encode the subjects and store their vectors, all at once; return how many could be read.

    What has a vector already keeps it. The same subjects are encoded in the same batches, whoever asks.
    """
    by_key = {subject.key: subject for subject in subjects}
    ordered = [by_key[key] for key in sorted(by_key)]
    texts = [subject for subject in ordered if subject.side == TEXT]
    found: list[tuple[str, Side, Vectors]] = []
    if texts:
        vectors = encoder.text.encode([subject.content for subject in texts])
        found += [
            (subject.sha256, encoder.text, vector) for subject, vector in zip(texts, vectors, strict=True)
        ]
    pictured = _asset_vectors([subject for subject in ordered if subject.side == IMAGE], encoder)
    found += [(sha256, encoder.image, vector) for sha256, vector in pictured.items()]
    if encoder.audio is not None:
        heard = _sound_vectors([subject for subject in ordered if subject.side == AUDIO], encoder.audio)
        found += [(sha256, encoder.audio, vector) for sha256, vector in heard.items()]
    if found:
        _store(found)
    return len(found)


@transaction.atomic
def _store(found: Sequence[tuple[str, Side, Vectors]]) -> None:
    """Store vectors; those that somebody else stored meanwhile stay."""
    rows = (
        (uuid7(), sha256, side.name, side.revision, HalfVector(vector).to_text())
        for sha256, side, vector in found
    )
    rows_copy(Embedding, ("id", "subject_sha256", "encoder", "revision", "vector"), rows, skip_stored=True)


def _asset_vectors(subjects: Sequence[Subject], encoder: PostEncoder) -> dict[str, Vectors]:
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


def _sound_vectors(subjects: Sequence[Subject], encoder: AudioEncoder) -> dict[str, Vectors]:
    """Encode evenly spaced pieces of each sound; what cannot be heard is left out and logged."""
    found: dict[str, Vectors] = {}
    for subject in subjects:
        try:
            pieces = sound_pieces(
                subject.content.pk, WINDOWS_A_SOUND, seconds=encoder.window_s, rate_hz=encoder.rate_hz
            )
        except ConcordError as problem:
            _log.warning("asset %s cannot be heard: %s", subject.content.pk, problem)
            continue
        if pieces:
            found[subject.sha256] = frames_pooled(encoder.encode(pieces))
    return found
