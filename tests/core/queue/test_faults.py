"""Fault F10: whoever held a task slept longer than the hold."""

from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.db.models.functions import Now

from core.queue.errors import LeaseOverError
from core.queue.models import Draft, Lease, Submission, Task
from core.queue.services import draft_save, lease_next, lease_renew, leases_expire, submission_record
from tests.core.queue.queue_rows import label_tasks_make
from tests.world import World


def test_f10_who_slept_through_their_hold_cannot_take_the_slot_back_and_loses_nothing(world: World) -> None:
    label_tasks_make(world, 1)
    sleeper, other = world.actor("annotator"), world.actor("annotator2")
    lease = lease_next(sleeper, project=world.project, kind="label")
    assert lease is not None
    draft_save(sleeper, lease.pk, document={"records": [1]}, version=0)
    Lease.objects.filter(pk=lease.pk).update(expires_at=Now() - timedelta(seconds=1))
    leases_expire()
    taken = lease_next(other, project=world.project, kind="label")
    assert taken is not None
    submission_record(
        other, submission_id=uuid.uuid4(), lease_id=taken.pk, document={"by": "other"}, active_ms=1
    )
    # Awake again: the hold is over, the draft is there, and what is sent is kept but counts for nothing.
    with pytest.raises(LeaseOverError):
        lease_renew(sleeper, lease.pk)
    assert Draft.objects.get(person=sleeper.user).document == {"records": [1]}
    assert draft_save(sleeper, lease.pk, document={"records": [1, 2]}, version=1).version == 2
    late, _ = submission_record(
        sleeper, submission_id=uuid.uuid4(), lease_id=lease.pk, document={"by": "sleeper"}, active_ms=1
    )
    assert (late.is_late, late.late_reason, late.slot_id) == (True, "slot_taken", None)
    counted = Submission.objects.get(slot__isnull=False)
    assert (counted.document, counted.lease_epoch) == ({"by": "other"}, 1)
    assert Task.objects.get().state == "closed"


def test_f10_a_task_handed_out_again_to_the_same_person_has_a_new_epoch(world: World) -> None:
    label_tasks_make(world, 1)
    actor = world.actor("annotator")
    first = lease_next(actor, project=world.project, kind="label")
    assert first is not None
    Lease.objects.filter(pk=first.pk).update(expires_at=Now() - timedelta(seconds=1))
    leases_expire()
    again = lease_next(actor, project=world.project, kind="label")
    assert again is not None
    assert (again.pk, again.epoch) == (first.pk, 2)
    stored, _ = submission_record(
        actor, submission_id=uuid.uuid4(), lease_id=again.pk, document={"a": 1}, active_ms=1
    )
    assert (stored.is_late, stored.lease_epoch) == (False, 2)
