"""Notices changed Python sources while developing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from config.env import PROJECT_ROOT

_PASSED_OVER = {".venv", ".git", ".concord", "node_modules", "frontend", "tests", "__pycache__", "docs"}


class SourceWatch:
    """Compares the sources with how they were when last asked."""

    def __init__(self, root: Path = PROJECT_ROOT) -> None:
        self._root = root
        self._seen = self._state()

    def changed(self) -> bool:
        """Return whether any source came, went or changed since the last call."""
        state = self._state()
        is_other = state != self._seen
        self._seen = state
        return is_other

    def _state(self) -> dict[str, int]:
        return {
            path: Path(path).stat().st_mtime_ns
            for path in _python_files(str(self._root))
            if Path(path).exists()
        }


def _python_files(folder: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name not in _PASSED_OVER:
                    yield from _python_files(entry.path)
            elif entry.name.endswith(".py"):
                yield entry.path
