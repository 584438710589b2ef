"""Encoding that all workers share: nothing is lost with a worker, and who made a vector cannot be told."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from django.db import connection

from active_learning.errors import EncoderUnusableError
from active_learning.learners.arrays import Vectors
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.models import Embedding, EncodingShard
from active_learning.runs import shards
from active_learning.runs.embedding import posts_embedded
from active_learning.runs.shards import shards_help
from active_learning.selectors.shards import shards_wait
from core.content.selectors import posts_in, posts_with_parts
from core.jobs.errors import JobCancelled
from tests.active_learning.material import NoImages, WordEncoder, spam_posts
from tests.world import World, world_make

PATIENCE_S = 30


class _Watched(WordEncoder):
    """Encodes by words, in an order of the test's, and notes what it read."""

    def __init__(self, before: Callable[[], None] = lambda: None) -> None:
        self.read: list[list[str]] = []
        self._before = before

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read.append(list(texts))
        self._before()
        return super().encode(texts)


def _encoder(text: WordEncoder, written: str = "bundled") -> PostEncoder:
    return PostEncoder(text=text, image=NoImages(), written=written)


@pytest.fixture(autouse=True)
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shards, "TEXTS_A_SHARD", 4)


def _ids(world: World, count: int = 20) -> list[uuid.UUID]:
    return sorted(post.pk for post in spam_posts(world, count))


def _silent(done: int, total: int | None, message: str) -> None:
    """Progress that nobody follows."""


