"""Objects of models from the rows of prepared statements; for models of plain columns (no JSON)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, LiteralString, TypeVar

from django.db import models

_Model = TypeVar("_Model", bound=models.Model)


@lru_cache(maxsize=64)
def columns_of(model: type[models.Model], alias: LiteralString) -> LiteralString:
    """Return all columns of ``model`` under a table's alias, for a SELECT that `loaded` reads."""
    return ", ".join(f'{alias}."{field.column}"' for field in model._meta.concrete_fields)


def loaded(model: type[_Model], values: Sequence[Any]) -> _Model:
    """Return the object whose columns, in the order of `columns_of`, are ``values``."""
    return model.from_db("default", [field.attname for field in model._meta.concrete_fields], values)
