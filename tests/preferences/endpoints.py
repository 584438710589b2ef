from __future__ import annotations

import uuid
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor, Capability
from core.queue.services import lease_next
from tests.architecture.role_matrix import Endpoint, project_id
from tests.preferences import material
from tests.world import World

_C = Capability


def _lease(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    material.comparisons_make(world)
    material.tasks_make(world, overlap=8)
    lease = lease_next(Actor(person), project=world.project, kind="compare")
    assert lease is not None
    return {"lease_id": lease.pk}


def _comparison(world: World, person: User) -> dict[str, Any]:
    return {"comparison_id": material.comparisons_make(world)[0].pk}


def _with_release(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return project_id(world, person)


ENDPOINTS = [
    Endpoint(
        "preferences:comparison-imports",
        "POST",
        _C.CONTENT_IMPORT,
        project_id,
        lambda world: {"file": material.jsonl_file([material.line(1)])},
    ),
    Endpoint(
        "preferences:compare-tasks", "POST", _C.TASKS_MANAGE, _with_release, lambda world: {"overlap": 2}
    ),
    Endpoint("preferences:comparisons", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("preferences:comparison", "GET", _C.RESULTS_VIEW, _comparison, low_role=404),
    Endpoint("preferences:ratings", "GET", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:ratings-fit", "POST", _C.RESULTS_VIEW, _with_release),
    Endpoint("preferences:bundle", "GET", _C.TASKS_WORK, _lease, low_role=404),
    Endpoint(
        "preferences:judgment",
        "POST",
        _C.TASKS_WORK,
        _lease,
        lambda world: {"id": str(uuid.uuid4()), "document": material.document(), "active_ms": 10},
        low_role=404,
    ),
]
