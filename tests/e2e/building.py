"""The front end as the tests serve it: built from the sources that lie here now."""

from __future__ import annotations

import fcntl
import os
import subprocess
from pathlib import Path

from tests.e2e.chromium import FRONTEND, NODE, ROOT

_SOURCES = ("src", "public", "index.html", "vite.config.ts", "package.json")


def frontend_build() -> None:
    """Build the front end when no build is there or a source is newer than it."""
    lock_path = ROOT / ".concord" / "frontend-build.lock"
    lock_path.parent.mkdir(parents=True, exist_ok=True)
    with lock_path.open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        index = FRONTEND / "dist" / "index.html"
        if index.is_file() and index.stat().st_mtime >= _newest_source():
            return
        vite = FRONTEND / "node_modules" / "vite" / "bin" / "vite.js"
        environment = {**os.environ, "PATH": f"{NODE.parent}:{os.environ.get('PATH', '')}"}
        command = [str(NODE), str(vite), "build", "--logLevel", "warn"]
        done = subprocess.run(
            command, cwd=FRONTEND, env=environment, capture_output=True, text=True, check=False, timeout=300
        )
        if done.returncode != 0:
            raise RuntimeError(f"The front end does not build:\n{done.stdout}\n{done.stderr}")


def _newest_source() -> float:
    files = (path for name in _SOURCES for path in _files_under(FRONTEND / name))
    return max(path.stat().st_mtime for path in files)


def _files_under(path: Path) -> list[Path]:
    return [path] if path.is_file() else [found for found in path.rglob("*") if found.is_file()]
