from __future__ import annotations

from typing import Any
from uuid import UUID

from core.jobs.running import JobContext, job_handler
from policies.services.campaigns import JOB_KIND, campaign_make_tasks


@job_handler(kind=JOB_KIND, queue="cpu", time_limit_s=3600)
def start_campaign(context: JobContext) -> dict[str, Any]:
    """Make the tasks of one campaign."""
    return campaign_make_tasks(
        campaign_id=UUID(context.params["campaign_id"]),
        requested_by_id=context.requested_by_id,
        progress=lambda made: context.progress(made, message=f"{made} tasks made"),
    )
