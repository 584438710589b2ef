"""Reads of accounts, and the guarded doors through which every app reaches a project."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from core.accounts.actors import Actor
from core.accounts.domain.roles import CAPABILITIES_OF, Capability, Role, capabilities_of, roles_with
from core.accounts.errors import CapabilityMissingError
from core.accounts.models import ApiToken, AuditEvent, Membership, Project, User
from core.errors import NotFoundError

__all__ = [
    "CAPABILITIES_OF",
    "Actor",
    "Capability",
    "MemberView",
    "Project",
    "Role",
    "User",
    "api_tokens_of",
    "audit_events",
    "capabilities_in",
    "member_get",
    "members_of",
    "memberships_of",
    "project_by_id",
    "project_get",
    "projects_visible_to",
    "pseudonyms",
    "user_by_email",
]


@dataclass(frozen=True)
class MemberView:
    """A person as the rest of one project may know them."""

    user_id: uuid.UUID
    pseudonym: str
    is_simulated: bool


def project_get(actor: Actor, project_id: uuid.UUID | str, *, needs: Capability) -> Project:
    """Return the project when ``actor`` is a member whose roles allow ``needs``.

    Raises
    ------
    NotFoundError
        When there is no such project or the actor is not a member: both look the same.
    CapabilityMissingError
        When the actor is a member but ``needs`` is not among what they may do.
    """
    membership = (
        Membership.objects.select_related("project")
        .filter(project_id=project_id, user_id=actor.user.pk, is_active=True, user__is_active=True)
        .first()
    )
    if membership is None:
        raise NotFoundError()
    if needs not in capabilities_of(membership.roles, actor.scopes):
        raise CapabilityMissingError(capability=str(needs))
    return membership.project


def project_by_id(project_id: uuid.UUID) -> Project:
    """Return the project for work that was already allowed (a job); never for a request."""
    return Project.objects.get(pk=project_id)


def projects_visible_to(actor: Actor, *, needs: Capability = Capability.PROJECT_VIEW) -> QuerySet[Project]:
    """Return the projects in which ``actor`` may do ``needs``."""
    if actor.scopes is not None and needs not in actor.scopes:
        return Project.objects.none()
    return Project.objects.filter(
        memberships__user_id=actor.user.pk,
        memberships__is_active=True,
        memberships__roles__overlap=[str(role) for role in roles_with(needs)],
    ).select_related("organization")


def capabilities_in(actor: Actor, project_id: uuid.UUID) -> frozenset[Capability]:
    """Return what ``actor`` may do in the project; nothing when not a member."""
    membership = Membership.objects.filter(
        project_id=project_id, user_id=actor.user.pk, is_active=True
    ).first()
    return capabilities_of(membership.roles, actor.scopes) if membership else frozenset()


def memberships_of(actor: Actor) -> QuerySet[Membership]:
    """Return the actor's own memberships with their projects, by project name."""
    return (
        Membership.objects.filter(user_id=actor.user.pk, is_active=True)
        .select_related("project", "project__organization")
        .order_by("project__name", "id")
    )


def members_of(project: Project) -> QuerySet[Membership]:
    """Return the project's memberships with their people."""
    return Membership.objects.filter(project=project, is_active=True).select_related("user")


def member_get(project: Project, membership_id: uuid.UUID) -> Membership:
    """Return one membership of ``project``.

    Raises
    ------
    NotFoundError
        When it is not one of this project.
    """
    membership = members_of(project).filter(pk=membership_id).first()
    if membership is None:
        raise NotFoundError()
    return membership


def pseudonyms(project_id: uuid.UUID) -> dict[uuid.UUID, MemberView]:
    """Return, by user, the only name under which the project's other people and its exports know them."""
    rows = Membership.objects.filter(project_id=project_id).values_list(
        "user_id", "pseudonym", "user__is_simulated"
    )
    return {user_id: MemberView(user_id, pseudonym, simulated) for user_id, pseudonym, simulated in rows}


def user_by_email(email: str) -> User | None:
    """Return the active user with this address, letter case aside."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def api_tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """Return the person's own tokens that were not revoked."""
    return ApiToken.objects.filter(user_id=actor.user.pk, revoked_at__isnull=True)


def audit_events(project: Project) -> QuerySet[AuditEvent]:
    """Return the project's audit events."""
    return AuditEvent.objects.filter(project=project).select_related("actor")
