from __future__ import annotations

import uuid
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor, Capability
from core.queue.services import lease_next
from tests.annotation import material
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World

_C = Capability


def _lease(world: World, person: User) -> dict[str, Any]:
    material.tasks_make(world, material.release_once(world), [material.post_make(world)], overlap=8)
    lease = lease_next(Actor(person), project=world.project, kind="label")
    assert lease is not None
    return {"lease_id": lease.pk}


def _post(world: World, person: User) -> dict[str, Any]:
    material.release_once(world)
    return {"post_id": material.post_make(world).pk}


def _tasks(world: World) -> dict[str, Any]:
    release, post = material.release_once(world), material.post_make(world)
    return {"release_id": str(release.id), "posts": {"post_ids": [str(post.pk)]}, "overlap": 1}


def _adjudication(world: World) -> dict[str, Any]:
    release = material.release_once(world)
    return {"release_id": str(release.id), "clause_key": "spam", "answer": "no", "reason_code": "mistake"}


ENDPOINTS = [
    Endpoint("annotation:label", "GET", _C.TASKS_WORK, _lease, low_role=404),
    Endpoint(
        "annotation:annotation",
        "POST",
        _C.TASKS_WORK,
        _lease,
        lambda world: {"id": str(uuid.uuid4()), "document": material.document(), "active_ms": 10},
        low_role=404,
    ),
    Endpoint("annotation:label-tasks", "POST", _C.TASKS_MANAGE, project_id, _tasks),
    Endpoint("annotation:agreement", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:disagreements", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("annotation:decisions", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "annotation:recompute",
        "POST",
        _C.REVIEW_DECIDE,
        project_id,
        lambda world: {"release_id": str(material.release_once(world).id)},
    ),
    Endpoint("annotation:answers", "GET", _C.RESULTS_VIEW, _post),
    Endpoint("annotation:adjudications", "POST", _C.REVIEW_DECIDE, _post, _adjudication),
]
