"""What model judges answered leaves the house as what it is."""

from __future__ import annotations

import json
from collections.abc import Callable

from core.jobs.models import Job
from tests.exports.datasets import Exporter
from tests.preferences import material
from tests.world import Caller, World


def test_a_judges_answer_is_a_vote_of_a_model_that_counts_for_nothing(
    world: World, call_as: Callable[[str], Caller], run_jobs: Callable[[], list[Job]]
) -> None:
    material.release_make(world)
    assert material.import_run(world, [material.line(0)]).state == "succeeded"
    material.tasks_make(world)
    material.judge(world, "annotator")
    told = {"judge": "m", "version": "7b", "external_id": "pair-0", "answer": "b", "shown_first": "b"}
    path = f"/api/projects/{world.project.pk}/judge-imports/?clause_key=helpful"
    assert call_as("engineer").post(path, {"file": material.jsonl_file([told])}).status_code == 202
    run_jobs()
    exporter = Exporter(world, call_as("engineer"), run_jobs)
    asked = {"kinds": ["votes", "dpo"], "axes": ["helpful"]}
    version = exporter.build(exporter.create("all", include_simulated=True, **asked))
    votes = {row["annotator"]: row for row in exporter.rows(version, "votes")}
    model, person = votes.pop("judge:m"), next(iter(votes.values()))
    assert (model["simulated"], model["counted"], model["choice"], model["position_a"]) == (
        True,
        False,
        "B",
        "second",
    )
    assert json.loads(model["meta_json"])["judge"] == {
        "name": "m",
        "model": "7b",
        "version": "7b",
        "prompt": "",
    }
    assert (person["simulated"], person["counted"]) == (False, True)
    [pair] = exporter.rows(version, "dpo")
    assert (pair["n_annotators"], pair["simulated"]) == (1, False)
    people_only = exporter.build(exporter.create("people", include_simulated=False, **asked))
    assert [row["annotator"] for row in exporter.rows(people_only, "votes")] == [person["annotator"]]
    assert people_only["exclusions"]["votes"]["simulated"] == 1
