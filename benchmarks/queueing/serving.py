"""A PostgreSQL, a Redis and the web processes of the benchmark's own, and what they use of the processors."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
_ELSEWHERE = ("DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "CONCORD_STORAGE", "CONCORD_ORIGIN")


@dataclass(frozen=True)
class Serving:
    """Where it answers, and the first process of each part."""

    address: str
    web: psutil.Process
    postgres: psutil.Process

    def cpu_s(self) -> dict[str, float]:
        """Processor seconds used so far, user and system, by part; children that ended are counted."""
        return {"web": _cpu_s(self.web), "postgres": _cpu_s(self.postgres)}


@contextmanager
def serving(home: Path, *, port: int) -> Iterator[Serving]:
    """Run what ``manage.py up`` runs to answer requests: both servers as they are set up there, and gunicorn."""
    for name in _ELSEWHERE:
        os.environ.pop(name, None)
    os.environ |= {"CONCORD_HOME": str(home), "PORT": str(port), "DJANGO_SETTINGS_MODULE": "config.settings"}
    from config.embedded.parts import part_command
    from config.embedded.places import Places
    from config.embedded.postgres import PostgresServer
    from config.embedded.redis import RedisServer
    from config.env import environment_read

    places = Places(home)
    home.mkdir(parents=True, exist_ok=True)
    postgres, redis = PostgresServer(places), RedisServer(places)
    log = home / "web.log"
    web: subprocess.Popen[bytes] | None = None
    try:
        postgres.start()
        redis.start()
        subprocess.run([sys.executable, "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=True)
        with log.open("wb") as out:
            web = subprocess.Popen(part_command("web", environment_read()), cwd=ROOT, stdout=out, stderr=out)
        address = f"http://127.0.0.1:{port}"
        _wait_until_up(address, web, log)
        assert postgres.process is not None
        yield Serving(address, psutil.Process(web.pid), psutil.Process(postgres.process.pid))
    finally:
        if web is not None:
            web.terminate()
            web.wait(timeout=60)
        redis.stop()
        postgres.stop()


def _wait_until_up(address: str, web: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 120
    while time.monotonic() < end and web.poll() is None:
        try:
            if httpx.get(f"{address}/api/me/", timeout=5, trust_env=False).status_code in {401, 403}:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    raise SystemExit("The web part did not come up:\n" + log.read_text(errors="replace")[-3000:])


def _cpu_s(first: psutil.Process) -> float:
    total = 0.0
    for process in [first, *first.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system + times.children_user + times.children_system
    return total
