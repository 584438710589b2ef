"""Signs of life that workers and beat leave in Redis, so that ``/healthz`` can tell cheaply who is there."""

from __future__ import annotations

import time
from functools import lru_cache
from typing import Any

import redis
from celery import shared_task
from celery.signals import worker_ready, worker_shutting_down
from django.conf import settings

_EVERY_S = 5.0
_GONE_AFTER_S = 20
_WORKER_KEY = "concord:worker:{queue}:{name}"
_ROUND_KEY = "concord:beat-round"


@lru_cache(maxsize=1)
def heartbeat_store() -> redis.Redis:
    """Return this process's connection to Redis; it gives up after two seconds."""
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=2, socket_connect_timeout=2, decode_responses=True
    )


@worker_ready.connect
def worker_appears(sender: Any, **_: object) -> None:
    """Leave a sign for each queue of this worker, again and again, from the worker's own event loop.

    A worker whose loop hangs stops being seen, which a thread's sign would hide.
    """
    _sign_leave(sender)
    sender.timer.call_repeatedly(_EVERY_S, _sign_leave, (sender,))


@worker_shutting_down.connect
def worker_leaves(sender: str, **_: object) -> None:
    """Take the signs away, so that a stopped worker is not counted for another twenty seconds."""
    store = heartbeat_store()
    for key in store.scan_iter(_WORKER_KEY.format(queue="*", name=sender)):
        store.delete(key)


def _sign_leave(consumer: Any) -> None:
    store = heartbeat_store()
    with store.pipeline(transaction=False) as batch:
        for queue in consumer.app.amqp.queues.consume_from:
            key = _WORKER_KEY.format(queue=queue, name=consumer.hostname)
            batch.set(key, f"{time.time():.3f}", ex=_GONE_AFTER_S)
        batch.execute()


@shared_task(name="config.beat_round", queue="cpu", expires=30, ignore_result=True)
def beat_round() -> None:
    """Note when beat last reached a worker through the broker."""
    heartbeat_store().set(_ROUND_KEY, f"{time.time():.3f}")


def workers_seen() -> dict[str, int]:
    """Return how many workers serve each queue now."""
    seen = {"cpu": 0, "gpu": 0}
    for key in heartbeat_store().scan_iter(_WORKER_KEY.format(queue="*", name="*"), count=1000):
        queue = key.split(":", 3)[2]
        seen[queue] = seen.get(queue, 0) + 1
    return seen


def beat_round_age_s() -> float | None:
    """Return the seconds since beat last reached a worker; ``None`` when it never did."""
    noted = heartbeat_store().get(_ROUND_KEY)
    return None if noted is None else max(0.0, time.time() - float(str(noted)))
