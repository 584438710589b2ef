from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.accounts.actors import Actor
from core.accounts.domain.roles import WORDS, Capability
from core.accounts.domain.secrets import digest_of, token_make
from core.accounts.errors import ScopeUnknownError, TokenScopeMissingError
from core.accounts.models import ApiToken
from core.accounts.selectors import api_tokens_of
from core.accounts.services.audit import audit_record
from core.errors import NotFoundError


@transaction.atomic
def token_create(
    actor: Actor, *, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[ApiToken, str]:
    """Make a token for the actor; the secret is returned here and nowhere else.

    Raises
    ------
    ScopeUnknownError
        When a scope is not one of ours.
    TokenScopeMissingError
        When a token asks for a wider token than itself.
    """
    for scope in scopes:
        if scope not in list(Capability):
            raise ScopeUnknownError(scope=scope[:40])
        if actor.scopes is not None and scope not in actor.scopes:
            raise TokenScopeMissingError(capability=scope, may=WORDS[Capability(scope)])
    secret = token_make()
    token = ApiToken.objects.create(
        user=actor.user,
        name=name,
        digest=digest_of(secret),
        scopes=sorted(set(scopes)),
        expires_at=expires_at,
    )
    audit_record(actor, action="token.create", target=token, data={"scopes": token.scopes})
    return token, secret


@transaction.atomic
def token_revoke(actor: Actor, token_id: uuid.UUID) -> None:
    """End one of the actor's own tokens at once."""
    token = api_tokens_of(actor).select_for_update().filter(pk=token_id).first()
    if token is None:
        raise NotFoundError()
    token.revoked_at = timezone.now()
    token.save(update_fields=["revoked_at"])
    audit_record(actor, action="token.revoke", target=token)
