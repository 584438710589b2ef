from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.content.services import post_hide
from core.queue.models import Lease, QualityRules, Review, Submission, Task
from core.queue.selectors.quality import rules_forget
from policies.selectors import ReleaseView
from preferences.models import Comparison, ComparisonDecision, Judgment, Prompt, SideOrder
from preferences.selectors.comparisons import current_decisions
from preferences.services.settling import judgments_settle
from tests.annotation.material import post_make
from tests.preferences import material
from tests.world import Caller, World

Call = Callable[[str], Caller]


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def judged(world: World, *answers: int, count: int = 1) -> tuple[Comparison, list[Submission]]:
    """The newest of some comparisons, with a judgment by each of as many people as there are answers."""
    comparison = material.comparisons_make(world, count)[-1]
    material.tasks_make(world, overlap=len(answers))
    people = ["annotator", "annotator2", "reviewer2"]
    given = [
        material.judge(world, person, answer=material.document(value))[1]
        for person, value in zip(people, answers, strict=False)
    ]
    judgments_settle()
    return comparison, given


def sample(caller: Caller, world: World, **query: Any) -> list[str]:
    answer = caller.get(f"/api/projects/{world.project.pk}/review-comparisons/?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    return [row["comparison_id"] for row in answer.json()["results"]]


def reviewed(caller: Caller, submission: Submission, outcome: str, **more: Any) -> Any:
    path = f"/api/projects/{submission.task.project_id}/judgments/{submission.pk}/reviews/"
    return caller.post(path, {"id": str(uuid.uuid4()), "outcome": outcome, **more})


def own(value: int, **changes: Any) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "document": material.document(value, **changes), "active_ms": 900}


def adjudicated(caller: Caller, comparison: Comparison, release: ReleaseView, **changes: Any) -> Any:
    body = {
        "release_id": str(release.id),
        "clause_key": "helpful",
        "choice": "prefer",
        "value": -2,
        "reason_code": "mistake",
        **changes,
    }
    return caller.post(f"/api/comparisons/{comparison.pk}/adjudications/", body)


def held(comparison: Comparison, clause_key: str = "helpful") -> ComparisonDecision:
    return current_decisions().get(comparison=comparison, clause_key=clause_key)


