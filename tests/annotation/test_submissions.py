from __future__ import annotations

import uuid
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import DatabaseError, connection, connections, transaction

from annotation.models import Decision, Evidence, Verdict
from core.accounts.models import AuditEvent
from core.queue.models import Lease, Submission
from core.queue.services import lease_next
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


def lease_of(world: World, name: str) -> Lease:
    lease = lease_next(world.actor(name), project=world.project, kind="label")
    assert lease is not None
    return lease


def submit(caller: Caller, lease: Lease, document: Any, **more: Any) -> Any:
    body = {"id": str(uuid.uuid4()), "document": document, "active_ms": 1200, **more}
    return caller.post(f"/api/leases/{lease.pk}/annotation/", body)


def test_a_submission_becomes_verdicts_with_their_evidence(world: World, call_as: Call) -> None:
    release, post = material.release_make(world), material.post_make(world)
    material.tasks_make(world, release, [post])
    caption = post.parts.get(kind="caption")
    span = {"kind": "text_span", "part_id": str(caption.pk), "start": 6, "end": 8}
    document = material.document("yes", severity=3, evidence=[material.box(post), span])
    response = submit(call_as("annotator"), lease_of(world, "annotator"), document)
    assert response.status_code == 201, response.json()
    hate = Verdict.objects.get(clause_key="hate")
    assert (hate.answer, hate.severity, hate.release_id) == ("yes", 3, release.id)
    assert hate.meaning_revision == release.clauses["hate"].meaning_revision
    pieces = list(Evidence.objects.filter(verdict=hate))
    assert [piece.kind for piece in pieces] == ["box", "text_span"]
    assert pieces[0].data["width"] == 100
    assert pieces[1].data["quote"] == "e\u0301"
    assert pieces[1].part_id == caption.pk
    assert AuditEvent.objects.filter(action="submission.create").count() == 1


def test_the_same_submission_sent_again_is_one_submission(world: World, call_as: Call) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)])
    caller, lease, key = call_as("annotator"), lease_of(world, "annotator"), str(uuid.uuid4())
    first = submit(caller, lease, material.document(), id=key)
    again = submit(caller, lease, material.document(), id=key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Verdict.objects.count() == 2
    other = submit(caller, lease, material.document(spam="yes"), id=key)
    assert (other.status_code, other.json()["code"]) == (409, "submission_differs")


def test_problems_come_back_together_with_their_paths_and_nothing_is_stored(
    world: World, call_as: Call
) -> None:
    post = material.post_make(world)
    material.tasks_make(world, material.release_make(world), [post])
    caption = post.parts.get(kind="caption")
    span = {"kind": "text_span", "part_id": str(caption.pk), "start": 0, "end": 99}
    document = {"verdicts": [{"clause_key": "hate", "answer": "yes", "evidence": [span]}]}
    response = submit(call_as("annotator"), lease_of(world, "annotator"), document)
    assert response.status_code == 400
    assert response.json()["code"] == "label_document_invalid"
    found = {problem["path"]: problem["code"] for problem in response.json()["errors"]}
    assert found == {
        "verdicts.0.severity": "severity_required",
        "verdicts.0.evidence.0.end": "span_outside_text",
        "verdicts": "clause_not_answered",
    }
    assert Submission.objects.count() == 0


@pytest.mark.parametrize(
    "document",
    [
        {"verdicts": [{"clause_key": "hate", "answer": "no", "is_gold": True}]},
        {"verdicts": "none"},
        {},
        {"verdicts": [{"clause_key": "hate", "answer": "no", "evidence": [{"kind": "swirl"}]}]},
    ],
)
def test_what_the_format_does_not_know_is_refused(world: World, call_as: Call, document: Any) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)])
    response = submit(call_as("annotator"), lease_of(world, "annotator"), document)
    assert (response.status_code, response.json()["code"]) == (400, "label_document_invalid")
    assert response.json()["errors"]


def test_fields_the_server_owns_are_refused(world: World, call_as: Call) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)])
    lease = lease_of(world, "annotator")
    response = submit(call_as("annotator"), lease, material.document(), is_late=False)
    assert response.status_code == 400
    assert response.json()["errors"][0]["path"] == "is_late"


def test_a_lease_of_somebody_else_looks_like_none(world: World, call_as: Call) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)])
    lease = lease_of(world, "annotator")
    for name in ("annotator2", "outsider", "manager"):
        assert call_as(name).get(f"/api/leases/{lease.pk}/label/").status_code == 404
        assert submit(call_as(name), lease, material.document()).status_code == 404


def test_an_answer_after_the_release_was_retired_is_checked_against_it_and_kept(
    world: World, call_as: Call
) -> None:
    """F37: the rule changed under the annotator."""
    from policies.services import release_retire

    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world)])
    lease = lease_of(world, "annotator")
    release_retire(world.actor("policy_editor2"), release_id=release.id, reason="Replaced.")
    assert submit(call_as("annotator"), lease, material.document()).status_code == 201


