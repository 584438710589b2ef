"""A wrong value stops the start with a sentence, not with a traceback."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.embedded.places import Places
from config.embedded.postgres import PostgresServer
from tests.services.running import PATIENCE_S, ROOT, Up

pytestmark = pytest.mark.embedded


def refusal(up: Up, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", "up", "--no-demo", "--headless"],
        cwd=ROOT,
        env={**up.environment, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert done.returncode != 0, done.stdout
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PORT", "eighty", "PORT is 'eighty'. Set it to a whole number from 1 to 65535."),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL is not an address Concord can use"),
        ("REDIS_URL", "memcached://x", "REDIS_URL is not an address Concord can use"),
        ("CELERY_BROKER_URL", "sqs://", "CELERY_BROKER_URL is not an address Concord can use"),
        ("CONCORD_STORAGE", "disk", "CONCORD_STORAGE is 'disk'. Set it to 'local' or to 's3://bucket-name'."),
        ("CONCORD_SECRET_KEY", "short", "CONCORD_SECRET_KEY has 5 characters."),
        ("DATABASE_URL", "postgresql://nobody@127.0.0.1:9/none", "Check DATABASE_URL."),
        ("REDIS_URL", "redis://127.0.0.1:9/0", "Check REDIS_URL."),
        ("CELERY_BROKER_URL", "amqp://127.0.0.1:9//", "Check CELERY_BROKER_URL."),
    ],
)
def test_a_wrong_value_stops_the_start_with_one_sentence(
    tmp_path: Path, name: str, value: str, sentence: str
) -> None:
    assert sentence in refusal(Up(tmp_path / "home"), **{name: value})


def test_a_port_in_use_is_said_before_anything_starts(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        up = Up(tmp_path / "home")
        assert f"Port {port} on 127.0.0.1 cannot be used" in refusal(up, PORT=port)
    assert not (tmp_path / "home" / "postgres").exists()


def test_a_database_that_may_forget_what_it_acknowledged_is_refused(tmp_path: Path) -> None:
    places = Places(tmp_path / "lazy")
    server = PostgresServer(places, settings={"synchronous_commit": "off"})
    server.start()
    try:
        said = refusal(Up(tmp_path / "home"), DATABASE_URL=places.database_url)
    finally:
        server.stop()
    assert "synchronous_commit off" in said
