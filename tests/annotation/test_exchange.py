from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotation.api.exchange_input import SentAnswer, SentExchange
from annotation.api.serializers import ExchangedAnswerInput, ExchangeInput
from annotation.models import Evidence, Verdict
from core.accounts.models import AuditEvent
from core.content.services import post_hide
from core.queue.models import Lease, Submission
from core.queue.services import draft_save
from policies.services import release_retire
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


def exchange(caller: Caller, world: World, **body: Any) -> Any:
    return caller.post(f"/api/projects/{world.project.pk}/label/exchange/", body)


def answer_to(bundle: dict[str, Any], document: Any = None, **more: Any) -> dict[str, Any]:
    return {
        "lease_id": bundle["lease"]["id"],
        "id": str(uuid.uuid4()),
        "document": document or material.document(),
        "active_ms": 900,
        **more,
    }


def work_make(world: World, count: int, *, overlap: int = 1) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(count)], overlap=overlap)


def test_whoever_has_not_said_what_they_read_is_asked_first_where_posts_are_in_several_languages(
    world: World, call_as: Call
) -> None:
    release = material.release_make(world)
    posts = {tag: material.post_make(world, language=tag) for tag in ("en", "en-GB", "pt-BR", "th")}
    material.tasks_make(world, release, list(posts.values()), overlap=1)
    caller = call_as("annotator")
    asked = exchange(caller, world, take=3).json()
    assert (asked["next"], asked["idle"]["code"]) == ([], "languages_unsaid")
    assert asked["idle"]["languages"] == ["en", "en-GB", "pt-BR", "th"]
    assert not Lease.objects.exists()
    caller.put("/api/me/languages/", {"languages": ["pt"]})
    taken = exchange(caller, world, take=3).json()
    assert [bundle["post"]["id"] for bundle in taken["next"]] == [str(posts["pt-BR"].pk)]


def test_nobody_is_asked_what_they_read_where_one_language_waits_or_they_hold_something(
    world: World, call_as: Call
) -> None:
    release = material.release_make(world)
    material.tasks_make(
        world, release, [material.post_make(world, language=tag) for tag in ("en", "en-GB", "")]
    )
    caller = call_as("annotator")
    (held,) = exchange(caller, world, take=1).json()["next"]
    material.tasks_make(world, release, [material.post_make(world, language="th")])
    again = exchange(caller, world, take=1).json()
    assert [bundle["lease"]["id"] for bundle in again["next"]] == [held["lease"]["id"]]
    asked = exchange(call_as("annotator2"), world, take=1).json()["idle"]
    assert asked["code"] == "languages_unsaid"


def test_an_exchange_stores_the_answer_and_hands_out_what_comes_next(world: World, call_as: Call) -> None:
    work_make(world, 4)
    caller = call_as("annotator")
    first = exchange(caller, world, take=3).json()
    assert (first["answer"], len(first["next"]), first["idle"]) == (None, 3, None)
    on_screen, *ahead = first["next"]
    holding = [bundle["lease"]["id"] for bundle in ahead]
    answer = answer_to(on_screen)
    second = exchange(caller, world, answer=answer, holding=holding)
    assert second.status_code == 200, second.json()
    assert second.json()["answer"]["id"] == answer["id"]
    assert second.json()["answer"]["counts"] is True
    (fourth,) = second.json()["next"]
    assert fourth["lease"]["id"] not in [*holding, on_screen["lease"]["id"]]
    assert Submission.objects.get().document == answer["document"]
    assert Verdict.objects.count() == 2
    assert AuditEvent.objects.filter(action="submission.create").count() == 1
    assert AuditEvent.objects.filter(action="lease.take").count() == 4


def test_what_is_handed_out_is_what_the_task_s_own_address_answers(world: World, call_as: Call) -> None:
    work_make(world, 1)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    assert bundle == caller.get(f"/api/leases/{bundle['lease']['id']}/label/").json()


def test_marks_are_stored_as_they_were_sent(world: World, call_as: Call) -> None:
    post = material.post_make(world)
    material.tasks_make(world, material.release_make(world), [post])
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    boxes = [material.box(post, x=number + 0.125, id=f"m{number}") for number in range(3)]
    sent = answer_to(bundle, material.document("yes", evidence=boxes))
    assert exchange(caller, world, answer=sent).status_code == 200
    stored = [(piece.ordinal, piece.data["x"], piece.part_id) for piece in Evidence.objects.all()]
    part_id = post.parts.get(kind="image").pk
    assert stored == [(0, 0.125, part_id), (1, 1.125, part_id), (2, 2.125, part_id)]


def test_a_refused_answer_hands_nothing_out(world: World, call_as: Call) -> None:
    work_make(world, 3)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    refused = exchange(caller, world, answer=answer_to(bundle, {"verdicts": []}))
    assert (refused.status_code, refused.json()["code"]) == (400, "label_document_invalid")
    assert (Submission.objects.count(), Lease.objects.count()) == (0, 1)


def test_an_exchange_sent_again_finds_the_same_answer_and_the_same_next_task(
    world: World, call_as: Call
) -> None:
    work_make(world, 3)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    sent = answer_to(bundle)
    first, again = (exchange(caller, world, answer=sent).json() for _ in range(2))
    assert first["answer"] == again["answer"]
    assert [one["lease"]["id"] for one in first["next"]] == [one["lease"]["id"] for one in again["next"]]
    assert (Submission.objects.count(), Lease.objects.count()) == (1, 2)
    other = exchange(caller, world, answer={**sent, "document": material.document(spam="yes")})
    assert (other.status_code, other.json()["code"]) == (409, "submission_differs")


