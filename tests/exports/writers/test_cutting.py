"""How rows are cut on their way cannot be seen in the files."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.domain.building import Row
from exports.domain.kinds import KINDS
from exports.formats.arrow import packed_bytes, schema_of
from exports.writers import parquet
from exports.writers.parquet import ParquetShards
from tests.exports.folders import every_item

_ROWS: dict[str, list[dict[str, Any]]] = {}
for _item in every_item(12):
    if isinstance(_item, Row) and not KINDS[_item.kind].has_pictures:
        _ROWS.setdefault(_item.kind, []).append(_item.values)


@given(st.sampled_from(sorted(_ROWS)), st.integers(0, 11), st.integers(1, 12))
def test_rows_take_as_much_however_they_were_cut(kind: str, first: int, count: int) -> None:
    rows, schema = _ROWS[kind], schema_of(kind)
    alone = pa.RecordBatch.from_pylist(rows[first : first + count], schema=schema)
    cut = pa.RecordBatch.from_pylist(rows, schema=schema).slice(first, count)
    assert sum(map(packed_bytes, cut.columns)) == alone.nbytes


@pytest.mark.parametrize("sizes", [[1], [512], [513, 7], [3000]])
def test_rows_that_come_in_batches_give_the_bytes_of_rows_that_come_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sizes: list[int]
) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP_BYTES", 300_000)
    rows = [{**_ROWS["dpo"][n % 12], "example_id": f"{n:06d}"} for n in range(4000)]
    for row in rows[1000:1100]:
        row["agreement"] = None
    options: dict[str, Any] = {"schema": schema_of("dpo"), "shard_bytes": 1}
    with ParquetShards(tmp_path / "alone", name="dpo", **options) as alone:
        for row in rows:
            alone.add(row)
    with ParquetShards(tmp_path / "cut", name="dpo", **options) as cut:
        place = 0
        while place < len(rows):
            size = sizes[place % len(sizes)]
            cut.take(pa.RecordBatch.from_pylist(rows[place : place + size], schema=schema_of("dpo")))
            place += size
    assert len(alone.shards) > 1
    assert [_hash(shard.path) for shard in cut.shards] == [_hash(shard.path) for shard in alone.shards]


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
