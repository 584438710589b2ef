"""Why it mattered: what one's answers led to, told to oneself, and never so that an answer can be read out (W10)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection
from django.db.models import F

from annotation.models import Decision
from core.content.models import Post
from core.queue.domain.harm import Harm
from core.queue.models import Submission
from core.queue.services import harms_state
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


def answered(world: World, count: int) -> list[Post]:
    """Posts that the annotator answered, each decided by that."""
    release = material.release_once(world)
    posts = [material.post_make(world, with_image=False) for _ in range(count)]
    material.tasks_make(world, release, posts, overlap=1)
    for _ in posts:
        material.answer(world, "annotator", material.document())
    return posts


def a_day_passes() -> None:
    """Let what was done have been done yesterday."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
    for model in (Submission, Decision):
        model.objects.update(created_at=F("created_at") - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = DEFAULT")


def told(caller: Caller) -> Any:
    answer = caller.get("/api/me/outcomes/")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def purpose_set(world: World, words: str) -> None:
    call = Caller(world.person("manager"))
    address = f"/api/projects/{world.project.pk}/protection/"
    sent = call.put(address, {**call.get(address).json()["project"], "purpose": words})
    assert sent.status_code == 200, sent.content


def test_w10_one_is_told_what_the_work_is_for_and_what_came_of_it(world: World, call_as: Call) -> None:
    posts = answered(world, 23)
    harms_state({post.pk: Harm(2) for post in posts[:11]})
    caller = call_as("annotator")
    assert told(caller) == [], "what was answered today is not counted yet"
    purpose_set(world, "Adverts like these are kept off the market.")
    a_day_passes()
    harms_state({post.pk: Harm(3, ("violence",)) for post in posts[:11]})
    (market,) = told(caller)
    assert market == {
        "project_id": str(world.project.pk),
        "name": "Market",
        "purpose": "Adverts like these are kept off the market.",
        "decided": 20,
        "severe": 10,
    }
    (other,) = told(call_as("annotator2"))
    assert (other["decided"], other["severe"]) == (None, None)
    assert told(call_as("outsider")) == []


def test_w10_fewer_than_ten_are_not_counted_out(world: World, call_as: Call) -> None:
    answered(world, 9)
    a_day_passes()
    (market,) = told(call_as("annotator"))
    assert (market["decided"], market["severe"]) == (None, None)
