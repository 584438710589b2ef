"""Statements planned for the very values they run with.

For what is read of a handful of rows or of millions, as the values say; `core.db.prepared` keeps one plan for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

_AT_A_TIME = 10_000


def planned_rows(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Run one statement and return all its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(values))
        return list(cursor.fetchall())


def planned_column(statement: str, values: Mapping[str, Any]) -> Iterator[Any]:
    """Run one statement of one column and yield its values in bounded memory, also over several transactions."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, dict(values))
        while rows := cursor.fetchmany(_AT_A_TIME):
            yield from (value for (value,) in rows)
