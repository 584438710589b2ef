from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import Decision
from annotation.selectors import decisions_current, votes
from core.accounts.models import AuditEvent
from core.jobs.models import Job
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def hate(world: World) -> Decision:
    return decisions_current(world.project.pk, clause_keys=["hate"], include_undecided=True).get()


def test_nothing_is_decided_before_the_task_is_full(world: World, release: ReleaseView) -> None:
    material.tasks_make(world, release, [material.post_make(world)])
    material.answer(world, "annotator", material.document("yes"))
    assert Decision.objects.count() == 0


def test_equal_answers_decide_with_their_evidence_merged(world: World, release: ReleaseView) -> None:
    post = material.post_make(world)
    material.tasks_make(world, release, [post])
    material.answer(world, "annotator", material.document("yes", severity=1, evidence=[material.box(post)]))
    second = [material.box(post, x=12), material.box(post, x=400)]
    material.answer(world, "annotator2", material.document("yes", severity=3, evidence=second))
    decision = hate(world)
    assert (decision.answer, decision.severity, decision.method) == ("yes", 3, "unanimous")
    assert [(piece["support"], piece["of"]) for piece in decision.evidence] == [(2, 2), (1, 2)]
    assert decision.evidence[0]["region"]["x"] == 11.0
    assert len(decision.submissions) == 2


def test_a_tie_is_undecided_and_waits_for_a_person(world: World, release: ReleaseView, call_as: Call) -> None:
    material.tasks_make(world, release, [material.post_make(world)])
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    assert (hate(world).answer, hate(world).method) == (None, "undecided")
    assert list(decisions_current(world.project.pk, clause_keys=["hate"])) == []
    listed = call_as("reviewer").get(f"/api/projects/{world.project.pk}/disagreements/").json()["results"]
    assert [(row["clause_key"], row["method"], row["votes"]) for row in listed] == [("hate", "undecided", 2)]
    assert listed[0]["excerpt"] == material.TEXT


def adjudicate(caller: Caller, post_id: uuid.UUID, release: ReleaseView, **changes: Any) -> Any:
    body = {
        "release_id": str(release.id),
        "clause_key": "hate",
        "answer": "yes",
        "severity": 2,
        "reason_code": "guideline_gap",
        "reason": "The clause does not say how quotes count.",
        **changes,
    }
    return caller.post(f"/api/posts/{post_id}/adjudications/", body)


def test_an_adjudication_is_a_new_decision_that_votes_do_not_change(
    world: World, release: ReleaseView, call_as: Call, run_jobs: Callable[[], list[Job]]
) -> None:
    post = material.post_make(world)
    material.tasks_make(world, release, [post])
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    response = adjudicate(call_as("reviewer"), post.pk, release)
    assert response.status_code == 201, response.json()
    decision = hate(world)
    assert (decision.method, decision.answer, decision.reason_code) == ("adjudicated", "yes", "guideline_gap")
    assert decision.decided_by == world.person("reviewer")
    assert decision.evidence[0]["region"] == {"kind": "whole_post"}
    assert AuditEvent.objects.filter(action="decision.adjudicate").count() == 1
    call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/decisions/recompute/", {"release_id": str(release.id)}
    )
    assert [job.state for job in run_jobs()] == ["succeeded"]
    assert hate(world).pk == decision.pk
    gaps = call_as("policy_editor").get(
        f"/api/projects/{world.project.pk}/decisions/?reason_code=guideline_gap"
    )
    assert [row["id"] for row in gaps.json()["results"]] == [str(decision.pk)]


def test_an_adjudication_is_checked(world: World, release: ReleaseView, call_as: Call) -> None:
    post, caller = material.post_make(world), call_as("reviewer")
    paths = [row["path"] for row in adjudicate(caller, post.pk, release, answer="perhaps").json()["errors"]]
    assert paths == ["answer"]
    assert adjudicate(caller, post.pk, release, severity=None).json()["errors"][0]["path"] == "severity"
    assert adjudicate(caller, post.pk, release, reason=" ").json()["errors"][0]["path"] == "reason"
    assert adjudicate(caller, post.pk, release, reason_code="mistake", reason="").status_code == 201
    assert adjudicate(caller, post.pk, release, clause_key="absent").status_code == 400


