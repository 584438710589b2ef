"""A round over real workers, of which one is killed in the middle."""

from __future__ import annotations

import json
from typing import Any

import httpx

from tests.core.content.samples import picture
from tests.services.running import Running, kill, wait_until
from tests.services.test_jobs import job_of, processor_time

_POSTS = 1_200
_PICTURES = 12
_BUDGET = 10
_PEOPLE = """
import json
from core.accounts.selectors import Capability
from core.accounts.services import token_create
from tests.annotation.material import release_once
from tests.world import world_by_services
world = world_by_services()
release = release_once(world)
scopes = [str(one) for one in Capability]
tokens = {name: token_create(world.actor(name), name="services", scopes=scopes)[1] for name in ("manager", "engineer")}
print(json.dumps(dict(project=str(world.project.pk), release=str(release.id), tokens=tokens)))
"""
_ATTEMPTS = """
from core.jobs.models import Job
print(Job.objects.get(pk="{job}").attempts)
"""


def _manifest() -> bytes:
    lines = [{"external_id": f"p{number}", "parts": _parts(number)} for number in range(_POSTS)]
    return "".join(json.dumps(line) + "\n" for line in lines).encode()


def _parts(number: int) -> list[dict[str, Any]]:
    words = {"kind": "caption", "text": f"Chair {number} for sale, hardly used, {number} euros"}
    return [words, {"kind": "image", "asset": f"{number}.jpg"}] if number < _PICTURES else [words]


def _pictures_upload(client: httpx.Client, project: str) -> None:
    """Upload pictures, which a worker reads on another machine: from the store, where workers share no folder."""
    assets = f"/api/projects/{project}/assets/"
    sent = []
    for number in range(_PICTURES):
        file = (f"{number}.jpg", picture(seed=number), "image/jpeg")
        sent.append(client.post(assets, files={"file": file}).raise_for_status().json()["id"])

    def are_ready() -> bool:
        return all(client.get(f"{assets}{one}/").json()["state"] == "ready" for one in sent)

    wait_until(are_ready, what="the pictures are ready")


def test_a_round_whose_worker_is_killed_costs_what_that_worker_was_at(running: Running) -> None:
    """F11, F12: whoever takes the round over reads what nobody read yet, and chooses from all posts."""
    made = running.ran(_PEOPLE)
    client, project = running.client(made["tokens"]["engineer"]), made["project"]
    _pictures_upload(client, project)
    answer = (
        running.client(made["tokens"]["manager"])
        .post(
            f"/api/projects/{project}/imports/",
            files={"file": ("posts.jsonl", _manifest(), "application/jsonl")},
        )
        .raise_for_status()
    )
    wait_until(
        lambda: job_of(client, answer.json()["job_id"])["state"] == "succeeded", what="posts are imported"
    )
    body = {"release_id": made["release"], "clause_key": "spam", "budget": _BUDGET, "seed": 5}
    started = client.post(f"/api/projects/{project}/rounds/", json=body).raise_for_status().json()

    def job() -> dict[str, Any]:
        return job_of(client, started["job"]["id"])

    wait_until(lambda: job()["total"] == _POSTS and job()["done"] > 0, what="posts are being encoded")
    read_before = job()["done"]
    worker = max(running.worker_processes("gpu"), key=processor_time)
    kill([*worker.children(recursive=True), worker])

    wait_until(lambda: job()["state"] not in {"queued", "running"}, what="the round is over")
    assert (job()["state"], job()["error"]) == ("succeeded", None)
    found = client.get(f"/api/rounds/{started['id']}/").raise_for_status().json()
    assert found["metrics"]["unreadable_parts"] == 0
    assert found["metrics"]["posts"] == _POSTS
    # Who was killed either held the round, which another took over, or was helping, and its shard was taken.
    attempts = running.ran(_ATTEMPTS.format(job=started["job"]["id"]))
    most = _POSTS + _PICTURES
    most -= read_before if attempts > 1 else 0
    assert found["metrics"]["encoded_now"] <= most, "what was read is not read again"
    picks = client.get(f"/api/rounds/{started['id']}/picks/").raise_for_status().json()["results"]
    assert len({pick["post_id"] for pick in picks}) == _BUDGET
