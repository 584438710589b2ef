"""What tests of asking models for responses stand on: an endpoint with a script, runs started over the API."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from pytest_django import Settings

from core.content.models import Part, Post
from core.endpoints.models import Endpoint
from core.jobs.models import Job
from policies.selectors import posts_held_out
from preferences.models import Prompt, Response
from tests.core.endpoints.endpoints import endpoint_row
from tests.core.endpoints.stub import Heard, Said, Stub, stub_serving
from tests.preferences.material import import_run, line
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]
Script = Callable[[Heard, int], Said]
MODEL = "fresh-model"


@contextmanager
def model_at(
    world: World, settings: Settings, script: Script, **fields: Any
) -> Iterator[tuple[Stub, Endpoint]]:
    """An endpoint of project A that answers by ``script``."""
    with stub_serving(script) as stub:
        settings.ENDPOINT_HOSTS = frozenset({stub.base_url.removeprefix("http://").removesuffix("/v1")})
        yield stub, endpoint_row(world, **{"base_url": stub.base_url, "model": MODEL, **fields})


def replying(**told: list[str]) -> Script:
    """A script that says what is told for a prompt, one after the other, else ``Reply 1 to …``, ``Reply 2 to …``."""
    said: dict[str, int] = defaultdict(int)

    def script(heard: Heard, number: int) -> Said:
        said[heard.user] += 1
        texts = told.get(heard.user.removesuffix("?").lower().replace(" ", "_"), [])
        place = said[heard.user] - 1
        text = texts[place] if place < len(texts) else f"Reply {place + 1} to {heard.user}"
        return Said(text, tokens_in=100, tokens_out=10)

    return script


def prompts_make(world: World, count: int) -> list[Prompt]:
    """Prompts ``Question 0?`` …, each with responses of two other models."""
    assert import_run(world, [line(number) for number in range(count)]).state == "succeeded"
    return list(Prompt.objects.filter(project=world.project).order_by("id"))


def post_of_words(world: World, *, held_out: bool = False) -> Post:
    """A post of one caption; which posts models are measured by follows from identifiers."""
    while True:
        post = Post.objects.create(
            project=world.project, external_id=uuid.uuid4().hex, content_sha256=uuid.uuid4().hex * 2
        )
        Part.objects.create(post=post, position=0, kind="caption", text="A chair for sale")
        if bool(posts_held_out(world.project.pk, [post.pk])) == held_out:
            return post


def runs_at(world: World) -> str:
    return f"/api/projects/{world.project.pk}/sampling-runs/"


def started(call_as: Call, world: World, endpoint: Endpoint, **chosen: Any) -> dict[str, Any]:
    body = {"endpoint_id": str(endpoint.pk), "samples": 3, "seed": 7, **chosen}
    answer = call_as("engineer").post(runs_at(world), body)
    assert answer.status_code == 202, answer.content
    found: dict[str, Any] = answer.json()
    return found


def now(call_as: Call, run: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = call_as("engineer").get(f"/api/sampling-runs/{run['id']}/").json()
    return found


def ended(call_as: Call, run: dict[str, Any], run_jobs: RunJobs, state: str = "succeeded") -> dict[str, Any]:
    job = run_jobs()[-1]
    assert job.state == state, (job.error_code, job.error_detail)
    return now(call_as, run)


def texts_of(prompt: Prompt) -> list[str]:
    """What the model said to a prompt, in the order in which it came."""
    rows = Response.objects.filter(prompt=prompt, source_model=MODEL).order_by("id")
    return list(rows.values_list("text", flat=True))
