"""Where the embedded parts keep their data, and where their sockets lie."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

_LONGEST_SOCKET_BYTES = 100  # the kernel's limit is 107; leave room for a suffix
_PLAIN_PATH = re.compile(r"[A-Za-z0-9_./+-]+")
_SHORT_FOLDER = Path("/tmp")  # noqa: S108 - only the sockets go there, in a folder of their own


@dataclass(frozen=True)
class Places:
    """Every path of one Concord home; nothing is created by asking."""

    home: Path

    @property
    def run(self) -> Path:
        """Folder of sockets, process ids and the lock.

        It lies in the home where its path is short and plain enough for a unix socket, else in a
        folder of the temporary directory named after the home.
        """
        inside = self.home / "run"
        longest = inside / "postgres" / ".s.PGSQL.5432"
        if len(bytes(longest)) <= _LONGEST_SOCKET_BYTES and _PLAIN_PATH.fullmatch(str(inside)):
            return inside
        digest = hashlib.sha256(bytes(self.home)).hexdigest()[:12]
        return _SHORT_FOLDER / f"concord-{digest}"

    @property
    def postgres_data(self) -> Path:
        """Folder of the embedded PostgreSQL cluster."""
        return self.home / "postgres"

    @property
    def postgres_sockets(self) -> Path:
        """Folder the embedded PostgreSQL listens in."""
        return self.run / "postgres"

    @property
    def redis_data(self) -> Path:
        """Folder of the embedded Redis's append-only file."""
        return self.home / "redis"

    @property
    def redis_socket(self) -> Path:
        """Socket the embedded Redis listens on."""
        return self.run / "redis.sock"

    @property
    def logs(self) -> Path:
        """Folder with one log file a part."""
        return self.home / "logs"

    @property
    def lock(self) -> Path:
        """File locked by the one supervisor of this home."""
        return self.home / "lock"

    @property
    def parts(self) -> Path:
        """File that names the running parts' process ids, for clearing up after a crash."""
        return self.home / "parts.json"

    @property
    def beat_schedule(self) -> Path:
        """File in which beat notes when each periodic task last ran."""
        return self.home / "beat-schedule"

    @property
    def database_url(self) -> str:
        """Address of the embedded PostgreSQL."""
        return f"postgresql://postgres@/concord?host={quote(str(self.postgres_sockets))}"

    @property
    def redis_url(self) -> str:
        """Address of the embedded Redis for caches and heartbeats."""
        return f"unix://{self.redis_socket}"

    @property
    def broker_url(self) -> str:
        """Address of the embedded Redis for Celery."""
        return f"redis+socket://{self.redis_socket}"


def broker_form(redis_url: str) -> str:
    """Return a Redis address as Celery writes it; only unix sockets differ."""
    return redis_url.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=", 1)
