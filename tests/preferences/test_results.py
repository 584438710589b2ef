from __future__ import annotations

from typing import Any

import pytest

from core.queue.models import Lease
from preferences.models import AcceptanceDecision, ComparisonDecision
from preferences.selectors import comparison_decisions, demonstrations, judgments_of, ratings
from preferences.selectors.comparisons import current_acceptance, current_decisions
from tests.preferences import material
from tests.preferences.material import axis, document, judge, lease_make, submit
from tests.world import World

PEOPLE = ("annotator", "annotator2", "reviewer")


@pytest.fixture
def asked(world: World) -> World:
    """A world with one comparison that three people should judge."""
    from core.accounts.selectors import members_of
    from core.accounts.services import member_update

    for name in ("reviewer", "reviewer2"):
        membership = members_of(world.project).get(user=world.person(name))
        member_update(
            world.actor("manager"),
            project=world.project,
            membership=membership,
            roles=["annotator", "reviewer"],
        )
    material.release_make(world)
    material.comparisons_make(world)
    material.tasks_make(world, overlap=3)
    return world


def decided(clause_key: str = "helpful") -> ComparisonDecision:
    return current_decisions().get(clause_key=clause_key)


def test_decisions_follow_each_judgment_as_new_rows(asked: World) -> None:
    judge(asked, "annotator", answer=document(-2))
    assert (decided().outcome, decided().method, decided().votes) == ("a", "unanimous", 1)
    judge(asked, "annotator2", answer=document(-1), swapped=True)
    assert (decided().outcome, decided().method, decided().strength) == ("none", "undecided", -0.5)
    judge(asked, "reviewer", answer=document(-3))
    assert (decided().outcome, decided().method, decided().votes) == ("a", "majority", 3)
    assert decided().p_a_better == pytest.approx(0.6875)
    assert len(decided().submissions) == 3
    assert ComparisonDecision.objects.filter(clause_key="helpful").count() == 3


def test_tie_both_good_and_both_unacceptable_are_three_outcomes(asked: World) -> None:
    for choice, person in zip(("tie", "both_good", "both_unacceptable"), PEOPLE, strict=True):
        judge(
            asked,
            person,
            answer={"axes": [axis("helpful", choice=choice), axis("harmless", choice="both_good")]},
        )
    assert (decided().outcome, decided().agreement) == ("none", pytest.approx(1 / 3))
    assert (decided("harmless").outcome, decided("harmless").method) == ("both_good", "unanimous")


def test_a_superseded_judgment_no_longer_counts(asked: World) -> None:
    lease, first = judge(asked, "annotator", answer=document(-2))
    submit(asked.actor("annotator"), lease, document(2), supersedes_id=first.pk)
    assert (decided().outcome, decided().votes) == ("b", 1)


def test_a_judgment_that_came_when_the_task_was_full_does_not_count(asked: World) -> None:
    late = lease_make(asked, "reviewer2")
    Lease.objects.filter(pk=late.pk).update(state="expired")
    from core.queue.models import Slot

    Slot.objects.filter(pk=late.slot_id).update(state="open")
    for person in PEOPLE:
        judge(asked, person, answer=document(-2))
    submission, _ = submit(asked.actor("reviewer2"), late, document(3))
    assert submission.slot_id is None
    assert (decided().outcome, decided().method, decided().votes) == ("a", "unanimous", 3)


