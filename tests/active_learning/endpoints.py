from __future__ import annotations

from typing import Any

from active_learning.models import Scan, Suspect
from active_learning.services import round_start
from core.accounts.models import User
from core.accounts.selectors import Capability
from tests.active_learning.material import decide, round_body
from tests.annotation.material import post_make, release_once
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World

_C = Capability


def _round(world: World, person: User) -> dict[str, Any]:
    started = round_start(
        world.actor("engineer"),
        world.project.pk,
        release_id=release_once(world).id,
        clause_key="spam",
        strategy="margin",
        budget=3,
        seed=1,
    )
    return {"round_id": started.pk}


def _scan_row(world: World) -> Scan:
    return Scan.objects.create(
        project=world.project, release_id=release_once(world).id, clause_keys=["spam"], seed=1
    )


def _scan(world: World, person: User) -> dict[str, Any]:
    return {"scan_id": _scan_row(world).pk}


def _suspect(world: World, person: User) -> dict[str, Any]:
    scan, post = _scan_row(world), post_make(world, with_image=False)
    suspect = Suspect.objects.create(
        scan=scan,
        post=post,
        decision_id=decide(world, release_once(world), post, "no").pk,
        clause_key="spam",
        rank=0,
        given="no",
        likely="yes",
        score=0.9,
        why={"given_probability": 0.1, "likely_probability": 0.9, "votes": [], "nearest": []},
    )
    return {"suspect_id": suspect.pk}


ENDPOINTS = [
    Endpoint("active_learning:strategies", "GET", None),
    Endpoint("active_learning:rounds", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "active_learning:rounds",
        "POST",
        _C.MODELS_RUN,
        project_id,
        lambda world: round_body(release_once(world)),
    ),
    Endpoint("active_learning:round", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:picks", "GET", _C.RESULTS_VIEW, _round, low_role=404),
    Endpoint("active_learning:models", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("active_learning:scans", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint(
        "active_learning:scans",
        "POST",
        _C.MODELS_RUN,
        project_id,
        lambda world: {"release_id": str(release_once(world).id)},
    ),
    Endpoint("active_learning:scan", "GET", _C.RESULTS_VIEW, _scan, low_role=404),
    Endpoint("active_learning:suspects", "GET", _C.RESULTS_VIEW, _scan, low_role=404),
    Endpoint(
        "active_learning:suspect-review",
        "POST",
        _C.REVIEW_DECIDE,
        _suspect,
        lambda world: {"outcome": "confirmed"},
    ),
    Endpoint("active_learning:suspect-task", "POST", _C.REVIEW_DECIDE, _suspect, lambda world: {}),
]
