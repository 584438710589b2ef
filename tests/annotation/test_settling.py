"""What an answer leads to is done after it was taken in: once, whoever comes by, and none holds up the others."""

from __future__ import annotations

from typing import Any

import pytest

from annotation.models import Decision, GoldResult, UnsettledAnswer
from annotation.services import settling
from annotation.services.settling import SETTLE_TASK, answers_settle, answers_wait
from core.jobs.chores import chores_tell
from core.queue.models import Slot, Task
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.world import World

pytestmark = pytest.mark.settles_later


def posts_asked(world: World, count: int, *, overlap: int = 1) -> None:
    release = material.release_once(world)
    material.tasks_make(world, release, [material.post_make(world) for _ in range(count)], overlap=overlap)


def test_a_post_is_decided_once_its_answers_were_looked_at(world: World) -> None:
    rules_set(world, answers_most=3)
    posts_asked(world, 1, overlap=2)
    material.answer(world, "annotator", material.document("yes"))
    assert answers_wait()
    assert answers_settle() == 1
    assert not Decision.objects.exists(), "one more answer is awaited"
    material.answer(world, "annotator2", material.document("no"))
    assert not Decision.objects.exists()
    assert answers_settle() == 1
    assert Decision.objects.count() == 2
    assert (Task.objects.get().state, Slot.objects.count()) == ("open", 3), "one more person is asked"
    assert (answers_wait(), answers_settle()) == (False, 0)


def test_answers_left_by_two_people_lead_to_one_decision(world: World) -> None:
    posts_asked(world, 1, overlap=2)
    material.answer(world, "annotator", material.document())
    material.answer(world, "annotator2", material.document())
    assert answers_settle() == 2
    assert Decision.objects.count() == 2, "one a clause"


def test_a_gold_answer_is_marked_when_it_is_looked_at(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    posts_asked(world, 2)
    gold_item(world, material.release_once(world))
    rules_set(world, gold_share=0.1)
    draws_fix(monkeypatch, 0.01, 0.9)
    given = material.answer(world, "annotator", material.document())
    assert given.task.source == "gold"
    assert (GoldResult.objects.count(), UnsettledAnswer.objects.count()) == (0, 1)
    answers_settle()
    assert set(GoldResult.objects.values_list("submission_id", flat=True)) == {given.pk}
    assert not UnsettledAnswer.objects.exists()
    assert not Decision.objects.exists()


def test_one_that_fails_is_tried_again_later_and_holds_up_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts_asked(world, 2)
    first = material.answer(world, "annotator", material.document())
    material.answer(world, "annotator", material.document())
    assert first.task.post is not None
    settle = settling.task_settle

    def fails(task: Any, release: Any) -> None:
        settle(task, release)
        if task.task_id == first.task_id:
            raise RuntimeError

    monkeypatch.setattr(settling, "task_settle", fails)
    answers_settle()
    assert not Decision.objects.filter(post=first.task.post).exists(), "nothing of what failed is kept"
    assert Decision.objects.count() == 2
    left = UnsettledAnswer.objects.get()
    assert (left.submission_id, left.attempts) == (first.pk, 1)
    assert not answers_wait(), "not before its time"
    monkeypatch.setattr(settling, "task_settle", settle)
    UnsettledAnswer.objects.update(due_at=left.due_at.replace(year=2020))
    assert answers_settle() == 1
    assert Decision.objects.count() == 4


def test_the_relay_tells_a_worker_that_answers_wait(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[tuple[str, Any]] = []
    monkeypatch.setattr(
        "core.jobs.chores.current_app.send_task", lambda name, **kw: sent.append((name, kw["queue"]))
    )
    assert chores_tell() == []
    posts_asked(world, 1)
    material.answer(world, "annotator", material.document())
    assert SETTLE_TASK in chores_tell()
    assert (SETTLE_TASK, "upkeep") in sent
