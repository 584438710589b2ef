from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.domain import people
from core.accounts.selectors import pseudonyms
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]
PEOPLE = ["annotator", "annotator2", "reviewer"]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world, {"hate": material.HATE})


@pytest.fixture(autouse=True)
def few_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(people, "ANSWERS_MIN", 4)


def labelled(world: World, release: ReleaseView, posts: int = 14, *, start: int = 0) -> None:
    """Two careful people and one who finds everything harmful; every other post is."""
    made = [material.post_make(world) for _ in range(posts)]
    material.tasks_make(world, release, made, overlap=3)
    for index in range(start, start + posts):
        truth = "yes" if index % 2 else "no"
        for name, given in zip(PEOPLE, (truth, truth, "yes"), strict=True):
            material.answer(world, name, one(given, severity=1 + index % 3), active_ms=1000 * (1 + index))


def one(answer: str, severity: int = 2) -> dict[str, Any]:
    document = material.document(answer, severity=severity)
    return {"verdicts": document["verdicts"][:1]}


def named(world: World, name: str) -> str:
    return pseudonyms(world.project.pk)[world.person(name).pk].pseudonym


def test_everybody_is_measured_under_their_pseudonym(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    labelled(world, release)
    answer = call_as("manager").get(f"/api/projects/{world.project.pk}/annotators/")
    told = {row["person"]["pseudonym"]: row for row in answer.json()["annotators"]}
    assert set(told) == {named(world, name) for name in PEOPLE}
    careful, careless = told[named(world, "annotator")], told[named(world, "reviewer")]
    assert careful["reliability"]["share"]["value"] > 0.9
    assert careless["reliability"]["share"]["value"] < 0.7
    low, high = (careful["reliability"]["share"][end] for end in ("low", "high"))
    assert low <= careful["reliability"]["share"]["value"] <= high
    assert careful["speed"] == {"submissions": 14, "low_ms": 4250.0, "median_ms": 7500.0, "high_ms": 10750.0}
    for name in PEOPLE:
        assert world.person(name).email not in answer.content.decode()
        assert str(world.person(name).pk) not in answer.content.decode()


def test_one_person_is_told_in_full(world: World, release: ReleaseView, call_as: Call) -> None:
    labelled(world, release, 24)
    path = f"/api/projects/{world.project.pk}/annotators/{named(world, 'reviewer')}/"
    told = call_as("reviewer").get(path).json()
    assert told["person"]["pseudonym"] == named(world, "reviewer")
    (clause,) = told["clauses"]
    assert (clause["clause_key"], clause["answers"]) == ("hate", 24)
    grades = clause["confusion"]
    assert [grade["title"] for grade in grades["grades"]] == ["Harmless", "Low", "Medium", "High"]
    table = grades["table"]
    assert sum(map(sum, table)) == pytest.approx(24, abs=0.1)
    # Half the posts are harmless and this person called none of them so.
    assert table[0][0] < 1 < 10 < sum(table[0])
    assert grades["leaning"] > 0.2
    assert (
        len(told["stretches"]) >= 2 and told["stretches"][0]["begins_at"] < told["stretches"][-1]["ends_at"]
    )


def test_few_answers_are_not_judged(
    world: World, release: ReleaseView, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "ANSWERS_MIN", 20)
    labelled(world, release, 3)
    (row, *_) = call_as("manager").get(f"/api/projects/{world.project.pk}/annotators/").json()["annotators"]
    assert row["reliability"]["share"]["value"] is None
    assert "3 so far" in row["reliability"]["share"]["undefined_because"]
    assert row["concerns"] == []


def test_people_see_their_own_results_and_nobody_elses(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    labelled(world, release)
    own = call_as("annotator").get(f"/api/projects/{world.project.pk}/my-results/").json()["results"]
    assert own["answers"] == 14 and own["clauses"][0]["clause_key"] == "hate"
    path = f"/api/projects/{world.project.pk}/annotators/"
    assert call_as("annotator").get(path).status_code == 403
    assert call_as("annotator").get(f"{path}{named(world, 'annotator2')}/").status_code == 403
    nobody = call_as("policy_editor").get(f"{path}Nobody/")
    assert nobody.status_code == 404


def test_before_the_first_answer_there_are_no_results(world: World, call_as: Call) -> None:
    answer = call_as("annotator").get(f"/api/projects/{world.project.pk}/my-results/")
    assert answer.json() == {"results": None}


@pytest.mark.parametrize("peer", ["yes", "no"])
def test_own_results_tell_nothing_about_posts_still_to_answer(
    world: World, release: ReleaseView, call_as: Call, peer: str
) -> None:
    labelled(world, release)
    path = f"/api/projects/{world.project.pk}/my-results/"
    before = call_as("annotator").get(path).content
    material.tasks_make(world, release, [material.post_make(world) for _ in range(3)], overlap=3)
    for _ in range(3):
        material.answer(world, "annotator2", one(peer))
        material.answer(world, "reviewer", one("no"))
    assert call_as("annotator").get(path).content == before


def test_queries_do_not_grow_with_the_answers(world: World, release: ReleaseView, call_as: Call) -> None:
    labelled(world, release, 4)
    path = f"/api/projects/{world.project.pk}/annotators/"
    call_as("manager").get(path)
    with CaptureQueriesContext(connection) as few:
        call_as("manager").get(path)
    labelled(world, release, 6, start=4)
    with CaptureQueriesContext(connection) as more:
        call_as("manager").get(path)
    assert len(few) == len(more)