def test_a_paused_project_keeps_the_answer_and_says_why_nothing_comes(world: World, call_as: Call) -> None:
    work_make(world, 3)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    type(world.project).objects.filter(pk=world.project.pk).update(state="paused")
    done = exchange(caller, world, answer=answer_to(bundle)).json()
    assert (done["answer"]["late_reason"], done["next"]) == ("project_paused", [])
    assert done["idle"]["code"] == "project_not_active"


def test_a_draft_comes_back_with_its_task(world: World, call_as: Call) -> None:
    work_make(world, 1)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    draft_save(
        world.actor("annotator"), uuid.UUID(bundle["lease"]["id"]), document={"records": [1]}, version=0
    )
    (again,) = exchange(caller, world).json()["next"]
    assert again["draft"] == {"document": {"records": [1]}, "version": 1}
    assert again["lease"]["id"] == bundle["lease"]["id"]


def test_a_hidden_post_is_handed_out_no_more(world: World, call_as: Call) -> None:
    """K03: and an answer to it under way is kept."""
    work_make(world, 2, overlap=2)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    post_hide(world.actor("reviewer"), uuid.UUID(bundle["post"]["id"]), reason="may be illegal to hold")
    done = exchange(caller, world, answer=answer_to(bundle)).json()
    assert (done["answer"]["late_reason"], done["answer"]["counts"]) == ("task_withdrawn", False)
    assert [one["post"]["id"] for one in done["next"]] != [bundle["post"]["id"]]
    assert len(done["next"]) == 1


def test_an_exchange_tells_which_of_the_held_tasks_are_gone(world: World, call_as: Call) -> None:
    """K03: a post fetched ahead and hidden since is not shown from memory."""
    work_make(world, 3)
    caller = call_as("annotator")
    on_screen, ahead = exchange(caller, world, take=2).json()["next"]
    post_hide(world.actor("reviewer"), uuid.UUID(ahead["post"]["id"]), reason="may be illegal to hold")
    holding = [ahead["lease"]["id"]]
    done = exchange(caller, world, answer=answer_to(on_screen), holding=holding).json()
    assert done["over"] == holding
    assert done["next"][0]["post"]["id"] not in [on_screen["post"]["id"], ahead["post"]["id"]]


def test_a_lease_of_another_project_or_person_is_not_there(world: World, call_as: Call) -> None:
    work_make(world, 2, overlap=2)
    (bundle,) = exchange(call_as("annotator"), world).json()["next"]
    assert exchange(call_as("annotator2"), world, answer=answer_to(bundle)).status_code == 404
    elsewhere = f"/api/projects/{world.other_project.pk}/label/exchange/"
    assert call_as("annotator").post(elsewhere, {"answer": answer_to(bundle)}).status_code == 404


@pytest.mark.settles_later
def test_an_exchange_asks_the_database_no_more_than_it_must(world: World, call_as: Call) -> None:
    """Whoever adds a statement pays for it with every answer: see benchmarks/queue_cycle.py."""
    work_make(world, 4, overlap=2)
    caller = call_as("annotator")
    first = exchange(caller, world, take=2).json()["next"]
    holding = [first[1]["lease"]["id"]]
    with CaptureQueriesContext(connection) as captured:
        done = exchange(caller, world, answer=answer_to(first[0]), holding=holding)
    assert done.status_code == 200
    said = [" ".join(query["sql"].split())[:70] for query in captured.captured_queries]
    # Who it is (1), the transaction (2), what is there (4), the answer and the next task (5), what shuts work to the
    # person and how the post is covered (1). Gold is asked about only where it is mixed in.
    assert len(said) == 13, said


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ({"take": 4}, "take"),
        ({"take": "two"}, "take"),
        ({"take": True}, "take"),
        ({"holding": ["x"]}, "holding.0"),
        ({"holding": [str(uuid.uuid4())] * 6}, "holding"),
        ({"answer": {"id": "x"}}, "answer.lease_id"),
        ({"kind": "label"}, "kind"),
        ([], ""),
    ],
)
def test_what_an_exchange_cannot_use_is_named(world: World, call_as: Call, body: Any, path: str) -> None:
    refused = call_as("annotator").post(f"/api/projects/{world.project.pk}/label/exchange/", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_fields")
    assert path in [error["path"] for error in refused.json()["errors"]]


def test_what_is_documented_of_an_exchange_is_what_is_read() -> None:
    for model, serializer in ((SentExchange, ExchangeInput()), (SentAnswer, ExchangedAnswerInput())):
        assert set(model.model_fields) == set(serializer.fields)
        required = {name for name, field in serializer.fields.items() if field.required}
        assert {name for name, field in model.model_fields.items() if field.is_required()} == required


def test_f37_an_answer_is_checked_against_the_rules_it_was_asked_under_whatever_they_are_now(
    world: World, call_as: Call
) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    newer = material.release_changed(world, release, clause_key="hate", question="Is it hateful at all?")
    release_retire(world.actor("policy_editor2"), release_id=release.id, reason="Replaced.")
    done = exchange(caller, world, answer=answer_to(bundle, material.document("yes")))
    assert done.status_code == 200, done.json()
    assert done.json()["answer"]["counts"] is True
    hate = Verdict.objects.get(clause_key="hate")
    assert (hate.release_id, hate.meaning_revision) == (release.id, release.clauses["hate"].meaning_revision)
    assert hate.meaning_revision != newer.clauses["hate"].meaning_revision
