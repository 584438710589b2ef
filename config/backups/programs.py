"""PostgreSQL's own ``pg_dump`` and ``pg_restore``: the wheel's, or those on the path."""

from __future__ import annotations

import contextlib
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from config.backups.folder import BackupError
from config.embedded.postgres import binaries_folder
from config.embedded.processes import PartFailedError
from config.env import child_environment
from config.postgres import database_conninfo


def program_run(name: str, words: Sequence[str], *, server_version: int) -> None:
    """Run a program of at least the server's major version over Concord's database.

    Raises
    ------
    BackupError
        When there is none, or with what it said when it failed.
    """
    address, password = database_conninfo()
    command = [str(_program(name, server_version)), f"--dbname={address}", "--no-password", *words]
    # The password travels in the environment: a command line is for every account of the machine to read.
    environment = child_environment({"PGPASSWORD": password} if password else {})
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise BackupError(f"{name} failed. It says: {done.stderr.strip()[-2000:]}")


def _program(name: str, server_version: int) -> Path:
    wanted = server_version // 10_000
    for candidate in _candidates(name):
        said = subprocess.run([str(candidate), "--version"], capture_output=True, text=True, check=False)
        version = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
        if version and int(version[1]) >= wanted:
            return candidate
    raise BackupError(
        f"There is no {name} for PostgreSQL {wanted} here. Install PostgreSQL's client programs of version "
        f"{wanted} or newer, so that {name} is on the path."
    )


def _candidates(name: str) -> list[Path]:
    found = []
    with contextlib.suppress(PartFailedError):
        found.append(binaries_folder() / name)
    on_path = shutil.which(name)
    return [*found, *([Path(on_path)] if on_path else [])]
