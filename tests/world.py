"""A small world for tests: two organizations that must never see each other, and a person for every role."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from core.accounts.actors import Actor
from core.accounts.domain.roles import Role
from core.accounts.models import Organization, Project, User
from core.accounts.services import member_add, organization_create, project_create, user_create


@dataclass
class World:
    """Organization A with two people a role (one manager); B with an outsider who has every role there."""

    organization: Organization
    project: Project
    other_organization: Organization
    other_project: Project
    people: dict[str, User] = field(default_factory=dict)

    def person(self, name: str) -> User:
        """Return ``annotator``, ``annotator2``, ``reviewer``, … or ``outsider``."""
        return self.people[name]

    def actor(self, name: str) -> Actor:
        """Return the person as an actor in a browser."""
        return Actor(self.people[name])


PASSWORD = "a long enough password"


def person_make(name: str, *, display_name: str | None = None, is_simulated: bool = False) -> User:
    """Make a person who can sign in with `PASSWORD`."""
    return user_create(
        f"{name}-{uuid.uuid4().hex[:6]}@example.org",
        display_name=display_name or name.replace("_", " ").title(),
        is_simulated=is_simulated,
    )


def world_make() -> World:
    """Make the two organizations and their people."""
    suffix = uuid.uuid4().hex[:8]
    manager, outsider = person_make("manager"), person_make("outsider")
    organization = organization_create("Harbour", slug=f"harbour-{suffix}")
    other_organization = organization_create("Elsewhere", slug=f"elsewhere-{suffix}")
    project = project_create(Actor(manager), organization=organization, name="Market", slug="market")
    other = project_create(Actor(outsider), organization=other_organization, name="Forum", slug="forum")
    world = World(
        organization, project, other_organization, other, {"manager": manager, "outsider": outsider}
    )
    for role in Role:
        if role is Role.MANAGER:
            continue
        for name in (str(role), f"{role}2"):
            person = person_make(name)
            member_add(Actor(manager), project=project, email=person.email, roles=[str(role)])
            world.people[name] = person
    from core.accounts.selectors import members_of
    from core.accounts.services import member_update

    membership = members_of(other).get(user=outsider)
    member_update(Actor(outsider), project=other, membership=membership, roles=[str(role) for role in Role])
    return world


class Caller:
    """Speaks JSON to the API as one person, as a browser with a session does."""

    def __init__(self, user: User | None = None, *, enforce_csrf_checks: bool = False) -> None:
        self.client = Client(enforce_csrf_checks=enforce_csrf_checks, raise_request_exception=False)
        if user is not None:
            self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """Send a request; ``body`` travels as JSON, or as multipart when it is a dict with a file in it."""
        if isinstance(body, dict) and any(hasattr(value, "read") for value in body.values()):
            return getattr(self.client, method.lower())(path, body, headers=headers)
        options = {} if body is None else {"data": body, "content_type": "application/json"}
        return getattr(self.client, method.lower())(path, headers=headers, **options)

    def get(self, path: str, **headers: str) -> Any:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("POST", path, body, **headers)

    def put(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PUT", path, body, **headers)

    def patch(self, path: str, body: Any = None, **headers: str) -> Any:
        return self.call("PATCH", path, body, **headers)

    def delete(self, path: str, **headers: str) -> Any:
        return self.call("DELETE", path, **headers)
