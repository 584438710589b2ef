"""What the demo was told is stored, on disk at once: so that a killed process can be held to its word."""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import Any


class Ledger:
    """Two files: finished steps with what they produced, and the identifier of every acknowledged answer.

    A demo that was broken off starts again from here: finished steps are not repeated, and every
    acknowledged answer must still be there.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._steps_path = folder / "steps.json"
        self._acknowledged_path = folder / "acknowledged.txt"
        self._lock = threading.Lock()
        self.steps: dict[str, Any] = (
            json.loads(self._steps_path.read_text(encoding="utf-8")) if self._steps_path.exists() else {}
        )

    def finish(self, step: str, produced: dict[str, Any]) -> None:
        """Note that ``step`` is done, with what later steps need to know of it."""
        self.steps[step] = produced
        draft = self._steps_path.with_suffix(".new")
        with draft.open("w", encoding="utf-8") as stream:
            json.dump(self.steps, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self._steps_path)

    def acknowledge(self, submission_id: str) -> None:
        """Note that the server said an answer is stored."""
        with self._lock, self._acknowledged_path.open("a", encoding="ascii") as stream:
            stream.write(submission_id + "\n")
            stream.flush()
            os.fsync(stream.fileno())

    def acknowledged(self) -> set[str]:
        """Return the identifiers of all answers the server said are stored."""
        if not self._acknowledged_path.exists():
            return set()
        return set(self._acknowledged_path.read_text(encoding="ascii").split())

    def close(self) -> None:
        """Put the finished demo's notes aside, so that the next one starts anew."""
        for path in (self._steps_path, self._acknowledged_path):
            if path.exists():
                path.replace(path.with_name(f"last-{path.name}"))
