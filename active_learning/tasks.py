"""Job handlers. The learners are loaded inside them, so that whoever imports this module does not load torch."""

from __future__ import annotations

import uuid
from typing import Any

from core.jobs.running import JobContext, job_handler


@job_handler(kind="active_learning.run_round", queue="gpu", time_limit_s=6 * 3600)
def run_round(context: JobContext) -> dict[str, Any]:
    """Run one active-learning round."""
    from active_learning.runs.rounds import round_run

    return round_run(uuid.UUID(context.params["round_id"]), context.progress)


@job_handler(kind="active_learning.run_scan", queue="gpu", time_limit_s=6 * 3600)
def run_scan(context: JobContext) -> dict[str, Any]:
    """Run one label-noise scan."""
    from active_learning.runs.scans import scan_run

    return scan_run(uuid.UUID(context.params["scan_id"]), context.progress)
