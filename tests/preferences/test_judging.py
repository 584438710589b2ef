from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from core.queue.errors import SubmissionDiffersError, SubmittedAlreadyError
from core.queue.models import Lease, Submission, Task
from preferences.errors import JudgmentInvalidError
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    Demonstration,
    Judgment,
    ResponseAssessment,
    SideOrder,
)
from tests.annotation import material as labelling
from tests.preferences import material
from tests.preferences.material import document, judge, lease_make, sides_fix, submit
from tests.world import World


@pytest.fixture
def asked(world: World) -> World:
    """A world with three comparisons that three people each should judge."""
    material.release_make(world)
    material.comparisons_make(world, 3)
    material.tasks_make(world, overlap=3)
    return world


def bundle(call_as: Any, person: str, lease: Lease) -> Any:
    answer = call_as(person).get(f"/api/leases/{lease.pk}/comparison/")
    assert answer.status_code == 200, answer.content
    return answer


@pytest.mark.parametrize("swapped", [False, True])
def test_the_page_shows_the_sides_in_the_drawn_order_and_never_names_a_model(
    asked: World, call_as: Any, swapped: bool
) -> None:
    lease = lease_make(asked, "annotator")
    sides_fix(lease, swapped=swapped)
    answer = bundle(call_as, "annotator", lease)
    shown = [response["text"] for response in answer.json()["responses"]]
    assert [text.endswith("two.") for text in shown] == [swapped, not swapped]
    assert [response["position"] for response in answer.json()["responses"]] == ["first", "second"]
    everything = answer.content.decode() + json.dumps(dict(answer.headers))
    for secret in ("secret-model", "response_a", "response_b", "swapped", "external_id", "metadata"):
        assert secret not in everything


def test_the_order_is_drawn_once_and_stays_on_reload(asked: World, call_as: Any) -> None:
    lease = lease_make(asked, "annotator")
    first = bundle(call_as, "annotator", lease).json()
    assert bundle(call_as, "annotator", lease).json()["responses"] == first["responses"]
    assert SideOrder.objects.filter(task_id=lease.task_id).count() == 1


def test_the_bundle_carries_what_the_page_needs(asked: World, call_as: Any) -> None:
    lease = lease_make(asked, "annotator")
    shown = bundle(call_as, "annotator", lease).json()
    assert [axis["key"] for axis in shown["axes"]] == ["helpful", "harmless"]
    assert shown["clauses"][0]["severities"] == [{"value": 1, "label": "Low"}, {"value": 2, "label": "High"}]
    assert shown["messages"] == [{"role": "user", "content": "Question 0?"}]
    assert shown["draft"] is None


def test_a_pair_about_a_post_opens_the_post_to_who_is_handed_the_pair(world: World, call_as: Any) -> None:
    material.release_make(world)
    post = labelling.post_make(world, external_id="upload-7")
    material.comparisons_make(world, post_external_id="upload-7")
    material.tasks_make(world)
    lease = lease_make(world, "annotator")
    assert lease.task.post_id == post.pk
    assert bundle(call_as, "annotator", lease).json()["post_id"] == str(post.pk)
    shown = call_as("annotator").get(f"/api/posts/{post.pk}/")
    assert (shown.status_code, shown.json()["external_id"]) == (200, "upload-7")


def test_hiding_a_post_withdraws_what_is_asked_about_it_and_no_more_is_asked(
    world: World, call_as: Any
) -> None:
    material.release_make(world)
    post = labelling.post_make(world, external_id="upload-7")
    material.comparisons_make(world, post_external_id="upload-7")
    material.tasks_make(world)
    call_as("manager").post(f"/api/posts/{post.pk}/hide/", {})
    assert set(Task.objects.values_list("state", flat=True)) == {"withdrawn"}
    material.tasks_make(world)
    assert Task.objects.count() == 1


def test_somebody_elses_lease_is_not_there(asked: World, call_as: Any) -> None:
    lease = lease_make(asked, "annotator")
    for person in ("annotator2", "manager", "outsider"):
        assert call_as(person).get(f"/api/leases/{lease.pk}/comparison/").status_code == 404


