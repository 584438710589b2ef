from __future__ import annotations

import json
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from exports.domain.columns import Column, ColumnType, ListOf, Struct
from exports.domain.kinds import KINDS

_SCALARS: dict[str, pa.DataType] = {
    "string": pa.string(),
    "bool": pa.bool_(),
    "int8": pa.int8(),
    "int16": pa.int16(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "float32": pa.float32(),
    "float64": pa.float64(),
    "binary": pa.binary(),
    "image": pa.struct([pa.field("bytes", pa.binary()), pa.field("path", pa.string())]),
}

EXCLUSIONS = pa.schema([("example_id", pa.string()), ("item_id", pa.string()), ("reason", pa.string())])
"""Columns of ``exclusions/<kind>.parquet``."""


def schema_of(kind: str) -> pa.Schema:
    """Return the Arrow schema of ``kind`` with the ``huggingface`` metadata loaders look for."""
    columns = KINDS[kind].columns
    features = {"info": {"features": features_of(columns)}}
    fields = [pa.field(column.name, _arrow_type(column.type)) for column in columns]
    return pa.schema(fields, metadata={"huggingface": json.dumps(features, separators=(",", ":"))})


def packed_bytes(array: pa.Array) -> int:
    """Return how many bytes the values of an array take, whatever it was cut from.

    The same as ``nbytes`` of an array that was made of just these values: where row groups end is measured by it.
    """
    nulls = (len(array) + 7) // 8 if array.null_count else 0
    kind = array.type
    if pa.types.is_struct(kind):
        return nulls + sum(packed_bytes(array.field(place)) for place in range(kind.num_fields))
    if pa.types.is_list(kind):
        return nulls + 4 * len(array) + packed_bytes(array.flatten())
    if pa.types.is_string(kind) or pa.types.is_binary(kind):
        letters: int = pc.sum(pc.binary_length(array)).as_py() or 0
        return nulls + 4 * len(array) + letters
    bits: int = len(array) * kind.bit_width
    return nulls + (bits + 7) // 8


def features_of(columns: tuple[Column, ...]) -> dict[str, Any]:
    """Return the features of ``datasets`` for ``columns``.

    Lists are written in the old plain-list form: it is the one that every version of ``datasets`` in use
    reads.
    """
    return {column.name: _feature(column.type) for column in columns}


def _arrow_type(kind: ColumnType) -> pa.DataType:
    if isinstance(kind, ListOf):
        return pa.list_(_arrow_type(kind.member))
    if isinstance(kind, Struct):
        return pa.struct([pa.field(name, _arrow_type(inner)) for name, inner in kind.fields])
    return _SCALARS[kind]


def _feature(kind: ColumnType) -> Any:
    if isinstance(kind, ListOf):
        return [_feature(kind.member)]
    if isinstance(kind, Struct):
        return {name: _feature(inner) for name, inner in kind.fields}
    return {"_type": "Image"} if kind == "image" else {"dtype": kind, "_type": "Value"}
