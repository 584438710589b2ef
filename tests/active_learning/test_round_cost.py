from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from active_learning.models import Pick
from core.jobs.models import Job
from core.queue.models import Task
from tests.active_learning import material
from tests.annotation.material import answer
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]


@pytest.mark.usefixtures("words")
def test_a_rounds_cost_is_the_time_people_gave_to_its_posts(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world)
    asked = material.round_body(release, strategy="margin", budget=8, random_share=0.25, overlap=1)
    started = call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", asked).json()
    assert {job.state for job in run_jobs()} == {"succeeded"}

    def cost() -> dict[str, Any]:
        told: dict[str, Any] = call_as("reviewer").get(f"/api/rounds/{started['id']}/cost/").json()
        return told

    before = cost()
    assert (before["all"]["answers"], before["all"]["waited_for"], before["seconds_left"]) == (0, 8, None)
    assert before["computed_seconds"] > 0
    given = {"verdicts": [{"clause_key": "spam", "answer": "yes"}]}
    times = {answer(world, "annotator", given, active_ms=ms).task_id: ms for ms in (2_000, 4_000, 9_000)}
    # Work beside the round costs the round nothing.
    Task.objects.filter(source_id=started["id"]).exclude(pk__in=times).update(state="withdrawn")
    after = cost()
    assert (after["all"]["answers"], after["all"]["people"], after["all"]["seconds"]) == (3, 1, 15.0)
    assert after["all"]["waited_for"] == 0
    by_lot = set(Pick.objects.filter(is_random=True).values_list("task_id", flat=True))
    for arm, tasks in (("lot", times.keys() & by_lot), ("strategy", times.keys() - by_lot)):
        told = after[arm]
        seconds = sum(times[task] for task in tasks) / 1000
        assert (told["answers"], told["harmful"], told["seconds"]) == (len(tasks), len(tasks), seconds)
        assert told["seconds_per_harmful"] == (pytest.approx(seconds / len(tasks)) if tasks else None)


@pytest.mark.usefixtures("words")
def test_what_is_left_is_told_by_the_time_of_what_was_given(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, _ = material.decided_world(world)
    asked = material.round_body(release, budget=4, overlap=2)
    started = call_as("engineer").post(f"/api/projects/{world.project.pk}/rounds/", asked).json()
    assert {job.state for job in run_jobs()} == {"succeeded"}
    given = {"verdicts": [{"clause_key": "spam", "answer": "no"}]}
    answer(world, "annotator", given, active_ms=6_000)
    told = call_as("manager").get(f"/api/rounds/{started['id']}/cost/").json()
    assert (told["all"]["answers"], told["all"]["waited_for"]) == (1, 7)
    assert (told["all"]["seconds_each"], told["seconds_left"]) == (6.0, 42.0)
