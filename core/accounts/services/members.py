from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from core.accounts.actors import Actor
from core.accounts.domain.pseudonyms import pseudonym_make
from core.accounts.domain.roles import Role
from core.accounts.errors import LastManagerError, MemberAlreadyError, MemberUnknownError, RoleUnknownError
from core.accounts.models import Membership, Project, User
from core.accounts.selectors import user_by_email
from core.accounts.services.audit import audit_record
from core.db.integrity import constraint_broken


@transaction.atomic
def colleague_add(actor: Actor, *, project: Project, email: str, roles: Sequence[str]) -> Membership:
    """Add somebody who is or was in a project of the same organization.

    Whether anybody else has an account is not told; they are invited (`invitation_create`).

    Raises
    ------
    MemberUnknownError, MemberAlreadyError, RoleUnknownError
    """
    user = user_by_email(email)
    if user is None or not _is_colleague(user, project):
        raise MemberUnknownError()
    return membership_give(actor, project=project, user=user, roles=roles_checked(roles))


@transaction.atomic
def member_add(actor: Actor | None, *, project: Project, email: str, roles: Sequence[str]) -> Membership:
    """Make the person with this address a member, or bring back one who had left.

    For the platform's own commands; a manager's request goes through `colleague_add`.

    Raises
    ------
    MemberUnknownError, MemberAlreadyError, RoleUnknownError
    """
    wanted = roles_checked(roles)
    user = user_by_email(email)
    if user is None:
        raise MemberUnknownError()
    return membership_give(actor, project=project, user=user, roles=wanted)


def membership_give(actor: Actor | None, *, project: Project, user: User, roles: list[str]) -> Membership:
    """Make ``user`` a member, or bring them back; inside the caller's transaction.

    Raises
    ------
    MemberAlreadyError
    """
    former = Membership.objects.select_for_update().filter(project=project, user=user).first()
    if former is not None:
        if former.is_active:
            raise MemberAlreadyError()
        former.is_active, former.roles = True, roles
        former.save(update_fields=["is_active", "roles"])
        membership = former
    else:
        membership = _membership_create(project, user, roles)
    audit_record(actor, action="member.add", project=project, target=membership, data={"roles": roles})
    return membership


def _membership_create(project: Project, user: User, roles: list[str]) -> Membership:
    """Store a membership under a name nobody has in the project: a name that is taken is drawn again."""
    source = secrets.SystemRandom()
    while True:
        try:
            with transaction.atomic():
                return Membership.objects.create(
                    project=project, user=user, roles=roles, pseudonym=pseudonym_make(source)
                )
        except IntegrityError as error:
            broken = constraint_broken(error)
            if broken == "accounts_membership_once":
                raise MemberAlreadyError() from None
            if broken != "accounts_membership_pseudonym_unique":
                raise


@transaction.atomic
def member_update(
    actor: Actor, *, project: Project, membership: Membership, roles: Sequence[str]
) -> Membership:
    """Give a member other roles.

    Raises
    ------
    LastManagerError, RoleUnknownError
    """
    wanted = roles_checked(roles)
    if Role.MANAGER not in wanted:
        _refuse_last_manager(project, membership)
    before = list(membership.roles)
    membership.roles = wanted
    membership.save(update_fields=["roles"])
    audit_record(
        actor,
        action="member.update",
        project=project,
        target=membership,
        data={"before": before, "after": wanted},
    )
    return membership


@transaction.atomic
def member_remove(actor: Actor, *, project: Project, membership: Membership) -> None:
    """End a membership; what the person did stays, under their pseudonym.

    Raises
    ------
    LastManagerError
    """
    _refuse_last_manager(project, membership)
    membership.is_active = False
    membership.save(update_fields=["is_active"])
    audit_record(actor, action="member.remove", project=project, target=membership)


def roles_checked(roles: Sequence[str]) -> list[str]:
    """Return ``roles`` once each, in the order of `Role`.

    Raises
    ------
    RoleUnknownError
    """
    for role in roles:
        if role not in list(Role):
            raise RoleUnknownError(role=role[:40])
    return [str(role) for role in Role if role in roles]


def _refuse_last_manager(project: Project, leaving: Membership) -> None:
    Project.objects.select_for_update().get(pk=project.pk)  # two managers must not leave at the same moment
    others = Membership.objects.filter(project=project, is_active=True, roles__contains=[str(Role.MANAGER)])
    if Role.MANAGER in leaving.roles and not others.exclude(pk=leaving.pk).exists():
        raise LastManagerError()


def _is_colleague(user: User, project: Project) -> bool:
    return Membership.objects.filter(user=user, project__organization_id=project.organization_id).exists()
