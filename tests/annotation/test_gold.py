from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from annotation.models import Decision, GoldAnswer, GoldResult
from annotation.selectors import agreement_measured, verdicts_counted, votes
from annotation.services import Answer, Tolerance, annotation_submit, gold_make, gold_retire
from core.accounts.models import AuditEvent
from core.jobs.models import Job
from core.queue.models import GoldOffer, Lease, Slot, SpareId, Submission, Task
from core.queue.selectors import project_overview
from core.queue.services import lease_next, lease_release
from policies.services.taking_effect import JOB_KIND as MOVE_KIND
from policies.services.taking_effect import releases_take_effect
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.world import Caller, World

Call = Callable[[str], Caller]


def work_make(world: World, count: int = 5, *, overlap: int = 1) -> Any:
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(count)], overlap=overlap)
    return release


def take(world: World, name: str = "annotator") -> Task:
    lease = lease_next(world.actor(name), project=world.project, kind="label")
    assert lease is not None
    return lease.task


def give(world: World, document: dict[str, Any], name: str = "annotator", **more: Any) -> Submission:
    lease = Lease.objects.get(person=world.person(name), state="held")
    receipt = annotation_submit(world.actor(name), Answer(lease.pk, uuid.uuid4(), document, 900, **more))
    return Submission.objects.get(pk=receipt.id)


def test_gold_is_handed_out_as_often_as_the_project_says(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world)
    item = gold_item(world, release)
    rules_set(world, gold_share=0.1)
    draws_fix(monkeypatch, 0.5, 0.05, 0.05)
    assert take(world).source == "manual"
    give(world, material.document())
    gold = take(world)
    assert (gold.source, gold.source_id, gold.post_id) == ("gold", item.pk, item.post_id)
    give(world, material.document("yes"))
    assert take(world).source == "manual", "each gold once a person"


def test_each_person_gets_each_gold_once_in_an_order_of_their_own(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world, 12, overlap=8)
    items = [gold_item(world, release) for _ in range(6)]
    rules_set(world, gold_share=0.5)
    orders = []
    for name in ("annotator", "annotator2", "reviewer"):
        draws_fix(monkeypatch, *([0.0] * 40))
        seen = []
        for _ in range(10):
            task = take(world, name)
            seen.append(task.source_id if task.source == "gold" else None)
            give(world, material.document(), name)
        assert sorted(filter(None, seen)) == sorted(item.pk for item in items)
        orders.append(seen)
    assert len({str(order) for order in orders}) > 1


def test_no_gold_is_handed_out_when_nothing_else_is_left(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world, 1)
    gold_item(world, release)
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.9, 0.0, 0.0)
    take(world)
    give(world, material.document())
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None


def test_a_gold_task_given_back_goes_to_nobody_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = work_make(world, 2)
    gold_item(world, release)
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0, 0.9, 0.9)
    gold = take(world)
    lease_release(world.actor("annotator"), gold.leases.get().pk, outcome="declined")
    assert take(world, "annotator2").source == "manual"
    assert take(world).source == "manual"


def test_an_identifier_comes_from_between_those_of_the_batch(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world, 60)
    ids = list(Task.objects.order_by("pk").values_list("pk", flat=True))
    spare = set(SpareId.objects.values_list("pk", flat=True))
    assert spare, "a batch of 60 leaves some identifiers over"
    SpareId.objects.create(id=uuid.UUID(int=ids[0].int - 1), project=world.project)
    gold_item(world, release)
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    gold = take(world)
    assert gold.pk.int == ids[0].int - 1
    assert gold.pk.version == 7