def test_a_sample_is_narrowed_by_person_axis_share_and_dispute(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    clear, _ = judged(world, -2, -3)
    split, _ = judged(world, -2, 2)
    reviewer = call_as("reviewer")
    names = pseudonyms(world.project.pk)
    assert set(sample(reviewer, world)) == {str(clear.pk), str(split.pk)}
    assert sample(reviewer, world, disputed=True) == [str(split.pk)]
    assert sample(reviewer, world, disputed=True, clause_key="harmless") == []
    assert len(sample(reviewer, world, person=names[world.person("annotator").pk].pseudonym)) == 2
    people = reviewer.get(f"/api/projects/{world.project.pk}/review-comparisons/people/").json()["people"]
    judges = sorted(names[world.person(who).pk].pseudonym for who in ("annotator", "annotator2"))
    assert [person["pseudonym"] for person in people] == judges
    assert sample(reviewer, world, person=names[world.person("manager").pk].pseudonym) == []
    assert sample(reviewer, world, clause_key="weapons") == []
    half = sample(reviewer, world, percent=50, seed=7)
    assert half == sample(reviewer, world, percent=50, seed=7)
    assert set(half) <= set(sample(reviewer, world, percent=90, seed=7))


def test_low_agreement_is_disputed_where_the_project_asks_for_more(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, _ = judged(world, -2, -1, 3)
    assert held(comparison).method == "majority"
    reviewer = call_as("reviewer")
    QualityRules.objects.update_or_create(project=world.project, defaults={"agree_share": 0.6})
    rules_forget(world.project.pk)
    assert sample(reviewer, world, disputed=True) == []
    QualityRules.objects.update(agree_share=0.9)
    rules_forget(world.project.pk)
    assert sample(reviewer, world, disputed=True) == [str(comparison.pk)]
    rules_forget(world.project.pk)


def test_what_measures_people_is_not_reviewed(world: World, release: ReleaseView, call_as: Call) -> None:
    _, (submission,) = judged(world, -2)
    Task.objects.filter(pk=submission.task_id).update(source="again")
    assert reviewed(call_as("reviewer"), submission, "accepted").status_code == 404
    comparison, _ = judged(world, 1)
    told = call_as("reviewer").get(f"/api/comparisons/{comparison.pk}/review/").json()
    assert len(told["judgments"]) == 1


def test_pairs_asked_again_do_not_appear(world: World, release: ReleaseView, call_as: Call) -> None:
    comparison = material.comparisons_make(world)[0]
    material.tasks_make(world)
    Task.objects.filter(comparison_id=comparison.pk).update(source="again")
    material.judge(world, "annotator")
    assert Judgment.objects.get().asked == "again"
    assert sample(call_as("reviewer"), world) == []
    told = call_as("reviewer").get(f"/api/comparisons/{comparison.pk}/review/").json()
    assert told["judgments"] == []


def test_everything_said_stands_side_by_side_and_names_no_model(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison = material.comparisons_make(world)[0]
    material.tasks_make(world, overlap=2)
    broken = {"position": "first", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
    rewrite = {"position": "first", "text": "A better one."}
    answer = material.document(
        -3, responses=[broken], rewrites=[rewrite], reason="Steps.", reason_codes=["unsafe"], confidence=0.75
    )
    material.judge(world, "annotator", answer=answer, swapped=True)
    response = call_as("reviewer").get(f"/api/comparisons/{comparison.pk}/review/")
    assert "secret-model" not in response.content.decode()
    told = response.json()
    (judgment,) = told["judgments"]
    assert judgment["shown_first"] == "b"
    assert {row["clause_key"]: row["value"] for row in judgment["answers"]} == {"helpful": 3, "harmless": 0}
    assert judgment["assessments"] == [
        {"side": "b", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
    ]
    assert judgment["rewrites"] == [{"side": "b", "text": "A better one."}]
    assert (judgment["reason"], judgment["reason_codes"], judgment["confidence"]) == (
        "Steps.",
        ["unsafe"],
        0.75,
    )
    assert [row["text"] for row in told["responses"]] == [
        comparison.response_a.text,
        comparison.response_b.text,
    ]
    assert {axis["title"] for axis in told["axes"]} == {"Helpfulness", "Harmlessness"}


def test_accepting_every_judgment_takes_the_comparison_off_the_list(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, given = judged(world, -2, -2)
    reviewer = call_as("reviewer")
    assert reviewed(reviewer, given[0], "accepted", found_by={"percent": 10, "seed": 3}).status_code == 201
    assert sample(reviewer, world) == [str(comparison.pk)]
    assert reviewed(reviewer, given[1], "accepted").status_code == 201
    assert sample(reviewer, world) == []
    assert Review.objects.get(submission=given[0]).found_by == {"percent": 10, "seed": 3}
    assert AuditEvent.objects.filter(action="submission.review_accepted").count() == 2


def test_an_amendment_is_the_reviewers_own_judgment_beside_the_others(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, given = judged(world, -2, 2)
    assert held(comparison).method == "undecided"
    amendment = own(-1, reason="A is right.")
    response = reviewed(call_as("reviewer"), given[0], "amended", amendment=amendment)
    assert response.status_code == 201, response.json()
    judgments_settle()
    stored = Submission.objects.get(pk=amendment["id"])
    assert (stored.person, stored.supersedes_id) == (world.person("reviewer"), None)
    assert not Submission.objects.filter(supersedes_id__isnull=False).exists()
    decision = held(comparison)
    assert (decision.outcome, decision.method, decision.votes) == ("a", "majority", 3)
    task = Task.objects.get(pk=given[0].task_id)
    assert (task.slots, task.state) == (3, "closed")
    told = call_as("reviewer").get(f"/api/comparisons/{comparison.pk}/review/").json()
    assert [row["is_reviewers"] for row in told["judgments"]] == [False, False, True]
    lease = Lease.objects.get(task=task, person=world.person("reviewer"))
    bundle = call_as("reviewer").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert bundle["submission"]["document"]["axes"][0]["value"] == -1
    again = reviewed(call_as("reviewer"), given[1], "accepted")
    assert (again.status_code, again.json()["code"]) == (409, "own_work")


def test_an_amendment_opens_right_for_whom_the_pair_was_shown_to_the_other_way_round(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    _, given = judged(world, -2)
    SideOrder.objects.create(task=given[0].task, person=world.person("reviewer"), swapped=True)
    amendment = own(-1, rewrites=[{"position": "first", "text": "Better A."}])
    assert reviewed(call_as("reviewer"), given[0], "amended", amendment=amendment).status_code == 201
    judgment = Judgment.objects.get(submission_id=amendment["id"])
    assert judgment.axis_answers.get(clause_key="helpful").value == -1
    assert judgment.demonstrations.get().side == "a"
    document = Submission.objects.get(pk=amendment["id"]).document
    assert document["axes"][0]["value"] == 1
    assert document["rewrites"] == [{"position": "second", "text": "Better A."}]


def test_an_amendment_is_checked_as_any_judgment_is(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    _, (submission,) = judged(world, -2)
    empty = {"id": str(uuid.uuid4()), "document": {"axes": []}, "active_ms": 0}
    refused = reviewed(call_as("reviewer"), submission, "amended", amendment=empty)
    assert (refused.status_code, refused.json()["code"]) == (400, "judgment_invalid")
    assert (Submission.objects.count(), Review.objects.count()) == (1, 0)
    assert Task.objects.get().slots == 1


def test_the_same_amendment_sent_twice_is_one(world: World, release: ReleaseView, call_as: Call) -> None:
    _, (submission,) = judged(world, -2)
    amendment, key = own(2), str(uuid.uuid4())
    first = reviewed(call_as("reviewer"), submission, "amended", id=key, amendment=amendment)
    again = reviewed(call_as("reviewer"), submission, "amended", id=key, amendment=amendment)
    assert (first.status_code, again.status_code) == (201, 200)
    assert (Review.objects.count(), Submission.objects.count()) == (1, 2)


def test_who_holds_the_pair_judges_it_on_their_own_page(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    material.comparisons_make(world)
    material.tasks_make(world, overlap=2)
    _, submission = material.judge(world, "annotator")
    material.lease_make(world, "reviewer")
    refused = reviewed(call_as("reviewer"), submission, "amended", amendment=own(1))
    assert (refused.status_code, refused.json()["code"]) == (409, "holding_task")


def test_a_returned_judgment_is_told_to_its_author_until_superseded(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, (submission,) = judged(world, -2)
    author, base = call_as("annotator"), f"/api/projects/{world.project.pk}"
    silent = reviewed(call_as("reviewer"), submission, "returned")
    assert (silent.status_code, silent.json()["errors"][0]["path"]) == (400, "comment")
    returned = reviewed(call_as("reviewer"), submission, "returned", comment="Read B to its end.")
    assert returned.status_code == 201
    (told,) = author.get(f"{base}/returned/").json()["returned"]
    assert (told["kind"], told["subject"], told["comment"]) == ("compare", None, "Read B to its end.")
    (recent,) = author.get(f"{base}/recent-work/").json()["results"]
    assert (recent["returned"], recent["lease_id"]) == ("Read B to its end.", told["lease_id"])
    bundle = author.get(f"/api/leases/{told['lease_id']}/comparison/").json()
    assert bundle["returned"]["comment"] == "Read B to its end."
    sent = author.post(
        f"/api/leases/{told['lease_id']}/judgment/",
        {
            "id": str(uuid.uuid4()),
            "document": material.document(3),
            "active_ms": 5,
            "supersedes_id": str(submission.pk),
        },
    )
    assert sent.status_code == 201, sent.json()
    judgments_settle()
    assert author.get(f"{base}/returned/").json() == {"returned": []}
    assert author.get(f"{base}/recent-work/").json()["results"][0]["returned"] is None
    assert held(comparison).outcome == "b"
    assert sample(call_as("reviewer"), world) == [str(comparison.pk)]


def test_an_adjudicated_axis_stands_whatever_people_answer_later(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, given = judged(world, -2, 2)
    reviewer = call_as("reviewer")
    before = held(comparison)
    response = adjudicated(reviewer, comparison, release, seen_decision_id=str(before.pk))
    assert response.status_code == 201, response.json()
    decision = held(comparison)
    assert (decision.outcome, decision.method, decision.strength) == ("a", "adjudicated", -2.0)
    assert (decision.p_a_better, decision.agreement, decision.decided_by) == (
        1.0,
        1.0,
        world.person("reviewer"),
    )
    assert sample(reviewer, world, disputed=True) == []
    assert reviewed(reviewer, given[0], "amended", amendment=own(3)).status_code == 201
    judgments_settle()
    assert held(comparison).pk == decision.pk
    stale = adjudicated(reviewer, comparison, release, seen_decision_id=str(before.pk), choice="tie", value=0)
    assert (stale.status_code, stale.json()["code"]) == (409, "decision_changed")
    assert AuditEvent.objects.filter(action="comparison_decision.adjudicate").count() == 1


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"reason_code": "guideline_gap", "reason": " "}, "reason"),
        ({"choice": "prefer", "value": 0}, "value"),
        ({"choice": "tie", "value": 2}, "value"),
    ],
)
def test_a_decision_that_says_too_little_or_two_things_is_refused(
    world: World, release: ReleaseView, call_as: Call, changes: dict[str, Any], path: str
) -> None:
    comparison, _ = judged(world, -2)
    refused = adjudicated(call_as("reviewer"), comparison, release, **changes)
    assert (refused.status_code, refused.json()["errors"][0]["path"]) == (400, path)
    assert not ComparisonDecision.objects.filter(method="adjudicated").exists()


def test_a_clause_that_is_no_axis_cannot_be_decided(
    world: World, release: ReleaseView, call_as: Call
) -> None:
    comparison, _ = judged(world, -2)
    refused = adjudicated(call_as("reviewer"), comparison, release, clause_key="weapons")
    assert (refused.status_code, refused.json()["code"]) == (400, "axes_unknown")


def test_a_gap_in_the_guideline_lands_on_the_axis(world: World, release: ReleaseView, call_as: Call) -> None:
    comparison, _ = judged(world, -2, 2)
    said = "Nothing on half an answer."
    body = {"reason_code": "guideline_gap", "reason": said}
    assert adjudicated(call_as("reviewer"), comparison, release, **body).status_code == 201
    told = call_as("policy_editor").get(f"/api/projects/{world.project.pk}/unclear/").json()
    (row,) = [row for row in told["clauses"] if row["clause_key"] == "helpful"]
    assert (row["is_axis"], row["posts"], row["gaps"]) == (True, 1, [said])
    counts = {part["sign"]: (part["count"], part["of"]) for part in row["parts"]}
    assert (counts["gap"], counts["split"]) == ((1, 1), (1, 1))


def test_a_comparison_about_a_hidden_post_is_gone(world: World, release: ReleaseView, call_as: Call) -> None:
    comparison, _ = judged(world, -2, 2)
    post = post_make(world)
    Prompt.objects.filter(pk=comparison.prompt_id).update(post=post)
    reviewer, path = call_as("reviewer"), f"/api/comparisons/{comparison.pk}/review/"
    assert reviewer.get(path).json()["post_id"] == str(post.pk)
    post_hide(world.actor("reviewer"), post.pk, reason="I think this is illegal to hold")
    assert reviewer.get(path).status_code == 404
    assert sample(reviewer, world) == []
    assert sample(reviewer, world, disputed=True) == []
