from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from core.queue.models import Task
from tests.annotation import material
from tests.world import Caller, World

CallAs = Callable[[str], Caller]


def told(call_as: CallAs, world: World, by: str) -> list[dict[str, Any]]:
    response = call_as("manager").get(f"/api/projects/{world.project.pk}/progress/?by={by}")
    assert response.status_code == 200, response.content
    rows: list[dict[str, Any]] = response.json()["rows"]
    return rows


def test_progress_is_told_by_clause_language_order_and_person(world: World, call_as: CallAs) -> None:
    release = material.release_make(world)
    german, unknown = material.post_make(world, language="de"), material.post_make(world, language="")
    material.tasks_make(world, release, [german], overlap=2)
    material.tasks_make(world, release, [unknown], overlap=1, clause_keys=["hate"])
    material.answer(world, "annotator", material.document(), active_ms=5_000)
    clauses = {row["key"]: row for row in told(call_as, world, "clause")}
    assert clauses["hate"] == {"key": "hate", "name": "Hate", "posts": 2, "wanted": 3, "given": 1, "held": 0}
    assert (clauses["spam"]["posts"], clauses["spam"]["wanted"], clauses["spam"]["given"]) == (1, 2, 1)
    languages = {row["key"]: (row["wanted"], row["given"]) for row in told(call_as, world, "language")}
    assert languages == {"de": (2, 1), "": (1, 0)}
    (order,) = told(call_as, world, "source")
    assert (order["posts"], order["wanted"], order["given"]) == (2, 3, 1)
    (person,) = told(call_as, world, "person")
    assert (person["given"], person["last_day"], person["active_ms"]) == (1, 1, 5_000)
    assert person["name"] and "Annotator" not in person["name"], "by pseudonym only"


def test_gold_counts_in_no_progress(world: World, call_as: CallAs) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)])
    Task.objects.update(source="gold")
    for by in ("clause", "language", "source", "person"):
        assert told(call_as, world, by) == []


@pytest.mark.parametrize("query", ["", "?by=weather"])
def test_an_unknown_respect_is_refused(world: World, call_as: CallAs, query: str) -> None:
    response = call_as("manager").get(f"/api/projects/{world.project.pk}/progress/{query}")
    assert response.status_code == 400
