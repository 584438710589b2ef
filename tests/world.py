"""A small world for tests: two organizations that must never see each other, and a person for every role."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Q
from django.test import Client
from django.test.client import ClientHandler

from core.accounts.actors import Actor
from core.accounts.domain.roles import Role
from core.accounts.models import AuditEvent, Membership, Organization, Project, User
from core.accounts.services import member_add, organization_create, project_create, user_create
from tests.world_copies import Rows


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


_first: tuple[World, Rows] | None = None


def world_make() -> World:
    """Make the two organizations and their people: by the services once a run, and as copies from then on."""
    global _first
    if _first is None:
        made = world_by_services()
        _first = made, rows_of(made)
        return made
    first, rows = _first
    copies = rows.copies()
    world = World(
        organization=copies[first.organization.pk],
        project=copies[first.project.pk],
        other_organization=copies[first.other_organization.pk],
        other_project=copies[first.other_project.pk],
        people={name: copies[person.pk] for name, person in first.people.items()},
    )
    world.project.organization, world.other_project.organization = (
        world.organization,
        world.other_organization,
    )
    return world


def rows_of(world: World) -> Rows:
    """Read everything that making a world stores."""
    organizations = [world.organization.pk, world.other_organization.pk]
    projects = [world.project.pk, world.other_project.pk]
    people = [person.pk for person in world.people.values()]
    targets = [str(target) for target in organizations + people]
    return Rows.of(
        Organization.objects.filter(pk__in=organizations),
        User.objects.filter(pk__in=people),
        Project.objects.filter(pk__in=projects),
        Membership.objects.filter(project__in=projects),
        AuditEvent.objects.filter(Q(project__in=projects) | Q(target_id__in=targets)),
    )


def world_by_services() -> World:
    """Make them as the product does."""
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


class _SharedHandler(ClientHandler):
    """A client's handler with the middleware of all others: to make it is to look at every file of the pages."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Take over what the first one made."""
        self.__dict__.update(_middleware_made())


@lru_cache(maxsize=1)
def _middleware_made() -> dict[str, Any]:
    made = ClientHandler()
    made.load_middleware()
    return {name: value for name, value in vars(made).items() if name.endswith(("_middleware", "_chain"))}


class Caller:
    """Speaks JSON to the API as one person, as a browser with a session does."""

    def __init__(self, user: User | None = None, *, enforce_csrf_checks: bool = False) -> None:
        self.client = Client(raise_request_exception=False)
        self.client.handler = _SharedHandler(enforce_csrf_checks)
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
