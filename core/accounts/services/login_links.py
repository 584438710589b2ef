from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from core.accounts.actors import Actor
from core.accounts.domain.secrets import digest_of, link_secret_make
from core.accounts.errors import LoginLinkSpentError
from core.accounts.models import LoginLink, User
from core.accounts.services.audit import audit_record

_VALID_FOR = timedelta(hours=12)


@transaction.atomic
def login_link_issue(user: User, *, valid_for: timedelta = _VALID_FOR) -> str:
    """Return the full address of a new link that signs ``user`` in once."""
    secret = link_secret_make()
    link = LoginLink.objects.create(
        user=user, digest=digest_of(secret), expires_at=timezone.now() + valid_for
    )
    audit_record(None, action="login_link.issue", target=link)
    return f"{settings.PUBLIC_ORIGIN}/login/{secret}/"


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
