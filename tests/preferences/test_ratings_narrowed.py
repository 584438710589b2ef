"""Ratings of some of the answers: by language, by a clause that was cited, by month and by release."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from core.accounts.services import languages_set
from preferences.selectors import ratings
from tests.preferences import material
from tests.preferences.material import document, judge
from tests.world import World

REFUSED = {"position": "first", "acceptable": False, "severity": 1, "clause_keys": ["weapons"]}


@pytest.fixture
def judged(world: World) -> World:
    """Eight English comparisons that model one wins and four German ones that model two wins, of differing length."""
    material.release_make(world)
    for number in range(8):
        longer = " More of it." * (number % 4)
        responses = [
            {"text": f"Answer {number} of one.{longer}", "model": "secret-model-one"},
            {"text": f"Answer {number} of two.", "model": "secret-model-two"},
        ]
        material.comparisons_make(world, 1, language="en", prompt=f"Why {number}?", responses=responses)
    material.comparisons_make(world, 4, language="de")
    material.tasks_make(world, overlap=2)
    for person in ("annotator", "annotator2"):
        languages_set(world.actor(person), languages=["en", "de"])
    for number in range(12):
        value, cited = (-2, number < 2) if number < 8 else (2, False)
        for person, swapped in (("annotator", False), ("annotator2", True)):
            shown = -value if swapped else value
            judge(
                world,
                person,
                answer=document(shown, responses=[REFUSED] if cited else []),
                swapped=swapped,
            )
    return world


def test_every_way_to_narrow_answers_counts_its_own(judged: World, call_as: Any) -> None:
    path, manager = f"/api/projects/{judged.project.pk}/ratings/", call_as("manager")
    whole = manager.get(path).json()
    board, release = whole["result"], whole["release"]
    assert (board["answers"], board["rests_on"]["comparisons"], board["rests_on"]["people"]) == (24, 12, 2)
    assert [sway["name"] for sway in board["sways"]] == ["side", "length"]
    assert all(sway["low"] < sway["size"] < sway["high"] for sway in board["sways"])
    month = f"{datetime.now(UTC):%Y-%m}"
    assert board["choices"] == {
        "language": [{"value": "de", "count": 8}, {"value": "en", "count": 16}],
        "cited": [{"value": "weapons", "count": 2}],
        "month": [{"value": month, "count": 24}],
        "release": [{"value": release["id"], "label": release["label"], "count": 24}],
    }
    narrowed = {
        query: manager.get(f"{path}?{query}").json()["result"]["answers"]
        for query in (
            "language=en",
            "language=de",
            "language=",
            "cited=weapons",
            f"month={month}",
            "month=2001-02",
            f"under={release['id']}",
            "language=en&cited=weapons",
        )
    }
    assert list(narrowed.values()) == [16, 8, 0, 4, 24, 0, 24, 4]
    german = manager.get(f"{path}?language=de").json()["result"]
    assert german["ratings"][0]["name"] == "secret-model-two"
    assert [sway["name"] for sway in german["sways"]] == ["side"]
    assert manager.get(f"{path}?month=2001-13").status_code == 400


def test_a_model_that_never_lost_is_said_to_be_held_towards_the_middle(judged: World, call_as: Any) -> None:
    path = f"/api/projects/{judged.project.pk}/ratings/?language=en"
    board = call_as("manager").get(path).json()["result"]
    assert board["rests_on_prior"]
    assert [rating["is_held"] for rating in board["ratings"]] == [True, True]


@pytest.mark.parametrize("over", ["month", "release"])
def test_every_period_is_rated_by_its_own_answers(judged: World, call_as: Any, over: str) -> None:
    path = f"/api/projects/{judged.project.pk}/ratings/?over={over}"
    body = call_as("manager").get(path).json()
    (period,) = body["result"]["periods"]
    assert period["label"] == (body["release"]["label"] if over == "release" else period["period"])
    assert period["answers"] == 24
    assert [rating["score"] for rating in period["ratings"]] == [
        rating["score"] for rating in body["result"]["ratings"]
    ]


def test_a_worker_keeps_the_ratings_of_each_choice_apart(
    judged: World, call_as: Any, run_jobs: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ratings, "INLINE_ANSWERS", 1)
    run_jobs()
    path, manager = f"/api/projects/{judged.project.pk}/ratings/", call_as("manager")
    assert manager.post(f"{path}fit/?language=de").status_code == 202
    run_jobs()
    german = manager.get(f"{path}?language=de").json()
    assert (german["state"], german["result"]["rests_on"]["answers"]) == ("ready", 8)
    assert german["rated_at"] is not None
    assert manager.get(path).json()["state"] == "needed"
