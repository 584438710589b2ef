"""Fine-tuning as an engineer has it: a run on a version, what was measured, and an encoder that rounds read with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings

from core.jobs.models import Job
from exports.domain.building import Row
from exports.domain.records import PartRecord
from exports.models import Version
from tests.exports.factories import decision, labelled, post, terms, vote
from tests.training.endpoints import run_make, version_make
from tests.training.test_runs import read, version_of
from tests.training.tiny import base_make, encoder_make, pair_texts
from tests.world import Caller, World
from training.models import TrainingRun

pytestmark = pytest.mark.django_db

Json = dict[str, Any]


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of models of this worker."""
    folder = tmp_path_factory.mktemp("models")
    encoder_make(folder / "reader", base_make(folder / "tiny"))
    return folder


@pytest.fixture
def engineer(world: World, settings: LazySettings, request: pytest.FixtureRequest) -> Caller:
    if request.node.get_closest_marker("training"):
        settings.ENCODER_FOLDER = str(request.getfixturevalue("models"))
    return Caller(world.person("engineer"))


def decided_version(world: World, kind: str, count: int) -> Version:
    """A version of posts that break the rule where they say ``rude``, built by the rules and writers of versions."""
    from exports.domain.guard_rows import guard_post_rows
    from exports.domain.label_rows import label_rows

    asked = terms(splits={"train": 0.7, "validation": 0.1, "test": 0.2})
    rows: list[Row] = []
    for number in range(count):
        answer = "yes" if number % 2 else "no"
        text = pair_texts(number)[number % 2]
        said = post(number, parts=(PartRecord(kind="text", text=text),))
        one = labelled(
            number,
            post=said,
            votes=(vote("p1", answer), vote("p2", answer)),
            decisions=(decision(id=f"decision-{number}", answer=answer),),
        )
        found = label_rows(one, asked) if kind == "labels" else guard_post_rows(one, asked)
        rows += [item for item in found if isinstance(item, Row)]
    return version_of(world, sorted(rows, key=lambda row: row.values["example_id"]))


def start(caller: Caller, world: World, version: Version, recipe: str, base: str, **settings: Any) -> Json:
    """Start a run and return it."""
    body = {"version_id": str(version.pk), "recipe": recipe, "base": base, "settings": settings}
    response = caller.post(f"/api/projects/{world.project.pk}/training-runs/", body)
    assert response.status_code == 202, response.json()
    started: Json = response.json()
    return started


@pytest.mark.training
def test_an_encoder_is_trained_measured_and_read_with_by_rounds(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]]
) -> None:
    from active_learning.runs.embedding import encoder_loaded

    version = decided_version(world, "labels", 200)
    settings = {"learning_rate": 0.01, "batch_size": 16, "lora_rank": 4, "epochs": 4}
    run = start(engineer, world, version, "encoder", "local:reader", **settings)
    assert [job.state for job in run_jobs()] == ["succeeded"]
    found = read(engineer, run)
    answers = found["answers"]
    assert answers["answers"] > 20
    assert answers["accuracy"]["after"] > 0.9
    assert answers["macro_f1"]["after"]["low"] <= answers["macro_f1"]["after"]["value"]
    assert answers["log_loss"]["after"] < 0.5
    assert {row["by"] for row in answers["slices"]} == {"clause", "language"}
    assert found["facts"]["without_text"] == 0
    paths = {file["path"] for file in found["files"]}
    assert {"model.safetensors", "config.json", "answers.safetensors", "scores/test.jsonl"} <= paths

    encoder = encoder_loaded(f"text=run:{run['id']},image=bundled")
    vectors = encoder.text.encode(["rude dog", "rude sky fish", "kind dog", "kind sky fish"])
    assert float(vectors[0] @ vectors[1]) > float(vectors[0] @ vectors[2])
    again = encoder_loaded(f"text=run:{run['id']},image=bundled")
    assert again.text.revision == encoder.text.revision


@pytest.mark.training
def test_a_safeguard_is_trained_and_measured_by_its_verdicts(
    world: World, engineer: Caller, run_jobs: Callable[[], list[Job]]
) -> None:
    version = decided_version(world, "guard", 40)
    settings = {"learning_rate": 0.01, "batch_size": 8, "accumulation": 1, "lora_rank": 0, "max_length": 600}
    run = start(engineer, world, version, "guard", "local:tiny", **settings)
    assert [job.state for job in run_jobs()] == ["succeeded"]
    texts = read(engineer, run)["texts"]
    assert texts["texts"] == texts["verdicts"]["answers"] > 3
    assert texts["cost"]["after"] < texts["cost"]["before"]
    assert texts["verdicts"]["accuracy"]["after"] is not None


def test_rounds_take_only_encoders_that_runs_of_the_project_made(world: World, engineer: Caller) -> None:
    from tests.active_learning import material

    release, _ = material.decided_world(world, decided=2, open_posts=1)

    def asked(encoder: str) -> Any:
        body = material.round_body(release, encoder=encoder)
        return engineer.post(f"/api/projects/{world.project.pk}/rounds/", body)

    run = run_make(world)
    refused = asked(f"text=run:{run.pk},image=bundled")
    assert (refused.status_code, refused.json()["code"]) == (400, "encoder_name")
    assert "made an encoder of texts" in refused.json()["detail"]
    TrainingRun.objects.filter(pk=run.pk).update(recipe="encoder")
    assert asked(f"text=run:{run.pk},image=bundled").status_code == 202
    assert "reads texts alone" in asked(f"run:{run.pk}").json()["detail"]


def test_only_an_encoder_begins_with_the_bundled_one(world: World, engineer: Caller) -> None:
    started = start(engineer, world, version_make(world, "labels"), "encoder", "bundled")
    assert started["settings"]["max_length"] == 256
    body = {"version_id": str(version_make(world, "sft").pk), "recipe": "sft", "base": "bundled"}
    refused = engineer.post(f"/api/projects/{world.project.pk}/training-runs/", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "encoder_name")
