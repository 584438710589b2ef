"""Many rows at once, by COPY: for work that makes thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def rows_copy(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    skip_stored: bool = False,
) -> None:
    """Store rows of one model in the caller's transaction; columns that are not named are left to the database.

    Parameters
    ----------
    names
        The model's attributes, as ``project_id`` for a foreign key.
    rows
        Values in that order, as psycopg takes them: JSON as text, lists for arrays.
    skip_stored
        Leave out rows that a unique constraint finds stored already, instead of failing.

    Raises
    ------
    django.db.Error
        As the ORM does; then none is stored.
    """
    column_of = {field.attname: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{column_of[name]}"' for name in names)
    table = f'"{model._meta.db_table}"'
    with connection.cursor() as cursor:
        if not skip_stored:
            _copy(cursor, table, columns, rows)
            return
        cursor.execute(
            f"CREATE TEMPORARY TABLE rows_come AS SELECT {columns} FROM {table} WITH NO DATA"  # noqa: S608 - names of ours
        )
        _copy(cursor, "rows_come", columns, rows)
        # In the order they came: two that store the same rows then wait for each other and never both.
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {columns} FROM rows_come "  # noqa: S608 - names of ours
            "ORDER BY ctid ON CONFLICT DO NOTHING"
        )
        cursor.execute("DROP TABLE rows_come")


def _copy(cursor: Any, table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    with connection.wrap_database_errors, cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
