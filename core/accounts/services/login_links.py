from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.accounts.actors import Actor
from core.accounts.domain.roles import Role
from core.accounts.domain.secrets import digest_of, link_secret_make
from core.accounts.errors import LoginLinkSpentError, SignInLinkNotYoursError
from core.accounts.models import LoginLink, Membership, Project, User
from core.accounts.services.audit import audit_record

_VALID_FOR = timedelta(hours=12)


@transaction.atomic
def login_link_issue(user: User, *, valid_for: timedelta = _VALID_FOR) -> str:
    """Return the full address of a new link that signs ``user`` in once."""
    link, address = _link_make(user, valid_for)
    audit_record(None, action="login_link.issue", target=link)
    return address


@transaction.atomic
def login_link_for_member(actor: Actor, *, project: Project, membership: Membership) -> tuple[LoginLink, str]:
    """Let a manager sign a locked-out member in once; links made for them before end.

    A link is as good as the person, so it may open nothing that the manager could not reach: the person's
    every membership is in the manager's organization, and the manager manages every project they work in.

    Raises
    ------
    SignInLinkNotYoursError
    """
    person = membership.user
    if actor.token_id is not None or person.is_simulated or person.is_superuser or not person.is_active:
        raise SignInLinkNotYoursError()
    theirs = Membership.objects.filter(user=person)
    if theirs.exclude(project__organization_id=project.organization_id).exists():
        raise SignInLinkNotYoursError()
    managed = Membership.objects.filter(
        user=actor.user, is_active=True, roles__contains=[str(Role.MANAGER)]
    ).values("project_id")
    if theirs.filter(is_active=True).exclude(project_id__in=managed).exists():
        raise SignInLinkNotYoursError()
    now = timezone.now()
    LoginLink.objects.filter(user=person, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    link, address = _link_make(person, _VALID_FOR)
    audit_record(actor, action="login_link.issue", project=project, target=membership)
    return link, address


def _link_make(user: User, valid_for: timedelta) -> tuple[LoginLink, str]:
    secret = link_secret_make()
    link = LoginLink.objects.create(
        user=user, digest=digest_of(secret), expires_at=timezone.now() + valid_for
    )
    return link, f"{settings.PUBLIC_ORIGIN}/login/{secret}/"


def login_link_owner(secret: str) -> User:
    """Return whom the unused link would sign in; changes nothing.

    Raises
    ------
    LoginLinkSpentError
    """
    link = LoginLink.objects.filter(digest=digest_of(secret)).select_related("user").first()
    if link is None or link.used_at or link.expires_at <= timezone.now() or not link.user.is_active:
        raise LoginLinkSpentError()
    return link.user


@transaction.atomic
def login_link_redeem(secret: str) -> User:
    """Use the link up and return whom it signs in; of two at once, one wins.

    Raises
    ------
    LoginLinkSpentError
    """
    user = login_link_owner(secret)
    taken = LoginLink.objects.filter(digest=digest_of(secret), used_at__isnull=True).update(
        used_at=timezone.now()
    )
    if not taken:
        raise LoginLinkSpentError()
    audit_record(Actor(user), action="login_link.redeem", target=user)
    return user
