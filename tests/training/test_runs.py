"""Training runs as an engineer has them: from a version over the worker to figures, files and chosen pairs."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from core.accounts.models import AuditEvent
from core.jobs.errors import JobCancelled
from core.jobs.models import Job
from core.storage.selection import blob_store
from exports.models import Version, VersionFile, VersionState
from preferences.models import Comparison, Prompt, Response
from preferences.pair_scores_registry import pair_scores
from tests.annotation import material
from tests.exports.endpoints import _dataset
from tests.exports.factories import axis_decision, comparison, terms
from tests.exports.folders import folder_write
from tests.training.endpoints import run_make, version_make
from tests.training.tiny import base_make, pair_texts
from tests.world import Caller, World
from training.models import PairScore, TrainingRun

pytestmark = pytest.mark.django_db

Json = dict[str, Any]
QUICK: Json = {"lora_rank": 0, "learning_rate": 0.003, "batch_size": 16, "accumulation": 1, "max_length": 64}


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models of this worker."""
    folder = tmp_path_factory.mktemp("models")
    base_make(folder / "tiny")
    return folder


@pytest.fixture
def engineer(world: World, settings: LazySettings, request: pytest.FixtureRequest) -> Caller:
    if request.node.get_closest_marker("training"):
        settings.ENCODER_FOLDER = str(request.getfixturevalue("models"))
    return Caller(world.person("engineer"))


def ruled_version(world: World, count: int = 260) -> Version:
    """A version whose pairs follow the rule of `pair_texts`, built by the rules and writers of versions."""
    from exports.domain.building import Row
    from exports.domain.pair_rows import pair_rows
    from exports.domain.records import ResponseRecord

    asked = terms(splits={"train": 0.6, "validation": 0.2, "test": 0.2})
    rows: list[Row] = []
    for number in range(count):
        better, worse = pair_texts(number)
        outcome = "a" if number % 2 else "b"
        a, b = (better, worse) if outcome == "a" else (worse, better)
        judged = comparison(
            number,
            prompt=(("user", "said it"),),
            response_a=ResponseRecord(text=a, source_model="model-x"),
            response_b=ResponseRecord(text=b, source_model="model-y"),
            decisions=(axis_decision(outcome),),
            judgments=(),
        )
        rows += [item for item in pair_rows("rm", judged, asked) if isinstance(item, Row)]
    return version_of(world, sorted(rows, key=lambda row: row.values["example_id"]))


def version_of(world: World, rows: list[Any]) -> Version:
    """Store ``rows`` as a ready version."""
    dataset, release = _dataset(world), material.release_once(world)
    version = Version.objects.create(
        dataset=dataset,
        number=Version.objects.filter(dataset=dataset).count() + 1,
        kinds=sorted({row.kind for row in rows}),
        definition={},
        release_id=release.id,
        release_label=release.label,
    )
    counts: dict[str, dict[str, int]] = {}
    for row in rows:
        counts.setdefault(row.kind, {}).setdefault(row.split, 0)
        counts[row.kind][row.split] += 1
    with tempfile.TemporaryDirectory() as folder:
        root = folder_write(Path(folder) / "version", rows)
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if not path.is_file():
                continue
            kind, split = place_of(name)
            blob = blob_store().put_stream([path.read_bytes()])
            VersionFile.objects.create(
                version=version,
                path=name,
                sha256=blob.sha256,
                size_bytes=blob.size_bytes,
                kind=kind,
                split=split,
            )
    Version.objects.filter(pk=version.pk).update(
        state=VersionState.READY,
        manifest={},
        content_sha256="0" * 64,
        ready_at=version.created_at,
        counts=counts,
    )
    version.refresh_from_db()
    return version


def place_of(name: str) -> tuple[str, str]:
    """Return kind and split of a file of rows by its path, as the builder keeps them."""
    found = re.fullmatch(r"(?:.+/)?(\w+)/(\w+)-\d+-of-\d+\.parquet", name)
    if found is None or name.startswith("exclusions/"):
        return "", ""
    return found.group(1), found.group(2)


def start(caller: Caller, world: World, version: Version, **settings: Any) -> Json:
    """Start a reward run and return it."""
    body = {
        "version_id": str(version.pk),
        "recipe": "reward",
        "base": "local:tiny",
        "settings": QUICK | settings,
    }
    response = caller.post(f"/api/projects/{world.project.pk}/training-runs/", body)
    assert response.status_code == 202, response.json()
    started: Json = response.json()
    return started


