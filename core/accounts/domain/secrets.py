"""Bearer secrets: shown once, kept only as a digest."""

from __future__ import annotations

import hashlib
import secrets

TOKEN_PREFIX = "concord_"  # noqa: S105 - a public prefix, so that scanners can recognise a leaked token


def token_make() -> str:
    """Return a new bearer token with 256 random bits."""
    return TOKEN_PREFIX + secrets.token_urlsafe(32)


def link_secret_make() -> str:
    """Return a new secret for a single-use login link, 256 random bits."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return what is stored of ``secret``: its SHA-256, which is enough for 256 random bits."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
