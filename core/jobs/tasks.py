from __future__ import annotations

from celery import shared_task

from core.jobs.services import jobs_return_lost


@shared_task(name="jobs.return_lost_jobs", time_limit=60)
def return_lost_jobs() -> int:
    """Put back jobs whose worker or message was lost; run by beat, harmless to run twice."""
    return jobs_return_lost()
