"""Rounds that go on by themselves: when the next one starts, and what ends them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from active_learning.models import Pick, Round, RoundPlan
from active_learning.services.plans import plans_advance
from core.accounts.models import AuditEvent, Membership
from core.content.models import Post
from core.db.identifiers import uuid7
from core.jobs.models import Job
from core.queue.models import Slot, Task
from tests.active_learning import material
from tests.annotation.material import release_changed, release_once
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def created(world: World, call_as: Call, **changes: Any) -> dict[str, Any]:
    body = material.round_body(release_once(world), budget=4) | {"after_answers": 3, "most_answers": 100}
    response = call_as("engineer").post(f"/api/projects/{world.project.pk}/round-plans/", body | changes)
    assert response.status_code == 201, response.content
    made: dict[str, Any] = response.json()
    return made


def told(call_as: Call) -> dict[str, Any]:
    found: dict[str, Any] = call_as("reviewer").get(f"/api/round-plans/{RoundPlan.objects.get().pk}/").json()
    return found


def answered(world: World, how_many: int) -> None:
    """People answer so many of the newest round's posts."""
    for pick in Pick.objects.filter(round=Round.objects.latest("pk")).order_by("rank")[:how_many]:
        assert pick.task_id is not None
        Slot.objects.filter(task_id=pick.task_id).update(state="filled")
        Task.objects.filter(pk=pick.task_id).update(state="closed")
        number = int(Post.objects.get(pk=pick.post_id).external_id.removeprefix("post-"))
        material.decide(
            world,
            release_once(world),
            Post.objects.get(pk=pick.post_id),
            "yes" if material.is_spam(number) else "no",
        )


