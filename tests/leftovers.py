"""Rows that a test left behind: told with their tables, and taken away before the next test counts them.

A test that commits is cleaned up after, but what it had set going may commit later still: a request that a closed
page had sent, a thread that ended last. The next test in the same database must not see those rows.
"""

from __future__ import annotations

import warnings

import psycopg
from django.db import connection
from psycopg import sql
from psycopg.errors import DeadlockDetected

_TRIES = 5
_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


class LeftoverWarning(UserWarning):
    """Says which tables held rows before a test began, and which test ran before it."""


class Leftovers:
    """One look at every table before a test, over a connection that no transaction of a test holds."""

    def __init__(self) -> None:
        """Look at the new test database: what migrations wrote may stay."""
        self._connection = psycopg.connect(**connection.get_connection_params(), autocommit=True)
        names = [name for (name,) in self._connection.execute(_TABLES)]
        self._watched: list[str] = names
        written = set(self._filled())
        self._watched = [name for name in names if name not in written]
        self._last = "nothing"

    def _filled(self) -> list[str]:
        """Return the watched tables that hold a row."""
        if not self._watched:
            return []
        parts = [
            sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(name, sql.Identifier(name))
            for name in self._watched
        ]
        return [name for (name,) in self._connection.execute(sql.SQL(" UNION ALL ").join(parts))]

    def take_away(self, test: str) -> list[str]:
        """Empty the tables that hold rows before ``test`` begins; return their names."""
        left = self.empty()
        if left:
            warnings.warn(LeftoverWarning(f"{self._last} left rows in {', '.join(left)}"), stacklevel=2)
        self._last = test
        return left

    def empty(self) -> list[str]:
        """Empty the tables that hold rows; return their names.

        Append-only tables are no exception. A request that a closed page had sent may hold them against the first try.
        """
        for left in reversed(range(_TRIES)):
            filled = self._filled()
            if not filled:
                break
            try:
                with self._connection.transaction():
                    self._connection.execute("SET LOCAL session_replication_role = replica")
                    self._connection.execute(
                        sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, filled)))
                    )
                break
            except DeadlockDetected:
                if not left:
                    raise
        return filled

    def close(self) -> None:
        """Let the database go, so that it can be dropped."""
        self._connection.close()
