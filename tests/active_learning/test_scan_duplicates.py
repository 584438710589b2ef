from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from active_learning.models import Suspect
from annotation.selectors import decisions_current
from core.accounts.models import AuditEvent
from core.content.models import Post
from core.jobs.models import Job
from tests.active_learning import material
from tests.active_learning.test_scans import review, scanned, suspects
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]

pytestmark = pytest.mark.usefixtures("words")


def planted(world: World, *, answers: tuple[str, ...] = ("no", "yes")) -> Post:
    """The first post is spam and decided so; its twins have these answers."""
    release, posts = material.decided_world(world, decided=30, open_posts=0)
    material.twins_decided(world, release, answers, like=posts[0])
    return posts[0]


def duplicates(caller: Caller, scan: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    return suspects(caller, scan, f"?kind=duplicate{query}")


def test_a_near_duplicate_with_another_answer_is_listed_with_its_twin(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first = planted(world)
    scan = scanned(world, call_as, run_jobs)
    (found,) = duplicates(call_as("reviewer"), scan)
    assert (found["external_id"], found["given"], found["likely"]) == ("post-0000-twin-1", "no", "yes")
    twin = found["why"]["twin"]
    assert twin["external_id"] in {first.external_id, "post-0000-twin-2"}
    assert (twin["answer"], twin["by"], twin["similarity"]) == ("yes", "vector", 1.0)
    told = {row["kind"]: row["suspects"] for row in scan["kinds"]}
    assert told["duplicate"] == 1
    assert told["answer"] == len(suspects(call_as("reviewer"), scan, "?kind=answer"))
    assert scan["alike_from"] == 0.95


def test_twins_with_one_answer_are_no_suspects(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    planted(world, answers=("yes", "yes"))
    scan = scanned(world, call_as, run_jobs)
    assert duplicates(call_as("reviewer"), scan) == []
    assert {row["kind"]: row["suspects"] for row in scan["kinds"]}["duplicate"] == 0


def test_a_stricter_bound_leaves_out_what_is_less_alike(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    first = planted(world)
    Post.objects.filter(external_id="post-0000-twin-1").update(group_key="")
    part = Post.objects.get(external_id="post-0000-twin-1").parts.get()
    part.text = f"{first.text} river"
    part.save()
    loose = scanned(world, call_as, run_jobs, alike_from=0.8)
    strict = scanned(world, call_as, run_jobs, alike_from=0.999)
    assert [row["external_id"] for row in duplicates(call_as("reviewer"), loose)] == ["post-0000-twin-1"]
    assert duplicates(call_as("reviewer"), strict) == []


def test_changing_a_duplicate_or_its_twin_is_a_mistake_found(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    planted(world)
    scan = scanned(world, call_as, run_jobs)
    (found,) = duplicates(call_as("reviewer"), scan)
    twin_id = found["why"]["twin"]["post_id"]
    same = review(call_as("reviewer"), found, outcome="changed", answer="yes", changes_twin=True)
    assert (same.status_code, same.json()["code"]) == (400, "new_answer_missing")
    changed = review(call_as("reviewer"), found, outcome="changed", answer="no", changes_twin=True)
    assert (changed.status_code, changed.json()["outcome"]) == (200, "changed")
    newest = decisions_current(world.project.pk, clause_keys=["spam"])
    assert (newest.get(post_id=twin_id).answer, newest.get(post_id=twin_id).method) == ("no", "adjudicated")
    assert newest.get(post_id=found["post_id"]).method == "unanimous"
    assert AuditEvent.objects.get(action="suspect.review").data == {
        "outcome": "changed",
        "changes_twin": True,
    }
    after = call_as("reviewer").get(f"/api/scans/{scan['id']}/").json()
    tally = next(row for row in after["kinds"] if row["kind"] == "duplicate")
    assert (tally["precision"]["hits"], tally["precision"]["total"], tally["pending"]) == (1, 1, 0)


def test_an_answer_found_right_is_right_for_every_kind_of_suspect(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    planted(world)
    scan = scanned(world, call_as, run_jobs)
    (found,) = duplicates(call_as("reviewer"), scan)
    row = Suspect.objects.get(pk=found["id"])
    Suspect.objects.filter(scan=row.scan, kind="answer", post=row.post).delete()
    other = material.suspect_row(row.scan, row.post, decision_id=row.decision_id, rank=900)
    elsewhere = material.suspect_row(row.scan, Post.objects.get(external_id="post-0001"), rank=901)
    review(call_as("reviewer"), found, outcome="confirmed")
    other.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (other.outcome, elsewhere.outcome) == ("confirmed", "pending")
    later = scanned(world, call_as, run_jobs)
    assert duplicates(call_as("reviewer"), later) == []


def test_who_has_no_twin_cannot_have_it_changed(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    material.decided_world(world, decided=60, open_posts=0, wrong=(3, 10, 20))
    first = suspects(call_as("reviewer"), scanned(world, call_as, run_jobs))[0]
    refused = review(call_as("reviewer"), first, outcome="changed", answer=first["given"], changes_twin=True)
    assert (refused.status_code, refused.json()["code"]) == (400, "no_twin")
