"""Several clauses at once: which answers of a post are doubtful together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation.selectors import decisions_current
from core.jobs.models import Job
from tests.active_learning import material
from tests.active_learning.test_scans import review, scanned, suspects
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]
BOTH, SPAM_ALONE = (10, 21), (32, 45)

pytestmark = pytest.mark.usefixtures("words")


def two_clauses_decided(world: World) -> None:
    """Posts decided about hate and spam by the same words; two are wrong on both, two on spam alone."""
    release, posts = material.decided_world(world, decided=90, open_posts=0, wrong=BOTH + SPAM_ALONE)
    for number, post in enumerate(posts):
        verdict = "yes" if material.is_spam(number) != (number in BOTH) else "no"
        material.decide(world, release, post, verdict, clause_key="hate")


def sets(world: World, call_as: Call, run_jobs: RunJobs) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    scan = scanned(world, call_as, run_jobs, clause_keys=["hate", "spam"], looks=["together"])
    return scan, suspects(call_as("reviewer"), scan)


def test_the_doubtful_clauses_of_a_post_stand_together(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    two_clauses_decided(world)
    scan, found = sets(world, call_as, run_jobs)
    assert scan["looks"] == ["together"]
    assert {row["kind"] for row in found} == {"set"}
    assert [row["rank"] for row in found] == list(range(len(found)))
    planted = {f"post-{number:04d}" for number in BOTH}
    first = found[: 2 * len(BOTH)]
    assert {row["external_id"] for row in first} == planted
    for one, other in zip(first[::2], first[1::2], strict=True):
        assert one["post_id"] == other["post_id"]
        assert {one["clause_key"], other["clause_key"]} == {"hate", "spam"}
        assert one["score"] == other["score"]
    alone = next(row for row in found if row["external_id"] == "post-0032")
    told = {part["clause_key"]: part for part in alone["why"]["together"]["clauses"]}
    assert (told["spam"]["is_doubted"], told["hate"]["is_doubted"]) == (True, False)
    assert told["spam"]["probability"] < 0.5 < told["hate"]["probability"]
    assert alone["why"]["together"]["quality"] == pytest.approx(1 - alone["score"], abs=1e-3)
    assert len(alone["why"]["nearest"]) == 3
    assert scan["metrics"]["together"] == {"clauses": ["hate", "spam"], "posts": 90}


def test_a_post_is_judged_by_the_clauses_decided_on_it(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release, posts = material.decided_world(world, decided=60, open_posts=0, wrong=BOTH)
    for number, post in enumerate(posts[:30]):
        material.decide(world, release, post, "yes" if material.is_spam(number) else "no", clause_key="hate")
    scan, found = sets(world, call_as, run_jobs)
    assert {row["external_id"] for row in found} >= {f"post-{number:04d}" for number in BOTH}
    parts = {row["external_id"]: len(row["why"]["together"]["clauses"]) for row in found}
    assert parts["post-0010"] == 2
    assert scan["metrics"]["together"]["posts"] == 30


def test_one_clause_alone_makes_no_sets(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=BOTH)
    scan = scanned(world, call_as, run_jobs, looks=["together"])
    assert suspects(call_as("reviewer"), scan) == []
    assert {row["kind"]: row["suspects"] for row in scan["kinds"]}["set"] == 0


def test_a_set_suspect_is_reviewed_like_any_other_and_settles_the_same_answer_elsewhere(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    two_clauses_decided(world)
    scan = scanned(world, call_as, run_jobs, clause_keys=["hate", "spam"], looks=["each", "together"])
    caller = call_as("reviewer")
    first, right = (
        next(
            row
            for row in suspects(caller, scan, "?kind=set")
            if row["clause_key"] == "spam" and row["external_id"] == name
        )
        for name in ("post-0021", "post-0010")
    )
    changed = review(caller, first, outcome="changed", answer=first["likely"])
    assert (changed.status_code, changed.json()["outcome"]) == (200, "changed")
    newest = decisions_current(world.project.pk, clause_keys=["spam"]).get(post_id=first["post_id"])
    assert (newest.answer, newest.method) == (first["likely"], "adjudicated")
    review(caller, right, outcome="confirmed")
    of_decision = {
        row["decision_id"]: row["outcome"] for row in suspects(caller, scan, "?kind=answer&outcome=changed")
    }
    assert of_decision.get(first["decision_id"]) == "changed"
    settled = suspects(caller, scan, "?kind=answer&outcome=confirmed")
    assert right["decision_id"] in {row["decision_id"] for row in settled}
    after = caller.get(f"/api/scans/{scan['id']}/").json()
    tally = next(row for row in after["kinds"] if row["kind"] == "set")
    assert (tally["precision"]["hits"], tally["precision"]["total"]) == (1, 2)
    again = scanned(world, call_as, run_jobs, clause_keys=["hate", "spam"], looks=["together"])
    doubted = {(row["post_id"], row["clause_key"]) for row in suspects(caller, again)}
    assert (right["post_id"], "spam") not in doubted


@pytest.mark.parametrize("looks", [[], ["stars"], "together"])
def test_a_scan_looks_by_a_known_sign_at_least(
    world: World, call_as: Call, run_jobs: RunJobs, looks: Any
) -> None:
    release, _ = material.decided_world(world, decided=4, open_posts=0)
    body = {"release_id": str(release.id), "looks": looks}
    refused = call_as("engineer").post(f"/api/projects/{world.project.pk}/scans/", body)
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid_fields")
