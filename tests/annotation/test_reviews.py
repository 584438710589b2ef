from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import DatabaseError, connection, transaction

from annotation.models import Decision, Verdict
from annotation.selectors import verdicts_counted
from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.queue.models import Lease, Review, Submission
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def answered(world: World, release: ReleaseView, given: str = "yes") -> Submission:
    """One post with one answer, which decides it."""
    material.tasks_make(world, release, [material.post_make(world)], overlap=1)
    return material.answer(world, "annotator", material.document(given))


def reviewed(caller: Caller, submission: Submission, outcome: str, **more: Any) -> Any:
    project_id = submission.task.project_id
    body = {"id": str(uuid.uuid4()), "outcome": outcome, **more}
    return caller.post(f"/api/projects/{project_id}/submissions/{submission.pk}/reviews/", body)


def sample(caller: Caller, world: World, **query: Any) -> list[dict[str, Any]]:
    answer = caller.get(f"/api/projects/{world.project.pk}/review-sample/?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_accepting_leaves_the_answer_and_takes_it_off_the_list(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    reviewer = call_as("reviewer")
    assert [row["submission_id"] for row in sample(reviewer, world)] == [str(submission.pk)]
    response = reviewed(reviewer, submission, "accepted", found_by={"percent": 10, "seed": 3})
    assert response.status_code == 201, response.json()
    assert sample(reviewer, world) == []
    review = Review.objects.get()
    assert (review.outcome, review.found_by) == ("accepted", {"percent": 10, "seed": 3})
    assert Submission.objects.count() == 1
    assert AuditEvent.objects.filter(action="submission.review_accepted").count() == 1


def test_an_amendment_is_a_submission_by_the_reviewer_that_decides_anew(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release, "yes")
    amendment: dict[str, Any] = {
        "id": str(uuid.uuid4()),
        "document": material.document("no"),
        "active_ms": 900,
    }
    response = reviewed(call_as("reviewer"), submission, "amended", comment="Satire.", amendment=amendment)
    assert response.status_code == 201, response.json()
    amended = Submission.objects.get(pk=amendment["id"])
    assert (amended.person, amended.supersedes, amended.slot) == (
        world.person("reviewer"),
        submission,
        submission.slot,
    )
    held = Decision.objects.filter(clause_key="hate").order_by("-id")[0]
    assert (held.answer, held.submissions) == ("no", [amended.pk])
    counted = verdicts_counted(world.project.pk).filter(clause_key="hate")
    assert [verdict.submission_id for verdict in counted] == [amended.pk]
    assert Verdict.objects.filter(submission=submission).count() == 2


def test_an_amendment_is_checked_as_any_answer_is(world: World, release: ReleaseView, call_as: Call) -> None:
    submission = answered(world, release)
    wrong = {"verdicts": [{"clause_key": "hate", "answer": "maybe"}]}
    amendment = {"id": str(uuid.uuid4()), "document": wrong, "active_ms": 0}
    response = reviewed(call_as("reviewer"), submission, "amended", amendment=amendment)
    assert (response.status_code, response.json()["code"]) == (400, "label_document_invalid")
    assert Submission.objects.count() == 1 and Review.objects.count() == 0


def test_a_returned_answer_is_shown_to_its_author_with_the_comment_until_superseded(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    author, path = call_as("annotator"), f"/api/projects/{world.project.pk}/returned/"
    assert (
        reviewed(call_as("reviewer"), submission, "returned", comment="Look at the picture.").status_code
        == 201
    )
    (told,) = author.get(path).json()["returned"]
    assert (told["comment"], told["submission_id"]) == ("Look at the picture.", str(submission.pk))
    assert call_as("annotator2").get(path).json() == {"returned": []}
    bundle = author.get(f"/api/leases/{told['lease_id']}/label/").json()
    assert bundle["returned"]["comment"] == "Look at the picture."
    assert bundle["submission"]["id"] == str(submission.pk)
    assert Decision.objects.filter(clause_key="hate").count() == 1
    second = author.post(
        f"/api/leases/{told['lease_id']}/annotation/",
        {
            "id": str(uuid.uuid4()),
            "document": material.document("no"),
            "active_ms": 5,
            "supersedes_id": str(submission.pk),
        },
    )
    assert second.status_code == 201, second.json()
    assert author.get(path).json() == {"returned": []}
    held = Decision.objects.filter(clause_key="hate").order_by("-id")[0]
    assert held.answer == "no"
    again = sample(call_as("reviewer"), world)
    assert [row["submission_id"] for row in again] == [second.json()["id"]]


def test_a_return_without_a_word_and_an_amendment_without_answers_are_refused(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    silent = reviewed(call_as("reviewer"), submission, "returned", comment="  ")
    assert (silent.status_code, silent.json()["errors"][0]["path"]) == (400, "comment")
    empty = reviewed(call_as("reviewer"), submission, "amended")
    assert (empty.status_code, empty.json()["errors"][0]["path"]) == (400, "amendment")


def test_the_same_review_sent_twice_is_one(world: World, release: ReleaseView, call_as: Call) -> None:
    submission = answered(world, release)
    amendment = {"id": str(uuid.uuid4()), "document": material.document("no"), "active_ms": 1}
    key = str(uuid.uuid4())
    first = reviewed(call_as("reviewer"), submission, "amended", id=key, amendment=amendment)
    again = reviewed(call_as("reviewer"), submission, "amended", id=key, amendment=amendment)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (Review.objects.count(), Submission.objects.count()) == (1, 2)
    other = reviewed(call_as("reviewer"), submission, "accepted", id=key)
    assert (other.status_code, other.json()["code"]) == (409, "review_differs")


def test_nobody_reviews_a_task_they_answered(world: World, release: ReleaseView, call_as: Call) -> None:
    material.tasks_make(world, release, [material.post_make(world)], overlap=2)
    theirs = material.answer(world, "annotator", material.document())
    own = material.answer(world, "reviewer", material.document())
    for submission in (theirs, own):
        response = reviewed(call_as("reviewer"), submission, "accepted")
        assert (response.status_code, response.json()["code"]) == (409, "own_work")
    assert sample(call_as("reviewer"), world) == []


def test_a_superseded_answer_is_past_review_and_its_author_cannot_supersede_an_amended_one(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    amendment = {"id": str(uuid.uuid4()), "document": material.document("no"), "active_ms": 1}
    assert reviewed(call_as("reviewer"), submission, "amended", amendment=amendment).status_code == 201
    late = reviewed(call_as("policy_editor"), submission, "accepted")
    assert (late.status_code, late.json()["code"]) == (409, "superseded_already")
    lease = Lease.objects.get(person=world.person("annotator"))
    response = call_as("annotator").post(
        f"/api/leases/{lease.pk}/annotation/",
        {
            "id": str(uuid.uuid4()),
            "document": material.document("yes"),
            "active_ms": 5,
            "supersedes_id": str(submission.pk),
        },
    )
    assert (response.status_code, response.json()["code"]) == (409, "superseded_already")
    bundle = call_as("annotator").get(f"/api/leases/{lease.pk}/label/")
    assert bundle.status_code == 200


def test_a_share_is_drawn_by_the_seed_and_a_greater_share_holds_the_smaller(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    material.tasks_make(world, release, [material.post_make(world) for _ in range(40)], overlap=1)
    for _ in range(40):
        material.answer(world, "annotator", material.document("no"))
    reviewer = call_as("reviewer")

    def drawn(percent: float, seed: int) -> set[str]:
        return {row["submission_id"] for row in sample(reviewer, world, percent=percent, seed=seed)}

    some = drawn(30, 1)
    assert some == drawn(30, 1) and 4 <= len(some) <= 22
    assert some < drawn(70, 1) < drawn(100, 1)
    assert some != drawn(30, 2)


def test_submissions_are_chosen_by_person_by_clause_and_by_disagreement(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    posts = [material.post_make(world) for _ in range(2)]
    material.tasks_make(world, release, posts, overlap=2)
    for name, answers in (("annotator", ("yes", "no")), ("annotator2", ("no", "no"))):
        for given in answers:
            material.answer(world, name, material.document(given))
    reviewer = call_as("policy_editor")
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    assert len(sample(reviewer, world)) == 4
    assert {row["person"]["pseudonym"] for row in sample(reviewer, world, person=name)} == {name}
    disputed = sample(reviewer, world, disputed=True)
    assert {row["post_id"] for row in disputed} == {str(posts[0].pk)} and len(disputed) == 2
    assert sample(reviewer, world, disputed=True, clause_key="spam") == []
    assert len(sample(reviewer, world, clause_key="spam")) == 4
    unknown = reviewer.get(f"/api/projects/{world.project.pk}/review-sample/?person=Nobody")
    assert unknown.status_code == 404


def test_what_reviewers_said_stands_beside_the_answer_under_a_pseudonym(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    reviewed(call_as("reviewer"), submission, "returned", comment="Look again.")
    body = call_as("reviewer").get(f"/api/posts/{submission.task.post_id}/answers/")
    (review,) = body.json()["submissions"][0]["reviews"]
    assert (review["outcome"], review["comment"]) == ("returned", "Look again.")
    assert world.person("reviewer").email not in body.content.decode()


def test_the_bundle_of_an_answer_nobody_returned_says_nothing(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    submission = answered(world, release)
    reviewed(call_as("reviewer"), submission, "accepted", comment="Fine.")
    body = call_as("annotator").get(f"/api/leases/{submission.lease_id}/label/").json()
    assert body["returned"] is None


def test_reviews_are_facts(world: World, release: ReleaseView, call_as: Call) -> None:
    reviewed(call_as("reviewer"), answered(world, release), "accepted")
    for statement in ("UPDATE queue_review SET comment = 'x'", "DELETE FROM queue_review"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)
