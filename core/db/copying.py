"""Many rows at once, by COPY: for work that makes thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models


def rows_copy(model: type[models.Model], names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Store rows of one model in the caller's transaction; columns that are not named are left to the database.

    Parameters
    ----------
    names
        The model's attributes, as ``project_id`` for a foreign key.
    rows
        Values in that order, as psycopg takes them: JSON as text, lists for arrays.

    Raises
    ------
    django.db.Error
        As the ORM does; then none is stored.
    """
    column_of = {field.attname: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f'"{column_of[name]}"' for name in names)
    statement = f'COPY "{model._meta.db_table}" ({columns}) FROM STDIN'
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
