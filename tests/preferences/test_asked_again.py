"""A share of pairs is asked of the same person again, with sides swapped; it measures them, and counts for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from core.queue.models import Task
from core.queue.selectors import Lease
from core.queue.services import quality_rules_set
from preferences.models import ComparisonDecision, Judgment, SideOrder
from preferences.selectors import judgments_of
from tests.annotation.gold_material import draws_fix
from tests.preferences import material
from tests.preferences.material import document, judge, lease_make, submit
from tests.world import World


@pytest.fixture
def asked(world: World) -> World:
    """Six comparisons, and a tenth of them asked again after two others."""
    material.release_make(world)
    material.comparisons_make(world, 6)
    material.tasks_make(world, overlap=2)
    quality_rules_set(world.actor("manager"), world.project.pk, values={"again_share": 0.1, "again_after": 2})
    return world


def again(world: World, monkeypatch: pytest.MonkeyPatch) -> Lease:
    """The annotator judges three pairs; the fourth they get is one they had."""
    draws_fix(monkeypatch, 0.9, 0.9, 0.9, 0.01)
    for value in (-2, 1, 1):
        judge(world, "annotator", answer=document(value))
    return lease_make(world, "annotator")


def test_a_pair_comes_again_with_its_sides_swapped(
    asked: World, call_as: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = again(asked, monkeypatch)
    first = Judgment.objects.order_by("created_at").first()
    assert first is not None
    assert (lease.task.source, lease.task.comparison_id) == ("again", first.comparison_id)
    shown = call_as("annotator").get(f"/api/leases/{lease.pk}/comparison/").json()
    assert [one["text"].endswith("two.") for one in shown["responses"]] == [True, False]
    assert (shown["submission"], shown["draft"]) == (None, None)
    assert SideOrder.objects.get(task_id=lease.task_id).swapped is not first.swapped


def test_what_is_said_again_is_kept_apart_and_decides_nothing(
    asked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lease = again(asked, monkeypatch)
    before = list(ComparisonDecision.objects.values_list("pk", flat=True))
    submit(asked.actor("annotator"), lease, document(-2))
    assert list(ComparisonDecision.objects.values_list("pk", flat=True)) == before
    told = [row for row in judgments_of(asked.project.pk) if row.comparison_id == lease.task.comparison_id]
    assert [(row.asked, row.counts) for row in told] == [("work", True), ("again", False)]
    values = [answer.value for row in told for answer in row.answers if answer.clause_key == "helpful"]
    assert values == [-2, 2], "in stored order: the same side was liked both times as shown, so they disagree"
    first = Task.objects.get(source="manual", comparison_id=lease.task.comparison_id)
    assert first.state == "open", "another person's opinion is still wanted"


def test_nothing_comes_again_before_its_time_or_twice(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    draws_fix(monkeypatch, *([0.01] * 12))
    judge(asked, "annotator")
    judge(asked, "annotator")
    assert not Task.objects.filter(source="again").exists()
    for _ in range(4):
        judge(asked, "annotator")
    sources = [judgment.asked for judgment in Judgment.objects.order_by("created_at")]
    assert sources[:3] == ["work"] * 3
    had = Task.objects.filter(source="again").values_list("source_id", flat=True)
    assert len(set(had)) == len(had) > 0


def test_nothing_comes_again_where_nobody_asked_for_it(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    material.release_make(world)
    material.comparisons_make(world, 4)
    material.tasks_make(world)
    draws_fix(monkeypatch, *([0.0] * 6))
    for _ in range(4):
        judge(world, "annotator")
    assert not Task.objects.filter(source="again").exists()
