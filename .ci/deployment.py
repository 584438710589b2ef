"""Runs a command beside a distributed Concord whose every part this script starts on loopback, and stops after.

Stand-alone PostgreSQL over TCP, Redis and RabbitMQ from the distribution's packages, an S3 server, web, relay,
beat, and two workers of each queue with homes of their own: what docker-compose.yml describes, without Docker.
Concord's own parts run the commands and variables of that file, with addresses on loopback in place of its own.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / ".ci")]

from compose import Service, services_read  # noqa: E402
from psycopg import sql  # noqa: E402

from config.embedded.places import Places  # noqa: E402
from config.embedded.postgres import PostgresServer, binaries_folder  # noqa: E402
from config.embedded.processes import child_start, log_tail, process_stop  # noqa: E402

_PATIENCE_S = 600.0  # a guard against hanging: a slow machine takes minutes to bring the tables up to date
_PASSWORD = "only-on-loopback"  # noqa: S105
_WORKERS_OF_EACH_QUEUE = 2
_HASTY = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB"}
_RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def main() -> int:
    """Start everything, run the command, stop everything; returns the command's exit code."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concord-ci-")))
        folder.chmod(0o711)
        origin = f"http://127.0.0.1:{free_port()}"
        described = compose_services(origin)
        addresses = {
            "DATABASE_URL": postgres_start(stack, folder, described["database"]),
            "REDIS_URL": redis_start(stack, folder, described["redis"]),
            "CELERY_BROKER_URL": rabbitmq_start(stack, folder),
            "AWS_ENDPOINT_URL_S3": s3_start(stack, folder),
            "PORT": origin.rpartition(":")[2],
        }
        prepare_run(stack, folder, described["prepare"], addresses)
        tests = tests_postgres_start(stack, folder, addresses["DATABASE_URL"])
        description = concord_start(stack, folder, described, addresses)
        say(f"Concord is distributed and healthy at {description['url']}.")
        told = folder / "deployment.json"
        told.write_text(json.dumps(description), encoding="utf-8")
        environment = {
            **os.environ,
            **part_environment(described["web"], {**addresses, **tests}, folder / "tests"),
            "CONCORD_DEPLOYMENT": str(told),
        }
        return subprocess.run(sys.argv[1:], cwd=ROOT, env=environment, check=False).returncode


def compose_services(origin: str) -> dict[str, Service]:
    """Read the compose file as it would be with an ``.env`` for this machine."""
    secret = "only-on-loopback-only-on-loopback-only"  # noqa: S105
    return services_read(
        {
            "POSTGRES_PASSWORD": _PASSWORD,
            "S3_SECRET_KEY": "loopback",
            "CONCORD_SECRET_KEY": secret,
            "CONCORD_ORIGIN": origin,
        }
    )


def postgres_start(stack: ExitStack, folder: Path, service: Service) -> str:
    """Start PostgreSQL over TCP with a password and the service's settings; returns its address."""
    given = [word.split("=", 1) for word in service.command if "=" in word]
    address = server_start(stack, folder / "database", dict(given))
    say("PostgreSQL is up.")
    return address


def tests_postgres_start(stack: ExitStack, folder: Path, prepared: str) -> dict[str, str]:
    """Start a second PostgreSQL for the databases that tests make and drop; returns the tests' variables for it.

    Nothing in it outlives the run, so it waits for no disk. The tables that ``prepare`` made are its template.
    """
    address = server_start(stack, folder / "tests-database", _HASTY)
    template, dump = "concord_prepared", str(folder / "prepared.sql")
    made = address.rpartition("/")[0] + f"/{template}"
    for command in (
        ["createdb", "--maintenance-db", address, template],
        ["pg_dump", "--file", dump, prepared],
        ["psql", "--quiet", "--set", "ON_ERROR_STOP=1", "--file", dump, made],
    ):
        program = str(binaries_folder() / command[0])
        subprocess.run([program, *command[1:]], check=True, stdout=subprocess.DEVNULL)
    return {"DATABASE_URL": address, "CONCORD_TEST_TEMPLATE": template}


def server_start(stack: ExitStack, folder: Path, settings: Mapping[str, str]) -> str:
    """Start a PostgreSQL on loopback; returns its address for a role with a password."""
    port = free_port()
    given = {**settings, "listen_addresses": "127.0.0.1", "max_wal_size": "2GB"}
    server = PostgresServer(Places(folder), settings=given, port=port)
    server.start()
    stack.callback(server.stop)
    with server.connect("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE ROLE concord LOGIN SUPERUSER PASSWORD {}").format(sql.Literal(_PASSWORD))
        )
    return f"postgresql://concord:{_PASSWORD}@127.0.0.1:{port}/concord"


def redis_start(stack: ExitStack, folder: Path, service: Service) -> str:
    """Start the distribution's Redis with the service's settings; returns its address."""
    port = free_port()
    data = folder / "redis"
    data.mkdir()
    place = ["--port", str(port), "--bind", "127.0.0.1", "--dir", str(data)]
    command = ["/usr/bin/redis-server", *service.command[1:], *place]
    part_start(stack, "redis", command, log=folder / "redis.log")
    wait_until(lambda: accepts(port), "redis", folder / "redis.log")
    say("Redis is up.")
    return f"redis://127.0.0.1:{port}/0"


