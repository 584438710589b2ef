from __future__ import annotations

import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from annotation.models import Evidence, Suggestion, SuggestionOffer, SuggestionReport, Verdict
from annotation.selectors.suggestions import rules_forget
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.queue.models import Lease, Submission
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]
Boxes = list[dict[str, Any]]


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


def work(world: World, *, marks: int = 2, overlap: int = 3) -> tuple[Post, Suggestion]:
    """A post to label, for which a detector proposes an answer and two boxes."""
    release, post = material.release_make(world), material.post_make(world)
    material.tasks_make(world, release, [post], overlap=overlap)
    boxes = [material.box(post, x=10.5 * number, confidence=0.6 + 0.1 * number) for number in range(marks)]
    return post, material.suggest(world, release, post, answer="yes", severity=2, marks=boxes)


def taken(suggestion: Suggestion, *places: int, **changed: Any) -> Boxes:
    """Marks accepted from the suggestion, as a page sends them."""
    return [
        {**suggestion.marks[place]["region"], "origin": f"suggestion:{suggestion.pk}#{place}", **changed}
        for place in places
    ]


def test_what_a_model_proposes_comes_with_the_task(world: World, call_as: Call) -> None:
    _, suggestion = work(world)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    assert bundle["suggestions"]["timing"] == "at_once"
    (told,) = bundle["suggestions"]["suggestions"]
    assert (told["clause_key"], told["answer"], told["severity"], told["model"]) == (
        "hate",
        "yes",
        2,
        "detector",
    )
    assert [mark["item"] for mark in told["marks"]] == [f"{suggestion.pk}#0", f"{suggestion.pk}#1"]
    assert told["marks"][0]["region"]["kind"] == "box"
    assert bundle["draft"] is None, "a suggestion is never an answer"
    again = caller.get(f"/api/leases/{bundle['lease']['id']}/label/").json()
    assert again["suggestions"] == bundle["suggestions"]
    offer = SuggestionOffer.objects.get()
    assert (offer.is_shown, offer.lease_id) == (True, uuid.UUID(bundle["lease"]["id"]))
    assert offer.items == [str(suggestion.pk), f"{suggestion.pk}#0", f"{suggestion.pk}#1"]
    assert offer.draw < 1


def test_without_rules_nothing_is_shown_and_nothing_is_asked(world: World, call_as: Call) -> None:
    work(world)
    caller = call_as("annotator")
    exchange(caller, world)
    with CaptureQueriesContext(connection) as asked:
        (bundle,) = exchange(caller, world).json()["next"]
    assert bundle["suggestions"] is None
    assert not [one for one in asked.captured_queries if "suggestion" in one["sql"]]
    assert SuggestionOffer.objects.count() == 0


def test_a_share_of_none_withholds_and_keeps_what_was_withheld(world: World, call_as: Call) -> None:
    _, suggestion = work(world)
    material.rules(world, share=0.0)
    caller = call_as("annotator")
    handed = exchange(caller, world)
    assert handed.json()["next"][0]["suggestions"] is None
    assert str(suggestion.pk) not in handed.content.decode()
    assert SuggestionOffer.objects.get().is_shown is False


def test_the_lot_of_a_lease_stays_whatever_becomes_of_the_rules(world: World, call_as: Call) -> None:
    work(world)
    material.rules(world, share=0.0)
    caller = call_as("annotator")
    exchange(caller, world)
    material.rules(world, share=1.0)
    (bundle,) = exchange(caller, world).json()["next"]
    assert bundle["suggestions"] is None
    assert SuggestionOffer.objects.get().share == 0.0


def test_of_many_tasks_about_the_share_is_shown(world: World, call_as: Call) -> None:
    release = material.release_make(world)
    posts = [material.post_make(world, with_image=False) for _ in range(12)]
    material.tasks_make(world, release, posts, overlap=4)
    for post in posts:
        material.suggest(world, release, post, answer="no")
    material.rules(world, share=0.5)
    for name in ("annotator", "annotator2", "reviewer"):
        caller = call_as(name)
        bundles = exchange(caller, world, take=1).json()["next"]
        while bundles:
            bundles = exchange(caller, world, answer=answer_to(bundles[0])).json()["next"]
    shown = SuggestionOffer.objects.filter(is_shown=True).count()
    assert SuggestionOffer.objects.count() == 36
    assert 8 <= shown <= 28
    assert all(offer.is_shown == (offer.draw < 0.5) for offer in SuggestionOffer.objects.all())


def test_marks_below_the_least_confidence_are_left_out(world: World, call_as: Call) -> None:
    _, suggestion = work(world)
    material.rules(world, confidence_min=0.65)
    (bundle,) = exchange(call_as("annotator"), world).json()["next"]
    (told,) = bundle["suggestions"]["suggestions"]
    assert [mark["item"] for mark in told["marks"]] == [f"{suggestion.pk}#1"]
    assert told["answer"] == "yes"