def read(caller: Caller, run: Json) -> Json:
    """Return the run as it is now."""
    found: Json = caller.get(f"/api/training-runs/{run['id']}/").json()
    return found


@pytest.mark.training
def test_a_reward_model_beats_chance_and_length_on_held_out_pairs_and_chooses_what_is_asked(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]]
) -> None:
    run = start(engineer, world, ruled_version(world))
    assert run["job"]["queue"] == "gpu"
    assert [job.state for job in run_jobs()] == ["succeeded"]
    found = read(engineer, run)
    accuracy, length = found["pairs"]["accuracy"], found["pairs"]["length"]
    assert accuracy["total"] > 30
    assert accuracy["low"] > 0.8
    assert accuracy["low"] > length["baseline"]["high"]
    assert not length["only_length"]
    assert {row["by"] for row in found["pairs"]["slices"]} >= {"axis", "language", "source", "strength"}
    assert found["pairs"]["calibration"]["temperature"] > 0
    assert found["steps_done"] == found["steps_total"] > 0
    assert found["facts"]["precision"] == "float32"
    assert len(found["facts"]["code_sha256"]) == 64
    assert found["curve"][0]["loss"] > found["curve"][-1]["loss"]
    assert found["checkpoint_step"] is None
    paths = {file["path"] for file in found["files"]}
    assert {"model.safetensors", "config.json", "scores/test.jsonl"} <= paths

    loaded = engineer.get(f"/api/training-runs/{run['id']}/files/model.safetensors")
    assert loaded.headers["ETag"].strip('"') in {file["sha256"] for file in found["files"]}
    assert AuditEvent.objects.filter(action="training.download").exists()

    waiting = [comparison_waits(world, number) for number in range(900, 912)]
    assert engineer.post(f"/api/training-runs/{run['id']}/promotion/", {}).status_code == 202
    assert [job.state for job in run_jobs()] == ["succeeded"]
    scores = pair_scores(world.project.pk, [one.pk for one in waiting])
    assert len(scores) == 12
    right = [(scores[one.pk] > 0.5) == (one.metadata["better"] == "a") for one in waiting]
    assert sum(right) >= 11
    assert read(engineer, run)["helps_choosing"]

    assert engineer.call("DELETE", f"/api/training-runs/{run['id']}/promotion/").status_code == 200
    assert pair_scores(world.project.pk, [one.pk for one in waiting]) == {}


