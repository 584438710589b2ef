"""A data folder with tables and nobody in it, made once a run and copied for tests not about the first start."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

from config.embedded.places import Places
from config.embedded.postgres import PostgresServer
from tests.services.running import ROOT, Up
from tests.templates import fingerprint


def home_copy(to: Path) -> Path:
    """Copy the prepared folder to where there is none yet, as a person copies a stopped Concord's."""
    subprocess.run(["cp", "-a", "--reflink=auto", str(_prepared()), str(to)], check=True)
    return to


@lru_cache(maxsize=1)
def _prepared() -> Path:
    """Return the folder; of a run's workers one makes it, and the others wait."""
    folder = Path(os.environ["CONCORD_HOME"]) / "prepared"
    folder.mkdir(parents=True, exist_ok=True)
    home = folder / fingerprint()
    with (folder / "lock").open("w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            for old in folder.iterdir():
                if old.is_dir():
                    shutil.rmtree(old)
            draft = folder / "draft"
            _make(draft)
            draft.rename(home)
    return home


def _make(home: Path) -> None:
    """Bring the tables of a new folder up to date by the product's own command, and stop its database."""
    server = PostgresServer(Places(home))
    server.start()
    try:
        done = subprocess.run(
            [sys.executable, "manage.py", "prepare", "--verbosity", "0"],
            cwd=ROOT,
            env=Up(home).environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    finally:
        server.stop()