def test_whether_a_response_is_acceptable_is_decided_with_what_is_cited(asked: World) -> None:
    refused = {"position": "second", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
    accepted = {"position": "first", "acceptable": True}
    for person in PEOPLE[:2]:
        judge(asked, person, answer=document(-2, responses=[accepted, refused]))
    judge(
        asked,
        "reviewer",
        answer=document(-2, responses=[accepted, {"position": "second", "acceptable": True}]),
    )
    found = {row.side: row for row in current_acceptance()}
    assert (found["a"].acceptable, found["a"].method) == (True, "unanimous")
    assert (found["b"].acceptable, found["b"].method, found["b"].severity) == (False, "majority", 2)
    assert found["b"].cited == [{"clause_key": "weapons", "meaning_revision": 1, "votes": 2}]
    assert AcceptanceDecision.objects.filter(side="a").count() == 3


def test_exports_read_decisions_votes_and_demonstrations_in_stored_order(asked: World) -> None:
    rewrite = {"position": "first", "text": "A better B."}
    judge(asked, "annotator", answer=document(-2), swapped=False)
    judge(asked, "annotator2", answer=document(2, rewrites=[rewrite], reason="Clear."), swapped=True)
    (comparison,) = comparison_decisions(asked.project.pk)
    assert comparison.response_a.source_model == "secret-model-one"
    assert (comparison.a_shown_first, comparison.b_shown_first) == (1, 1)
    found = {view.clause_key: view for view in comparison.axes}
    assert (found["helpful"].outcome, found["helpful"].strength) == ("a", -2.0)
    votes = list(judgments_of(asked.project.pk))
    assert [vote.shown_first for vote in votes] == ["a", "b"]
    assert [vote.answers[1].value for vote in votes] == [-2, -2]
    assert [vote.answers[1].clause_key for vote in votes] == ["helpful", "helpful"]
    (demonstration,) = demonstrations(asked.project.pk)
    assert (demonstration.side, demonstration.text) == ("b", "A better B.")
    assert demonstration.original.text == "Answer 0 of two."


def test_after_a_change_of_meaning_only_decisions_that_hold_are_read_for_the_new_release(
    asked: World,
) -> None:
    release = material.release_once(asked)
    judge(asked, "annotator", answer=document(-2))
    later = material.release_changed(asked, release, clause_key="helpful", question="Which one solves it?")
    (before,) = comparison_decisions(asked.project.pk, release_id=release.id)
    assert [view.clause_key for view in before.axes] == ["harmless", "helpful"]
    (after,) = comparison_decisions(asked.project.pk, release_id=later.id)
    assert [view.clause_key for view in after.axes] == ["harmless"]


def test_reading_for_exports_takes_a_fixed_number_of_queries(
    asked: World, django_assert_num_queries: Any
) -> None:
    material.comparisons_make(asked, 4)
    material.tasks_make(asked)
    for _ in range(5):
        judge(asked, "annotator")
    with django_assert_num_queries(4):
        assert len(list(comparison_decisions(asked.project.pk))) == 5
    with django_assert_num_queries(3):
        assert len(list(judgments_of(asked.project.pk))) == 5


def test_the_list_shows_models_and_decisions_to_those_who_may_see_results(asked: World, call_as: Any) -> None:
    judge(asked, "annotator")
    path = f"/api/projects/{asked.project.pk}/comparisons/"
    (row,) = call_as("manager").get(path).json()["results"]
    assert row["response_a"]["source_model"] == "secret-model-one"
    assert row["judgments_count"] == 1
    assert {decision["clause_key"]: decision["outcome"] for decision in row["decisions"]} == {
        "helpful": "a",
        "harmless": "tie",
    }
    assert call_as("manager").get(f"{path}?judged=false").json()["results"] == []
    assert call_as("manager").get(f"{path}?contains=MODEL-TWO").json()["results"] == [row]
    assert call_as("annotator").get(path).status_code == 403


def test_the_list_takes_a_fixed_number_of_queries(
    asked: World, call_as: Any, django_assert_num_queries: Any
) -> None:
    path = f"/api/projects/{asked.project.pk}/comparisons/"
    manager = call_as("manager")
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    manager.get(path)
    with CaptureQueriesContext(connection) as few:
        manager.get(path)
    material.comparisons_make(asked, 6)
    with django_assert_num_queries(len(few)):
        manager.get(path)


def test_one_comparison_shows_each_judgment_under_a_pseudonym(asked: World, call_as: Any) -> None:
    judge(asked, "annotator", answer=document(-2, reason="It answers."))
    comparison = next(comparison_decisions(asked.project.pk))
    answer = call_as("reviewer").get(f"/api/comparisons/{comparison.id}/")
    (judgment,) = answer.json()["judgments"]
    assert judgment["reason"] == "It answers."
    assert asked.person("annotator").email not in answer.content.decode()
    assert asked.person("annotator").display_name not in judgment["pseudonym"]
    assert call_as("outsider").get(f"/api/comparisons/{comparison.id}/").status_code == 404


def test_ratings_rank_models_and_measure_the_pull_of_the_first_place(world: World, call_as: Any) -> None:
    material.release_make(world)
    material.comparisons_make(world, 12)
    material.tasks_make(world)
    for number in range(12):
        swapped = number % 2 == 0
        liking = 2 if swapped else -2
        judge(world, "annotator", answer=document(liking if number % 4 else -liking), swapped=swapped)
    answer = call_as("manager").get(f"/api/projects/{world.project.pk}/ratings/")
    body = answer.json()
    assert (body["state"], body["axis"]["key"]) == ("ready", "helpful")
    board = body["result"]
    assert [rating["name"] for rating in board["ratings"]] == ["secret-model-one", "secret-model-two"]
    assert (board["groups"], board["answers"]) == (1, 12)
    best = board["ratings"][0]
    assert best["low"] < best["score"] < best["high"]
    (meeting,) = board["meetings"]
    assert (meeting["wins"], meeting["losses"], meeting["ties"]) == (9, 3, 0)


def test_too_many_answers_for_a_page_are_rated_by_a_worker(
    world: World, call_as: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ratings, "INLINE_ANSWERS", 1)
    material.release_make(world)
    material.comparisons_make(world, 3)
    material.tasks_make(world)
    for _ in range(3):
        judge(world, "annotator")
    run_jobs()
    path = f"/api/projects/{world.project.pk}/ratings/"
    assert call_as("manager").get(path).json()["state"] == "needed"
    started = call_as("manager").post(f"{path}fit/")
    assert started.status_code == 202
    assert call_as("manager").get(path).json()["state"] == "fitting"
    run_jobs()
    body = call_as("manager").get(path).json()
    assert (body["state"], len(body["result"]["ratings"])) == ("ready", 2)
    assert body["rated_at"] is not None


def test_without_judgments_there_is_nobody_to_rate(world: World, call_as: Any) -> None:
    material.release_make(world)
    body = call_as("manager").get(f"/api/projects/{world.project.pk}/ratings/").json()
    assert (body["state"], body["result"]["ratings"]) == ("ready", [])


def test_a_project_without_axes_says_what_to_do(world: World, call_as: Any) -> None:
    answer = call_as("manager").get(f"/api/projects/{world.project.pk}/ratings/")
    assert answer.json()["state"] == "no_axes"
    assert answer.json()["axes"] == []
    refused = call_as("manager").post(f"/api/projects/{world.project.pk}/ratings/fit/")
    assert (refused.status_code, refused.json()["code"]) == (409, "release_missing")


def test_an_unknown_axis_is_refused_with_the_axes_there_are(world: World, call_as: Any) -> None:
    material.release_make(world)
    answer = call_as("manager").get(f"/api/projects/{world.project.pk}/ratings/?clause_key=weapons")
    assert answer.status_code == 400
    assert "helpful, harmless" in answer.json()["detail"]


def test_tasks_are_made_once_for_each_comparison_and_release(world: World, call_as: Any) -> None:
    material.release_make(world)
    material.comparisons_make(world, 3)
    path = f"/api/projects/{world.project.pk}/compare-tasks/"
    body = {"overlap": 2, "limit": 2, "clause_keys": ["helpful"]}
    first = call_as("manager").post(path, body).json()
    assert (first["created"], first["remaining"]) == (2, 1)
    assert call_as("manager").post(path, {}).json()["created"] == 1
    assert call_as("manager").post(path, {}).json()["created"] == 0
    assert lease_make(world, "annotator").task.clause_keys == ["helpful"]


def test_tasks_under_a_retired_release_or_an_unknown_axis_are_refused(world: World, call_as: Any) -> None:
    from policies.services import release_retire

    release = material.release_make(world)
    path = f"/api/projects/{world.project.pk}/compare-tasks/"
    assert call_as("manager").post(path, {"clause_keys": ["weapons"]}).json()["code"] == "axes_unknown"
    release_retire(world.actor("policy_editor2"), release_id=release.id, reason="Replaced.")
    assert (
        call_as("manager").post(path, {"release_id": str(release.id)}).json()["code"]
        == "release_not_in_force"
    )
