"""Runs a command beside a distributed Concord whose every part this script starts on loopback, and stops after.

Stand-alone PostgreSQL over TCP, Redis and RabbitMQ from the distribution's packages, an S3 server, web, relay,
beat, and two workers of each queue with homes of their own: what docker-compose.yml describes, without Docker.
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
sys.path.insert(0, str(ROOT))

import boto3  # noqa: E402
from psycopg import sql  # noqa: E402

from config.embedded.parts import WORKER_QUEUES, part_command  # noqa: E402
from config.embedded.places import Places  # noqa: E402
from config.embedded.postgres import PostgresServer  # noqa: E402
from config.embedded.processes import child_start, log_tail, process_stop  # noqa: E402
from config.env import environment_read  # noqa: E402

_PATIENCE_S = 120.0
_BUCKET = "concord"
_PASSWORD = "only-on-loopback"  # noqa: S105
_RABBITMQ = Path("/usr/lib/rabbitmq/bin/rabbitmq-server")


def main() -> int:
    """Start everything, run the command, stop everything; returns the command's exit code."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="concord-ci-")))
        folder.chmod(0o711)
        shared = {
            "DATABASE_URL": postgres_start(stack, folder),
            "REDIS_URL": redis_start(stack, folder),
            "CELERY_BROKER_URL": rabbitmq_start(stack, folder),
            "CONCORD_STORAGE": f"s3://{_BUCKET}",
            "AWS_ENDPOINT_URL_S3": s3_start(stack, folder),
            "AWS_ACCESS_KEY_ID": "loopback",
            "AWS_SECRET_ACCESS_KEY": "loopback",
            "AWS_DEFAULT_REGION": "us-east-1",
            "CONCORD_SECRET_KEY": "only-on-loopback-only-on-loopback-only",
            "PORT": str(free_port()),
        }
        description = concord_start(stack, folder, shared)
        say(f"Concord is distributed and healthy at {description['url']}.")
        described = folder / "deployment.json"
        described.write_text(json.dumps(description), encoding="utf-8")
        environment = {
            **os.environ,
            **shared,
            "CONCORD_HOME": str(folder / "tests"),
            "CONCORD_DEPLOYMENT": str(described),
        }
        return subprocess.run(sys.argv[1:], cwd=ROOT, env=environment, check=False).returncode


def postgres_start(stack: ExitStack, folder: Path) -> str:
    """Start PostgreSQL over TCP with a password; returns its address."""
    port = free_port()
    settings = {"listen_addresses": "127.0.0.1", "max_wal_size": "2GB"}
    server = PostgresServer(Places(folder / "database"), settings=settings, port=port)
    server.start()
    stack.callback(server.stop)
    with server.connect("postgres") as connection:
        connection.execute(
            sql.SQL("CREATE ROLE concord LOGIN SUPERUSER PASSWORD {}").format(sql.Literal(_PASSWORD))
        )
    say("PostgreSQL is up.")
    return f"postgresql://concord:{_PASSWORD}@127.0.0.1:{port}/concord"


def redis_start(stack: ExitStack, folder: Path) -> str:
    """Start the distribution's Redis; returns its address."""
    port = free_port()
    data = folder / "redis"
    data.mkdir()
    command = ["/usr/bin/redis-server", "--port", str(port), "--bind", "127.0.0.1", "--dir", str(data)]
    part_start(stack, "redis", [*command, "--appendonly", "yes", "--save", ""], log=folder / "redis.log")
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
    """Start an S3 server with one bucket; returns its address."""
    port = free_port()
    log = folder / "s3.log"
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    part_start(stack, "s3", command, log=log)
    wait_until(lambda: accepts(port), "s3", log)
    address = f"http://127.0.0.1:{port}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="loopback",
        aws_secret_access_key="loopback",  # noqa: S106
    )
    client.create_bucket(Bucket=_BUCKET)
    say("S3 is up.")
    return address


def concord_start(stack: ExitStack, folder: Path, shared: Mapping[str, str]) -> dict[str, object]:
    """Prepare the database, then start Concord's own parts with the commands containers run."""
    web_home = {**shared, "CONCORD_HOME": str(folder / "web")}
    subprocess.run(
        [sys.executable, "manage.py", "prepare", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **web_home},
        check=True,
    )
    workers: list[dict[str, object]] = []
    for name in ("web", "relay", "beat"):
        own_part_start(stack, folder, name, home="web", shared=shared)
    for number in (1, 2):
        for queue in WORKER_QUEUES:
            child = own_part_start(stack, folder, queue, home=f"worker-{number}", shared=shared)
            workers.append({"queue": queue, "pid": child.pid})
    url = f"http://127.0.0.1:{shared['PORT']}"
    wait_until(lambda: is_healthy(url), "web", folder / "logs" / "web-web.log")
    return {"url": url, "environment": web_home, "workers": workers}


def own_part_start(
    stack: ExitStack, folder: Path, name: str, *, home: str, shared: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    """Start one of Concord's parts in the home it has on its machine."""
    variables = {**shared, "CONCORD_HOME": str(folder / home)}
    (folder / home).mkdir(exist_ok=True)
    command = part_command(name, environment_read(variables))
    return part_start(stack, name, command, log=folder / "logs" / f"{home}-{name}.log", environment=variables)


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