def test_the_next_round_waits_for_its_last_ones_answers(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    created(world, call_as)
    assert Round.objects.count() == 0
    assert plans_advance() == 1
    assert plans_advance() == 0, "a round is under way"
    assert told(call_as)["progress"]["next_start"] == "A round on this clause is under way."
    run_jobs()
    assert plans_advance() == 0, "nobody has answered yet"
    answered(world, 3)
    assert plans_advance() == 0, "three of four are less than 80 %"
    assert told(call_as)["progress"]["next_start"].startswith("3 of the last round’s 4 posts are answered")
    answered(world, 4)
    assert plans_advance() == 1
    first, second = Round.objects.order_by("pk")
    assert [(one.plan_number, one.seed, one.budget) for one in (first, second)] == [(1, 5, 4), (2, 6, 4)]
    assert first.requested_by == world.person("engineer")


def test_more_answers_than_the_rounds_own_may_be_waited_for(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    _, posts = material.decided_world(world)
    created(world, call_as, after_answers=5)
    plans_advance()
    run_jobs()
    answered(world, 4)
    assert plans_advance() == 0
    assert told(call_as)["progress"]["next_start"].startswith("4 of 5 posts are decided")
    asked = set(Pick.objects.values_list("post_id", flat=True))
    another = next(post for post in posts[60:] if post.pk not in asked)
    material.decide(world, release_once(world), another, "no")
    assert plans_advance() == 1


def test_a_clause_that_means_something_else_ends_its_plan(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    created(world, call_as)
    plans_advance()
    run_jobs()
    answered(world, 4)
    release_changed(world, release_once(world), clause_key="spam", question="Is this unwanted advertising?")
    assert plans_advance() == 0
    found = told(call_as)
    assert found["state"] == "ended"
    assert found["reason"].startswith("The clause means something else in the release in effect now")
    assert Round.objects.count() == 1


def test_rounds_by_the_hour_wait_for_it(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world)
    created(world, call_as, after_answers=None, every_hours=24)
    plans_advance()
    run_jobs()
    answered(world, 4)
    assert plans_advance() == 0
    with connection.cursor() as cursor:
        cursor.execute("UPDATE active_learning_round SET created_at = created_at - interval '24 hours'")
    assert plans_advance() == 1


def test_a_round_that_somebody_started_holds_the_next_one_back(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    created(world, call_as)
    body = material.round_body(release_once(world))
    call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", body)
    assert plans_advance() == 0
    run_jobs()
    assert plans_advance() == 1


def test_the_budget_ends_the_plan_and_is_never_overrun(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    created(world, call_as, most_answers=6)
    for picked in (4, 2):
        assert plans_advance() == 1
        run_jobs()
        assert Round.objects.latest("pk").picks.count() == picked
        answered(world, picked)
    assert plans_advance() == 0
    ended = told(call_as)
    assert (ended["state"], ended["reason"]) == ("ended", "6 of 6 answers are bought.")
    assert ended["ended_at"] is not None
    assert AuditEvent.objects.filter(action="plan.end").exists()
    assert plans_advance() == 0
    assert Round.objects.count() == 2


def test_harm_surely_found_ends_the_plan(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world)
    created(world, call_as, most_answers=None, recall_target=0.05)
    plans_advance()
    run_jobs()
    assert plans_advance() == 0
    assert told(call_as)["state"] == "running"
    assert told(call_as)["progress"]["rules"][0]["verdict"] == "untold"
    answered(world, 4)
    assert plans_advance() == 0
    ended = told(call_as)
    assert ended["state"] == "ended"
    assert "of the harmful posts are found" in ended["reason"]


def test_no_open_post_ends_the_plan(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=30, open_posts=0)
    created(world, call_as)
    plans_advance()
    run_jobs()
    plans_advance()
    assert told(call_as)["reason"] == "Round 1 found no post that is open on this clause."


def test_a_model_keeps_which_held_out_posts_it_answers_right(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world)
    created(world, call_as, plateau_rounds=1)
    plans_advance()
    run_jobs()
    done = Round.objects.get()
    assert done.model is not None
    right = done.model.evaluation["right"]
    marks = right["harmless"] + right["harmful"]
    assert right["posts"] == done.metrics["held_out_set"]
    assert len(marks) == done.metrics["held_out"]["posts"]
    assert marks.count("1") / len(marks) == pytest.approx(done.metrics["held_out"]["accuracy"])


def test_a_failed_round_pauses_the_plan_once_and_a_person_resumes_it(
    world: World, call_as: Call, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    material.decided_world(world)
    plan = created(world, call_as)
    plans_advance()
    with monkeypatch.context() as patched:
        patched.setattr("active_learning.runs.rounds.blob_store", lambda: 1 / 0)
        run_jobs()
    assert plans_advance() == 0
    paused = told(call_as)
    assert paused["state"] == "paused"
    assert paused["reason"].startswith("Round 1 failed: ")
    assert plans_advance() == 0
    assert call_as("engineer").post(f"/api/round-plans/{plan['id']}/resume/", {}).status_code == 200
    assert plans_advance() == 1
    run_jobs()
    assert Round.objects.latest("pk").finished_at is not None
    assert told(call_as)["state"] == "running"


def test_who_may_no_longer_start_rounds_starts_none_by_a_plan(world: World, call_as: Call) -> None:
    material.decided_world(world)
    created(world, call_as)
    Membership.objects.filter(user=world.person("engineer")).update(roles=["annotator"])
    assert plans_advance() == 0
    assert Round.objects.count() == 0
    plan = RoundPlan.objects.get()
    assert (plan.state, "cannot start round 1" in plan.reason) == ("paused", True)


def test_a_paused_plan_starts_nothing_and_an_ended_one_stays_ended(world: World, call_as: Call) -> None:
    material.decided_world(world)
    address = f"/api/round-plans/{created(world, call_as)['id']}"
    assert call_as("engineer").post(f"{address}/pause/", {}).json()["state"] == "paused"
    assert plans_advance() == 0
    assert call_as("engineer").post(f"{address}/end/", {}).json()["state"] == "ended"
    again = call_as("engineer").post(f"{address}/resume/", {})
    assert (again.status_code, again.json()["code"]) == (409, "plan_state")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"every_hours": 2}, "plan_start"),
        ({"after_answers": None}, "plan_start"),
        ({"most_answers": None}, "plan_endless"),
        ({"most_answers": 1, "overlap": 2}, "plan_budget"),
        ({"encoder": "no such: one"}, "encoder_name"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused(
    world: World, call_as: Call, changes: dict[str, Any], code: str
) -> None:
    body = material.round_body(release_once(world)) | {"after_answers": 3, "most_answers": 100}
    refused = call_as("engineer").post(f"/api/projects/{world.project.pk}/round-plans/", body | changes)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert not RoundPlan.objects.exists()


def test_a_clause_has_one_plan_that_goes_on(world: World, call_as: Call) -> None:
    created(world, call_as)
    body = material.round_body(release_once(world)) | {"after_answers": 3, "most_answers": 100}
    refused = call_as("engineer").post(f"/api/projects/{world.project.pk}/round-plans/", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "plan_exists")


def test_the_database_keeps_a_plans_round_from_being_started_twice(world: World, call_as: Call) -> None:
    material.decided_world(world)
    created(world, call_as)
    plans_advance()
    again = Round.objects.get()
    again.pk = uuid7()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


@pytest.mark.django_db(transaction=True)
def test_of_several_that_look_at_once_one_starts_the_round(world: World, call_as: Call) -> None:
    material.decided_world(world, decided=12, open_posts=8)
    created(world, call_as)
    together = threading.Barrier(4)
    started: list[int] = []

    def look() -> None:
        together.wait()
        try:
            started.append(plans_advance())
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(started), Round.objects.count()) == ([0, 0, 0, 1], 1)
