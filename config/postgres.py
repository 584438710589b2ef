"""Plain connections to Concord's database, beside Django's: for checks before the start, and for backups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.conf import settings
from psycopg.conninfo import make_conninfo

CONNECT_TIMEOUT_S = 10
DURABLE_SETTINGS = ("synchronous_commit", "fsync", "full_page_writes")
_FLUSHING = {"on", "local", "remote_write", "remote_apply"}


def database_conninfo() -> tuple[str, str]:
    """Return the database's address as libpq writes it, without the password, and the password.

    What ``DATABASE_URL`` says beyond the address (``sslmode`` and its like) is part of it; the time-outs that
    bound a request are not.
    """
    where = settings.DATABASES["default"]
    further: dict[str, Any] = {key: value for key, value in where["OPTIONS"].items() if key != "options"}
    address = make_conninfo(
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        user=where["USER"],
        dbname=where["NAME"],
        **{"connect_timeout": CONNECT_TIMEOUT_S, **further},
    )
    return address, where["PASSWORD"]


def database_connect() -> psycopg.Connection[tuple[Any, ...]]:
    """Open a connection; raises ``psycopg.OperationalError``."""
    address, password = database_conninfo()
    return psycopg.connect(address, password=password or None)


def durability_problem(found: Mapping[str, str]) -> str | None:
    """Return the sentence about a server that may forget what it acknowledged; ``None`` when it keeps it.

    Parameters
    ----------
    found
        The server's values of ``DURABLE_SETTINGS``.
    """
    if found["synchronous_commit"] not in _FLUSHING:
        return (
            "The database has synchronous_commit off: it could lose answers that people saw saved. "
            "Set synchronous_commit = on in postgresql.conf and reload it."
        )
    for name in ("fsync", "full_page_writes"):
        if found[name] != "on":
            return f"The database has {name} off, so a power cut could destroy it. Turn {name} on."
    return None
