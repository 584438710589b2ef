from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.selectors import kept_figures
from annotation.services import Amendment, adjudication_record, answer_review
from core.db.identifiers import uuid7
from core.queue.models import Note, Task
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.annotation.gold_material import gold_item
from tests.annotation.ruling_material import open_post, post_measured
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def _split(world: World, release: ReleaseView, *, held_out: bool = False, **fields: Any) -> Any:
    """A post on which two people answer ``hate`` apart and ``spam`` alike."""
    post = post_measured(world, held_out=held_out, **fields)
    material.tasks_make(world, release, [post], overlap=2)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    return post


def _unclear(world: World, call_as: Call, query: str = "") -> dict[str, Any]:
    response = call_as("reviewer").get(f"/api/projects/{world.project.pk}/unclear/{query}")
    assert response.status_code == 200, response.content
    return {row["clause_key"]: row for row in response.json()["clauses"]}


def _parts(row: dict[str, Any]) -> dict[str, tuple[int, int]]:
    return {part["sign"]: (part["count"], part["of"]) for part in row["parts"]}


def test_clauses_are_ranked_by_what_splits_people(world: World, call_as: Call, release: ReleaseView) -> None:
    for _ in range(3):
        _split(world, release)
    found = _unclear(world, call_as)
    assert list(found) == ["hate", "spam"]
    assert found["hate"]["score"] > 0
    assert found["spam"]["score"] == 0
    assert _parts(found["hate"])["split"] == (3, 3)
    assert found["hate"]["posts"] == 3
    part = found["hate"]["parts"][0]
    assert part["low"] < part["share"] <= part["high"]
    assert found["hate"]["score"] == pytest.approx(part["points"])


def test_the_ranking_that_takes_long_is_kept_until_it_is_wanted_as_it_is_now(
    world: World, call_as: Call, release: ReleaseView, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "_WORTH_KEEPING_S", -1.0)
    _split(world, release)
    path = f"/api/projects/{world.project.pk}/unclear/"

    def told(query: str) -> tuple[int, bool, int]:
        body = call_as("reviewer").get(f"{path}{query}").json()
        asked = next(part["count"] for part in body["clauses"][0]["parts"] if part["sign"] == "asked")
        return body["clauses"][0]["posts"], body["is_current"], asked

    assert told("?current=false") == (1, True, 0)
    _split(world, release)
    assert told("?current=false") == (1, False, 0)
    assert told("") == (2, True, 0)
    task = Task.objects.filter(source="manual").first()
    assert task is not None
    Note.objects.create(
        project=world.project,
        task=task,
        person=world.person("annotator"),
        kind="question",
        clause_key="hate",
        text="Is irony meant?",
    )
    assert told("?current=false") == (2, False, 0), "a question counts too"
    assert told("") == (2, True, 1)


def test_questions_gaps_reversals_and_doubt_count(world: World, call_as: Call, release: ReleaseView) -> None:
    post = open_post(world)
    material.tasks_make(world, release, [post], overlap=2)
    base = f"/api/projects/{world.project.pk}"
    bundle = call_as("annotator").post(f"{base}/label/exchange/", {"take": 1}).json()["next"][0]
    lease = f"/api/leases/{bundle['lease']['id']}"
    call_as("annotator").post(
        f"{lease}/notes/", {"kind": "question", "text": "Is irony meant?", "clause_key": "hate"}
    )
    given = material.document("no")
    given["verdicts"][0]["confidence"] = 0.25
    given["verdicts"][1]["confidence"] = 1
    sent = {"id": str(uuid7()), "document": given, "active_ms": 10}
    assert call_as("annotator").post(f"{lease}/annotation/", sent).status_code == 201
    answer_review(
        world.actor("reviewer"),
        sent["id"],  # type: ignore[arg-type]
        project_id=world.project.pk,
        review_id=uuid7(),
        outcome="amended",
        amendment=Amendment(uuid7(), material.document("yes"), 10),
    )
    adjudication_record(
        world.actor("reviewer"),
        post.pk,
        release_id=release.id,
        clause_key="hate",
        answer="yes",
        severity=2,
        reason_code="guideline_gap",
        reason="The clause is silent on irony.",
    )
    found = _unclear(world, call_as)
    parts = _parts(found["hate"])
    assert (parts["gap"], parts["asked"], parts["reversed"]) == ((1, 1), (1, 1), (1, 1))
    assert _parts(found["spam"])["reversed"] == (0, 1)
    assert parts["unsure"] == (0, 0), "the unsure answer was amended, and counts no more"


def test_only_answers_under_the_meaning_and_in_the_language_count(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    _split(world, release, language="pt-BR")
    _split(world, release, language="de")
    assert _parts(_unclear(world, call_as, "?language=pt")["hate"])["split"] == (1, 1)
    second = material.release_changed(world, release, clause_key="hate", question="Another?")
    assert _parts(_unclear(world, call_as)["hate"])["split"] == (0, 0)
    assert _unclear(world, call_as)["hate"]["release_id"] == str(second.id)
    assert _parts(_unclear(world, call_as, f"?release_id={release.id}")["hate"])["split"] == (2, 2)


def test_posts_that_split_people_are_put_together_by_likeness(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    for text in ("sell me your old rifle", "sell me your rifle", "the mayor is a clown"):
        _split(world, release, text=text)
    told = call_as("policy_editor").get(f"/api/projects/{world.project.pk}/unclear/hate/").json()
    assert told["like_by"] == "words"
    assert [len(group["posts"]) for group in told["groups"]] == [2, 1]
    first = told["groups"][0]["posts"][0]
    assert first["votes"] == [
        {"value": "no", "label": "No", "votes": 1},
        {"value": "yes", "label": "Yes", "votes": 1},
    ]
    assert first["apart"] == 1
    assert first["method"] == "undecided"


def test_posts_that_measure_are_counted_but_never_shown(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    _split(world, release, held_out=True)
    gold_item(world, release, post=_split(world, release))
    shown = _split(world, release)
    told = call_as("policy_editor").get(f"/api/projects/{world.project.pk}/unclear/hate/").json()
    assert [post["post_id"] for group in told["groups"] for post in group["posts"]] == [str(shown.pk)]
    assert _parts(told["clause"])["split"] == (3, 3)


def test_a_clause_that_is_not_asked_is_not_there(world: World, call_as: Call, release: ReleaseView) -> None:
    base = f"/api/projects/{world.project.pk}/unclear"
    assert call_as("reviewer").get(f"{base}/nothing/").status_code == 404
    assert call_as("reviewer").get(f"{base}/?language=%27").status_code == 400
