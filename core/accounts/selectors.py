"""Reads of accounts, and the guarded doors through which every app reaches a project."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, LiteralString, TypeVar

from django.db.models import Model, Q, QuerySet

from core.accounts.actors import Actor
from core.accounts.domain.roles import CAPABILITIES_OF, WORDS, Capability, Role, capabilities_of, roles_with
from core.accounts.errors import CapabilityMissingError, TokenScopeMissingError
from core.accounts.models import (
    ApiToken,
    AuditEvent,
    Invitation,
    Membership,
    PersonalSettings,
    Project,
    User,
)
from core.db.prepared import Statement, rows
from core.db.reading import columns_of, loaded
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
    "door_opened",
    "door_statement",
    "invitation_get",
    "invitations_open",
    "keys_of",
    "languages_by_pseudonym",
    "languages_read_by",
    "member_get",
    "members_of",
    "memberships_of",
    "project_by_id",
    "project_get",
    "projects_visible_to",
    "pseudonyms",
    "reading",
    "record_get",
    "scope_require",
    "user_by_email",
    "user_by_id",
]


# Every request under a project passes here, and every request of a browser asks who it is.
_DOOR = """
SELECT member.roles, {columns}{also}
FROM accounts_membership AS member
JOIN accounts_project AS project ON project.id = member.project_id
JOIN accounts_user AS person ON person.id = member.user_id AND person.is_active
WHERE member.project_id = %(project)s AND member.user_id = %(user)s AND member.is_active
"""
_PERSON = "SELECT {columns} FROM accounts_user AS person WHERE id = %(user)s AND is_active"

AnyRecord = TypeVar("AnyRecord", bound=Model)


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
        When the actor is a member but ``needs`` is not among what their roles allow.
    TokenScopeMissingError
        When it is, but the token that acts for them may not.
    """
    return door_opened(rows(*door_statement(actor, project_id)), actor, needs=needs)


def door_statement(actor: Actor, project_id: uuid.UUID | str, *, also: LiteralString = "") -> Statement:
    """Return the statement by which `project_get` asks, for a service that sends several at once.

    Parameters
    ----------
    also
        A call that the database makes when it finds the actor a member, such as one that takes a lock.
    """
    values = {"project": uuid.UUID(str(project_id)), "user": actor.user.pk}
    return _door(also), values


@lru_cache
def _door(also: LiteralString) -> LiteralString:
    return _DOOR.format(columns=columns_of(Project, "project"), also=also and f", {also}")


def door_opened(found: Sequence[Sequence[Any]], actor: Actor, *, needs: Capability) -> Project:
    """Return what `project_get` does, or raise as it does, from the rows that `door_statement` found."""
    if not found:
        raise NotFoundError()
    roles, *columns = found[0][: 1 + len(Project._meta.concrete_fields)]
    if needs not in capabilities_of(roles, actor.scopes):
        is_tokens_fault = needs in capabilities_of(roles)
        refusal = TokenScopeMissingError if is_tokens_fault else CapabilityMissingError
        raise refusal(capability=str(needs), may=WORDS[needs])
    return loaded(Project, columns)


def record_get(
    actor: Actor, rows: QuerySet[AnyRecord], *, needs: Capability, within: str = "project"
) -> AnyRecord:
    """Return the one record of ``rows`` when it is in a project in which the actor may do ``needs``.

    Parameters
    ----------
    rows
        Narrowed to one identifier.
    within
        The way from a record to its project, as in a filter.

    Raises
    ------
    NotFoundError
        When there is none, or it is in a project the actor cannot see: both look the same.
    CapabilityMissingError
        When the actor sees the project but may not do ``needs``.
    """
    found = rows.filter(**{f"{within}__in": projects_visible_to(actor)}).first()
    if found is None:
        raise NotFoundError()
    project_get(actor, attrgetter(f"{within.replace('__', '.')}_id")(found), needs=needs)
    return found


