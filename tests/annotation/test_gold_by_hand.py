"""Gold made from anywhere: answers by hand, as many as are known, each with its reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import GoldAnswer, GoldResult
from core.queue.models import GoldOffer
from policies.selectors import ReleaseView
from policies.services import release_retire
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.annotation.onboarding_material import give, held, onboarding_make
from tests.world import Caller, World

Call = Callable[[str], Caller]


def body(world: World, **more: Any) -> dict[str, Any]:
    release, post = material.release_once(world), material.post_make(world)
    return {"post_id": str(post.pk), "release_id": str(release.id), **more}


def only(**verdict: Any) -> dict[str, Any]:
    return {"verdicts": [{"clause_key": "hate", "answer": "yes", **verdict}], "notes": ""}


def test_one_answer_known_is_enough_and_needs_no_proof(world: World, call_as: Call) -> None:
    made = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/",
        body(world, document=only(), reasons={"hate": " It demeans a group. "}),
    )
    assert made.status_code == 201, made.content
    answer = GoldAnswer.objects.get(item_id=made.json()["id"])
    assert (answer.clause_key, answer.answer, answer.severity, answer.evidence) == ("hate", "yes", None, [])
    assert (answer.reason, answer.meaning_from, answer.meaning_to) == ("It demeans a group.", 1, None)


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (only(answer="perhaps"), "answer_not_in_scale"),
        (only(severity=9), "severity_not_in_scale"),
        (only(evidence=[{"id": "m1", "kind": "mask"}]), None),
    ],
)
def test_what_is_known_must_be_possible(
    world: World, call_as: Call, document: dict[str, Any], code: str | None
) -> None:
    refused = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/", body(world, document=document)
    )
    assert refused.status_code == 400
    assert code is None or [problem["code"] for problem in refused.json()["errors"]] == [code]
    assert not GoldAnswer.objects.exists()


def test_a_reason_for_what_is_not_known_is_refused(world: World, call_as: Call) -> None:
    refused = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/", body(world, document=only(), reasons={"spam": "Why not."})
    )
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["path"] == "reasons.spam"


def test_people_read_the_reason_of_each_answer_where_results_are_shown(
    world: World, call_as: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(3)], overlap=2)
    gold_item(world, release, reasons={"hate": "It demeans.", "spam": "Nothing is sold."})
    rules_set(world, gold_share=0.5, shows_gold_results=True)
    draws_fix(monkeypatch, 0.0)
    give(world, held(world), material.document("no"))
    assert GoldResult.objects.count() == 2
    (result,) = call_as("annotator").get(f"/api/projects/{world.project.pk}/my-gold/").json()["results"]
    assert {clause["clause_key"]: clause["reason"] for clause in result["clauses"]} == {
        "hate": "It demeans.",
        "spam": "Nothing is sold.",
    }


def test_gold_is_found_by_its_post_and_by_the_posts_name(world: World, call_as: Call) -> None:
    release = material.release_once(world)
    named = material.post_make(world, external_id="Harbour-17")
    item = gold_item(world, release, post=named)
    gold_item(world, release, post=material.post_make(world, external_id="market-4"))
    caller, path = call_as("reviewer"), f"/api/projects/{world.project.pk}/gold/"
    for query in (f"?post_id={named.pk}", "?search=harbour"):
        found = caller.get(path + query).json()["results"]
        assert [row["id"] for row in found] == [str(item.pk)], query
    assert caller.get(path + "?search=nowhere").json()["results"] == []


def test_a_lesson_has_the_post_with_the_known_marks_and_the_persons_own(world: World, call_as: Call) -> None:
    items = onboarding_make(world, 1)
    GoldAnswer.objects.filter(item=items[0], clause_key="hate").update(reason="It names a group.")
    own = material.document("yes")
    give(world, held(world), own)
    told = call_as("annotator").get(f"/api/projects/{world.project.pk}/my-onboarding/").json()
    (lesson,) = told["lessons"]
    assert lesson["post"]["id"] == str(items[0].post_id)
    hate = next(clause for clause in lesson["clauses"] if clause["clause_key"] == "hate")
    assert hate["reason"] == "It names a group."
    assert [mark["kind"] for mark in hate["known_marks"]] == [mark["kind"] for mark in hate["given_marks"]]
    assert len(hate["known_marks"]) == 1
    set_told = call_as("reviewer").get(f"/api/projects/{world.project.pk}/onboarding/").json()
    assert set_told["items"] == [{"id": str(items[0].pk), "external_id": items[0].post.external_id}]


def changed(world: World) -> tuple[ReleaseView, ReleaseView]:
    """A release, and the next one, in which hate means something else."""
    first = material.release_once(world)
    return first, material.release_changed(
        world, first, clause_key="hate", question="Does it demean a group?"
    )


def test_an_answer_may_be_known_for_what_the_clause_meant_before(world: World, call_as: Call) -> None:
    first, second = changed(world)
    post = material.post_make(world)
    about = {"post_id": str(post.pk), "release_id": str(second.id), "document": only()}
    made = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/", {**about, "meanings_from": {"hate": 1}}
    )
    assert made.status_code == 201, made.content
    answer = GoldAnswer.objects.get()
    assert (answer.meaning_from, answer.meaning_to) == (1, None)
    release_retire(world.actor("policy_editor"), release_id=second.id, reason="It was too wide.")
    offers = GoldOffer.objects.filter(item_id=answer.item_id)
    assert [(offer.release_id, offer.known_keys) for offer in offers] == [(first.id, ["hate"])]


def test_an_answer_known_for_one_meaning_is_not_offered_under_an_earlier_one(world: World) -> None:
    _first, second = changed(world)
    item = gold_item(world, second, document=only())
    release_retire(world.actor("policy_editor"), release_id=second.id, reason="It was too wide.")
    assert not GoldOffer.objects.filter(item_id=item.pk).exists()


@pytest.mark.parametrize(
    ("meanings_from", "code"), [({"hate": 3}, "meaning_not_yet"), ({"spam": 1}, "clause_not_known")]
)
def test_a_meaning_must_be_one_the_clause_had(
    world: World, call_as: Call, meanings_from: dict[str, int], code: str
) -> None:
    _first, second = changed(world)
    about = {"post_id": str(material.post_make(world).pk), "release_id": str(second.id), "document": only()}
    refused = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/", {**about, "meanings_from": meanings_from}
    )
    assert refused.status_code == 400
    assert [problem["code"] for problem in refused.json()["errors"]] == [code]
    assert not GoldAnswer.objects.exists()


def test_an_answer_that_an_earlier_meaning_lacked_is_not_known_for_it(world: World, call_as: Call) -> None:
    other = [material.HATE["answers"][0], {"value": "maybe", "label": "Maybe", "harmful": True}]
    first = material.release_make(world, {"hate": {**material.HATE, "answers": other}, "spam": material.SPAM})
    second = material.release_changed(world, first, clause_key="hate", question="Does it demean a group?")
    about = {"post_id": str(material.post_make(world).pk), "release_id": str(second.id), "document": only()}
    refused = call_as("reviewer").post(
        f"/api/projects/{world.project.pk}/gold/", {**about, "meanings_from": {"hate": 1}}
    )
    assert refused.status_code == 400
    assert refused.json()["errors"][0]["message"].endswith("it can be known from meaning 2 on.")