def test_a_correction_supersedes_and_is_the_vote_that_counts(world: World, call_as: Call) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)], overlap=1)
    caller, lease = call_as("annotator"), lease_of(world, "annotator")
    first = submit(caller, lease, material.document("yes")).json()
    second = submit(caller, lease, material.document("no"), supersedes_id=first["id"])
    assert second.status_code == 201, second.json()
    newest = Decision.objects.filter(clause_key="hate").order_by("-id").first()
    assert newest is not None
    assert (newest.answer, newest.submissions) == ("no", [uuid.UUID(second.json()["id"])])
    assert Decision.objects.filter(clause_key="hate").count() == 2


def test_the_bundle_holds_everything_the_workspace_shows(world: World, call_as: Call) -> None:
    release, post = material.release_make(world), material.post_make(world)
    material.tasks_make(world, release, [post])
    lease = lease_of(world, "annotator")
    bundle = call_as("annotator").get(f"/api/leases/{lease.pk}/label/").json()
    assert bundle["release"]["label"] == release.label
    assert [clause["key"] for clause in bundle["clauses"]] == ["hate", "spam"]
    assert bundle["clauses"][0]["requires"] == {"evidence": True, "reason": False, "severity": True}
    assert [part["label"] for part in bundle["post"]["parts"]] == ["Caption", "Image"]
    assert bundle["post"]["parts"][1]["asset"]["width"] == 640
    assert bundle["draft"] is None
    assert bundle["campaign"] is None


def test_the_bundle_never_tells_what_others_answered(world: World, call_as: Call) -> None:
    bundles = []
    for spam in ("yes", "no"):
        post = material.post_make(world, external_id=f"post-{spam}")
        material.tasks_make(world, material.release_make(world, {f"c-{spam}": material.SPAM}), [post])
        answered = {"verdicts": [{"clause_key": f"c-{spam}", "answer": spam}]}
        material.answer(world, "annotator", answered)
        lease = lease_of(world, "annotator2")
        body = call_as("annotator2").get(f"/api/leases/{lease.pk}/label/").json()
        bundles.append(set(body) | set(body["task"]) | set(body["lease"]))
        submit(call_as("annotator2"), lease, answered)
    assert bundles[0] == bundles[1]
    assert "submissions" not in bundles[0]


def test_verdicts_evidence_and_decisions_are_append_only_in_the_database(world: World) -> None:
    post = material.post_make(world)
    material.tasks_make(world, material.release_make(world), [post], overlap=1)
    material.answer(world, "annotator", material.document("yes"))
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table, change in (
        ("annotation_verdict", "SET answer = 'no'"),
        ("annotation_evidence", "SET kind = 'part'"),
        ("annotation_decision", "SET answer = 'no'"),
    ):
        for statement in (f"UPDATE {table} {change}", f"DELETE FROM {table}", f"TRUNCATE {table} CASCADE"):
            with (
                pytest.raises(DatabaseError, match="append-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_under_one_identifier_are_one_row(world: World) -> None:
    material.tasks_make(world, material.release_make(world), [material.post_make(world)])
    lease, key = lease_of(world, "annotator"), str(uuid.uuid4())
    callers = [Caller(world.person("annotator")) for _ in range(10)]

    def send(caller: Caller) -> tuple[int, str]:
        try:
            response = submit(caller, lease, material.document("yes"), id=key)
            return response.status_code, response.json()["id"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(10) as pool:
        results = list(pool.map(send, callers * 5))
    assert sorted(status for status, _ in results) == [200] * 49 + [201]
    assert {found for _, found in results} == {key}
    assert Verdict.objects.count() == 2


def test_a_campaign_shows_the_old_answers_and_nothing_else_of_the_context(
    world: World, call_as: Call
) -> None:
    from core.queue.services import TaskSpec, tasks_create

    release, post = material.release_make(world), material.post_make(world)
    old = {"clause_key": "hate", "answer": "yes", "severity": 2, "reason": "It names a group."}
    changed = {"clause_key": "hate", "before": 1, "after": 2}
    context = {"release_id": str(release.id), "clauses": [changed], "old_answers": [old], "gold": "secret"}
    spec = TaskSpec(release.id, ["hate"], 1, post_id=post.pk, source="campaign", context=context)
    tasks_create(world.project, kind="label", specs=[spec], actor=None)
    bundle = call_as("annotator").get(f"/api/leases/{lease_of(world, 'annotator').pk}/label/")
    assert bundle.json()["campaign"]["old_answers"] == [old]
    assert bundle.json()["campaign"]["clauses"] == [changed]
    assert "secret" not in bundle.content.decode()


def test_the_bundle_takes_a_fixed_number_of_queries(
    world: World, call_as: Call, django_assert_max_num_queries: Any
) -> None:
    post = material.post_make(world)
    for position in range(2, 12):
        post.parts.create(position=position, kind="comment", text=f"Comment {position}")
    material.tasks_make(world, material.release_make(world), [post])
    lease, caller = lease_of(world, "annotator"), call_as("annotator")
    with django_assert_max_num_queries(14):
        assert caller.get(f"/api/leases/{lease.pk}/label/").status_code == 200


def test_a_hidden_post_is_not_handed_out_again(world: World, call_as: Call) -> None:
    post = material.post_make(world)
    material.tasks_make(world, material.release_make(world), [post])
    lease = lease_of(world, "annotator")
    type(post).objects.filter(pk=post.pk).update(is_hidden=True)
    assert call_as("annotator").get(f"/api/leases/{lease.pk}/label/").status_code == 404
