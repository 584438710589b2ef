"""The two ways in: a browser's session with CSRF protection, or a hashed, scoped token."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from core.accounts.actors import Actor
from core.accounts.domain.roles import scopes_allowed
from core.accounts.domain.secrets import TOKEN_PREFIX, digest_of
from core.accounts.models import ApiToken, User
from core.accounts.sessions import SessionStore

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
        scopes = scopes_allowed(token.scopes)
        request._request.concord_actor = Actor(token.user, scopes, token.pk)  # type: ignore[attr-defined]
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


class BrowserSessionAuthentication(SessionAuthentication):
    """Django's session; writes need the CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        user = _person_of(request._request.session)
        if user is None:
            # Nobody, or a session that Django has to end, or to renew after a change of the secret key.
            found = super().authenticate(request)
            if found is None:
                return None
            user = found[0]
        else:
            request._request.user = user
            self.enforce_csrf(request)
        request._request.concord_actor = Actor(user)  # type: ignore[attr-defined]
        return user, None


def _person_of(session: SessionBase) -> User | None:
    """Return the person whose session it is, when nothing about it is unusual."""
    assert isinstance(session, SessionStore)
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = session.person()
    if user is None:
        return None
    is_current = constant_time_compare(
        session.get(HASH_SESSION_KEY) or "", _auth_hash(user.password, settings.SECRET_KEY)
    )
    return user if is_current else None


@lru_cache(maxsize=4_000)
def _auth_hash(password: str, secret: str) -> str:
    """Return what a session of somebody with this password's hash holds, under ``secret``."""
    return User(password=password).get_session_auth_hash()


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
