"""``/healthz``: what each part of the deployment says of itself, in one cheap answer."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import redis
from celery import current_app
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError as BrokerError

from config.heartbeats import beat_round_age_s, workers_seen
from config.postgres import DURABLE_SETTINGS, durability_problem
from core.errors import ConcordError
from core.jobs.selectors import outbox_oldest_age_s
from core.storage import blob_store

_BEAT_LATE_S = 90.0
_OUTBOX_LATE_S = 60.0


@dataclass(frozen=True)
class PartHealth:
    """What one part answered; ``figures`` are numbers for monitoring, each named with its unit."""

    is_up: bool
    detail: str
    took_ms: float = 0.0
    figures: Mapping[str, float | None] = field(default_factory=dict)


def database_health() -> PartHealth:
    """Ask the database, and whether it keeps what it acknowledges."""
    asked = ", ".join(f"current_setting('{name}')" for name in DURABLE_SETTINGS)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_is_in_recovery(), {asked}")
        is_replica, *found = cursor.fetchone()
    problem = durability_problem(dict(zip(DURABLE_SETTINGS, found, strict=True)))
    if problem is not None:
        return PartHealth(False, problem)
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


def outbox_health() -> PartHealth:
    """Tell how long the oldest work has waited for the relay to hand it to the broker."""
    age_s = outbox_oldest_age_s()
    figures = {"oldest_unsent_age_s": None if age_s is None else round(age_s, 1)}
    if age_s is not None and age_s > _OUTBOX_LATE_S:
        detail = f"Work has waited {age_s:.0f} s to be sent to the broker. Is the relay running?"
        return PartHealth(False, detail, figures=figures)
    return PartHealth(True, "all sent" if age_s is None else f"waiting {age_s:.0f} s", figures=figures)


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
    "outbox": outbox_health,
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
    return replace(found, took_ms=round((time.monotonic() - started) * 1000, 1))


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part is up, else 503; the body names each part's state."""
    parts = {name: part_health(ask) for name, ask in _PARTS.items()}
    is_up = all(part.is_up for part in parts.values())
    body = {
        "state": "up" if is_up else "down",
        "parts": {
            name: {
                "state": "up" if part.is_up else "down",
                "detail": part.detail,
                "took_ms": part.took_ms,
                **part.figures,
            }
            for name, part in parts.items()
        },
    }
    return JsonResponse(body, status=200 if is_up else 503)
