"""Orders of slates that fight everything else, how they come to a reviewer, and the record of every scan."""

from __future__ import annotations

import uuid
from typing import Any

import pytest

from tests.preferences import material
from tests.preferences.slates import rank, slates_make
from tests.world import World

PEOPLE = ("annotator", "annotator2", "reviewer")


@pytest.fixture
def ranked(world: World) -> World:
    """Ten slates that three people order alike, but for one that one of them turned round; and a pair."""
    slates_make(world, count=10, overlap=3)
    for person in PEOPLE:
        for turn in range(10):
            is_turned = person == "annotator2" and turn == 0
            rank(world, person, *((4, 3, 2, 1) if is_turned else (1, 2, 3, 4)))
    line = material.line(0)
    line["responses"][0]["model"], line["responses"][1]["model"] = "secret-one", "secret-two"
    assert material.import_run(world, [line]).state == "succeeded"
    material.tasks_make(world)
    material.judge(world, "annotator", answer=material.document(-1, -1))
    return world


def measured(world: World, call_as: Any, run_jobs: Any) -> Any:
    path = f"/api/projects/{world.project.pk}/judging/"
    assert call_as("manager").post(f"{path}measure/").status_code == 202
    run_jobs()
    return call_as("manager").get(path).json()["found"]


def test_an_order_turned_round_is_a_suspect_and_is_reviewed_like_others(
    ranked: World, call_as: Any, run_jobs: Any
) -> None:
    (suspect,) = measured(ranked, call_as, run_jobs)["suspects"]
    assert suspect["slate_id"] is not None
    assert (suspect["comparison_id"], suspect["preferred"]) == (None, None)
    assert (suspect["others"], suspect["against"]) == (2, 2)
    assert suspect["probability"] < 0.1
    base = f"/api/projects/{ranked.project.pk}"
    for rooms, waiting in (("review-slates", [suspect["slate_id"]]), ("review-comparisons", [])):
        listed = call_as("policy_editor").get(f"{base}/{rooms}/?suspected=helpful")
        assert [row.get("id") for row in listed.json()["results"]] == waiting


def test_every_scan_is_kept_with_who_asked_over_what_how_and_what_came_of_it(
    ranked: World, call_as: Any, run_jobs: Any
) -> None:
    (suspect,) = measured(ranked, call_as, run_jobs)["suspects"]
    base = f"/api/projects/{ranked.project.pk}"
    (first,) = call_as("manager").get(f"{base}/judging/scans/").json()["results"]
    assert first["requested_by"] == ranked.person("manager").display_name
    assert (first["clause_key"], first["judgments"], first["orders"]) == ("helpful", 1, 30)
    assert (first["suspects"], first["suspected_orders"], first["wrong"]["of"]) == (1, 1, 0)
    assert first["settings"]["below"] == 0.1
    body = {"id": str(uuid.uuid4()), "outcome": "returned", "comment": "The worst stands first."}
    sent = call_as("policy_editor").post(f"{base}/judgments/{suspect['submission_id']}/reviews/", body)
    assert sent.status_code == 201, sent.content
    assert measured(ranked, call_as, run_jobs)["suspects"] == []
    newest, before = call_as("manager").get(f"{base}/judging/scans/?clause_key=helpful").json()["results"]
    assert (newest["suspects"], before["suspects"]) == (0, 1)
    assert (before["wrong"]["of"], before["wrong"]["counted"]) == (1, 1)
    assert call_as("manager").get(f"{base}/judging/scans/?clause_key=harmless").json()["results"] == []
