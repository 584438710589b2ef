"""Encoding what waits: a worker takes one thing after another, oldest first."""

from __future__ import annotations

import logging
import uuid
from functools import lru_cache

from django.db import transaction
from django.db.models import F

from active_learning.errors import EncoderUnusableError
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.models import EncodingWait, Round
from active_learning.runs.embedding import encoder_loaded, posts_embedded, texts_embedded
from active_learning.runs.progress import Progress
from active_learning.runs.shards import shards_help
from core.content.selectors import posts_shown
from core.errors import ConcordError
from policies.selectors import passages_of, releases_get

_log = logging.getLogger("concord.active_learning")
_ATTEMPTS_MOST = 3
_AMONG_OTHERS = 20
_BUNDLED = "bundled"


def waiting_encode(*, most: int = 500, only_new: bool = False) -> int:
    """Encode what waits; return how many things. Safe to run twice and beside another.

    What fails or ends the worker is tried three times, each time that the relay tells of it; ``only_new`` leaves out
    what was tried before. Vectors that are there already are not made again.
    """
    tried: set[uuid.UUID] = set()
    done = 0
    while len(tried) < most and (wait := _taken(tried, only_new=only_new)) is not None:
        tried.add(wait.pk)
        try:
            _encode(wait)
        except (ConcordError, ValueError, RuntimeError, OSError):  # one thing must not hold up those after it
            _log.exception("%s could not be encoded", wait.subject)
            continue
        EncodingWait.objects.filter(pk=wait.pk).delete()
        done += 1
    return done


def encoding_help() -> int:
    """Encode shards of other workers' rounds and scans for a while; return how many."""
    return shards_help(_encoder)


def letting_through(progress: Progress) -> Progress:
    """Return a ``progress`` of long work that, each time it is told, lets short encoding through that came meanwhile.

    A round holds its worker for hours; what somebody waits for on a page takes less than one of its batches.
    """

    def told(done: int, total: int | None, message: str) -> None:
        progress(done, total, message)
        waiting_encode(most=_AMONG_OTHERS, only_new=True)

    return told


def _taken(tried: set[uuid.UUID], *, only_new: bool) -> EncodingWait | None:
    """Return the next thing, its attempt counted for good before it begins."""
    EncodingWait.objects.filter(attempts__gte=_ATTEMPTS_MOST).exclude(pk__in=tried).delete()
    with transaction.atomic():
        rows = EncodingWait.objects.select_for_update(skip_locked=True).exclude(pk__in=tried)
        if only_new:
            rows = rows.filter(attempts=0)
        wait = rows.order_by("id").first()
        if wait is not None:
            EncodingWait.objects.filter(pk=wait.pk).update(attempts=F("attempts") + 1)
    return wait


def _encode(wait: EncodingWait) -> None:
    kind, _, name = wait.subject.partition(":")
    if kind == "text":
        texts_embedded([wait.text], _encoder(_BUNDLED))
    elif kind == "release":
        releases = releases_get([uuid.UUID(name)])
        for release in releases.values():
            texts_embedded(passages_of(release), _encoder(_BUNDLED))
    elif kind == "post":
        _encode_post(uuid.UUID(name))


def _encode_post(post_id: uuid.UUID) -> None:
    """By the bundled encoders, which every post alike is read by, and by those of the project's newest round."""
    shown = posts_shown([post_id]).get(post_id)
    if shown is None:
        return
    newest = (
        Round.objects.filter(project_id=shown.project_id).order_by("-id").values_list("encoder", flat=True)
    )
    for encoder in dict.fromkeys([_BUNDLED, *newest[:1]]):
        try:
            loaded = _encoder(encoder)
        except EncoderUnusableError as problem:
            _log.warning("post %s was not read by %s: %s", post_id, encoder, problem)
            continue
        posts_embedded([post_id], loaded, lambda *_: None, run=f"post:{post_id}")


@lru_cache(maxsize=2)
def _encoder(name: str) -> PostEncoder:
    """The encoder, kept by the worker: loading it takes longer than reading a text by it."""
    return encoder_loaded(name)
