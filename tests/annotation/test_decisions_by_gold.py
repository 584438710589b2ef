"""What people answered where the truth is known weighs their votes, and nothing else."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from annotation.models import Decision
from annotation.selectors import decisions_current
from annotation.selectors.gold_truths import gold_votes
from annotation.services import Answer, annotation_submit, gold_retire
from core.jobs.models import Job
from core.queue.services import lease_next
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.world import Caller, World

Call = Callable[[str], Caller]
GOLD = 6


@pytest.fixture
def release(world: World) -> ReleaseView:
    return material.release_make(world)


def disputed(world: World, release: ReleaseView, monkeypatch: pytest.MonkeyPatch) -> list[Decision]:
    """Two people who differ on every other post; of six gold posts the one knows all, the other none."""
    posts = [material.post_make(world) for _ in range(8)]
    material.tasks_make(world, release, posts, overlap=2)
    for name, says in (("annotator", "yes"), ("annotator2", "no")):
        for index in range(8):
            material.answer(world, name, material.document(says if index % 2 else "no"))
    more = [material.post_make(world) for _ in range(GOLD + 1)]
    material.tasks_make(world, release, more, overlap=2)
    known = {
        gold_item(world, release, document=material.document(says)).pk: says
        for says in ["yes", "no"] * (GOLD // 2)
    }
    rules_set(world, gold_share=0.5)
    for name, is_right in (("annotator", True), ("annotator2", False)):
        draws_fix(monkeypatch, *([0.0] * GOLD))
        for _ in range(GOLD):
            lease = lease_next(world.actor(name), project=world.project, kind="label")
            assert lease is not None and lease.task.source_id is not None
            says = known[lease.task.source_id]
            given = material.document(says if is_right else {"yes": "no", "no": "yes"}[says])
            annotation_submit(world.actor(name), Answer(lease.pk, uuid.uuid4(), given, 900))
    return list(decisions_current(world.project.pk, clause_keys=["hate"], include_undecided=True))


def recompute(
    world: World,
    release: ReleaseView,
    call_as: Call,
    run_jobs: Callable[[], list[Job]],
    method: str = "weighted",
) -> dict[str, object]:
    path = f"/api/projects/{world.project.pk}/decisions/recompute/"
    body = {"release_id": str(release.id), "clause_keys": ["hate"], "method": method}
    assert call_as("reviewer").post(path, body).status_code == 202
    (job,) = run_jobs()
    assert job.result is not None
    return dict(job.result)


@pytest.mark.parametrize("method", ["weighted", "graded"])
def test_gold_says_whom_to_believe_where_two_differ(
    world: World,
    release: ReleaseView,
    call_as: Call,
    run_jobs: Callable[[], list[Job]],
    monkeypatch: pytest.MonkeyPatch,
    method: str,
) -> None:
    before = disputed(world, release, monkeypatch)
    assert sum(row.answer is None for row in before) == 4
    clause = release.clauses["hate"]
    assert len(gold_votes(world.project.pk, "hate", clause.meaning_revision)) == 2 * GOLD
    found = recompute(world, release, call_as, run_jobs, method)
    assert found["decided"] == 8, "gold posts are decided by nobody's vote"
    assert found["undecided"] == 0
    after = {row.post_id: row for row in decisions_current(world.project.pk, clause_keys=["hate"])}
    assert {after[row.post_id].answer for row in before if row.answer is None} == {"yes"}
    assert {row.method for row in after.values()} == {"weighted"}
    assert recompute(world, release, call_as, run_jobs, method)["written"] == 0


def test_gold_that_was_retired_weighs_nothing(
    world: World,
    release: ReleaseView,
    call_as: Call,
    run_jobs: Callable[[], list[Job]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    disputed(world, release, monkeypatch)
    clause = release.clauses["hate"]
    for vote in gold_votes(world.project.pk, "hate", clause.meaning_revision)[:GOLD]:
        gold_retire(world.actor("reviewer"), world.project.pk, vote.item_id, because="Two readings.")
    assert gold_votes(world.project.pk, "hate", clause.meaning_revision) == []
    assert recompute(world, release, call_as, run_jobs)["undecided"] == 4


def test_answers_to_another_meaning_of_the_clause_weigh_nothing(
    world: World, release: ReleaseView, monkeypatch: pytest.MonkeyPatch
) -> None:
    disputed(world, release, monkeypatch)
    later = material.release_changed(world, release, clause_key="hate", question="Is anybody attacked?")
    clause = later.clauses["hate"]
    assert gold_votes(world.project.pk, "hate", clause.meaning_revision) == []
    assert len(gold_votes(world.project.pk, "spam", later.clauses["spam"].meaning_revision)) == 2 * GOLD
