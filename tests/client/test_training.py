from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import concord
import pytest
from concord import Client, ConcordError
from concord.cli import app
from concord.credentials import Credentials, credentials_save
from concord.records import TrainingRun
from django.utils import timezone
from typer.testing import CliRunner

from core.jobs.models import Job
from core.storage.selection import blob_store
from tests.training.endpoints import run_make, version_make
from tests.world import World
from training import models

runner = CliRunner()
WEIGHTS = bytes(range(256)) * 900


@pytest.fixture
def version(world: World) -> str:
    """A ready version of ``market/pairs`` with ``rm`` rows."""
    return f"market/pairs@{version_make(world).number}"


def finish(run_id: str) -> None:
    """What a worker leaves behind: weights in the store, and figures."""
    blob = blob_store().put_stream([WEIGHTS])
    models.TrainingFile.objects.create(
        run_id=run_id, path="model.safetensors", sha256=blob.sha256, size_bytes=blob.size_bytes
    )
    share = {"hits": 45, "total": 50, "value": 0.9, "low": 0.79, "high": 0.96}
    models.TrainingRun.objects.filter(pk=run_id).update(
        steps_done=8, steps_total=8, metrics={"pairs": 50, "accuracy": share}, finished_at=timezone.now()
    )


def test_a_run_is_started_followed_and_its_weights_pulled(
    client: Client, version: str, tmp_path: Path
) -> None:
    run = client.train(version, recipe="reward", base="local:tiny", settings={"epochs": 2})
    assert run.version is not None
    assert (run.state, run.version.dataset, run.settings["epochs"]) == ("queued", "pairs", 2)
    seen: list[tuple[str, int]] = []

    def moved(now: TrainingRun) -> None:
        seen.append((now.state, now.steps_done))
        finish(now.id) if not now.is_over else None

    done = client.run_wait(run.id, timeout_s=10, on_change=moved)
    assert seen == [("queued", 0), ("succeeded", 8)]
    assert done.pairs is not None

    out = tmp_path / "model"
    part = out / "model.safetensors.part"
    part.parent.mkdir()
    part.write_bytes(WEIGHTS[:100_000])
    pulled = client.run_pull(run.id, out)
    assert pulled.downloaded_bytes == len(WEIGHTS) - 100_000
    assert (
        hashlib.sha256((out / "model.safetensors").read_bytes()).digest() == hashlib.sha256(WEIGHTS).digest()
    )
    assert concord.model(run.id, client=client) == tmp_path / "cache" / "runs" / run.id


def test_runs_go_on_over_pages_and_are_asked_for_by_version(client: Client, world: World) -> None:
    made = [run_make(world) for _ in range(3)]
    path = f"/api/projects/{world.project.pk}/training-runs/"
    assert len(list(client.transport.pages(path, params={"page_size": 2}))) == 3
    assert [run.id for run in concord.runs("market", client=client)] == [
        str(run.pk) for run in reversed(made)
    ]
    named = f"market/pairs@{made[1].version.number}"
    assert [run.id for run in client.runs("market", version=named)] == [str(made[1].pk)]
    assert {recipe.kind for recipe in client.recipes()} >= {"rm", "dpo", "grpo"}


def test_a_run_is_cancelled_and_taken_up_again(client: Client, version: str) -> None:
    run = client.train(version, recipe="reward", base="local:tiny")
    assert client.run_cancel(run.id).state == "cancelled"
    with pytest.raises(ConcordError) as caught:
        client.run_wait(run.id, timeout_s=5)
    assert caught.value.code == "run_cancelled"
    with pytest.raises(ConcordError) as caught:
        client.run_cancel(run.id)
    assert caught.value.code == "run_over"
    assert client.run_resume(run.id).state == "queued"


def test_a_failed_run_and_one_without_weights_say_why(client: Client, version: str, tmp_path: Path) -> None:
    run = client.train(version, recipe="reward", base="local:tiny")
    with pytest.raises(ConcordError) as caught:
        client.run_pull(run.id, tmp_path / "out")
    assert caught.value.code == "run_unfinished"
    assert run.job is not None
    Job.objects.filter(pk=run.job.id).update(
        state="failed",
        error_code="training_refused",
        error_detail="Too little memory.",
        finished_at=timezone.now(),
    )
    with pytest.raises(ConcordError, match="Too little memory") as caught:
        client.run_wait(run.id, timeout_s=5)
    assert caught.value.code == "training_refused"


def test_what_the_version_lacks_is_said_in_the_servers_words(client: Client, version: str) -> None:
    with pytest.raises(ConcordError, match="holds no dpo rows") as caught:
        concord.train(version, recipe="dpo", base="local:tiny", client=client)
    assert caught.value.code == "training_kind_missing"


def test_the_commands_train_list_watch_and_pull(
    live_server: Any, token: str, version: str, tmp_path: Path
) -> None:
    credentials_save(Credentials(live_server.url, token))

    def said(*words: str) -> str:
        outcome = runner.invoke(app, list(words))
        assert outcome.exit_code == 0, (outcome.output, outcome.exception)
        return outcome.output

    asked = ["--recipe", "reward", "--base", "local:tiny", "--set", "epochs=2", "--set", "precision=float32"]
    started = said("train", version, *asked, "--no-wait")
    run_id = started.split()[1].rstrip(":")
    assert models.TrainingRun.objects.get().settings["precision"] == "float32"
    finish(run_id)
    assert "right 90.0% (79.0% to 96.0%) of 50 pairs" in said("run", "watch", run_id)
    assert run_id in said("runs", "market")
    assert "every hash checked" in said("run", "pull", run_id, "--out", str(tmp_path / "model"))
    assert (tmp_path / "model" / "model.safetensors").read_bytes() == WEIGHTS
    assert "rm" in said("recipes")
    refused = runner.invoke(app, ["train", version, *asked[:4], "--set", "epochs"])
    assert isinstance(refused.exception, ConcordError)
    assert refused.exception.code == "option_malformed"
