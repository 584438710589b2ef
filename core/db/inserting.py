"""Rows stored by one prepared statement a table, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, LiteralString

from django.db import models
from django.db.models.fields import NOT_PROVIDED
from pydantic_core import to_json

from core.db.prepared import Parameters, Statement

Stored = tuple[type[models.Model], Sequence[Mapping[str, Any]]]
"""A model and rows of it, by column."""


def insertion(objects: Sequence[models.Model]) -> tuple[LiteralString, Parameters]:
    """Return the statement that stores ``objects``, all of one model, for `core.db.prepared.together`.

    Columns that the database fills itself are left to it. The objects are not changed.
    """
    statement, names = _statement(type(objects[0]))
    return _filled(statement, [{column: getattr(one, name) for column, name in names} for one in objects])


def insertion_of(
    model: type[models.Model], rows: Sequence[Mapping[str, Any]]
) -> tuple[LiteralString, Parameters]:
    """Return what `insertion` does, of rows by column: for paths that run all day, where making objects costs.

    Raises
    ------
    ValueError
        When the first row has not exactly the columns that the database does not fill itself.
    """
    statement, names = _statement(model)
    if rows[0].keys() != {column for column, _ in names}:
        raise ValueError(f"a row of {model.__name__} has the columns {sorted(rows[0])}")
    return _filled(statement, rows)


def insertions_of(stored: Sequence[Stored]) -> Statement:
    """Return what `insertion_of` does of several models' rows, none without any, as one statement.

    Foreign keys between the rows are looked at when the statement has ended.
    """
    texts: list[LiteralString] = []
    values: dict[str, Any] = {}
    for model, rows in stored:
        text, own = insertion_of(model, rows)
        name = f"rows{len(texts)}"
        texts.append(text.replace("%(rows)s", f"%({name})s"))
        values[name] = own["rows"]
    *first, last = texts
    ahead = ", ".join(f"part{number} AS ({text})" for number, text in enumerate(first))
    return (f"WITH {ahead} {last}" if first else last), values


def _filled(statement: LiteralString, rows: Sequence[Mapping[str, Any]]) -> tuple[LiteralString, Parameters]:
    return statement, {"rows": to_json(rows).decode()}


@lru_cache(maxsize=64)
def _statement(model: type[models.Model]) -> tuple[LiteralString, tuple[tuple[str, str], ...]]:
    """Return the statement of a model, and the column and attribute of each field it fills."""
    fields: list[models.Field[Any, Any]] = [
        field
        for field in model._meta.concrete_fields
        if field.db_default is NOT_PROVIDED and not isinstance(field, models.AutoField)
    ]
    columns = ", ".join(f'"{field.column}"' for field in fields)
    table = f'"{model._meta.db_table}"'
    text = (
        f"INSERT INTO {table} ({columns}) "  # noqa: S608 - names of our own models
        f"SELECT {columns} FROM json_populate_recordset(NULL::{table}, %(rows)s::json)"
    )
    return text, tuple((str(field.column), field.attname) for field in fields)
