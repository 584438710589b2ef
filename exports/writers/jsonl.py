from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typing_extensions import Buffer

from exports.domain.columns import Column
from exports.domain.rendering import row_renderer


class JsonlFile:
    """Rows as JSON, one a line, UTF-8, in the order of the columns."""

    def __init__(self, path: Path, columns: Sequence[Column]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.rows = 0
        self._rendered = row_renderer(columns)
        self._stream = path.open("wb", buffering=1 << 20)

    def add(self, row: dict[str, Any]) -> None:
        """Write the next row."""
        self._stream.write(self._rendered(row).encode() + b"\n")
        self.rows += 1

    def take(self, lines: Buffer, *, rows: int) -> None:
        """Write rows that are lines already."""
        self._stream.write(lines)
        self.rows += rows

    def finish(self) -> None:
        """Write what is buffered and close."""
        self._stream.close()
