from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from active_learning.models import Scan, Suspect
from active_learning.runs.scans import scan_run
from annotation.models import Decision
from annotation.selectors import decisions_current
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Task
from tests.active_learning import material
from tests.annotation.material import answer, document, release_once
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]
WRONG = (3, 10, 21, 32, 40, 45, 57, 61)

pytestmark = pytest.mark.usefixtures("words")


def scanned(world: World, call_as: Call, run_jobs: RunJobs, **body: Any) -> dict[str, Any]:
    release = release_once(world)
    started = call_as("engineer").post(
        f"/api/projects/{world.project.pk}/scans/",
        {"release_id": str(release.id), "clause_keys": ["spam"], "seed": 3, **body},
    )
    assert started.status_code == 202, started.content
    jobs = run_jobs()
    assert jobs[-1].state == "succeeded", jobs[-1].error_detail
    ended: dict[str, Any] = call_as("reviewer").get(f"/api/scans/{started.json()['id']}/").json()
    return ended


def suspects(caller: Caller, scan: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = caller.get(f"/api/scans/{scan['id']}/suspects/{query}").json()["results"]
    return rows


def review(caller: Caller, suspect: dict[str, Any], **body: Any) -> Any:
    return caller.post(f"/api/suspects/{suspect['id']}/review/", body)


def test_a_scan_finds_the_answers_planted_wrong_and_says_why(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=90, open_posts=0, wrong=WRONG)
    scan = scanned(world, call_as, run_jobs)
    found = suspects(call_as("reviewer"), scan)
    planted = {f"post-{number:04d}" for number in WRONG}
    hits = {row["external_id"] for row in found} & planted
    assert len(hits) / len(planted) >= 0.75
    assert len(hits) / len(found) >= 0.6
    assert [row["rank"] for row in found] == sorted(row["rank"] for row in found)
    worst = found[0]
    assert worst["given"] != worst["likely"]
    assert worst["why"]["given_probability"] < worst["why"]["likely_probability"]
    assert len(worst["why"]["nearest"]) == 3
    assert {near["post_id"] for near in worst["why"]["nearest"]}.isdisjoint({worst["post_id"]})
    assert scan["precision"] == {"hits": 0, "total": 0, "value": None, "low": None, "high": None}


def test_the_reasons_name_people_by_pseudonym_with_their_reliability(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world, decided=90, open_posts=0, wrong=WRONG)
    spam = [number for number in WRONG if material.is_spam(number)]
    ids = [str(posts[number].pk) for number in spam]
    asked = {"release_id": str(release.id), "posts": {"post_ids": ids}, "overlap": 2}
    call_as("manager").post(f"/api/projects/{world.project.pk}/label-tasks/", asked)
    for _ in ids:
        answer(world, "annotator", document(spam="no"))
        answer(world, "annotator2", document(spam="no"))
    scan = scanned(world, call_as, run_jobs)
    found = next(row for row in suspects(call_as("reviewer"), scan) if row["post_id"] in ids)
    assert [vote["answer"] for vote in found["why"]["votes"]] == ["no", "no"]
    assert all(0 < vote["reliability"] <= 1 for vote in found["why"]["votes"])
    raw = call_as("reviewer").get(f"/api/scans/{scan['id']}/suspects/").content.decode()
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in raw
        assert str(world.person(name).pk) not in raw


def test_changing_confirming_and_dismissing_measure_the_scans_precision(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=90, open_posts=0, wrong=WRONG)
    scan = scanned(world, call_as, run_jobs)
    first, second, third = suspects(call_as("reviewer"), scan)[:3]
    changed = review(call_as("reviewer"), first, outcome="changed", answer=first["likely"])
    assert (changed.status_code, changed.json()["outcome"]) == (200, "changed")
    assert changed.json()["reviewed_by"] == world.person("reviewer").display_name
    review(call_as("reviewer"), second, outcome="confirmed")
    review(call_as("reviewer"), third, outcome="dismissed")
    newest = decisions_current(world.project.pk, clause_keys=["spam"]).get(post_id=first["post_id"])
    assert (newest.answer, newest.method, newest.reason_code) == (first["likely"], "adjudicated", "mistake")
    after = call_as("reviewer").get(f"/api/scans/{scan['id']}/").json()
    assert (after["precision"]["hits"], after["precision"]["total"]) == (1, 2)
    assert (after["changed_count"], after["confirmed_count"], after["dismissed_count"]) == (1, 1, 1)
    assert len(suspects(call_as("reviewer"), scan, "?outcome=pending")) == after["pending_count"]
    assert AuditEvent.objects.filter(action="suspect.review").count() == 3


def suspects_planted(scan: Scan, posts: Sequence[Post], outcomes: str) -> None:
    """One suspect for each letter, in the order of ranks: wrong, right, open (dismissed) or pending."""
    words = {"w": "changed", "r": "confirmed", "o": "dismissed", "p": "pending"}
    for rank, (post, letter) in enumerate(zip(posts, outcomes, strict=True)):
        material.suspect_row(scan, post, rank=rank, outcome=words[letter])


@pytest.mark.parametrize(
    ("outcomes", "state", "counted", "left"),
    [
        ("", "done", (0, 0), 0),
        ("ppp", "early", (0, 0), 3),
        ("w" * 6 + "r" * 14 + "p" * 9, "go_on", (6, 20), 9),
        ("w" * 9 + "ro" * 20 + "p" * 4, "stop", (0, 20), 4),
    ],
)
def test_the_last_reviewed_by_rank_say_whether_to_go_on(
    world: World, call_as: Call, outcomes: str, state: str, counted: tuple[int, int], left: int
) -> None:
    scan = material.scan_row(world)
    suspects_planted(scan, material.spam_posts(world, len(outcomes)), outcomes)
    advice = call_as("reviewer").get(f"/api/scans/{scan.pk}/").json()["advice"]
    assert (advice["state"], advice["left"]) == (state, left)
    assert (advice["window"]["hits"], advice["window"]["total"]) == counted
    assert advice["sentence"]
    assert (advice["expected"] is None) == (counted[1] == 0 or left == 0)


def test_the_advice_follows_the_precision_that_was_wanted(world: World, call_as: Call) -> None:
    release, posts = release_once(world), material.spam_posts(world, 21)
    for wanted, state in ((0.4, "stop"), (0.2, "go_on")):
        started = call_as("engineer").post(
            f"/api/projects/{world.project.pk}/scans/",
            {"release_id": str(release.id), "wanted_precision": wanted},
        )
        assert started.json()["wanted_precision"] == wanted
        scan = Scan.objects.get(pk=started.json()["id"])
        suspects_planted(scan, posts, "w" * 6 + "r" * 14 + "p")
        assert call_as("reviewer").get(f"/api/scans/{scan.pk}/").json()["advice"]["state"] == state


@pytest.mark.parametrize("wanted", [0, 1.5, "much"])
def test_a_wanted_precision_that_is_no_share_is_refused(world: World, call_as: Call, wanted: Any) -> None:
    refused = call_as("engineer").post(
        f"/api/projects/{world.project.pk}/scans/",
        {"release_id": str(release_once(world).id), "wanted_precision": wanted},
    )
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_fields")
    assert not Scan.objects.exists()


def test_a_suspect_is_reviewed_once(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))[0]
    review(call_as("reviewer"), first, outcome="confirmed")
    again = review(call_as("reviewer2"), first, outcome="changed", answer=first["likely"])
    assert (again.status_code, again.json()["code"]) == (409, "suspect_reviewed")
    assert not Decision.objects.filter(method="adjudicated").exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"outcome": "changed"}, "new_answer_missing"),
        ({"outcome": "changed", "answer": "given"}, "new_answer_missing"),
        ({"outcome": "changed", "answer": "maybe"}, "adjudication_invalid"),
        ({"outcome": "pending"}, "invalid_fields"),
        ({"outcome": "confirmed", "rank": 0}, "invalid_fields"),
    ],
)
def test_a_review_that_cannot_be_is_refused_and_changes_nothing(
    world: World, call_as: Call, run_jobs: RunJobs, body: dict[str, Any], code: str
) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))[0]
    if body.get("answer") == "given":
        body = body | {"answer": first["given"]}
    refused = review(call_as("reviewer"), first, **body)
    assert (refused.status_code, refused.json()["code"]) == (400, code)
    assert Suspect.objects.get(pk=first["id"]).outcome == "pending"