def rabbitmq_start(stack: ExitStack, folder: Path) -> str:
    """Start RabbitMQ and the port mapper it needs as plain processes; returns its address."""
    port, mapper_port = free_port(), free_port()
    home = folder / "rabbitmq"
    home.mkdir()
    (home / "plugins").write_text("[].\n", encoding="ascii")
    environment = {
        "HOME": str(home),
        "ERL_EPMD_ADDRESS": "127.0.0.1",
        "ERL_EPMD_PORT": str(mapper_port),
        "RABBITMQ_NODENAME": "concord@localhost",
        "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1",
        "RABBITMQ_NODE_PORT": str(port),
        "RABBITMQ_DIST_PORT": str(free_port()),
        "RABBITMQ_MNESIA_BASE": str(home / "data"),
        "RABBITMQ_LOG_BASE": str(home / "log"),
        "RABBITMQ_ENABLED_PLUGINS_FILE": str(home / "plugins"),
        "RABBITMQ_CONF_ENV_FILE": os.devnull,
        "RABBITMQ_SERVER_START_ARGS": "-kernel inet_dist_use_interface {127,0,0,1}",
    }
    part_start(
        stack, "epmd", ["epmd", "-port", str(mapper_port)], log=folder / "epmd.log", environment=environment
    )
    wait_until(lambda: accepts(mapper_port), "epmd", folder / "epmd.log")
    log = folder / "rabbitmq.log"
    part_start(stack, "rabbitmq", [str(_RABBITMQ)], log=log, environment=environment)
    wait_until(lambda: accepts(port), "rabbitmq", log)
    say("RabbitMQ is up.")
    return f"amqp://guest:guest@127.0.0.1:{port}//"


def s3_start(stack: ExitStack, folder: Path) -> str:
    """Start an S3 server; returns its address. ``prepare --make-bucket`` makes the bucket."""
    port = free_port()
    log = folder / "s3.log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    part_start(stack, "s3", command, log=log)
    wait_until(lambda: accepts(port), "s3", log)
    say("S3 is up.")
    return f"http://127.0.0.1:{port}"


def prepare_run(stack: ExitStack, folder: Path, service: Service, addresses: Mapping[str, str]) -> None:
    """Run the compose file's ``prepare`` over the empty database and storage."""
    child = own_part_start(stack, folder, service, addresses)
    if child.wait(_PATIENCE_S) != 0:
        log = folder / "logs" / "prepare.log"
        raise SystemExit(f"prepare failed. Its log ends:\n{log_tail(log, lines=40)}")


def concord_start(
    stack: ExitStack, folder: Path, described: Mapping[str, Service], addresses: Mapping[str, str]
) -> dict[str, object]:
    """Start every service of Concord's own image but the one that ended already."""
    own = {name: service for name, service in described.items() if service.is_own and name != "prepare"}
    workers: list[dict[str, object]] = []
    for name, service in own.items():
        is_worker = name.startswith("worker-")
        for number in range(_WORKERS_OF_EACH_QUEUE if is_worker else 1):
            child = own_part_start(stack, folder, service, addresses, number=number)
            if is_worker:
                workers.append({"queue": name.removeprefix("worker-"), "pid": child.pid})
    url = f"http://127.0.0.1:{addresses['PORT']}"
    wait_until(lambda: is_healthy(url), "web", folder / "logs" / "web.log")
    web = described["web"]
    return {
        "url": url,
        "environment": part_environment(web, addresses, home_of(folder, web)),
        "workers": workers,
    }


def own_part_start(
    stack: ExitStack, folder: Path, service: Service, addresses: Mapping[str, str], *, number: int = 0
) -> subprocess.Popen[bytes]:
    """Start one of Concord's parts by the service's very command, in a home of its own."""
    name = f"{service.name}-{number + 1}" if number else service.name
    home = home_of(folder, service, number)
    home.mkdir()
    environment = part_environment(service, addresses, home)
    return part_start(
        stack, name, service.command, log=folder / "logs" / f"{name}.log", environment=environment
    )


def home_of(folder: Path, service: Service, number: int = 0) -> Path:
    """Return the folder that stands for the service's volume; each further worker has its own."""
    return folder / f"{service.home}-{number + 1}"


def part_environment(service: Service, addresses: Mapping[str, str], home: Path) -> dict[str, str]:
    """Return the service's variables with the addresses of this machine; ``python`` is this environment's."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**service.environment, **addresses, "CONCORD_HOME": str(home), "PATH": path}


def part_start(
    stack: ExitStack,
    name: str,
    command: list[str],
    *,
    log: Path,
    environment: Mapping[str, str] | None = None,
) -> subprocess.Popen[bytes]:
    """Start one process and have it stopped at the end, in reverse order."""
    child = child_start(
        command, log=log, death_signal=signal.SIGKILL, extra_environment=environment, folder=ROOT
    )
    stack.callback(process_stop, child, with_signal=signal.SIGTERM, patience_s=20)
    return child


def wait_until(ready: Callable[[], bool], name: str, log: Path) -> None:
    """Wait until a part answers; end the script with its log when it does not."""
    deadline = time.monotonic() + _PATIENCE_S
    while not ready():
        if time.monotonic() > deadline:
            raise SystemExit(f"{name} did not come up. Its log ends:\n{log_tail(log, lines=40)}")
        time.sleep(0.2)


def accepts(port: int) -> bool:
    """Return whether something listens on the port."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_healthy(url: str) -> bool:
    """Return whether every part of Concord is up."""
    try:
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def free_port() -> int:
    """Return a port nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def say(sentence: str) -> None:
    """Tell how far it is."""
    print(sentence, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
