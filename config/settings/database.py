from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from config.embedded.places import Places
from config.settings.environment import ENVIRONMENT

__all__ = ["DATABASES"]

_TIME_OUTS = "-c statement_timeout=60000 -c lock_timeout=20000"
# Only core.db.prepared prepares statements. Planning the one that hands out work anew each time costs more than it.
# The planner takes a merge of tasks with a person's few leases for cheap, as it will soon reach the last lease; but it
# begins at the oldest task, so each answer cost more than the one before. Pages far apart cost little on today's disks.
_PLANS = "-c plan_cache_mode=force_generic_plan -c enable_mergejoin=off -c random_page_cost=1.1"


def _database(url: str) -> dict[str, Any]:
    """Turn a PostgreSQL URL, TCP or unix socket (``?host=``), into Django's form."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    socket = query.pop("host", None)
    # Ours stand first, so that a server's own wishes win.
    options = f"{_PLANS} {_TIME_OUTS} {query.pop('options', '')}".strip()
    return {
        "ENGINE": "core.db.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or "postgres"),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": socket or parts.hostname or "",
        "PORT": parts.port or "",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**query, "options": options},
        "TEST": {"NAME": ENVIRONMENT.test_database or "test_concord"},
    }


# Without DATABASE_URL the embedded server listens on a unix socket.
DATABASES = {"default": _database(ENVIRONMENT.database_url or Places(ENVIRONMENT.home).database_url)}
