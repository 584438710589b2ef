"""Who appears in the demo: a person for each role, and simulated annotators marked as such everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from core.accounts.selectors import CAPABILITIES_OF, Actor, Project, Role, User, user_by_email
from core.accounts.services import (
    member_add,
    organization_create,
    project_create,
    token_create,
    user_create,
)

ORGANIZATION = "Open Square (demo)"
PROJECT = "Marketplace safety"
_TOKENS_LAST = timedelta(days=2)


@dataclass(frozen=True)
class Part:
    """One person of the demo."""

    key: str
    name: str
    role: Role
    is_simulated: bool = False
    reliability: float = 1.0

    @property
    def email(self) -> str:
        """The address; nobody can send mail to it."""
        return f"{self.key}@{'sim.' if self.is_simulated else ''}demo.concord"


TEAM = (
    Part("ana", "Ana (annotator)", Role.ANNOTATOR),
    Part("rui", "Rui (reviewer)", Role.REVIEWER),
    Part("pia", "Pia (policy expert)", Role.POLICY_EDITOR),
    Part("pavel", "Pavel (policy expert)", Role.POLICY_EDITOR),
    Part("edda", "Edda (ML engineer)", Role.ENGINEER),
    Part("mika", "Mika (project manager)", Role.MANAGER),
)

SIMULATED = (
    Part("sim-1", "Simulated 1", Role.ANNOTATOR, is_simulated=True, reliability=0.97),
    Part("sim-2", "Simulated 2", Role.ANNOTATOR, is_simulated=True, reliability=0.94),
    Part("sim-3", "Simulated 3", Role.ANNOTATOR, is_simulated=True, reliability=0.92),
    Part("sim-4", "Simulated 4", Role.ANNOTATOR, is_simulated=True, reliability=0.88),
    Part("sim-careless", "Simulated 5 (careless)", Role.ANNOTATOR, is_simulated=True, reliability=0.45),
)


@dataclass(frozen=True)
class Cast:
    """The demo's project and a token for each person, by key."""

    project: Project
    tokens: dict[str, str]


@transaction.atomic
def cast_make(*, slug: str) -> Cast:
    """Make, or find, the organization, the project and the people, and a fresh token for each of them.

    This is the one step that an operator does on the command line: there is no open sign-up.
    """
    manager = _person(TEAM[-1])
    project = _project(manager, slug)
    for part in (*TEAM, *SIMULATED):
        user = _person(part)
        if part is not TEAM[-1] and not project.memberships.filter(user=user).exists():
            member_add(None, project=project, email=part.email, roles=[str(part.role)])
    until = timezone.now() + _TOKENS_LAST
    tokens = {part.key: _token(part, until) for part in (*TEAM, *SIMULATED)}
    return Cast(project, tokens)


def _token(part: Part, until: datetime) -> str:
    """A token of what the person's role allows, no more, that ends by itself."""
    scopes = sorted(str(capability) for capability in CAPABILITIES_OF[part.role])
    return token_create(Actor(_person(part)), name="demo", scopes=scopes, expires_at=until)[1]


def _person(part: Part) -> User:
    return user_by_email(part.email) or user_create(
        part.email, display_name=part.name, is_simulated=part.is_simulated
    )


def _project(manager: User, slug: str) -> Project:
    known = Project.objects.filter(slug=slug, organization__slug="open-square").first()
    if known is not None:
        return known
    organization = organization_create(ORGANIZATION, slug="open-square")
    return project_create(
        Actor(manager),
        organization=organization,
        name=PROJECT,
        slug=slug,
        description="Posts of an invented marketplace, labelled by simulated annotators. Everything here is a demo.",
    )
