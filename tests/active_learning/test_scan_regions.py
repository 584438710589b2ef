"""Drawn boxes: missing, badly placed, or drawn for another clause than others see."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pytest

from active_learning.learners.arrays import Vectors
from active_learning.learners.encoders.catalogue import PostEncoder
from active_learning.learners.encoders.protocol import ImageItem
from active_learning.models import Suspect
from core.accounts.models import AuditEvent
from core.accounts.selectors import pseudonyms
from core.content.models import Post
from core.jobs.models import Job
from tests.active_learning.material import CROWD, WordEncoder, boxes_answered
from tests.active_learning.test_scans import review, scanned, suspects
from tests.annotation.material import box, post_make, release_once, suggest
from tests.world import Caller, World

Call = Callable[[str], Caller]
RunJobs = Callable[[], list[Job]]
HERE: dict[str, Any] = {"x": 10, "y": 20, "width": 100, "height": 50}
BESIDE: dict[str, Any] = {"x": 70, "y": 20, "width": 100, "height": 50}
THERE: dict[str, Any] = {"x": 300, "y": 200, "width": 80, "height": 80}


class PlainImages:
    """An image side that sees the same in every picture."""

    name, revision, dim = "plain", "1", 4

    def encode(self, images: Sequence[ImageItem]) -> Vectors:
        return np.full((len(images), self.dim), 0.5, dtype=np.float32)


@pytest.fixture(autouse=True)
def pictures_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = PostEncoder(text=WordEncoder(), image=PlainImages())
    monkeypatch.setattr("active_learning.runs.scans.encoder_loaded", lambda name="bundled": encoder)


def drawn(world: World, name: str, marks: Mapping[str, list[dict[str, Any]]]) -> Post:
    """A post that three people call hateful, each with their own boxes."""
    post = post_make(world, external_id=name)
    boxes_answered(world, release_once(world), post, marks)
    return post


def looked(world: World, call_as: Call, run_jobs: RunJobs) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    scan = scanned(world, call_as, run_jobs, clause_keys=["hate"], looks=["regions"])
    return scan, suspects(call_as("reviewer"), scan)


def test_a_missing_and_a_badly_placed_box_are_told_with_where_others_see_it(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    drawn(world, "agreed", {person: [HERE] for person in CROWD})
    drawn(world, "beside", {CROWD[0]: [BESIDE], CROWD[1]: [HERE], CROWD[2]: [HERE]})
    drawn(world, "missing", {CROWD[0]: [HERE], CROWD[1]: [HERE, THERE], CROWD[2]: [HERE, THERE]})
    scan, found = looked(world, call_as, run_jobs)
    name = pseudonyms(world.project.pk)[world.person(CROWD[0]).pk].pseudonym
    told = {row["external_id"]: row["why"]["region"] for row in found}
    assert set(told) == {"beside", "missing"}
    assert {(row["kind"], row["clause_key"]) for row in found} == {("region", "hate")}
    assert {region["pseudonym"] for region in told.values()} == {name}
    assert (told["beside"]["problem"], told["missing"]["problem"]) == ("place", "missing")
    assert (told["beside"]["given"], told["beside"]["likely"]) == ([70, 20, 170, 70], [10, 20, 110, 70])
    assert (told["missing"]["given"], told["missing"]["likely"]) == (None, [300, 200, 380, 280])
    assert {region["people"] for region in told.values()} == {2}
    assert scan["metrics"]["regions"] == {"pictures": 3, "boxes": 11}
    raw = call_as("reviewer").get(f"/api/scans/{scan['id']}/suspects/").content.decode()
    assert str(world.person(CROWD[0]).pk) not in raw


def test_a_sure_model_counts_as_others_do_and_an_unsure_one_does_not(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    release = release_once(world)
    for name, confidence in (("sure", 0.97), ("unsure", 0.6)):
        post = drawn(world, name, {person: [HERE] for person in CROWD})
        mark = {"confidence": confidence, **box(post, **THERE)}
        suggest(world, release, post, answer="yes", severity=2, marks=[mark])
    _, found = looked(world, call_as, run_jobs)
    assert {row["external_id"] for row in found} == {"sure"}
    assert len(found) == len(CROWD)
    region = found[0]["why"]["region"]
    assert (region["problem"], region["model"], region["people"]) == ("missing", "detector", 0)


def test_a_box_found_wrong_or_right_leaves_the_answer_and_is_not_doubted_again(
    world: World, call_as: Call, run_jobs: RunJobs
) -> None:
    for name in ("one", "two"):
        drawn(world, name, {CROWD[0]: [BESIDE], CROWD[1]: [HERE], CROWD[2]: [HERE]})
    scan, (first, second) = looked(world, call_as, run_jobs)
    caller = call_as("reviewer")
    for suspect, outcome in ((first, "changed"), (second, "confirmed")):
        said = review(caller, suspect, outcome=outcome)
        assert (said.status_code, said.json()["outcome"]) == (200, outcome)
    assert AuditEvent.objects.filter(action="suspect.review").count() == 2
    assert not AuditEvent.objects.filter(action="decision.adjudicate").exists()
    after = caller.get(f"/api/scans/{scan['id']}/").json()
    tally = next(row for row in after["kinds"] if row["kind"] == "region")
    assert (tally["precision"]["hits"], tally["precision"]["total"], tally["pending"]) == (1, 2, 0)
    assert looked(world, call_as, run_jobs)[1] == []


def test_what_is_said_of_an_answer_settles_no_box(world: World, call_as: Call, run_jobs: RunJobs) -> None:
    drawn(world, "beside", {CROWD[0]: [BESIDE], CROWD[1]: [HERE], CROWD[2]: [HERE]})
    _, (found,) = looked(world, call_as, run_jobs)
    row = Suspect.objects.get(pk=found["id"])
    about = Suspect.objects.create(
        scan=row.scan,
        kind="answer",
        post=row.post,
        decision_id=row.decision_id,
        clause_key="hate",
        rank=0,
        given="yes",
        likely="no",
        score=0.9,
        why={"given_probability": 0.1, "likely_probability": 0.9, "votes": [], "nearest": []},
    )
    confirmed = call_as("reviewer").post(f"/api/suspects/{about.pk}/review/", {"outcome": "confirmed"})
    assert confirmed.status_code == 200, confirmed.content
    row.refresh_from_db()
    assert row.outcome == "pending"
