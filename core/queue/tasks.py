from __future__ import annotations

from celery import shared_task

from core.queue.services import leases_expire


@shared_task(name="queue.expire_leases", time_limit=60)
def expire_leases() -> int:
    """Return slots whose holders stopped renewing; run by beat, harmless to run twice."""
    return leases_expire()
