"""Encoding shared by all workers: cut into shards, each taken by whoever is free, whatever the number of workers.

Shards are cut the same way each time and encoded whole, so a vector does not depend on who made it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Now

from active_learning.errors import EncoderUnusableError
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.models import EncodingShard
from active_learning.runs.progress import Progress
from active_learning.runs.subjects import TEXT, Wanted, subjects_encode, subjects_of
from active_learning.selectors.shards import shards_open_to_help
from core.content.selectors import posts_with_parts
from core.errors import ConcordError
from core.jobs.errors import JobCancelled
from core.jobs.locks import job_lock

_log = logging.getLogger("concord.active_learning")

TEXTS_A_SHARD = 128
ASSETS_A_SHARD = 32
"""A few seconds of one processor each: what a killed worker costs, and how often progress is told."""

HELP_S = 60.0
_LOOKED_AT = 64
_LOOKS_EVERY_S = 0.2
_FORGOTTEN = timedelta(days=1)
_ENCODING = "Encoding what the posts consist of"


def wanted_encode(run: str, wanted: Sequence[Wanted], encoder: PostEncoder, progress: Progress) -> None:
    """Encode all that is wanted, with the help of every worker that is free; returns when all is stored.

    Parameters
    ----------
    run
        Names the work that needs it, the same when it is run again: its shards of before are cut anew.

    Raises
    ------
    JobCancelled
        As ``progress`` does; then nobody goes on.
    """
    shards = list(_cut(run, wanted, encoder.written))
    if len(shards) < 2:
        for shard in shards:
            _encode(shard, encoder)
            progress(shard.size, shard.size, _ENCODING)
        return
    mine = EncodingShard.objects.filter(run=run)
    with transaction.atomic():
        mine.delete()
        EncodingShard.objects.bulk_create(shards)
    try:
        _finish(mine, len(wanted), encoder, progress)
    except JobCancelled:
        mine.delete()
        raise


def _finish(mine: QuerySet[EncodingShard], total: int, encoder: PostEncoder, progress: Progress) -> None:
    """Work on the shards beside others until none is left."""
    while True:
        has_worked = _work(mine, lambda _: encoder)
        left = mine.aggregate(left=Sum("size"))["left"] or 0
        progress(total - left, total, _ENCODING)
        if not left:
            return
        if not has_worked:
            time.sleep(
                _LOOKS_EVERY_S
            )  # the rest is in other workers' hands; one that dies lets go of its shard


def _cut(run: str, wanted: Sequence[Wanted], written: str) -> Iterator[EncodingShard]:
    """Texts by their length, so that little of a batch is padding; then assets. Each in an order of its own content."""
    texts = sorted((one for one in wanted if one.side == TEXT), key=lambda one: (one.size, one.key))
    assets = sorted((one for one in wanted if one.side != TEXT), key=lambda one: one.key)
    pieces = [*_pieces(texts, TEXTS_A_SHARD), *_pieces(assets, ASSETS_A_SHARD)]
    for place, piece in enumerate(pieces):
        yield EncodingShard(
            run=run,
            place=place,
            encoder=written,
            subjects=[one.key for one in piece],
            post_ids=sorted({one.post_id for one in piece}),
            size=len(piece),
        )


def _pieces(wanted: Sequence[Wanted], size: int) -> Iterator[Sequence[Wanted]]:
    rest = iter(wanted)
    while piece := list(islice(rest, size)):
        yield piece


def shards_help(encoder_of: Callable[[str], PostEncoder], *, seconds: float = HELP_S) -> int:
    """Encode shards of others' work for so long; return how many. Harmless to run anywhere, any number of times.

    Parameters
    ----------
    encoder_of
        Loads an encoder by its name; shards of one that this worker has not are left to others.
    """
    EncodingShard.objects.filter(created_at__lt=Now() - _FORGOTTEN).delete()
    until, done = time.monotonic() + seconds, 0
    lacking: set[str] = set()

    def loaded(name: str) -> PostEncoder:
        try:
            return encoder_of(name)
        except EncoderUnusableError:
            lacking.add(name)
            raise

    while time.monotonic() < until:
        try:
            if not _work(shards_open_to_help().exclude(encoder__in=lacking), loaded):
                break
        except EncoderUnusableError as problem:
            _log.info("this worker cannot help with encoding: %s", problem)
        except (
            ConcordError,
            ValueError,
            RuntimeError,
            OSError,
        ):  # who waits for it meets it again, and says so
            _log.exception("a shard of another worker's encoding failed here")
            break
        else:
            done += 1
    return done


def _work(shards: QuerySet[EncodingShard], encoder_of: Callable[[str], PostEncoder]) -> bool:
    """Take the first shard that nobody works on and encode it; return whether there was one."""
    for shard_id in shards.order_by("created_at", "place").values_list("pk", flat=True)[:_LOOKED_AT]:
        with job_lock(shard_id) as is_free:
            shard = shards.filter(pk=shard_id).first() if is_free else None
            if shard is None:
                continue
            encoder = encoder_of(shard.encoder)
            EncodingShard.objects.filter(pk=shard_id).update(attempts=F("attempts") + 1)
            _encode(shard, encoder)
            shard.delete()
            return True
    return False


def _encode(shard: EncodingShard, encoder: PostEncoder) -> None:
    wanted = set(shard.subjects)
    posts = posts_with_parts(shard.post_ids)
    subjects = {subject.key: subject for post in posts for subject in subjects_of(post, encoder)}
    found = {key: subject for key, subject in subjects.items() if key in wanted}
    subjects_encode(found.values(), encoder)
