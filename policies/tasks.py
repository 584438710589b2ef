from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task

from core.jobs.running import JobContext, counted, job_handler
from policies.services.campaign_steps import JOB_KIND as CARRY_KIND
from policies.services.campaign_steps import campaign_carry
from policies.services.campaign_tasks import campaign_make_tasks
from policies.services.campaigns import JOB_KIND
from policies.services.taking_effect import JOB_KIND as MOVE_KIND
from policies.services.taking_effect import open_tasks_move, releases_take_effect


@job_handler(kind=JOB_KIND, queue="cpu", time_limit_s=3600)
def start_campaign(context: JobContext) -> dict[str, Any]:
    """Make the tasks of one campaign."""
    return campaign_make_tasks(
        campaign_id=UUID(context.params["campaign_id"]),
        requested_by_id=context.requested_by_id,
        progress=lambda made: context.progress(made, message=f"{counted(made, 'task')} made"),
    )


@job_handler(kind=CARRY_KIND, queue="cpu", time_limit_s=3600)
def carry_campaign(context: JobContext) -> dict[str, Any]:
    """Have the open tasks of one campaign be held back, go on or end, as was wanted of it."""
    return campaign_carry(
        campaign_id=UUID(context.params["campaign_id"]),
        progress=context.progress,
    )


@job_handler(kind=MOVE_KIND, queue="cpu", time_limit_s=3600)
def move_tasks(context: JobContext) -> dict[str, Any]:
    """Ask what is open under earlier releases under the one that took effect."""
    return open_tasks_move(
        release_id=UUID(context.params["release_id"]),
        progress=lambda done: context.progress(done, message=f"{counted(done, 'open task')} asked anew"),
    )


@shared_task(name="policies.releases_take_effect", time_limit=60)
def take_effect() -> int:
    """Notice releases whose day has come; run by beat, harmless to run twice."""
    return releases_take_effect()
