from __future__ import annotations

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Capability
from core.jobs.services import job_start
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World


def _job(world: World, person: User) -> dict[str, Any]:
    return {"job_id": job_start(world.actor("manager"), project=world.project, kind="tests.nothing").pk}


_C = Capability

ENDPOINTS = [
    Endpoint("jobs:job-list", "GET", _C.JOBS_VIEW, project_id),
    Endpoint("jobs:job-counts", "GET", _C.JOBS_VIEW, project_id),
    Endpoint("jobs:job", "GET", _C.JOBS_VIEW, _job, low_role=404),
    Endpoint("jobs:job-cancel", "POST", _C.JOBS_VIEW, _job, low_role=404),
]