def test_only_the_newest_of_a_model_counts_and_only_for_the_meaning_it_was_made_under(
    world: World, call_as: Call
) -> None:
    release, post = material.release_make(world), material.post_make(world)
    material.suggest(world, release, post, answer="no")
    newer = material.suggest(world, release, post, answer="yes")
    material.suggest(world, release, post, clause_key="spam", answer="yes")
    changed = material.release_changed(world, release, clause_key="spam", question="Is it advertising?")
    material.tasks_make(world, changed, [post])
    material.rules(world)
    (bundle,) = exchange(call_as("annotator"), world).json()["next"]
    assert [told["id"] for told in bundle["suggestions"]["suggestions"]] == [str(newer.pk)]


def test_what_was_accepted_changed_rejected_and_left_is_stored_with_the_answer(
    world: World, call_as: Call
) -> None:
    post, suggestion = work(world, marks=4)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    boxes = [*taken(suggestion, 0), *taken(suggestion, 1, width=33.0)]
    document = material.document("yes", evidence=boxes)
    document["verdicts"][0]["origin"] = f"suggestion:{suggestion.pk}"
    sent = answer_to(bundle, document, suggestions={"shown_ms": 1234, "rejected": [f"{suggestion.pk}#2"]})
    done = exchange(caller, world, answer=sent)
    assert done.status_code == 200, done.json()
    report = SuggestionReport.objects.get()
    assert (report.submission_id, report.shown_ms) == (uuid.UUID(sent["id"]), 1234)
    assert [one["outcome"] for one in report.items] == [
        "accepted",
        "accepted",
        "changed",
        "rejected",
        "ignored",
    ]
    assert {verdict.clause_key: verdict.is_assisted for verdict in Verdict.objects.all()} == {
        "hate": True,
        "spam": False,
    }
    assert Evidence.objects.first().data["origin"] == f"suggestion:{suggestion.pk}#0"  # type: ignore[union-attr]
    assert exchange(caller, world, answer=sent).status_code == 200
    assert SuggestionReport.objects.count() == 1
    (told,) = call_as("reviewer").get(f"/api/posts/{post.pk}/answers/").json()["submissions"]
    assert {one["clause_key"]: one["is_assisted"] for one in told["verdicts"]} == {
        "hate": True,
        "spam": False,
    }


def test_an_answer_after_a_severity_of_the_persons_own_is_a_changed_one(world: World, call_as: Call) -> None:
    _, suggestion = work(world)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    document = material.document("yes", severity=3)
    document["verdicts"][0]["origin"] = f"suggestion:{suggestion.pk}"
    exchange(caller, world, answer=answer_to(bundle, document, suggestions={"shown_ms": 1}))
    assert SuggestionReport.objects.get().items[0]["outcome"] == "changed"


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_nobody_accepts_what_they_were_not_shown(world: World, call_as: Call, share: float) -> None:
    _, suggestion = work(world)
    material.rules(world, share=share)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    stranger = f"suggestion:{suggestion.pk if share == 0 else uuid.uuid4()}"
    document = material.document("yes")
    document["verdicts"][0]["origin"] = stranger
    refused = exchange(caller, world, answer=answer_to(bundle, document))
    assert (refused.status_code, refused.json()["code"]) == (400, "label_document_invalid")
    assert refused.json()["errors"][0]["path"] == "verdicts.0.origin"
    rejected = {"shown_ms": 1, "rejected": [str(uuid.uuid4())]}
    refused = exchange(caller, world, answer=answer_to(bundle, suggestions=rejected))
    assert refused.json()["errors"][0]["path"] == "suggestions.rejected"
    assert Submission.objects.count() == 0


def test_a_person_takes_back_an_answer_with_its_suggestions(world: World, call_as: Call) -> None:
    """A correction names what was accepted before; each submission has its own report."""
    _, suggestion = work(world)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    sent = answer_to(bundle, material.document("yes", evidence=taken(suggestion, 0)))
    assert exchange(caller, world, answer=sent).status_code == 200
    reopened = caller.get(f"/api/leases/{bundle['lease']['id']}/label/").json()
    assert reopened["suggestions"]["suggestions"][0]["id"] == str(suggestion.pk)
    corrected = answer_to(
        bundle,
        material.document("yes", evidence=taken(suggestion, 1)),
        supersedes_id=sent["id"],
        suggestions={"shown_ms": 5, "rejected": [f"{suggestion.pk}#0"]},
    )
    assert exchange(caller, world, answer=corrected).status_code == 200
    first, second = SuggestionReport.objects.order_by("id")
    assert [one["outcome"] for one in first.items] == ["ignored", "accepted", "ignored"]
    assert [one["outcome"] for one in second.items] == ["ignored", "rejected", "accepted"]