def test_gold_counts_in_nothing_else(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = work_make(world, 3)
    item = gold_item(world, release)
    rules_set(world, gold_share=0.5)
    before = project_overview(world.project)
    draws_fix(monkeypatch, 0.0)
    take(world)
    stored = give(world, material.document("yes"))
    assert stored.verdicts.count() == 2
    assert not Decision.objects.filter(post_id=item.post_id).exists()
    assert not verdicts_counted(world.project.pk).exists()
    assert not list(votes(world.project.pk))
    assert all(row.votes == 0 for row in agreement_measured(world.project.pk, [release]).clauses)
    assert project_overview(world.project) == before


@pytest.mark.parametrize(
    ("given", "passed"),
    [
        (material.document("yes", severity=2), {"hate": True, "spam": True}),
        (material.document("yes", severity=3), {"hate": True, "spam": True}),
        (material.document("yes", severity=1, spam="yes"), {"hate": True, "spam": False}),
        (material.document("no"), {"hate": False, "spam": True}),
    ],
)
def test_an_answer_is_held_against_the_known_one(
    world: World, monkeypatch: pytest.MonkeyPatch, given: dict[str, Any], passed: dict[str, bool]
) -> None:
    release = work_make(world)
    gold_item(world, release, tolerance=Tolerance(severity_within=1))
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    take(world)
    give(world, given)
    assert {row.clause_key: row.passed for row in GoldResult.objects.all()} == passed


def test_marks_must_be_near_where_the_gold_wants_them(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = work_make(world)
    post = material.post_make(world)
    known = material.document("yes", evidence=[material.box(post)])
    gold_item(world, release, post=post, document=known, tolerance=Tolerance(alike_min=0.6))
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    take(world)
    give(world, material.document("yes", evidence=[material.box(post, x=60)]))
    result = GoldResult.objects.get(clause_key="hate")
    assert (result.right_answer, result.passed) == (True, False)
    assert result.alike == pytest.approx(1 / 3)


def test_a_semantic_edit_ends_the_validity_for_that_clause(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world)
    item = gold_item(world, release)
    later = material.release_changed(world, release, clause_key="hate", question="Does it attack a group?")
    ranges = {row.clause_key: (row.meaning_from, row.meaning_to) for row in GoldAnswer.objects.all()}
    assert ranges == {"hate": (1, 1), "spam": (1, None)}
    offers = {row.release_id: row.known_keys for row in GoldOffer.objects.filter(item_id=item.pk)}
    assert offers[later.id] == ["spam"]
    material.tasks_make(world, later, [material.post_make(world) for _ in range(2)], overlap=1)
    Task.objects.filter(release_id=release.id).update(state="withdrawn")
    Slot.objects.filter(task__release_id=release.id).update(state="withdrawn")
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    gold = take(world)
    assert (gold.source, gold.release_id) == ("gold", later.id)
    assert sorted(gold.clause_keys) == ["hate", "spam"], "it asks what any task asks"
    give(world, material.document())
    assert [row.clause_key for row in GoldResult.objects.all()] == ["spam"]


def test_on_the_day_of_a_release_gold_that_still_holds_is_offered_and_what_changed_is_not(
    world: World,
) -> None:
    release = work_make(world)
    item = gold_item(world, release)
    later = material.release_changed(world, release, clause_key="hate", question="Does it attack a group?")
    GoldOffer.objects.filter(release_id=later.id).delete()
    Job.objects.all().update(unique_key=None)
    Job.objects.filter(kind=MOVE_KIND).update(kind="policies.moved_before")
    releases_take_effect()
    (offer,) = GoldOffer.objects.filter(item_id=item.pk, release_id=later.id)
    assert offer.known_keys == ["spam"]


def test_gold_is_made_from_what_was_decided(world: World) -> None:
    release = material.release_once(world)
    post = material.post_make(world)
    material.tasks_make(world, release, [post], overlap=1)
    material.answer(world, "annotator", material.document("yes", evidence=[material.box(post)]))
    item = gold_make(world.actor("reviewer"), post.pk, release_id=release.id, explanation="Plain.")
    known = {row.clause_key: row for row in item.answers.all()}
    assert (known["hate"].answer, known["hate"].severity, known["spam"].answer) == ("yes", 2, "no")
    assert known["hate"].evidence[0]["kind"] == "box"
    assert AuditEvent.objects.filter(action="gold.make").count() == 1


def test_ordinary_tasks_about_a_gold_post_are_withdrawn_and_not_made(world: World, call_as: Call) -> None:
    release = material.release_once(world)
    post = material.post_make(world)
    material.tasks_make(world, release, [post], overlap=2)
    gold_item(world, release, post=post)
    assert Task.objects.get(post=post).state == "withdrawn"
    body = {"release_id": str(release.id), "posts": {"post_ids": [str(post.pk)]}, "overlap": 1}
    refused = call_as("manager").post(f"/api/projects/{world.project.pk}/label-tasks/", body)
    assert refused.json()["code"] == "no_posts_match"


def test_retired_gold_is_handed_out_no_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    release = work_make(world)
    item = gold_item(world, release)
    gold_retire(world.actor("policy_editor"), world.project.pk, item.pk, because="Nobody gets it right.")
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    assert take(world).source == "manual"


def test_a_correction_is_marked_anew_while_results_are_not_shown(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    release = work_make(world)
    gold_item(world, release)
    rules_set(world, gold_share=0.5)
    draws_fix(monkeypatch, 0.0)
    task = take(world)
    first = give(world, material.document("no"))
    lease = task.leases.get()
    again = Answer(lease.pk, uuid.uuid4(), material.document("yes"), 900, first.pk)
    annotation_submit(world.actor("annotator"), again)
    passed = list(
        GoldResult.objects.filter(clause_key="hate").order_by("id").values_list("passed", flat=True)
    )
    assert passed == [False, True]