def test_a_labelling_lease_is_refused_with_a_sentence(world: World, call_as: Any) -> None:
    release = labelling.release_make(world)
    labelling.tasks_make(world, release, [labelling.post_make(world)])
    from core.queue.services import lease_next

    lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert lease is not None
    answer = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/")
    assert (answer.status_code, answer.json()["code"]) == (409, "task_not_comparison")


@pytest.mark.parametrize("swapped", [False, True])
def test_the_same_liking_is_stored_the_same_on_both_shuffles(asked: World, swapped: bool) -> None:
    likes_a = -3 if not swapped else 3
    position_of_b = "first" if swapped else "second"
    said = document(
        likes_a,
        responses=[
            {"position": position_of_b, "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
        ],
        rewrites=[{"position": position_of_b, "text": "A better B."}],
    )
    _, submission = judge(asked, "annotator", answer=said, swapped=swapped)
    judgment = Judgment.objects.get(submission=submission)
    assert judgment.swapped is swapped
    answers = dict(AxisAnswer.objects.filter(judgment=judgment).values_list("clause_key", "value"))
    assert answers == {"helpful": -3, "harmless": 0}
    assessment = ResponseAssessment.objects.get(judgment=judgment)
    assert (assessment.side, assessment.acceptable, assessment.severity) == ("b", False, 2)
    assert list(ClauseCitation.objects.values_list("clause_key", "meaning_revision")) == [("weapons", 1)]
    assert Demonstration.objects.get(judgment=judgment).side == "b"
    assert submission.document == said


def test_answers_cite_the_meaning_and_the_release(asked: World) -> None:
    release = material.release_once(asked)
    _, submission = judge(asked, "annotator")
    judgment = Judgment.objects.get(submission=submission)
    assert judgment.release_id == release.id
    assert set(AxisAnswer.objects.values_list("meaning_revision", flat=True)) == {
        release.clauses["helpful"].meaning_revision
    }


def test_sending_a_judgment_again_finds_the_first(asked: World) -> None:
    lease = lease_make(asked, "annotator")
    actor, submission_id = asked.actor("annotator"), uuid.uuid4()
    assert submit(actor, lease, document(), submission_id=submission_id)[1]
    assert not submit(actor, lease, document(), submission_id=submission_id)[1]
    assert Judgment.objects.count() == 1
    with pytest.raises(SubmissionDiffersError):
        submit(actor, lease, document(3), submission_id=submission_id)
    with pytest.raises(SubmittedAlreadyError):
        submit(actor, lease, document())


def test_a_correction_supersedes_and_the_first_stays(asked: World) -> None:
    lease, first = judge(asked, "annotator", answer=document(-2))
    second, created = submit(asked.actor("annotator"), lease, document(2), supersedes_id=first.pk)
    assert created
    assert Judgment.objects.count() == 2
    assert second.supersedes_id == first.pk


def test_a_late_judgment_is_kept_and_marked(asked: World) -> None:
    lease = lease_make(asked, "annotator")
    Lease.objects.filter(pk=lease.pk).update(state="expired")
    submission, created = submit(asked.actor("annotator"), lease, document())
    assert created
    assert submission.is_late
    assert Judgment.objects.filter(submission=submission).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"axes": [material.axis("helpful", 1)]},
        {"axes": [material.axis("weapons", 1)]},
        {"axes": "all"},
        document(responses=[{"position": "first", "acceptable": True, "clause_keys": ["weapons"]}]),
        {**document(), "annotator": "somebody else"},
    ],
)
def test_a_judgment_that_does_not_fit_changes_nothing(
    asked: World, call_as: Any, wrong: dict[str, Any]
) -> None:
    lease = lease_make(asked, "annotator")
    body = {"id": str(uuid.uuid4()), "document": wrong, "active_ms": 5}
    answer = call_as("annotator").post(f"/api/leases/{lease.pk}/judgment/", body)
    assert (answer.status_code, answer.json()["code"]) == (400, "judgment_invalid")
    assert all(set(error) == {"path", "message"} for error in answer.json()["errors"])
    assert not Submission.objects.exists()


