from __future__ import annotations

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Capability
from tests.architecture.role_matrix import Endpoint, project_id
from tests.core.queue.queue_rows import label_tasks_make, lease_kwargs, posts_make
from tests.world import World


def _project_with_work(world: World, person: User) -> dict[str, Any]:
    label_tasks_make(world, 1)
    return project_id(world, person)


_C = Capability

ENDPOINTS = [
    Endpoint("queue:overview", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("queue:queue", "GET", _C.TASKS_WORK, project_id),
    Endpoint("queue:next", "POST", _C.TASKS_WORK, _project_with_work, lambda world: {"kind": "label"}),
    Endpoint(
        "queue:views",
        "POST",
        _C.PROJECT_VIEW,
        project_id,
        lambda world: {
            "views": [{"post_id": str(posts_make(world, 1)[0].pk), "is_revealed": True, "seconds": 2.5}]
        },
    ),
    Endpoint("queue:lease-renew", "POST", _C.TASKS_WORK, lease_kwargs, low_role=404),
    Endpoint(
        "queue:lease-release",
        "POST",
        _C.TASKS_WORK,
        lease_kwargs,
        lambda world: {"outcome": "declined"},
        low_role=404,
    ),
    Endpoint(
        "queue:draft",
        "PUT",
        _C.TASKS_WORK,
        lease_kwargs,
        lambda world: {"document": {"verdicts": []}, "version": 0},
        low_role=404,
    ),
    Endpoint("queue:my-submissions", "GET", None),
]