def test_two_reviewers_at_once_do_not_overwrite_each_other(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    post = material.post_make(world)
    material.tasks_make(world, release, [post])
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    seen = str(hate(world).pk)
    assert adjudicate(call_as("reviewer"), post.pk, release, seen_decision_id=seen).status_code == 201
    late = adjudicate(call_as("reviewer2"), post.pk, release, answer="no", seen_decision_id=seen)
    assert (late.status_code, late.json()["code"]) == (409, "decision_changed")


def test_the_answers_of_a_post_stand_side_by_side_under_pseudonyms(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    post = material.post_make(world)
    material.tasks_make(world, release, [post])
    material.answer(world, "annotator", material.document("yes", evidence=[material.box(post)]))
    material.answer(world, "annotator2", material.document("no"))
    body = call_as("reviewer").get(f"/api/posts/{post.pk}/answers/")
    told = body.json()
    assert [row["verdicts"][0]["answer"] for row in told["submissions"]] == ["yes", "no"]
    assert all(row["counts"] and not row["is_superseded"] for row in told["submissions"])
    assert told["submissions"][0]["verdicts"][0]["evidence"][0]["kind"] == "box"
    assert {row["clause_key"]: row["method"] for row in told["decisions"]} == {
        "hate": "undecided",
        "spam": "unanimous",
    }
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in body.content.decode()
        assert str(world.person(name).pk) not in body.content.decode()


def test_agreement_is_told_per_clause_with_its_interval(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    posts = [material.post_make(world) for _ in range(6)]
    material.tasks_make(world, release, posts)
    for index in range(6):
        material.answer(world, "annotator", material.document("yes" if index < 3 else "no"))
        material.answer(world, "annotator2", material.document("yes" if index < 2 else "no"))
    body = call_as("reviewer").get(f"/api/projects/{world.project.pk}/agreement/").json()
    clause = body["clauses"][0]
    assert (clause["clause_key"], clause["posts"], clause["votes"], clause["people"]) == ("hate", 6, 12, 2)
    assert clause["answers"]["alpha"] == pytest.approx(1 - 11 * 2 / (2 * 5 * 7), abs=1e-9)
    assert clause["answers"]["low"] <= clause["answers"]["alpha"] <= clause["answers"]["high"]
    assert clause["decisions"]["undecided"] == 1
    spam = body["clauses"][1]
    assert spam["answers"]["alpha"] is None
    assert "same answer" in spam["answers"]["undefined_because"]


def test_a_decision_holds_under_every_release_that_means_the_same(world: World, release: ReleaseView) -> None:
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    material.answer(world, "annotator", material.document("yes", "yes"))
    later = material.release_changed(world, release, clause_key="spam", question="Does it sell something?")
    held = decisions_current(world.project.pk, release_id=later.id)
    assert [row.clause_key for row in held] == ["hate"]
    assert [vote.clause_key for vote in votes(world.project.pk, release_id=later.id)] == ["hate"]
    assert decisions_current(world.project.pk, release_id=release.id).count() == 2
    assert Decision.objects.count() == 2


def test_recomputing_by_weight_decides_ties_and_repeating_it_writes_nothing(
    world: World, release: ReleaseView, call_as: Call, run_jobs: Callable[[], list[Job]]
) -> None:
    people = ["annotator", "annotator2", "reviewer"]
    posts = [material.post_make(world) for _ in range(8)]
    material.tasks_make(world, release, posts, overlap=3)
    for index in range(8):
        truth = "yes" if index % 2 else "no"
        careless = "yes" if index in (0, 1, 3) else "no"
        for name, given in zip(people, (truth, truth, careless), strict=True):
            material.answer(world, name, material.document(given))
    tied = material.post_make(world)
    material.tasks_make(world, release, [tied], overlap=2)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "reviewer", material.document("no"))
    path = f"/api/projects/{world.project.pk}/decisions/recompute/"
    body = {"release_id": str(release.id), "clause_keys": ["hate"], "method": "weighted"}
    assert call_as("reviewer").post(path, body).status_code == 202
    (job,) = run_jobs()
    assert job.result is not None and job.result["decided"] == 9
    current = decisions_current(world.project.pk, clause_keys=["hate"]).get(post=tied)
    assert (current.answer, current.method) == ("yes", "weighted")
    call_as("reviewer").post(path, body)
    (again,) = run_jobs()
    assert again.result is not None and again.result["written"] == 0


def test_recomputing_by_grades_corrects_who_leans(
    world: World, release: ReleaseView, call_as: Call, run_jobs: Callable[[], list[Job]]
) -> None:
    people = ["annotator", "annotator2", "reviewer"]
    posts = [material.post_make(world) for _ in range(9)]
    material.tasks_make(world, release, posts, overlap=3)
    for index in range(9):
        grade = index % 3
        # The last one grades a step graver than the others whenever there is something to grade.
        for name, given in zip(people, (grade, grade, min(grade + 1, 3) if grade else 0), strict=True):
            material.answer(world, name, material.document("yes" if given else "no", severity=max(given, 1)))
    path = f"/api/projects/{world.project.pk}/decisions/recompute/"
    body = {"release_id": str(release.id), "clause_keys": ["hate"], "method": "graded"}
    assert call_as("reviewer").post(path, body).status_code == 202
    (job,) = run_jobs()
    assert job.result is not None and job.result["undecided"] == 0
    held = {row.post_id: row for row in decisions_current(world.project.pk, clause_keys=["hate"])}
    assert [held[post.pk].severity for post in posts] == [None, 1, 2] * 3
    assert {row.method for row in held.values()} == {"weighted"}
