from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from core.jobs.models import Job
from preferences.models import Comparison, JudgeCall, JudgeItem
from tests.preferences.judge_rows import Call, judges_told, numbered, said_by_people
from tests.preferences.judged_rows import annotators_make, judgments_store
from tests.preferences.material import import_run, jsonl_file, release_make
from tests.preferences.test_pandalm_import import _JUDGES, _said, as_line
from tests.world import World

RunJobs = Callable[[], list[Job]]


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> None:
    settings.BLOB_FOLDER = tmp_path / "blobs"


def test_answers_given_elsewhere_stand_with_the_others(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release = release_make(world)
    pairs = numbered(world, 6)
    said_by_people(world, release, pairs, [-2, -2, -2, 2, 2, 2])
    lines = [
        {"judge": "elsewhere", "version": "7b", "external_id": f"pair-{number}", "answer": answer}
        for number, answer in enumerate(["a", "a", "b", "b", "b", "tie"])
    ]
    path = f"/api/projects/{world.project.pk}/judge-imports/"
    for created in (6, 0):
        sent = call_as("engineer").post(path, {"file": jsonl_file(lines)})
        assert sent.status_code == 202, sent.content
        assert run_jobs()[-1].result == {"lines": 6, "created": created, "judges": 1}
    [version] = judges_told(call_as, world)["versions"]
    assert (version["judge"], version["version"], version["source"]) == ("elsewhere", "7b", "imported")
    assert (version["figures"]["agreement"]["counted"], version["figures"]["agreement"]["of"]) == (4, 6)
    assert version["figures"]["first"]["value"] is None
    wrong = [lines[0], {**lines[1], "external_id": "nobody"}, {**lines[2], "answer": "perhaps"}]
    call_as("engineer").post(path, {"file": jsonl_file(wrong)})
    job = run_jobs()[-1]
    assert (job.state, job.error_code) == ("failed", "judge_import")
    assert "Line 2" in job.error_detail
    assert "Line 3" in job.error_detail
    assert JudgeCall.objects.count() == 6
    assert JudgeItem.objects.count() == 6


_FILES = Path(__file__).parents[2].parent / "shared/data/pandalm-testset/raw"


@pytest.mark.shared_data
@pytest.mark.computes
@pytest.mark.skipif(not _FILES.is_dir(), reason="the shared data folder is not beside this checkout")
def test_the_judges_of_pandalm_stand_on_the_page_with_their_published_accuracy(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    rows = json.loads((_FILES / "testset-v1.json").read_text(encoding="utf-8"))
    release = release_make(world)
    assert import_run(world, [as_line(row) for row in rows]).state == "succeeded"
    stored = Comparison.objects.filter(project=world.project)
    comparison = {int(each.external_id.removeprefix("pandalm-")): each for each in stored}
    people = annotators_make(world, 3)
    judgments_store(
        world,
        release,
        [
            _said(person, comparison[int(row["idx"])], row[f"annotator{number}"])
            for number, person in enumerate(people, start=1)
            for row in rows
        ],
    )
    lines = []
    for file, name in _JUDGES:
        for row in json.loads((_FILES / file).read_text(encoding="utf-8")):
            # As its authors read them: the first of 0, 1 and 2; what nobody could read is a tie.
            answer = {"1": "a", "2": "b"}.get(str(row[name]), "tie")
            lines.append(
                {"judge": name, "external_id": f"pandalm-{row['idx']}", "answer": answer, "version": "v1"}
            )
    path = f"/api/projects/{world.project.pk}/judge-imports/"
    assert call_as("engineer").post(path, {"file": jsonl_file(lines)}).status_code == 202
    assert run_jobs()[-1].result == {"lines": 1998, "created": 1998, "judges": 2}
    told = {each["judge"]: each["figures"] for each in judges_told(call_as, world)["versions"]}
    accuracy = {name: round(figures["agreement"]["share"] * 100, 2) for name, figures in told.items()}
    assert accuracy == {"gpt_result": 71.07, "pandalm_result": 66.77}
    for figures in told.values():
        assert figures["agreement"]["of"] == 999
        assert figures["kappa"]["low"] < figures["kappa"]["value"] < figures["kappa"]["high"]
        assert figures["kappa"]["high"] - figures["kappa"]["low"] < 0.15
