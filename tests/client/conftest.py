from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from concord import Client

from core.accounts.selectors import Capability
from core.accounts.services import token_create
from core.jobs.models import Job
from tests.exports.answers import Answers, answers_make
from tests.world import World, world_make


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep credentials and cache of the tests away from the person's own."""
    monkeypatch.setenv("CONCORD_CONFIG", str(tmp_path / "config"))
    monkeypatch.setenv("CONCORD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("CONCORD_URL", raising=False)
    monkeypatch.delenv("CONCORD_TOKEN", raising=False)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Committed rows, so that a real server in another thread sees them."""
    return world_make()


@pytest.fixture
def answers(world: World) -> Answers:
    return answers_make(world)


@pytest.fixture
def token(world: World) -> str:
    """An engineer's token with everything an engineer may do."""
    _, secret = token_create(world.actor("engineer"), name="client", scopes=[str(one) for one in Capability])
    return secret


@pytest.fixture
def client(live_server: Any, token: str) -> Iterator[Client]:
    """A client that talks to a real server over a socket."""
    with Client(live_server.url, token) as made:
        yield made


@pytest.fixture
def built(client: Client, answers: Answers, run_jobs: Callable[[], list[Job]]) -> str:
    """A ready version of ``market/pairs``, with labels and pairs, all of it in train."""
    for _ in range(3):
        answers.label({"hate": "yes"}, {"hate": "yes"})
        answers.compare(-2, -1, rewrite="Kinder.")
    everything = {"splits": {"train": 1.0, "validation": 0.0, "test": 0.0}}
    client.dataset_create("market", "pairs", kinds=["labels", "dpo", "sft"], definition=everything)
    version = client.version_build("market", "pairs")
    run_jobs()
    assert version.job_id is not None
    client.job_wait(version.job_id, timeout_s=5)
    return "market/pairs@1"
