"""What is given back in the moment in which its order is held back, or goes on: each side sees the other."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from core.queue.models import HeldSource, Lease, Slot
from core.queue.services import (
    TaskSpec,
    lease_next,
    lease_release,
    slots_free,
    slots_hold,
    source_free,
    source_hold,
    source_tasks_open,
    tasks_create,
)
from tests.core.queue.queue_rows import posts_make
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)

_AT_A_LOCK = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"


def _held(world: World) -> tuple[Lease, uuid.UUID]:
    """One task that a campaign ordered, held by somebody."""
    source_id = uuid.uuid4()
    spec = TaskSpec(
        release_id=uuid.uuid4(),
        clause_keys=["spam"],
        slots=1,
        post_id=posts_make(world, 1)[0].pk,
        source="campaign",
        source_id=source_id,
    )
    tasks_create(world.project, kind="label", specs=[spec], actor=world.actor("manager"))
    lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert lease is not None
    return lease, source_id


class Other:
    """A connection of its own that does one thing; `waits` returns once it waits at a lock, or is done."""

    def __init__(self, pool: ThreadPoolExecutor, run: Callable[[], Any]) -> None:
        self._known = threading.Event()
        self._pid = 0
        self.done: Future[None] = pool.submit(self._run, run)

    def _run(self, run: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            self._pid = connection.connection.info.backend_pid
            self._known.set()
            run()
        finally:
            connection.close()

    def waits(self) -> bool:
        """Whether it stopped at a lock; False when it went through without waiting."""
        assert self._known.wait(20)
        while not self.done.done():
            with connection.cursor() as cursor:
                cursor.execute(_AT_A_LOCK, [self._pid])
                if cursor.fetchone()[0]:
                    return True
        return False


def _pause(world: World, source_id: uuid.UUID) -> None:
    source_hold(world.actor("manager"), world.project, source_id=source_id)
    slots_hold(list(source_tasks_open(world.project.pk, source_id, at_a_time=10)))


def _resume(world: World, source_id: uuid.UUID) -> None:
    source_free(world.actor("manager"), world.project, source_id=source_id)
    slots_free(list(source_tasks_open(world.project.pk, source_id, at_a_time=10)))


def _gives_back(world: World, lease: Lease) -> Callable[[], Any]:
    return lambda: lease_release(world.actor("annotator"), lease.pk, outcome="declined")


def _next(world: World) -> Lease | None:
    return lease_next(world.actor("annotator2"), project=world.project, kind="label")


def test_what_is_given_back_before_the_pause_is_told_of_is_held_back(world: World) -> None:
    lease, source_id = _held(world)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            _pause(world, source_id)
            other = Other(pool, _gives_back(world, lease))
            assert other.waits()
        other.done.result(20)
    assert Slot.objects.get().state == "paused"
    assert _next(world) is None


def test_a_pause_waits_for_what_is_being_given_back(world: World) -> None:
    lease, source_id = _held(world)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            _gives_back(world, lease)()
            other = Other(pool, lambda: _pause(world, source_id))
            assert other.waits()
        other.done.result(20)
    assert Slot.objects.get().state == "paused"
    assert _next(world) is None


def test_what_is_given_back_while_the_order_goes_on_again_does_not_stay_behind(world: World) -> None:
    lease, source_id = _held(world)
    _pause(world, source_id)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            _gives_back(world, lease)()
            other = Other(pool, lambda: _resume(world, source_id))
            assert other.waits()
        other.done.result(20)
    assert not HeldSource.objects.exists()
    assert Slot.objects.get().state == "open"
    assert _next(world) is not None


def test_two_people_give_back_at_once_without_waiting_for_each_other(world: World) -> None:
    lease, source_id = _held(world)
    spec = TaskSpec(
        release_id=uuid.uuid4(),
        clause_keys=["spam"],
        slots=1,
        post_id=posts_make(world, 1)[0].pk,
        source="campaign",
        source_id=source_id,
    )
    tasks_create(world.project, kind="label", specs=[spec], actor=world.actor("manager"))
    second = _next(world)
    assert second is not None
    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        _gives_back(world, lease)()
        other = Other(pool, lambda: lease_release(world.actor("annotator2"), second.pk, outcome="declined"))
        assert not other.waits()
        other.done.result(20)
    assert set(Slot.objects.values_list("state", flat=True)) == {"open"}
