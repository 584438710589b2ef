"""Tasks for the comparisons that tell most, in that order, reproducibly, a share drawn by chance."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from core.queue.models import Task
from preferences.models import Comparison
from tests.preferences import material
from tests.preferences.judged_rows import Said, annotators_make, comparisons_store, judgments_store
from tests.world import World

MODELS = ("far-ahead", "equal-a", "equal-b", "equal-c")


def test_open_pairs_are_asked_first_in_the_order_chosen_and_a_share_by_chance(
    world: World, call_as: Any
) -> None:
    release = material.release_make(world)
    (person,) = annotators_make(world, 1)
    pairs = [(one, other, 10, 10) for one, other in combinations(MODELS, 2)]
    judged = comparisons_store(world, pairs * 12)
    said = [
        Said(
            person,
            each,
            place % 2 == 0,
            -2 if each.response_a.source_model == "far-ahead" else (place % 2) * 2 - 1,
        )
        for place, each in enumerate(judged)
    ]
    judgments_store(world, release, said)
    Task.objects.filter(project=world.project).update(state="closed")
    material.comparisons_make(world, 1, responses=[{"text": "One."}, {"text": "Two."}])
    waiting = [
        material.comparisons_make(
            world, 4, responses=[{"text": f"By {model}.", "model": model} for model in (one, other)]
        )
        for one, other in combinations(MODELS, 2)
    ]
    assert sum(map(len, waiting)) == 24
    path = f"/api/projects/{world.project.pk}/compare-tasks/"
    body = {"limit": 10, "choosing": {"seed": 5, "random_share": 0.2}}
    made = call_as("manager").post(path, body)
    assert (made.status_code, made.json()["created"], made.json()["remaining"]) == (201, 10, 15)
    tasks = list(Task.objects.filter(project=world.project, state="open").order_by("id"))
    drawn = [task.context["drawn"] for task in tasks]
    assert drawn.count("by chance") == 2
    chosen = [
        Comparison.objects.get(pk=str(task.comparison_id))
        for task in tasks
        if task.context["drawn"] == "order"
    ]
    assert all(each.response_a.source_model != "far-ahead" for each in chosen)
    rest = call_as("manager").post(path, {"choosing": {"aim": "top", "top": 1}}).json()
    assert (rest["created"], rest["remaining"]) == (15, 0)
    last = Task.objects.filter(project=world.project, state="open").order_by("id").last()
    assert last is not None
    assert "drawn" not in last.context
    assert call_as("manager").post(path, {"choosing": {"random_share": 2}}).status_code == 400
