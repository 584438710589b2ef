"""The two ways in: a browser's session with CSRF protection, or a hashed, scoped token."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.accounts.actors import Actor
from core.accounts.domain.roles import Capability
from core.accounts.domain.secrets import TOKEN_PREFIX, digest_of
from core.accounts.models import ApiToken, User

_USE_NOTED_EVERY = timedelta(minutes=5)


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Bearer concord_…``; a revoked or expired token fails at once."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secret:
            return None
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("user")
            .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now), digest=digest_of(secret.strip()))
            .filter(revoked_at__isnull=True, user__is_active=True)
            .first()
            if secret.startswith(TOKEN_PREFIX)
            else None
        )
        if token is None:
            raise AuthenticationFailed()
        if token.last_used_at is None or now - token.last_used_at > _USE_NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
        scopes = frozenset(Capability(scope) for scope in token.scopes if scope in list(Capability))
        request._request.concord_actor = Actor(token.user, scopes, token.pk)  # type: ignore[attr-defined]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BrowserSessionAuthentication(SessionAuthentication):
    """Django's session; writes need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        found = super().authenticate(request)
        if found is None:
            return None
        user: User = found[0]
        request._request.concord_actor = Actor(user)  # type: ignore[attr-defined]
        return user, None


class _TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer"}


class _SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = BrowserSessionAuthentication
    name = "session"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
