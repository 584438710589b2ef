from __future__ import annotations

import uuid
from typing import Any

from core.accounts.models import User
from core.accounts.selectors import Actor, Capability, members_of
from core.accounts.services import invitation_create, member_add, project_create, token_create
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


def _invitation(world: World, person: User) -> dict[str, Any]:
    invitation, _ = invitation_create(
        world.actor("manager"), project=world.project, email="guest@example.org", roles=["annotator"]
    )
    return {"project_id": world.project.pk, "invitation_id": invitation.pk}


def _colleague(world: World) -> str:
    """The address of somebody who works in another project of the same organization."""
    manager, email = world.actor("manager"), person_make("newcomer").email
    slug = f"side-{uuid.uuid4().hex[:8]}"
    side = project_create(manager, organization=world.organization, name=slug, slug=slug)
    member_add(None, project=side, email=email, roles=["annotator"])
    return email


def _secret_of_mine(world: World) -> str:
    """The secret of an invitation of the first person whom the matrix calls as."""
    host, slug = Actor(world.person("outsider")), f"side-{uuid.uuid4().hex[:8]}"
    side = project_create(host, organization=world.other_organization, name=slug, slug=slug)
    guest = world.person("annotator")
    _, link = invitation_create(host, project=side, email=guest.email, roles=["reviewer"])
    return link.rpartition("#")[2]


_C = Capability

ENDPOINTS = [
    Endpoint("accounts:me", "GET", None),
    Endpoint("accounts:my-keys", "GET", None),
    Endpoint("accounts:my-keys", "PATCH", None, body=lambda world: {"changes": {"label.skip": ["shift+k"]}}),
    Endpoint("accounts:my-keys", "DELETE", None),
    Endpoint("accounts:my-languages", "GET", None),
    Endpoint("accounts:my-languages", "PUT", None, body=lambda world: {"languages": ["en", "pt-BR"]}),
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
        lambda world: {"email": _colleague(world), "roles": ["annotator"]},
    ),
    Endpoint("accounts:member", "PATCH", _C.PROJECT_MANAGE, _member, lambda world: {"roles": ["reviewer"]}),
    Endpoint("accounts:member", "DELETE", _C.PROJECT_MANAGE, _member),
    Endpoint("accounts:member-sign-in-link", "POST", _C.PROJECT_MANAGE, _member),
    Endpoint("accounts:invitation-list", "GET", _C.PROJECT_MANAGE, project_id),
    Endpoint(
        "accounts:invitation-list",
        "POST",
        _C.PROJECT_MANAGE,
        project_id,
        lambda world: {"email": "guest@example.org", "roles": ["annotator"]},
    ),
    Endpoint("accounts:invitation", "DELETE", _C.PROJECT_MANAGE, _invitation),
    Endpoint(
        "accounts:invitation-show",
        "POST",
        None,
        body=lambda world: {"secret": _secret_of_mine(world)},
        is_public=True,
    ),
    Endpoint(
        "accounts:invitation-accept",
        "POST",
        None,
        body=lambda world: {"secret": "none", "display_name": "Guest", "password": "nine tidal lanterns"},
        allowed=frozenset({410}),
        is_public=True,
    ),
    Endpoint(
        "accounts:invitation-join",
        "POST",
        None,
        body=lambda world: {"secret": _secret_of_mine(world)},
        allowed=frozenset({200, 403}),
    ),
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