def test_an_answer_decided_anew_since_the_scan_is_not_overwritten(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))[0]
    post = next(post for post in posts if str(post.pk) == first["post_id"])
    material.decide(world, release, post, first["likely"])
    refused = review(call_as("reviewer"), first, outcome="changed", answer=first["likely"])
    assert (refused.status_code, refused.json()["code"]) == (409, "decision_replaced")


def test_people_who_are_asked_about_a_suspect_settle_it(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    scan = scanned(world, call_as, run_jobs)
    first, second = suspects(call_as("reviewer"), scan)[:2]
    for suspect in (first, second):
        asked = call_as("reviewer").post(f"/api/suspects/{suspect['id']}/task/", {})
        assert asked.status_code == 201, asked.content
    task = Task.objects.get(pk=str(Suspect.objects.get(pk=first["id"]).task_id))
    assert (task.source, task.clause_keys, str(task.post_id)) == ("suspect", ["spam"], first["post_id"])
    again = call_as("reviewer").post(f"/api/suspects/{first['id']}/task/", {})
    assert (again.status_code, again.json()["code"]) == (409, "suspect_asked")
    for suspect, given in ((first, first["likely"]), (second, second["given"])):
        only = {"verdicts": [{"clause_key": "spam", "answer": given}]}
        answer(world, "annotator", only)
        Suspect.objects.get(pk=suspect["id"]).refresh_from_db()
    settled = {row["id"]: row["outcome"] for row in suspects(call_as("reviewer"), scan)}
    assert (settled[first["id"]], settled[second["id"]]) == ("changed", "confirmed")


def test_an_answer_a_reviewer_gave_is_not_put_to_others(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release = release_once(world)
    posts = material.spam_posts(world, 60)
    for number, post in enumerate(posts):
        wrong = number in (3, 10, 20)
        verdict = "yes" if material.is_spam(number) != wrong else "no"
        material.decide(world, release, post, verdict, method="adjudicated" if wrong else "unanimous")
    found = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))
    first = next(row for row in found if row["external_id"] in {"post-0003", "post-0010", "post-0020"})
    refused = call_as("reviewer").post(f"/api/suspects/{first['id']}/task/", {})
    assert (refused.status_code, refused.json()["code"]) == (409, "decided_by_person")


def test_an_answer_confirmed_once_is_not_doubted_again(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))[0]
    review(call_as("reviewer"), first, outcome="confirmed")
    later = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))
    assert first["post_id"] not in {row["post_id"] for row in later}


def test_a_scan_run_twice_is_one_scan(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    scan = scanned(world, call_as, run_jobs)
    before = Suspect.objects.count()
    scan_run(Scan.objects.get(pk=scan["id"]).pk, lambda done, total, message: None)
    assert Suspect.objects.count() == before


def test_the_same_seed_finds_the_same_suspects(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first, again = (
        [(row["post_id"], row["score"], row["likely"]) for row in suspects(call_as("reviewer"), scan)]
        for scan in (scanned(world, call_as, run_jobs), scanned(world, call_as, run_jobs))
    )
    assert first == again


def test_too_few_decisions_end_a_scan_with_a_sentence(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    release, _ = material.decided_world(world, decided=2, open_posts=0)
    call_as("engineer").post(f"/api/projects/{world.project.pk}/scans/", {"release_id": str(release.id)})
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "nothing_to_scan")
    assert "Label more posts" in job.error_detail
