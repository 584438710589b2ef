from __future__ import annotations

import secrets
from collections.abc import Sequence

from django.db import IntegrityError, transaction

from core.accounts.actors import Actor
from core.accounts.domain.pseudonyms import pseudonym_make
from core.accounts.domain.roles import Role
from core.accounts.errors import LastManagerError, MemberAlreadyError, MemberUnknownError, RoleUnknownError
from core.accounts.models import Membership, Project
from core.accounts.selectors import user_by_email
from core.accounts.services.audit import audit_record


@transaction.atomic
def member_add(actor: Actor | None, *, project: Project, email: str, roles: Sequence[str]) -> Membership:
    """Make the person with this address a member, or bring back one who had left.

    Raises
    ------
    MemberUnknownError, MemberAlreadyError, RoleUnknownError
    """
    wanted = _roles(roles)
    user = user_by_email(email)
    if user is None:
        raise MemberUnknownError()
    former = Membership.objects.select_for_update().filter(project=project, user=user).first()
    if former is not None:
        if former.is_active:
            raise MemberAlreadyError()
        former.is_active, former.roles = True, wanted
        former.save(update_fields=["is_active", "roles"])
        membership = former
    else:
        try:
            with transaction.atomic():
                membership = Membership.objects.create(
                    project=project, user=user, roles=wanted, pseudonym=pseudonym_make(secrets.SystemRandom())
                )
        except IntegrityError:
            raise MemberAlreadyError() from None
    audit_record(actor, action="member.add", project=project, target=membership, data={"roles": wanted})
    return membership


@transaction.atomic
def member_update(
    actor: Actor, *, project: Project, membership: Membership, roles: Sequence[str]
) -> Membership:
    """Give a member other roles.

    Raises
    ------
    LastManagerError, RoleUnknownError
    """
    wanted = _roles(roles)
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


def _roles(roles: Sequence[str]) -> list[str]:
    for role in roles:
        if role not in list(Role):
            raise RoleUnknownError(role=role[:40])
    return [str(role) for role in Role if role in roles]


def _refuse_last_manager(project: Project, leaving: Membership) -> None:
    Project.objects.select_for_update().get(pk=project.pk)  # two managers must not leave at the same moment
    others = Membership.objects.filter(project=project, is_active=True, roles__contains=[str(Role.MANAGER)])
    if Role.MANAGER in leaving.roles and not others.exclude(pk=leaving.pk).exists():
        raise LastManagerError()
