"""A real Concord of processes: one that ``manage.py up`` supervises, or the distributed one that CI started."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).resolve().parents[2]
_ELSEWHERE = (
    "DATABASE_URL",
    "REDIS_URL",
    "CELERY_BROKER_URL",
    "CONCORD_STORAGE",
    "CONCORD_ORIGIN",
    "PYTEST_XDIST_WORKER",
)
PATIENCE_S = 400.0
_PERSON = """
import json
from core.accounts.selectors import Actor, Capability
from core.accounts.services import organization_create, project_create, token_create, user_create
user = user_create("{email}", display_name="Services")
organization = organization_create("{slug}", slug="{slug}")
project = project_create(Actor(user), organization=organization, name="{slug}", slug="{slug}")
_, secret = token_create(Actor(user), name="services", scopes=[str(one) for one in Capability])
print(json.dumps(dict(project=str(project.pk), token=secret)))
"""


def wait_until(condition: Callable[[], object], *, what: str, patience_s: float = PATIENCE_S) -> None:
    """Look again and again until ``condition`` holds; the patience is a guard against hanging, no expectation."""
    deadline = time.monotonic() + patience_s
    pause = threading.Event()
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"Not within {patience_s:.0f} s: {what}")
        pause.wait(0.1)


def is_over(process: psutil.Process) -> bool:
    """Whether a process has ended, its parent's taking note of it or not."""
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


def kill(processes: Sequence[psutil.Process]) -> None:
    """Kill processes with -9 and wait until they are over; one that ended by itself is over too."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    all_over(processes)


def all_over(processes: Sequence[psutil.Process]) -> None:
    """Wait until every process has ended."""
    wait_until(lambda: all(is_over(process) for process in processes), what="they are gone")


@dataclass
class Running:
    """Where a Concord answers, and how to reach its processes."""

    url: str
    environment: dict[str, str]
    workers: list[tuple[str, int]] = field(default_factory=list)

    def health(self) -> dict[str, Any]:
        """What /healthz says; empty while nothing listens."""
        try:
            return dict(httpx.get(f"{self.url}/healthz", timeout=10, trust_env=False).json())
        except (httpx.TransportError, json.JSONDecodeError):
            return {}

    def is_healthy(self) -> bool:
        """Whether every part is up."""
        return self.health().get("state") == "up"

    def worker_processes(self, queue: str) -> list[psutil.Process]:
        """The main processes of the queue's workers."""
        return [psutil.Process(pid) for name, pid in self.workers if name == queue]

    def person(self, slug: str) -> tuple[httpx.Client, str]:
        """A new person who manages a new project: a client that speaks as them, and the project's id."""
        made = self.ran(_PERSON.format(slug=slug, email=f"{slug}@example.org"))
        return self.client(made["token"]), made["project"]

    def client(self, token: str) -> httpx.Client:
        """A client that speaks as the token's owner."""
        headers = {"Authorization": f"Bearer {token}"}
        return httpx.Client(base_url=self.url, headers=headers, timeout=PATIENCE_S, trust_env=False)

    def ran(self, script: str) -> Any:
        """Run Python beside it, over its database; return the JSON that the script's last line prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", script],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.strip().splitlines()[-1])


_UP = (sys.executable, "manage.py", "up", "--no-demo", "--headless")


class Up(Running):
    """``manage.py up`` over a home of the test's own."""

    def __init__(self, home: Path) -> None:
        port = free_port()
        environment = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        environment |= {"CONCORD_HOME": str(home), "PORT": str(port)}
        super().__init__(f"http://127.0.0.1:{port}", environment)
        self.home = home
        self.output = home.parent / f"{home.name}-up.txt"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, command: Sequence[str] = _UP) -> None:
        """Start it and wait until every part is up."""
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
                # A run that was put in the background ignores Ctrl-C, and what it starts would, too.
                preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            )
        wait_until(
            lambda: self._ended() or self.is_healthy(),
            what=f"healthy: {self.output.read_text()}",
        )
        assert not self._ended(), self.output.read_text()

    def _ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def parts(self) -> dict[str, psutil.Process]:
        """The supervised processes by name, as the supervisor notes them."""
        noted = json.loads((self.home / "parts.json").read_text(encoding="utf-8"))
        found = {}
        for entry in noted:
            with suppress(psutil.NoSuchProcess):
                found[entry["name"]] = psutil.Process(entry["pid"])
        return found

    def worker_processes(self, queue: str) -> list[psutil.Process]:
        return [self.parts()[queue]]

    def family(self) -> list[psutil.Process]:
        """The supervisor's children and theirs."""
        assert self.process is not None
        return psutil.Process(self.process.pid).children(recursive=True)

    def said(self) -> str:
        """What it told the person at the terminal."""
        return re.sub(r"\x1b\[[0-9;]*m", "", self.output.read_text(encoding="utf-8"))

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Send a signal and wait for the end; returns the exit code."""
        assert self.process is not None
        self.process.send_signal(number)
        try:
            return self.process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"It did not end. It said:\n{self.said()}") from None


def deployment_described() -> Running | None:
    """The distributed deployment that CI started, if it did."""
    described = os.environ.get("CONCORD_DEPLOYMENT")
    if described is None:
        return None
    found = json.loads(Path(described).read_text(encoding="utf-8"))
    return Running(
        found["url"],
        {**os.environ, **found["environment"]},
        [(worker["queue"], worker["pid"]) for worker in found["workers"]],
    )


def free_port() -> int:
    """A port nothing listens on, of those that no connection is given by itself."""
    for port in random.sample(range(20_000, 32_000), 100):
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("No port is free.")