def test_where_it_is_asked_for_each_response_must_be_assessed(world: World) -> None:
    material.release_make(world)
    material.comparisons_make(world)
    material.tasks_make(world, assessment_is_required=True)
    lease = lease_make(world, "annotator")
    with pytest.raises(JudgmentInvalidError):
        submit(world.actor("annotator"), lease, document())
    both = [{"position": "first", "acceptable": True}, {"position": "second", "acceptable": False}]
    assert submit(world.actor("annotator"), lease, document(responses=both))[1]


def test_over_http_a_judgment_is_created_once_and_says_whether_it_counts(asked: World, call_as: Any) -> None:
    lease = lease_make(asked, "annotator")
    body = {"id": str(uuid.uuid4()), "document": document(), "active_ms": 5}
    path = f"/api/leases/{lease.pk}/judgment/"
    assert call_as("annotator").post(path, body).status_code == 201
    again = call_as("annotator").post(path, body)
    assert (again.status_code, again.json()["id"], again.json()["counts"]) == (200, body["id"], True)


@pytest.mark.parametrize(
    "table",
    [
        "preferences_side_order",
        "preferences_judgment",
        "preferences_axis_answer",
        "preferences_response_assessment",
        "preferences_clause_citation",
        "preferences_demonstration",
        "preferences_comparison_decision",
        "preferences_acceptance_decision",
    ],
)
def test_the_database_refuses_to_change_what_was_judged(asked: World, table: str) -> None:
    refused = {"position": "first", "acceptable": False, "clause_keys": ["weapons"]}
    judge(
        asked,
        "annotator",
        answer=document(responses=[refused], rewrites=[{"position": "first", "text": "Better."}]),
    )
    for statement in (
        f"UPDATE {table} SET created_at = now()",
        f"DELETE FROM {table}",
        f"TRUNCATE {table} CASCADE",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {table}")
            assert cursor.fetchone()[0] > 0
            cursor.execute(statement)


def test_the_database_refuses_a_strength_that_is_no_preference(asked: World) -> None:
    _, submission = judge(asked, "annotator")
    judgment = Judgment.objects.get(submission=submission)
    for choice, value in (("tie", 1), ("prefer", 0), ("prefer", 4), ("maybe", 0)):
        with pytest.raises(DatabaseError), transaction.atomic():
            AxisAnswer.objects.create(
                judgment=judgment, clause_key="other", meaning_revision=1, choice=choice, value=value
            )


def test_a_judgment_given_before_comes_with_the_page_to_be_corrected(asked: World, call_as: Any) -> None:
    lease, submission = judge(asked, "annotator", answer=document(-2))
    shown = bundle(call_as, "annotator", lease).json()["submission"]
    assert shown == {"id": str(submission.pk), "document": document(-2)}


def test_whoever_has_not_said_what_they_read_is_asked_first_where_pairs_are_in_several_languages(
    world: World, call_as: Any
) -> None:
    material.release_make(world)
    for number, language in enumerate(("en", "th")):
        material.import_run(world, [material.line(number, language=language)])
    material.tasks_make(world)
    path = f"/api/projects/{world.project.pk}/queue/next/"
    asked = call_as("annotator").post(path, {"kind": "compare", "holding": []})
    assert (asked.status_code, asked.json()["code"]) == (409, "languages_unsaid"), asked.json()
    assert asked.json()["fields"]["languages"] == ["en", "th"]
    assert not Lease.objects.exists()
    call_as("annotator").put("/api/me/languages/", {"languages": ["th"]})
    handed = call_as("annotator").post(path, {"kind": "compare", "holding": []}).json()["lease"]["id"]
    assert Lease.objects.get(pk=handed).task.comparison_id == Comparison.objects.get(external_id="pair-1").pk