@pytest.mark.training
def test_a_lost_worker_goes_on_elsewhere_from_the_checkpoint_in_the_store(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second worker has no folder of the first one: it takes the checkpoint from the store."""
    from training.runs import training
    from training.runs.checkpoints import checkpoint_store

    kept = checkpoint_store

    def lost(run_id: Any, folder: Path, step: int) -> None:
        kept(run_id, folder, step)
        raise JobCancelled()

    run = start(engineer, world, ruled_version(world, 120))
    with monkeypatch.context() as patched:
        patched.setattr(training, "checkpoint_store", lost)
        assert [job.state for job in run_jobs()] == ["cancelled"]
    stopped = read(engineer, run)
    assert stopped["checkpoint_step"] == 1
    assert stopped["finished_at"] is None
    assert not training.run_folder(TrainingRun.objects.get().pk).exists()

    assert engineer.post(f"/api/training-runs/{run['id']}/resume/", {}).status_code == 202
    assert [job.state for job in run_jobs()] == ["succeeded"]
    found = read(engineer, run)
    assert found["facts"]["resumed"] == 1
    assert [point["step"] for point in found["curve"]] == list(range(1, found["steps_total"] + 1))
    again = engineer.post(f"/api/training-runs/{run['id']}/resume/", {})
    assert (again.status_code, again.json()["code"]) == (409, "training_finished")


@pytest.mark.training
def test_cancelling_ends_the_program(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]], monkeypatch: pytest.MonkeyPatch
) -> None:
    from training.runs import training

    ended: list[int] = []

    class Watched(subprocess.Popen[str]):
        def wait(self, *args: Any, **kwargs: Any) -> int:
            status: int = super().wait(*args, **kwargs)
            ended.append(status)
            return status

    monkeypatch.setattr(subprocess, "Popen", Watched)
    run = start(engineer, world, ruled_version(world, 60), epochs=50)
    heard = training.Watched.hear

    def cancelled(self: Any, event: Json) -> None:
        heard(self, event)
        if event["event"] == "step":
            path = f"/api/jobs/{run['job']['id']}/cancel/"
            engineer.post(path, {})

    monkeypatch.setattr(training.Watched, "hear", cancelled)
    assert [job.state for job in run_jobs()] == ["cancelled"]
    assert ended == [-9]
    assert read(engineer, run)["job"]["state"] == "cancelled"


@pytest.mark.training
def test_a_base_that_is_not_on_the_worker_ends_in_a_sentence(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]]
) -> None:
    body = {"version_id": str(version_make(world).pk), "recipe": "reward", "base": "local:elsewhere"}
    run = engineer.post(f"/api/projects/{world.project.pk}/training-runs/", body).json()
    run_jobs()
    error = read(engineer, run)["job"]["error"]
    assert error["code"] == "encoder_name"
    assert "no folder “elsewhere”" in error["detail"]


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"recipe": "dpo"}, 409, "training_kind_missing"),
        ({"base": "../../etc"}, 400, "encoder_name"),
        ({"base": "bundled"}, 400, "encoder_name"),
        ({"settings": {"epochs": 0}}, 400, "invalid_fields"),
        ({"settings": {"command": "x"}}, 400, "invalid_fields"),
    ],
)
def test_what_cannot_be_trained_is_refused_before_a_worker_has_it(
    world: World, engineer: Caller, changes: Json, status: int, code: str
) -> None:
    body = {"version_id": str(version_make(world).pk), "recipe": "reward", "base": "local:tiny"} | changes
    refused = engineer.post(f"/api/projects/{world.project.pk}/training-runs/", body)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not TrainingRun.objects.exists()


def test_settings_are_the_recipes_own_with_what_was_asked(world: World, engineer: Caller) -> None:
    run = start(engineer, world, version_make(world), generations=4)
    assert run["settings"]["learning_rate"] == 0.003
    assert run["settings"]["precision"] == "auto"
    assert "generations" not in run["settings"]


def test_only_a_finished_reward_model_is_promoted(world: World, engineer: Caller) -> None:
    run = run_make(world, is_finished=False)
    refused = engineer.post(f"/api/training-runs/{run.pk}/promotion/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "training_not_promotable")


def test_a_worker_without_the_training_extra_says_so(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from active_learning.learners.training import __main__ as program

    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps({"recipe": "reward", "base": "x", "folder": str(tmp_path), "settings": {}}))
    monkeypatch.setattr("sys.argv", ["training", "train", str(spec)])
    monkeypatch.setattr(program, "voice_take", lambda: None)
    monkeypatch.setattr(program, "end_with_the_worker", lambda: None)
    monkeypatch.setattr(program, "find_spec", lambda name: None if name == "trl" else object())
    assert program.main() == 1
    assert "make training" in json.loads(capsys.readouterr().out)["sentence"]


def test_the_model_promoted_last_is_asked(world: World, engineer: Caller) -> None:
    waiting = comparison_waits(world, 1)
    older, newer = run_make(world), run_make(world)
    for run, chance in ((older, 0.2), (newer, 0.7)):
        PairScore.objects.create(run=run, comparison=waiting, p_a=chance)
        engineer.post(f"/api/training-runs/{run.pk}/promotion/", {})
        TrainingRun.objects.filter(pk=run.pk).update(promoted_at=run.created_at)
    assert pair_scores(world.project.pk, [waiting.pk]) == {waiting.pk: 0.7}
    listed = engineer.get(f"/api/projects/{world.project.pk}/training-runs/").json()["results"]
    assert [row["helps_choosing"] for row in listed] == [True, False]


def comparison_waits(world: World, number: int) -> Comparison:
    """Make a comparison that nobody was asked about; its metadata says which response is better."""
    better, worse = pair_texts(number)
    side = "a" if number % 2 else "b"
    prompt = Prompt.objects.create(
        project=world.project,
        messages=[{"role": "user", "content": "said it"}],
        content_sha256=f"{number:064}",
    )
    made = {
        name: Response.objects.create(
            prompt=prompt,
            text=better if name == side else worse,
            source_model=f"model-{name}",
            content_sha256=f"{number:063}{name}",
        )
        for name in ("a", "b")
    }
    return Comparison.objects.create(
        project=world.project,
        external_id=f"waiting-{number}",
        prompt=prompt,
        response_a=made["a"],
        response_b=made["b"],
        metadata={"better": side},
        content_sha256=f"{number:064}",
    )
