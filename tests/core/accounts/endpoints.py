from __future__ import annotations

from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor, Capability, members_of
from core.accounts.services import token_create
from tests.architecture.role_matrix import Endpoint, project_id
from tests.world import World, person_make


def _member(world: World, person: User) -> dict[str, Any]:
    return {
        "project_id": world.project.pk,
        "member_id": members_of(world.project).get(user=world.person("annotator2")).pk,
    }


def _token(world: World, person: User) -> dict[str, Any]:
    token, _ = token_create(Actor(person), name="notebook", scopes=["project.view"])
    return {"token_id": token.pk}


_C = Capability

ENDPOINTS = [
    Endpoint("accounts:me", "GET", None),
    Endpoint("accounts:project-list", "GET", None),
    Endpoint(
        "accounts:project-list",
        "POST",
        _C.PROJECT_MANAGE,
        body=lambda world: {"name": "Second", "slug": "second"},
    ),
    Endpoint("accounts:project", "GET", _C.PROJECT_VIEW, project_id),
    Endpoint("accounts:project", "PATCH", _C.PROJECT_MANAGE, project_id, lambda world: {"name": "Renamed"}),
    Endpoint("accounts:member-list", "GET", _C.PROJECT_MANAGE, project_id),
    Endpoint(
        "accounts:member-list",
        "POST",
        _C.PROJECT_MANAGE,
        project_id,
        lambda world: {"email": person_make("newcomer").email, "roles": ["annotator"]},
    ),
    Endpoint("accounts:member", "PATCH", _C.PROJECT_MANAGE, _member, lambda world: {"roles": ["reviewer"]}),
    Endpoint("accounts:member", "DELETE", _C.PROJECT_MANAGE, _member),
    Endpoint("accounts:audit", "GET", _C.AUDIT_VIEW, project_id),
    Endpoint("accounts:token-list", "GET", None),
    Endpoint(
        "accounts:token-list",
        "POST",
        None,
        body=lambda world: {"name": "notebook", "scopes": ["project.view"]},
    ),
    Endpoint("accounts:token", "DELETE", None, _token),
]
