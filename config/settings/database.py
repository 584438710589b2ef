from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.embedded.places import Places
from config.settings.environment import ENVIRONMENT

__all__ = ["DATABASES"]


def _database(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL URL, TCP or unix socket (``?host=``), into Django's form."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    socket = query.pop("host", None)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query, "options": "-c statement_timeout=60000 -c lock_timeout=20000"},
        "TEST": {"NAME": ENVIRONMENT.test_database or "test_concord"},
    }


# Without DATABASE_URL the embedded server listens on a unix socket.
DATABASES = {"default": _database(ENVIRONMENT.database_url or Places(ENVIRONMENT.home).database_url)}
