from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from exports.formats.arrow import packed_bytes

SHARD_BYTES = 500_000_000
ROW_GROUP_BYTES = 16_000_000
_BATCH_ROWS = 512

_OPTIONS: dict[str, Any] = {
    "version": "2.6",
    "compression": "zstd",
    "compression_level": 3,
    "data_page_version": "1.0",
    "write_statistics": True,
    "write_page_index": True,
    "store_schema": True,
    # Chunks are cut by content, so that the next version shares most of its bytes with this one.
    "use_content_defined_chunking": {"min_chunk_size": 262_144, "max_chunk_size": 1_048_576, "norm_level": 0},
}


def options() -> dict[str, Any]:
    """Return what pyarrow is told when it writes any file of a version; other options give other bytes."""
    return dict(_OPTIONS)


@dataclass(frozen=True)
class Shard:
    """A finished file on local disk."""

    path: Path
    rows: int


class ParquetShards:
    """Rows of one kind and split, written to as many files as their size asks for.

    Memory is bounded by one row group of about ``ROW_GROUP_BYTES``. Where groups and files end depends on
    the rows alone, so the same rows give the same bytes.

    Parameters
    ----------
    folder
        Where the files go, under names that are given at the end when their number is known.
    batch_rows
        So many rows are held before they are packed; few where each is large.
    """

    def __init__(
        self,
        folder: Path,
        *,
        name: str,
        schema: pa.Schema,
        shard_bytes: int = SHARD_BYTES,
        batch_rows: int = _BATCH_ROWS,
    ) -> None:
        self._batch_rows = batch_rows
        self._folder, self._name, self._schema, self._shard_bytes = folder, name, schema, shard_bytes
        self._rows: list[dict[str, Any]] = []
        self._cut: list[pa.RecordBatch] = []
        self._cut_rows = 0
        self._group: list[pa.RecordBatch] = []
        self._group_bytes = 0
        self._writer: pq.ParquetWriter | None = None
        self._sink: pa.NativeFile | None = None
        self._shard_rows = 0
        self.rows = 0
        self.shards: list[Shard] = []
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        if raised is None:
            self.finish()
        elif self._sink is not None:
            self._sink.close()

    def add(self, row: dict[str, Any]) -> None:
        """Take the next row."""
        self._rows.append(row)
        self.rows += 1
        if len(self._rows) >= self._batch_rows:
            self._pack()

    def take(self, batch: pa.RecordBatch) -> None:
        """Take the next rows as Arrow has them; where files and groups end is as if they had come one by one."""
        self.rows += batch.num_rows
        while batch.num_rows:
            wanted = min(self._batch_rows - self._cut_rows, batch.num_rows)
            self._cut.append(batch.slice(0, wanted))
            self._cut_rows += wanted
            batch = batch.slice(wanted)
            if self._cut_rows == self._batch_rows:
                self._piece_together()

    def finish(self) -> list[Shard]:
        """Write what is left and close; return the files in order."""
        self._pack()
        self._piece_together()
        self._write_group()
        self._close_shard()
        return self.shards

    def _pack(self) -> None:
        """Turn waiting rows into an Arrow batch."""
        if not self._rows:
            return
        batch = pa.RecordBatch.from_pylist(self._rows, schema=self._schema)
        self._rows = []
        self._add_to_group([batch])

    def _piece_together(self) -> None:
        """Add what was cut from batches to the row group."""
        if self._cut:
            self._add_to_group(self._cut)
            self._cut, self._cut_rows = [], 0

    def _add_to_group(self, parts: list[pa.RecordBatch]) -> None:
        """Add one batch, which may be in parts; write the row group when it is large enough."""
        whole = pa.Table.from_batches(parts, schema=self._schema).combine_chunks()
        self._group += whole.to_batches()
        self._group_bytes += sum(packed_bytes(chunk) for column in whole.columns for chunk in column.chunks)
        if self._group_bytes >= ROW_GROUP_BYTES:
            self._write_group()

    def _write_group(self) -> None:
        if not self._group:
            return
        table = pa.Table.from_batches(self._group, schema=self._schema).combine_chunks()
        self._group, self._group_bytes = [], 0
        if self._writer is None or self._sink is None:
            path = self._folder / f"{self._name}-{len(self.shards):05d}.unfinished"
            self._sink = pa.OSFile(str(path), "wb")
            self._writer = pq.ParquetWriter(self._sink, self._schema, **_OPTIONS)
        self._writer.write_table(table, row_group_size=table.num_rows)
        self._shard_rows += table.num_rows
        if self._sink.tell() >= self._shard_bytes:
            self._close_shard()

    def _close_shard(self) -> None:
        if self._writer is None or self._sink is None:
            return
        self._writer.close()
        self._sink.close()
        path = self._folder / f"{self._name}-{len(self.shards):05d}.unfinished"
        self.shards.append(Shard(path, self._shard_rows))
        self._writer, self._sink, self._shard_rows = None, None, 0
