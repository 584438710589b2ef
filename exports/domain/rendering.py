"""Values of columns as JSON, put together by the types of the columns: the same text as `json.dumps` gives, sooner.

What is written at every place of a row is known from its kind, so that only the values are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from json.encoder import encode_basestring
from math import isfinite
from typing import Any

from exports.domain.columns import Column, ColumnType, ListOf, Struct

Renderer = Callable[[Any], str]


def row_renderer(columns: Sequence[Column], *, is_sorted: bool = False) -> Callable[[Mapping[str, Any]], str]:
    """Return what makes JSON of a row, without spaces and escapes beyond need, its columns in their order.

    Parameters
    ----------
    is_sorted
        Names in the order of the alphabet instead, those of structs too: the one form that is hashed.
    """
    return _struct([(column.name, column.type) for column in columns], is_sorted=is_sorted)


def _renderer(kind: ColumnType, *, is_sorted: bool) -> Renderer:
    """Return what makes JSON of one value; every value may be null."""
    if isinstance(kind, ListOf):
        return _list(_renderer(kind.member, is_sorted=is_sorted))
    if isinstance(kind, Struct):
        return _or_null(_struct(kind.fields, is_sorted=is_sorted))
    return _string if kind in {"string", "binary", "image"} else _number


def _struct(fields: Sequence[tuple[str, ColumnType]], *, is_sorted: bool) -> Renderer:
    chosen = sorted(fields) if is_sorted else list(fields)
    parts = [
        (name, f"{encode_basestring(name)}:", _renderer(kind, is_sorted=is_sorted)) for name, kind in chosen
    ]

    def render(value: Mapping[str, Any]) -> str:
        return "{" + ",".join([begins + render_one(value[name]) for name, begins, render_one in parts]) + "}"

    return render


def _list(render_member: Renderer) -> Renderer:
    def render(value: Sequence[Any] | None) -> str:
        if value is None:
            return "null"
        return "[" + ",".join([render_member(member) for member in value]) + "]"

    return render


def _or_null(render_value: Renderer) -> Renderer:
    def render(value: Any) -> str:
        return "null" if value is None else render_value(value)

    return render


def _string(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _number(value: bool | float | None) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if not isfinite(value):
        raise ValueError("A number that is not finite has no place in JSON.")
    return repr(value)
