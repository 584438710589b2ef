"""What a judgment leads to is done after it was taken in: once, whoever comes by, and none holds up the others."""

from __future__ import annotations

from typing import Any

import pytest

from core.jobs.chores import chores_tell
from core.queue.models import Slot, Task
from core.queue.services import quality_rules_set
from preferences.models import ComparisonDecision, UnsettledJudgment
from preferences.services import settling
from preferences.services.settling import SETTLE_TASK, judgments_settle, judgments_wait
from tests.preferences import material
from tests.preferences.material import document, judge, submit
from tests.world import World

pytestmark = pytest.mark.settles_later


@pytest.fixture
def asked(world: World) -> World:
    """A comparison that two people should judge."""
    material.release_make(world)
    material.comparisons_make(world, 1)
    material.tasks_make(world, overlap=2)
    return world


def test_a_comparison_is_decided_when_its_judgment_was_looked_at(asked: World) -> None:
    judge(asked, "annotator")
    assert judgments_wait()
    assert not ComparisonDecision.objects.exists()
    assert judgments_settle() == 1
    assert ComparisonDecision.objects.count() == 2, "one an axis"
    assert (judgments_wait(), judgments_settle()) == (False, 0)


def test_a_correction_is_settled_like_a_judgment(asked: World) -> None:
    lease, first = judge(asked, "annotator", answer=document(-2))
    submit(asked.actor("annotator"), lease, document(2), supersedes_id=first.pk)
    assert judgments_settle() == 2
    newest = ComparisonDecision.objects.filter(clause_key="helpful").latest("id")
    assert (newest.outcome, newest.votes) == ("b", 1)


def test_one_more_person_is_asked_about_the_axes_people_differ_on(asked: World) -> None:
    quality_rules_set(asked.actor("manager"), asked.project.pk, values={"answers_most": 3})
    judge(asked, "annotator", answer=document(-2))
    judge(asked, "annotator2", answer=document(2))
    assert Task.objects.get().state == "closed"
    judgments_settle()
    assert Task.objects.get().state == "open"
    assert Slot.objects.get(state="open").clause_keys == ["helpful"]


def test_one_that_fails_is_tried_later_and_holds_up_no_other(
    asked: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, broken = judge(asked, "annotator")
    judge(asked, "annotator2")
    settle = settling._settle

    def failing(submission_id: Any) -> None:
        if submission_id == broken.pk:
            raise RuntimeError("not today")
        settle(submission_id)

    monkeypatch.setattr(settling, "_settle", failing)
    judgments_settle()
    left = UnsettledJudgment.objects.get()
    assert (left.submission_id, left.attempts) == (broken.pk, 1)
    assert not judgments_wait(), "not before its time"
    assert ComparisonDecision.objects.count() == 2
    monkeypatch.undo()
    UnsettledJudgment.objects.update(due_at=left.due_at.replace(year=2020))
    assert judgments_settle() == 1
    assert not UnsettledJudgment.objects.exists()


def test_the_relay_tells_a_worker_that_judgments_wait(asked: World, monkeypatch: pytest.MonkeyPatch) -> None:
    judge(asked, "annotator")
    sent = []
    monkeypatch.setattr(
        "core.jobs.chores.current_app.send_task",
        lambda name, **options: sent.append((name, options["queue"])),
    )
    assert SETTLE_TASK in chores_tell()
    assert (SETTLE_TASK, "upkeep") in sent
