from __future__ import annotations

import json
from pathlib import Path
from typing import Any


class JsonlFile:
    """Rows as JSON, one a line, UTF-8, in the order of the columns."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.rows = 0
        self._stream = path.open("w", encoding="utf-8", newline="\n", buffering=1 << 20)

    def add(self, row: dict[str, Any]) -> None:
        """Write the next row."""
        self._stream.write(json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False))
        self._stream.write("\n")
        self.rows += 1

    def finish(self) -> None:
        """Write what is buffered and close."""
        self._stream.close()
