"""A release takes effect: what is open moves to it, what people have stays theirs."""

from __future__ import annotations

import functools
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from annotation.models import Verdict
from core.accounts.models import AuditEvent
from core.jobs.models import Job
from core.queue.models import Lease, Task
from core.queue.services import lease_next
from policies.selectors import ReleaseView
from policies.services import release_publish
from policies.services.taking_effect import JOB_KIND, open_tasks_move, releases_take_effect
from tests.annotation import material
from tests.world import World


def moved(world: World, old: ReleaseView, *, clause_key: str) -> ReleaseView:
    """The next release, in which one clause means something else, with its job run."""
    new = material.release_changed(world, old, clause_key=clause_key, question="Asked in other words?")
    job = Job.objects.get(kind=JOB_KIND)
    assert job.params == {"release_id": str(new.id)}
    told: list[int] = []
    open_tasks_move(release_id=new.id, progress=told.append)
    return new


def test_what_nobody_has_begun_is_asked_under_the_new_release(world: World) -> None:
    old = material.release_make(world)
    material.tasks_make(world, old, [material.post_make(world) for _ in range(3)])
    new = moved(world, old, clause_key="spam")
    assert set(Task.objects.values_list("release_id", "state")) == {(new.id, "open")}
    assert Task.objects.count() == 3
    event = AuditEvent.objects.get(action="tasks.move")
    assert (event.data["moved"], event.data["remade"]) == (3, 0)
    lease = lease_next(world.actor("annotator"), project=world.project, kind="label")
    assert lease is not None
    assert Lease.objects.get().task.release_id == new.id


def test_what_people_have_they_finish_and_the_rest_is_asked_anew_where_the_meaning_changed(
    world: World,
) -> None:
    old = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, old, [post], overlap=3)
    material.answer(world, "annotator", material.document())
    lease_next(world.actor("annotator2"), project=world.project, kind="label")
    new = moved(world, old, clause_key="spam")
    before = Task.objects.get(release_id=old.id)
    after = Task.objects.get(release_id=new.id)
    assert sorted(before.slot_rows.values_list("state", flat=True)) == ["filled", "leased"]
    assert (before.slots, before.state) == (2, "open")
    assert [slot.state for slot in after.slot_rows.all()] == ["open"]
    assert (after.slots, after.post_id, after.clause_keys) == (1, post.pk, before.clause_keys)
    held = Lease.objects.get(state="held")
    assert held.task_id == before.pk
    material.answer(world, "annotator2", material.document())
    before.refresh_from_db()
    assert before.state == "closed", "its last answer came"
    assert set(Verdict.objects.values_list("release_id", flat=True)) == {old.id}


def test_where_every_clause_means_the_same_the_open_slots_stay_with_the_answers(world: World) -> None:
    old = material.release_make(world)
    post = material.post_make(world)
    material.tasks_make(world, old, [post], overlap=2, clause_keys=["hate"])
    material.answer(world, "annotator", {"verdicts": [{"clause_key": "hate", "answer": "no"}]})
    moved(world, old, clause_key="spam")
    assert list(Task.objects.values_list("release_id", "slots", "state")) == [(old.id, 2, "open")]


def test_a_release_with_a_day_to_come_moves_nothing_before_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = material.release_make(world)
    material.tasks_make(world, old, [material.post_make(world)])
    tomorrow = timezone.now() + timedelta(days=1)
    later = functools.partial(release_publish, effective_at=tomorrow)
    monkeypatch.setattr(material, "release_publish", later)
    new = material.release_changed(world, old, clause_key="spam", question="Asked in other words?")
    assert releases_take_effect() == 0
    assert not Job.objects.filter(kind=JOB_KIND).exists()
    assert open_tasks_move(release_id=new.id, progress=lambda _: None)["moved"] == 0
    monkeypatch.setattr("policies.selectors.releases.timezone", SimpleNamespace(now=lambda: tomorrow))
    assert releases_take_effect() == 1
    assert releases_take_effect() == 0, "one job a release"
    assert open_tasks_move(release_id=new.id, progress=lambda _: None)["moved"] == 1
    assert open_tasks_move(release_id=new.id, progress=lambda _: None)["moved"] == 0
