"""A budget of time that is nearly used up lets people look for what is left of it, and no longer (W01)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.content.models import Post
from core.queue.domain.harm import Harm
from core.queue.domain.reveals import seconds_in_advance
from core.queue.models import Reveal
from core.queue.services import harms_state
from core.queue.services.protection import project_protection_set
from tests.core.content.endpoints import post_make
from tests.core.queue.handing import post_hand
from tests.core.queue.harming import reveals_age
from tests.core.queue.test_handed import asset_of
from tests.world import Caller, World

As = Callable[[str], Caller]


@pytest.fixture
def post(world: World) -> Post:
    """A post of moderate violence that the annotator holds."""
    made = post_make(world)
    post_hand(world, made)
    Reveal.objects.all().delete()
    harms_state({made.pk: Harm(2, ("violence",))})
    return made


def looked(caller: Caller, world: World, post: Post) -> Any:
    body = {"post_id": str(post.pk), "mode": "full", "purpose": "label"}
    return caller.post(f"/api/projects/{world.project.pk}/reveals/", body)


def test_w01_with_little_left_a_look_is_told_how_long_it_may_last_and_ends_with_it(
    world: World, call_as: As, post: Post
) -> None:
    media = f"/media/{world.project.pk}/{asset_of(post).pk}/"
    budget = {"per": "hour", "category": "", "severity_from": 2, "unit": "seconds", "limit": 12}
    project_protection_set(world.actor("manager"), world.project, {"budgets": [budget]})
    annotator = call_as("annotator")
    opened = looked(annotator, world, post).json()
    assert opened["seconds_left"] == 12.0
    assert annotator.get(media + "display").status_code == 200, "what was granted can be seen"
    path = f"/api/reveals/{opened['id']}/beat/"
    reveals_age(seconds=7)
    told = annotator.post(path, {"seconds": 7, "is_over": False}).json()
    assert 4.0 < told["seconds_left"] <= 5.0
    assert annotator.get(media + "display").status_code == 200
    reveals_age(seconds=5)
    assert annotator.post(path, {"seconds": 12.5, "is_over": False}).json()["seconds_left"] == 0
    assert annotator.get(media + "display").status_code == 409
    assert looked(annotator, world, post).json()["code"] == "work_closed"


def test_w01_looking_for_nothing_again_and_again_uses_up_what_is_left(
    world: World, call_as: As, post: Post
) -> None:
    budget = {"per": "hour", "category": "", "severity_from": 2, "unit": "points", "limit": 40}
    project_protection_set(world.actor("manager"), world.project, {"budgets": [budget]})
    annotator = call_as("annotator")
    assert [looked(annotator, world, post).json().get("seconds_left") for _ in range(3)] == [20.0, 1.0, None]


def test_w01_posts_that_no_budget_of_time_counts_have_no_end(world: World, call_as: As, post: Post) -> None:
    for budget in (
        {"per": "hour", "category": "hate", "severity_from": 0, "unit": "seconds", "limit": 5},
        {"per": "hour", "category": "", "severity_from": 3, "unit": "seconds", "limit": 5},
        {"per": "hour", "category": "", "severity_from": 0, "unit": "items", "limit": 5},
    ):
        project_protection_set(world.actor("manager"), world.project, {"budgets": [budget]})
        assert looked(call_as("annotator"), world, post).json()["seconds_left"] is None


@pytest.mark.parametrize(
    ("left", "counted"), [(None, 30.0), (31.0, 30.0), (30.0, 29.0), (12.0, 11.0), (1.5, 1.0), (0.0, 1.0)]
)
def test_what_is_counted_in_advance_leaves_something_to_see(left: float | None, counted: float) -> None:
    assert seconds_in_advance(left) == counted
