"""``/healthz``: what each part of the deployment says of itself, in one cheap answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import redis
from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from config.heartbeats import beat_round_age_s, workers_seen
from core.errors import ConcordError
from core.storage import blob_store

_BEAT_LATE_S = 90.0
_OUTBOX_LATE_S = 60.0


@dataclass(frozen=True)
class PartHealth:
    """What one part answered."""

    is_up: bool
    detail: str
    took_ms: float = 0.0


def database_health() -> PartHealth:
    """Ask the database, and whether it keeps what it acknowledges."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('synchronous_commit'), pg_is_in_recovery()")
        durable, is_replica = cursor.fetchone()
    if durable == "off":
        return PartHealth(False, "synchronous_commit is off: acknowledged work could be lost. Turn it on.")
    if is_replica:
        return PartHealth(False, "The database is a read-only replica.")
    return PartHealth(True, "answers")


def broker_health() -> PartHealth:
    """Ask the broker for a connection."""
    with current_app.connection_for_write(connect_timeout=2) as broker:
        broker.ensure_connection(max_retries=0, timeout=2)
    return PartHealth(True, "answers")


def cache_health() -> PartHealth:
    """Ask Redis, which holds caches and signs of life."""
    workers_seen()
    return PartHealth(True, "answers")


def workers_health() -> PartHealth:
    """Count the workers of each queue."""
    seen = workers_seen()
    counted = ", ".join(f"{queue}: {number}" for queue, number in sorted(seen.items()))
    missing = [queue for queue in ("cpu", "gpu") if not seen.get(queue)]
    if missing:
        return PartHealth(False, f"No worker serves {' and '.join(missing)} ({counted}).")
    return PartHealth(True, counted)


def beat_health() -> PartHealth:
    """Tell whether beat lately reached a worker through the broker."""
    age_s = beat_round_age_s()
    if age_s is None or age_s > _BEAT_LATE_S:
        return PartHealth(False, "Scheduled work has not run lately. Is beat running?")
    return PartHealth(True, f"last ran {age_s:.0f} s ago")


def storage_health() -> PartHealth:
    """Ask the blob store."""
    blob_store().check()
    return PartHealth(True, "answers")


_PARTS: dict[str, Callable[[], PartHealth]] = {
    "database": database_health,
    "broker": broker_health,
    "cache": cache_health,
    "workers": workers_health,
    "beat": beat_health,
    "storage": storage_health,
}


def part_health(ask: Callable[[], PartHealth]) -> PartHealth:
    """Ask one part; whatever way it fails to answer is a sentence, never an exception."""
    started = time.monotonic()
    try:
        found = ask()
    except (DatabaseError, redis.RedisError, BrokerError, ConcordError, OSError) as problem:
        found = PartHealth(False, f"Does not answer ({type(problem).__name__}).")
    return PartHealth(found.is_up, found.detail, round((time.monotonic() - started) * 1000, 1))


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is up, else 503; the body names each part's state."""
    parts = {name: part_health(ask) for name, ask in _PARTS.items()}
    is_up = all(part.is_up for part in parts.values())
    body = {
        "state": "up" if is_up else "down",
        "parts": {
            name: {"state": "up" if part.is_up else "down", "detail": part.detail, "took_ms": part.took_ms}
            for name, part in parts.items()
        },
    }
    return JsonResponse(body, status=200 if is_up else 503)
