"""Where several people answered: a weak consensus, and answers against a strong one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from active_learning.models import Suspect
from annotation.models import Verdict
from annotation.selectors import decisions_current
from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.jobs.models import Job
from tests.active_learning import material
from tests.active_learning.test_scans import review, scanned, suspects
from tests.annotation.material import answer, release_once
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]
pytestmark = pytest.mark.usefixtures("words")


def crowd(world: World) -> None:
    """Posts that three people answered by the rule; one is against it twice, and on one post two are."""
    material.crowd_answered(world, release_once(world), material.spam_posts(world, 60))


def looked(world: World, call_as: Call, run_jobs: RunJobs) -> dict[str, Any]:
    return scanned(world, call_as, run_jobs, looks=["people"])


def test_answers_against_a_strong_consensus_are_doubted_by_name(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    found = suspects(call_as("reviewer"), scan, "?kind=vote")
    assert {row["external_id"] for row in found} == {f"post-{number:04d}" for number in material.AGAINST}
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    for row in found:
        told = row["why"]
        assert (row["given"], row["likely"]) == ("yes", "no")
        assert told["vote"] == {
            "pseudonym": name,
            "is_simulated": False,
            "severity": None,
            "decided": "no",
        }
        assert (told["crowd"]["consensus"], told["crowd"]["answered"], told["crowd"]["agreeing"]) == (
            "no",
            3,
            2,
        )
        assert told["crowd"]["probability"] > 0.66 > 2 * told["given_probability"] - 0.01
        assert len(told["votes"]) == 3
    raw = call_as("engineer").get(f"/api/scans/{scan['id']}/suspects/").content.decode()
    assert str(world.person("annotator").pk) not in raw
    assert scan["metrics"]["clauses"]["spam"]["shared"] == material.SHARED


def test_the_consensus_that_people_and_heads_hardly_believe_is_doubted_first(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    found = suspects(call_as("reviewer"), scan, "?kind=consensus")
    first = found[0]
    assert (first["external_id"], first["given"], first["likely"]) == (
        f"post-{material.TORN:04d}",
        "no",
        "yes",
    )
    assert first["score"] == max(row["score"] for row in found)
    assert first["score"] == pytest.approx(1 - first["why"]["given_probability"], abs=1e-3)
    assert len(first["why"]["nearest"]) == 3
    assert len(found) < material.SHARED / 4


def test_an_answer_found_wrong_leaves_the_decision_and_is_not_doubted_again(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    caller = call_as("reviewer")
    first, second = suspects(caller, scan, "?kind=vote")
    changed = review(caller, first, outcome="changed", answer=first["likely"])
    assert (changed.status_code, changed.json()["outcome"]) == (200, "changed")
    newest = decisions_current(world.project.pk, clause_keys=["spam"]).get(post_id=first["post_id"])
    assert (newest.pk.hex, newest.answer) == (first["decision_id"].replace("-", ""), "no")
    assert Verdict.objects.filter(post_id=first["post_id"], answer="yes").count() == 1
    assert AuditEvent.objects.get(action="suspect.review").data == {"outcome": "changed"}
    later = suspects(caller, looked(world, call_as, run_jobs), "?kind=vote")
    assert [row["external_id"] for row in later] == [second["external_id"]]


def test_an_answer_found_right_is_what_is_decided_from_then_on(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    caller = call_as("reviewer")
    first = suspects(caller, scan, "?kind=vote")[0]
    kept = review(caller, first, outcome="confirmed")
    assert (kept.status_code, kept.json()["outcome"]) == (200, "confirmed")
    newest = decisions_current(world.project.pk, clause_keys=["spam"]).get(post_id=first["post_id"])
    assert (newest.answer, newest.method) == ("yes", "adjudicated")
    later = suspects(caller, looked(world, call_as, run_jobs))
    assert first["post_id"] not in {row["post_id"] for row in later}


def test_a_decision_found_right_makes_the_answers_against_it_wrong(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    caller = call_as("reviewer")
    vote = suspects(caller, scan, "?kind=vote")[0]
    row = Suspect.objects.get(pk=vote["id"])
    Suspect.objects.filter(kind="consensus", post=row.post).delete()
    about = material.suspect_row(
        row.scan, row.post, kind="consensus", decision_id=row.decision_id, rank=900, given="no", likely="yes"
    )
    confirmed = caller.post(f"/api/suspects/{about.pk}/review/", {"outcome": "confirmed"})
    assert confirmed.status_code == 200, confirmed.content
    row.refresh_from_db()
    assert row.outcome == "changed"


def test_people_who_are_asked_about_an_answer_settle_it(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    crowd(world)
    scan = looked(world, call_as, run_jobs)
    caller = call_as("reviewer")
    first = suspects(caller, scan, "?kind=vote")[0]
    asked = caller.post(f"/api/suspects/{first['id']}/task/", {})
    assert asked.status_code == 201, asked.content
    answer(world, "annotator2", {"verdicts": [{"clause_key": "spam", "answer": "no"}]})
    assert Suspect.objects.get(pk=first["id"]).outcome == "changed"


def test_posts_answered_once_are_left_to_the_heads(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 21))
    scan = looked(world, call_as, run_jobs)
    assert suspects(call_as("reviewer"), scan) == []
    assert scan["metrics"]["clauses"]["spam"]["shared"] == 0