def reading(actor: Actor, *instead: Capability) -> Capability:
    """Return what reading results takes: seeing them, or, for a token that may do one of ``instead``, just that."""
    if actor.scopes is None or Capability.RESULTS_VIEW in actor.scopes:
        return Capability.RESULTS_VIEW
    return next((one for one in instead if one in actor.scopes), Capability.RESULTS_VIEW)


def scope_require(actor: Actor, needs: Capability) -> None:
    """Refuse a token that may not ``needs`` at all, before anything is looked up for it.

    Raises
    ------
    TokenScopeMissingError
    """
    if actor.scopes is not None and needs not in actor.scopes:
        raise TokenScopeMissingError(capability=str(needs), may=WORDS[needs])


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


def invitations_open(project: Project) -> QuerySet[Invitation]:
    """Return the project's invitations that were neither accepted nor withdrawn, run out or not."""
    return Invitation.objects.filter(
        project=project, accepted_at__isnull=True, revoked_at__isnull=True
    ).select_related("invited_by")


def invitation_get(project: Project, invitation_id: uuid.UUID) -> Invitation:
    """Return one open invitation of ``project``.

    Raises
    ------
    NotFoundError
    """
    invitation = invitations_open(project).filter(pk=invitation_id).first()
    if invitation is None:
        raise NotFoundError()
    return invitation


def pseudonyms(project_id: uuid.UUID) -> dict[uuid.UUID, MemberView]:
    """Return, by user, the only name under which the project's other people and its exports know them."""
    rows = Membership.objects.filter(project_id=project_id).values_list(
        "user_id", "pseudonym", "user__is_simulated"
    )
    return {user_id: MemberView(user_id, pseudonym, simulated) for user_id, pseudonym, simulated in rows}


def user_by_id(user_id: uuid.UUID) -> User | None:
    """Return the active user with this identifier; every request of a browser asks for its own."""
    return person_found(rows(*person_statement(user_id)))


def person_statement(user_id: uuid.UUID) -> Statement:
    """Return the statement by which `user_by_id` asks, for what sends several at once."""
    return _PERSON.format(columns=columns_of(User, "person")), {"user": user_id}


def person_found(found: Sequence[Sequence[Any]]) -> User | None:
    """Return the person in the rows of `person_statement`."""
    return loaded(User, found[0]) if found else None


def user_by_email(email: str) -> User | None:
    """Return the active user with this address, letter case aside."""
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


def api_tokens_of(actor: Actor) -> QuerySet[ApiToken]:
    """Return the person's own tokens that were not revoked."""
    return ApiToken.objects.filter(user_id=actor.user.pk, revoked_at__isnull=True)


def keys_of(actor: Actor) -> dict[str, list[str]]:
    """Return the keys the person gave to commands, by command; commands not named have their usual ones."""
    found = PersonalSettings.objects.filter(user_id=actor.user.pk).values_list("keys", flat=True).first()
    return found or {}


def languages_read_by(user_id: uuid.UUID) -> list[str]:
    """Return the tags of the languages a person reads, as they said; empty: they did not say, so any."""
    found = PersonalSettings.objects.filter(user_id=user_id).values_list("languages", flat=True).first()
    return found or []


def languages_by_pseudonym(project_id: uuid.UUID) -> dict[str, list[str]]:
    """Return by pseudonym the languages a project's people read, as they said; who did not say is left out."""
    said = PersonalSettings.objects.filter(user__memberships__project_id=project_id, languages__len__gt=0)
    return dict(said.values_list("user__memberships__pseudonym", "languages"))


def audit_events(project: Project, *, action: str = "") -> QuerySet[AuditEvent]:
    """Return the project's audit events; with ``action`` (``release`` or ``release.publish``) only those."""
    rows = AuditEvent.objects.filter(project=project).select_related("actor")
    if not action:
        return rows
    return rows.filter(Q(action=action) | Q(action__startswith=f"{action}."))
