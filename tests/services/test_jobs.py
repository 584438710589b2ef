"""Real jobs through the outbox, the broker and real workers."""

from __future__ import annotations

import json
import uuid
from typing import Any

import httpx
import psutil

from tests.services.running import Running, kill, wait_until

_POSTS = 20_000


def manifest(posts: int) -> bytes:
    return b"".join(
        json.dumps(
            {"external_id": f"p{number}", "parts": [{"kind": "caption", "text": f"Chair {number}"}]}
        ).encode()
        + b"\n"
        for number in range(posts)
    )


def import_start(client: httpx.Client, project: str, posts: int) -> str:
    answer = client.post(
        f"/api/projects/{project}/imports/",
        files={"file": ("posts.jsonl", manifest(posts), "application/jsonl")},
    )
    assert answer.status_code == 202, answer.text
    return str(answer.json()["job_id"])


def job_of(client: httpx.Client, job_id: str) -> dict[str, Any]:
    return dict(client.get(f"/api/jobs/{job_id}/").raise_for_status().json())


def processor_time(worker: psutil.Process) -> float:
    """What a worker's pool has computed so far: the one with the large job has computed most."""
    times = [child.cpu_times() for child in worker.children()]
    return sum(spent.user + spent.system for spent in times)


def posts_stored(client: httpx.Client, project: str) -> int:
    seen, path = 0, f"/api/projects/{project}/posts/?page_size=200"
    while path:
        page = client.get(path).raise_for_status().json()
        seen += len(page["results"])
        path = page["next"]
    return seen


def test_work_goes_through_outbox_and_broker_to_a_worker(running: Running) -> None:
    client, project = running.person(f"through-{uuid.uuid4().hex[:8]}")
    job = import_start(client, project, 300)
    wait_until(lambda: job_of(client, job)["state"] == "succeeded", what="the import is done")
    assert posts_stored(client, project) == 300


def test_a_job_whose_worker_is_killed_is_done_exactly_once(running: Running) -> None:
    client, project = running.person(f"killed-{uuid.uuid4().hex[:8]}")
    job = import_start(client, project, _POSTS)
    wait_until(lambda: job_of(client, job)["state"] == "running", what="a worker has it")
    wait_until(lambda: job_of(client, job)["done"] > 0, what="it is under way")
    worker = max(running.worker_processes("cpu"), key=processor_time)
    kill([*worker.children(recursive=True), worker])

    wait_until(lambda: job_of(client, job)["state"] not in {"queued", "running"}, what="it is over")
    found = job_of(client, job)
    assert (found["state"], found["error"]) == ("succeeded", None)
    assert client.get(f"/api/projects/{project}/overview/").status_code == 200
    assert posts_stored(client, project) == _POSTS


def test_health_counts_the_workers_of_every_queue(running: Running) -> None:
    wait_until(running.is_healthy, what="every part is up")
    seen = running.health()["parts"]["workers"]["detail"]
    assert all(queue in seen for queue in ("cpu", "gpu", "upkeep"))