def _beside(work: Callable[[], object]) -> threading.Thread:
    """Do the work as another worker would: over a database session of its own."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_each_text_is_read_once_in_shards_of_like_length_and_progress_is_told(world: World) -> None:
    ids, text, told = _ids(world), _Watched(), []
    embedded = posts_embedded(
        ids, _encoder(text), lambda done, total, message: told.append((done, total)), run="round:1"
    )
    assert [len(batch) for batch in text.read] == [4, 4, 4, 4, 4]
    lengths = [[len(one) for one in batch] for batch in text.read]
    assert all(max(one) <= min(other) for one, other in pairwise(lengths))
    assert told[:5] == [(4, 20), (8, 20), (12, 20), (16, 20), (20, 20)]
    assert (embedded.encoded, embedded.unreadable, embedded.post_ids) == (20, 0, ids)
    assert not EncodingShard.objects.exists()
    again = posts_embedded(ids, _encoder(text), _silent, run="round:2")
    assert (again.encoded, len(text.read)) == (0, 5)
    assert again.vectors[:].tobytes() == embedded.vectors[:].tobytes()


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_work_and_their_vectors_are_those_of_one() -> None:
    """The same bytes, whatever the number of workers."""
    world = world_make()
    ids = _ids(world)
    alone = posts_embedded(ids, _encoder(_Watched()), _silent, run="round:1")
    Embedding.objects.all().delete()

    both = threading.Barrier(2)
    met = threading.Event()

    def meet() -> None:
        if not met.is_set():
            both.wait(PATIENCE_S)
            met.set()

    mine, theirs = _Watched(meet), _Watched(meet)

    def help_once_there_is_something() -> None:
        while not shards_wait():
            met.wait(0.01)
        shards_help(lambda _: _encoder(theirs))

    helper = _beside(help_once_there_is_something)
    together = posts_embedded(ids, _encoder(mine), _silent, run="round:2")
    helper.join(PATIENCE_S)
    assert mine.read and theirs.read, "each had a part of it"
    assert sorted(one for batch in mine.read + theirs.read for one in batch) == _texts(ids)
    assert together.post_ids == alone.post_ids
    assert together.vectors[:].tobytes() == alone.vectors[:].tobytes()


def _texts(ids: list[uuid.UUID]) -> list[str]:
    return sorted(part.text or "" for post in posts_with_parts(ids) for part in post.parts.all())


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_dies_costs_the_shard_it_was_at() -> None:
    """F11, F12: with its database session its hold on the shard goes, and another worker takes it."""
    world = world_make()
    ids = _ids(world)
    holds, dies = threading.Event(), threading.Event()

    class Dying(Exception):
        pass

    def wait_and_die() -> None:
        holds.set()
        assert dies.wait(PATIENCE_S)
        connection.close()
        raise Dying

    theirs = _Watched(wait_and_die)
    tried: list[bool] = []

    def help_and_die() -> None:
        while not shards_wait():
            dies.wait(0.01)
        with pytest.raises(Dying):
            shards_help(lambda _: _encoder(theirs))
        tried.append(True)

    def wait_for_the_other() -> None:
        assert holds.wait(PATIENCE_S)

    def progress(done: int, total: int | None, message: str) -> None:
        if done == 16:
            dies.set()

    mine = _Watched(wait_for_the_other)
    helper = _beside(help_and_die)
    embedded = posts_embedded(ids, _encoder(mine), progress, run="round:1")
    helper.join(PATIENCE_S)
    assert tried == [True]
    assert (len(theirs.read), len(mine.read)) == (1, 5), "one shard was read twice, and no other"
    assert theirs.read[0] in mine.read
    assert (embedded.encoded, embedded.unreadable) == (20, 0)
    assert Embedding.objects.count() == 20
    assert not EncodingShard.objects.exists()


def test_work_that_is_run_again_goes_on_where_it_was_cut_off(world: World) -> None:
    """What a killed worker left is cut anew; what has vectors is not read again."""
    ids = _ids(world)

    class Killed(BaseException):
        pass

    def progress(done: int, total: int | None, message: str) -> None:
        if done == 8:
            raise Killed

    with pytest.raises(Killed):
        posts_embedded(ids, _encoder(_Watched()), progress, run="round:1")
    assert EncodingShard.objects.count() == 3
    text = _Watched()
    embedded = posts_embedded(ids, _encoder(text), _silent, run="round:1")
    assert sum(len(batch) for batch in text.read) == 12
    assert (embedded.unreadable, EncodingShard.objects.count()) == (0, 0)


def test_nobody_goes_on_with_cancelled_work(world: World) -> None:
    def progress(done: int, total: int | None, message: str) -> None:
        raise JobCancelled

    with pytest.raises(JobCancelled):
        posts_embedded(_ids(world), _encoder(_Watched()), progress, run="round:1")
    assert not shards_wait()
    assert Embedding.objects.count() == 4, "what was read until then is kept"


def _shards_left_by_a_leader(world: World, written: str = "bundled") -> None:
    def progress(done: int, total: int | None, message: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        posts_embedded(_ids(world), _encoder(_Watched(), written), progress, run="round:1")


def test_a_shard_that_ends_two_workers_is_left_to_the_work_that_needs_it(world: World) -> None:
    """F34: work that kills whoever does it must not go through all workers."""
    _shards_left_by_a_leader(world)
    EncodingShard.objects.filter(place=1).update(attempts=2)
    text = _Watched()
    assert shards_help(lambda _: _encoder(text)) == 3
    assert EncodingShard.objects.get().place == 1
    assert not shards_wait(), "no worker is told of it again"
    ids = sorted(posts_in(world.project.pk).values_list("pk", flat=True))
    assert posts_embedded(ids, _encoder(text), _silent, run="round:1").unreadable == 0


def test_a_helper_without_the_encoder_or_with_a_broken_one_leaves_the_work_to_others(world: World) -> None:
    _shards_left_by_a_leader(world, "local:ours")

    def lacking(name: str) -> PostEncoder:
        raise EncoderUnusableError(problem=f"there is no {name}")

    assert shards_help(lacking) == 0
    assert set(EncodingShard.objects.values_list("attempts", flat=True)) == {0}

    def broken() -> None:
        raise RuntimeError("out of memory")

    assert shards_help(lambda _: _encoder(_Watched(broken))) == 0
    assert EncodingShard.objects.count() == 4


def test_an_encoder_that_has_no_name_is_not_offered_to_others(world: World) -> None:
    _shards_left_by_a_leader(world, "")
    assert not shards_wait()


def test_workers_are_told_while_there_are_shards(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    from active_learning.services.encoding import HELP_TASK
    from core.jobs.chores import chores_tell

    sent: list[Any] = []
    monkeypatch.setattr(
        "core.jobs.chores.current_app.send_task", lambda name, **kw: sent.append((name, kw["queue"]))
    )
    chores_tell()
    assert (HELP_TASK, "gpu") not in sent
    _shards_left_by_a_leader(world)
    chores_tell()
    assert (HELP_TASK, "gpu") in sent


def test_vectors_that_somebody_else_stored_meanwhile_stay(world: World) -> None:
    from active_learning.runs.subjects import subjects_encode, text_subject

    first = WordEncoder()
    assert subjects_encode([text_subject("a lamp")], _encoder(first)) == 1
    kept = Embedding.objects.get()

    class Other(WordEncoder):
        def encode(self, texts: Sequence[str]) -> Vectors:
            return np.asarray(-super().encode(texts))

    assert subjects_encode([text_subject("a lamp"), text_subject("a chair")], _encoder(Other())) == 2
    assert Embedding.objects.count() == 2
    assert Embedding.objects.get(pk=kept.pk).vector == kept.vector
