"""Faults F06 to F08 against real web processes: what was acknowledged is there, the rest can be sent again."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import httpx
import psycopg
import pytest

from config.embedded.places import Places
from tests.services.running import PATIENCE_S, ROOT, Up, kill, wait_until

_WORK = """
import json
from core.accounts.services import token_create
from tests.annotation import material
from tests.world import world_make
world = world_make()
release = material.release_make(world)
material.tasks_make(world, release, [material.post_make(world, with_image=False) for _ in range(12)], overlap=1)
_, secret = token_create(world.actor("annotator"), name="faults", scopes=["project.view", "tasks.work"])
print(json.dumps(dict(project=str(world.project.pk), token=secret, document=material.document())))
"""


class Desk:
    """An annotator at a project of their own, speaking to the running web processes."""

    def __init__(self, up: Up) -> None:
        done = subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", _WORK],
            cwd=ROOT,
            env=up.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        made = json.loads(done.stdout.strip().splitlines()[-1])
        self.up, self.path = up, f"/api/projects/{made['project']}/label/exchange/"
        self.document, self.token = made["document"], made["token"]

    def exchange(self, **body: Any) -> httpx.Response:
        """Send one exchange and wait for its answer."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.post(
            f"{self.up.url}{self.path}", json=body, headers=headers, timeout=PATIENCE_S, trust_env=False
        )

    def answer(self) -> dict[str, Any]:
        """Take a task and write its answer, without sending it."""
        (bundle,) = self.exchange(take=1).raise_for_status().json()["next"]
        return {
            "id": str(uuid.uuid4()),
            "lease_id": bundle["lease"]["id"],
            "document": self.document,
            "active_ms": 900,
        }

    def raw(self, answer: dict[str, Any]) -> bytes:
        """The request that sends an answer, as it goes over the wire."""
        body = json.dumps({"answer": answer, "take": 0}).encode()
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {urlsplit(self.up.url).netloc}\r\n"
            f"Authorization: Bearer {self.token}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        )
        return head.encode() + body

    def connect(self) -> socket.socket:
        """Open a connection of one's own."""
        parts = urlsplit(self.up.url)
        return socket.create_connection((parts.hostname or "", parts.port or 0), timeout=PATIENCE_S)


@pytest.fixture(scope="module")
def desk(up: Up) -> Desk:
    """One annotator for the tests of this file."""
    return Desk(up)


def database(up: Up) -> psycopg.Connection[Any]:
    """A session of the test's own in the running database."""
    sockets = Places(up.home).postgres_sockets
    return psycopg.connect(host=str(sockets), user="postgres", dbname="concord", autocommit=True)


def stored(up: Up, answer: dict[str, Any]) -> int:
    with database(up) as session:
        found = session.execute(
            "SELECT count(*) FROM queue_submission WHERE id = %s", [answer["id"]]
        ).fetchone()
    assert found is not None
    return int(found[0])


def workers_kill(up: Up) -> None:
    """Kill every gunicorn child at once; their parent starts others."""
    children = up.parts()["web"].children()
    assert children
    kill(children)
    wait_until(lambda: up.health().get("state") == "up", what="web processes are back")


def test_f06_a_web_process_killed_before_the_commit_leaves_nothing_and_the_answer_is_sent_again(
    up: Up, desk: Desk
) -> None:
    answer = desk.answer()
    with database(up) as holder, desk.connect() as wire:
        holder.autocommit = False
        # The submission waits for this lock inside its transaction.
        holder.execute("SELECT 1 FROM queue_lease WHERE id = %s FOR UPDATE", [answer["lease_id"]])
        wire.sendall(desk.raw(answer))
        wait_until(lambda: _waits_for_a_lock(up), what="the submission is in its transaction")
        workers_kill(up)
        holder.rollback()
    assert stored(up, answer) == 0
    assert desk.exchange(answer=answer, take=0).raise_for_status().json()["answer"]["counts"] is True
    assert stored(up, answer) == 1


def test_f06_a_web_process_killed_after_the_commit_and_the_same_answer_again_is_one_row(
    up: Up, desk: Desk
) -> None:
    answer = desk.answer()
    with desk.connect() as wire:
        wire.sendall(desk.raw(answer))
        wait_until(lambda: stored(up, answer) == 1, what="the answer is committed")
        workers_kill(up)  # whatever of the response was not sent is lost
    again = desk.exchange(answer=answer, take=0)
    assert (again.status_code, again.json()["answer"]["id"]) == (200, answer["id"])
    assert stored(up, answer) == 1


def test_f07_a_client_that_leaves_or_dribbles_leaves_no_half_row_and_holds_no_place(
    up: Up, desk: Desk
) -> None:
    answer = desk.answer()
    whole = desk.raw(answer)
    lines = [desk.connect() for _ in range(24)]  # more than the web processes have threads
    for line in lines:
        line.sendall(whole[: len(whole) - 40])
    for line in lines:
        line.sendall(b" ")
        line.close()
    began = time.monotonic()
    assert desk.exchange(take=0).status_code == 200
    assert time.monotonic() - began < 20  # what a web process gives a request to arrive
    assert stored(up, answer) == 0
    with desk.connect() as wire:
        wire.sendall(whole)  # and closes without reading what comes back
    wait_until(lambda: stored(up, answer) == 1, what="a whole answer is stored, whoever waits")
    assert desk.exchange(answer=answer, take=0).status_code == 200
    assert stored(up, answer) == 1


def test_f08_one_answer_sent_fifty_times_at_once_is_one_row_and_one_word(up: Up, desk: Desk) -> None:
    answer = desk.answer()
    with ThreadPoolExecutor(50) as pool:
        answers = list(pool.map(lambda _: desk.exchange(answer=answer, take=0), range(50)))
    assert {one.status_code for one in answers} == {200}
    assert len({json.dumps(one.json()["answer"]) for one in answers}) == 1
    assert stored(up, answer) == 1
    other = {**answer, "document": {**desk.document, "notes": "another"}}
    refused = desk.exchange(answer=other, take=0)
    assert (refused.status_code, refused.json()["code"]) == (409, "submission_differs")


def _waits_for_a_lock(up: Up) -> bool:
    with database(up) as session:
        found = session.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%queue_lease%'"
        ).fetchone()
    return found is not None and found[0] > 0
