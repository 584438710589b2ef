from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from annotation.models import Decision
from annotation.services import adjudication_record
from core.accounts.models import AuditEvent
from core.db.identifiers import uuid7
from policies.models import Precedent
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.annotation.ruling_material import open_post, post_measured, precedent_made, rule
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def _body(release: ReleaseView, **changes: object) -> dict[str, object]:
    one = {"clause_key": "hate", "answer": "yes", "severity": 2, "reason": "It demeans a group."}
    other = {"clause_key": "spam", "answer": "no", "reason": "Nothing is for sale."}
    return {"id": str(uuid7()), "release_id": str(release.id), "rulings": [one, other], **changes}


def test_a_ruling_decides_several_clauses_and_proposes_a_precedent_of_each(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    post = open_post(world)

    response = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", _body(release))

    assert response.status_code == 201, response.content
    told = response.json()
    assert [row["method"] for row in told["decisions"]] == ["ruled", "ruled"]
    assert [row["state"] for row in told["precedents"]] == ["proposed", "proposed"]
    held = Precedent.objects.get(clause_key="hate")
    assert (held.meaning_revision, held.release_id) == (1, release.id)
    assert held.decision_id == uuid.UUID(told["decisions"][0]["id"])
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"decision.rule", "precedent.propose"} <= actions


def test_sent_again_the_first_ruling_is_found(world: World, call_as: Call, release: ReleaseView) -> None:
    post, body = open_post(world), _body(release)
    first = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", body).json()

    again = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", body)

    assert again.json() == first
    assert Decision.objects.filter(post=post).count() == 2
    assert Precedent.objects.count() == 2


def test_a_ruling_without_a_reason_is_refused_and_writes_nothing(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    post = open_post(world)
    ruled = [{"clause_key": "hate", "answer": "perhaps", "reason": " "}]

    response = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", _body(release, rulings=ruled))

    assert response.status_code == 400
    assert {row["path"] for row in response.json()["errors"]} == {"rulings.0.answer", "rulings.0.reason"}
    assert not Decision.objects.exists()


def test_votes_do_not_change_what_was_ruled(world: World, release: ReleaseView) -> None:
    post = open_post(world)
    rule(world, release, post, answer="yes")
    material.tasks_make(world, release, [post], overlap=2)
    for name in ("annotator", "annotator2"):
        material.answer(world, name, material.document("no"))
    newest = Decision.objects.filter(post=post, clause_key="hate").order_by("-id").first()
    assert newest is not None
    assert (newest.method, newest.answer) == ("ruled", "yes")


def test_who_saw_another_decision_is_told_to_look_again(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    post = open_post(world)
    rule(world, release, post)
    ruled = [
        {"clause_key": "hate", "answer": "no", "reason": "On reflection.", "seen_decision_id": str(uuid7())}
    ]
    response = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", _body(release, rulings=ruled))
    assert response.json()["code"] == "decision_changed"


def test_a_precedent_is_approved_by_somebody_else_and_retired_with_a_reason(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    rule(world, release, open_post(world))
    path = f"/api/precedents/{Precedent.objects.get().pk}/"
    assert call_as("policy_editor").post(f"{path}approve/").json()["code"] == "precedent_own_ruling"
    approved = call_as("policy_editor2").post(f"{path}approve/")
    assert (approved.status_code, approved.json()["state"]) == (200, "approved")
    assert call_as("policy_editor2").post(f"{path}approve/").json()["code"] == "precedent_state"
    assert call_as("policy_editor").post(f"{path}retire/", {"reason": " "}).status_code == 400
    retired = call_as("policy_editor").post(f"{path}retire/", {"reason": "The group is fictional."})
    assert retired.json()["retired_reason"] == "The group is fictional."
    assert call_as("policy_editor").get(path).json()["state"] == "retired"


def test_a_precedent_stops_holding_with_its_meaning_and_nothing_is_written(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    held = precedent_made(world, release, open_post(world))
    before = Precedent.objects.values().get()
    material.release_changed(world, release, clause_key="hate", question="Does it attack a group?")
    listed = call_as("reviewer").get(f"/api/projects/{world.project.pk}/precedents/").json()["results"]
    assert [(row["id"], row["holds"]) for row in listed] == [(str(held.pk), False)]
    assert Precedent.objects.values().get() == before
    alike = call_as("reviewer").get(f"/api/projects/{world.project.pk}/precedents/alike/?clause_key=hate")
    assert alike.json()["precedents"] == []


def test_what_was_proposed_under_another_meaning_is_not_approved(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    rule(world, release, open_post(world))
    material.release_changed(world, release, clause_key="hate", question="Does it attack a group?")
    response = call_as("policy_editor2").post(f"/api/precedents/{Precedent.objects.get().pk}/approve/")
    assert response.json()["code"] == "precedent_stale"


def test_an_adjudication_to_another_answer_retires_the_precedent(world: World, release: ReleaseView) -> None:
    post = open_post(world)
    held = precedent_made(world, release, post, answer="yes")

    def adjudicate(answer: str) -> None:
        adjudication_record(
            world.actor("reviewer"),
            post.pk,
            release_id=release.id,
            clause_key="hate",
            answer=answer,
            severity=2 if answer == "yes" else None,
            reason_code="mistake",
            reason="",
        )

    adjudicate("yes")
    assert Precedent.objects.get(pk=held.pk).state == "approved", "the same answer confirms it"
    adjudicate("no")
    assert Precedent.objects.get(pk=held.pk).state == "retired"


def test_ruling_anew_replaces_the_precedent(world: World, release: ReleaseView) -> None:
    post = open_post(world)
    held = precedent_made(world, release, post, answer="yes")
    rule(world, release, post, answer="no", reason="It quotes to condemn.")
    held.refresh_from_db()
    assert (held.state, held.retired_reason) == ("retired", "The post was ruled on anew.")
    assert Precedent.objects.get(state="proposed").answer == "no"


@pytest.mark.parametrize("change", ["reason = 'other'", "answer = 'no'", "post_id = NULL"])
def test_the_database_keeps_what_was_ruled(world: World, release: ReleaseView, change: str) -> None:
    from django.db import connection

    precedent_made(world, release, open_post(world))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE policies_precedent SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM policies_precedent")


def test_a_ruling_on_a_held_out_post_decides_and_shows_no_precedent(
    world: World, call_as: Call, release: ReleaseView
) -> None:
    post = post_measured(world, held_out=True)
    told = call_as("policy_editor").post(f"/api/posts/{post.pk}/rulings/", _body(release)).json()
    assert len(told["decisions"]) == 2
    assert told["precedents"] == []