def test_where_suggestions_come_after_the_answer_no_byte_of_them_comes_before(
    world: World, call_as: Call
) -> None:
    _, suggestion = work(world)
    material.rules(world, timing="after_answer")
    caller = call_as("annotator")
    handed = exchange(caller, world)
    (bundle,) = handed.json()["next"]
    lease = f"/api/leases/{bundle['lease']['id']}"
    assert bundle["suggestions"] == {"timing": "after_answer", "suggestions": []}
    early = [
        handed.content,
        caller.get(f"{lease}/label/").content,
        caller.post(f"{lease}/second-look/").content,
    ]
    assert json.loads(early[2]) == {"has_suggestions": False}
    for raw in early:
        assert str(suggestion.pk) not in raw.decode()
        assert "detector" not in raw.decode()
    refused = exchange(
        caller, world, answer=answer_to(bundle, suggestions={"shown_ms": 1, "rejected": [str(suggestion.pk)]})
    )
    assert refused.status_code == 400
    assert caller.post(f"{lease}/suggestions/", {"shown_ms": 1}).json()["code"] == "nothing_offered"

    first = answer_to(bundle)
    done = exchange(caller, world, answer=first)
    assert str(suggestion.pk) not in done.content.decode()
    assert caller.post(f"{lease}/second-look/").json() == {"has_suggestions": True}
    assert AuditEvent.objects.filter(action="suggestions.show").count() == 1
    told = caller.get(f"{lease}/label/").json()
    assert told["suggestions"]["suggestions"][0]["answer"] == "yes"
    document = material.document("yes", evidence=taken(suggestion, 0))
    second = answer_to(bundle, document, supersedes_id=first["id"], suggestions={"shown_ms": 700})
    assert exchange(caller, world, answer=second).status_code == 200
    assert Submission.objects.count() == 2, "both answers are stored"
    assert [one["outcome"] for one in SuggestionReport.objects.get().items] == [
        "ignored",
        "accepted",
        "ignored",
    ]


def test_an_answer_kept_after_the_models_was_seen_is_reported_once(world: World, call_as: Call) -> None:
    _, suggestion = work(world)
    material.rules(world, timing="after_answer")
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    lease = f"/api/leases/{bundle['lease']['id']}"
    sent = answer_to(bundle)
    exchange(caller, world, answer=sent)
    kept = caller.post(f"{lease}/suggestions/", {"shown_ms": 800, "rejected": [str(suggestion.pk)]})
    assert kept.status_code == 200, kept.json()
    assert kept.json()["submission_id"] == sent["id"]
    assert [one["outcome"] for one in kept.json()["items"]] == ["rejected", "ignored", "ignored"]
    assert caller.post(f"{lease}/suggestions/", {"shown_ms": 900}).json() == kept.json()


def test_every_task_of_a_project_with_a_second_look_says_so_alike(world: World, call_as: Call) -> None:
    """Neither the lot nor whether a model has anything to say can be told before the answer."""
    release, posts = material.release_make(world), [material.post_make(world) for _ in range(3)]
    material.tasks_make(world, release, posts, overlap=1)
    material.suggest(world, release, posts[0], answer="yes")
    material.rules(world, timing="after_answer", share=0.5)
    bundles = exchange(call_as("annotator"), world, take=3).json()["next"]
    assert [one["suggestions"] for one in bundles] == [{"timing": "after_answer", "suggestions": []}] * 3


def test_somebody_elses_lease_is_not_there(world: World, call_as: Call) -> None:
    work(world)
    material.rules(world, timing="after_answer")
    (bundle,) = exchange(call_as("annotator"), world).json()["next"]
    lease = f"/api/leases/{bundle['lease']['id']}"
    for address, body in ((f"{lease}/second-look/", None), (f"{lease}/suggestions/", {"shown_ms": 1})):
        assert call_as("annotator2").post(address, body).status_code == 404


@pytest.mark.parametrize(
    "table", ["annotation_suggestion", "annotation_suggestionoffer", "annotation_suggestionreport"]
)
def test_what_was_suggested_offered_and_reported_is_never_changed(
    world: World, call_as: Call, table: str
) -> None:
    work(world)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    exchange(caller, world, answer=answer_to(bundle, suggestions={"shown_ms": 1}))
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET created_at = now()"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_rules_are_the_managers_and_read_anew_after_a_change(world: World, call_as: Call) -> None:
    address = f"/api/projects/{world.project.pk}/suggestion-rules/"
    manager = call_as("manager")
    off = {"timing": "off", "share": 0.5, "confidence_min": 0.0}
    assert manager.get(address).json() == off
    changed = {"timing": "at_once", "share": 0.25, "confidence_min": 0.6}
    assert manager.put(address, changed).json() == changed
    assert manager.get(address).json() == changed
    assert manager.put(address, {**changed, "share": 1.5}).status_code == 400
    assert AuditEvent.objects.filter(action="suggestions.change_rules").count() == 1
    rules_forget(world.project.pk)


def test_a_skipped_task_keeps_its_offer_and_has_no_report(world: World, call_as: Call) -> None:
    work(world)
    material.rules(world)
    caller = call_as("annotator")
    (bundle,) = exchange(caller, world).json()["next"]
    done = caller.post(
        f"/api/leases/{bundle['lease']['id']}/release/", {"outcome": "skipped", "reason": "I know them"}
    )
    assert done.status_code < 300, done.content
    assert (SuggestionOffer.objects.count(), SuggestionReport.objects.count()) == (1, 0)
    assert Lease.objects.get().state == "skipped"
