from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from core.accounts.selectors import Actor
from core.queue.errors import (
    DraftConflictError,
    LeaseOverError,
    ProjectNotActiveError,
    SubmissionDiffersError,
    SubmittedAlreadyError,
)
from core.queue.models import Lease, Slot, Submission, Task
from core.queue.services import (
    draft_save,
    lease_next,
    lease_release,
    lease_renew,
    leases_expire,
    submission_record,
    tasks_withdraw,
)
from tests.core.queue.queue_rows import label_tasks_make
from tests.world import World, world_make


def _next(world: World, name: str, **options: Any) -> Lease:
    lease = lease_next(world.actor(name), project=world.project, kind="label", **options)
    assert lease is not None
    return lease


def _submit(world: World, name: str, lease: Lease, **changes: Any) -> Submission:
    document = changes.pop("document", {"verdicts": []})
    submission_id = changes.pop("submission_id", None) or uuid.uuid4()
    submission, _ = submission_record(
        world.actor(name),
        submission_id=submission_id,
        lease_id=lease.pk,
        document=document,
        active_ms=900,
        **changes,
    )
    return submission


def _let_run_out(lease: Lease) -> None:
    # A minute ago: what renews asks when its transaction began, and a test is one transaction.
    Lease.objects.filter(pk=lease.pk).update(expires_at=Now() - timedelta(minutes=1))


def test_higher_priority_comes_first_and_then_the_older_task(world: World) -> None:
    tasks = label_tasks_make(world, 3, priorities=[0.0, 2.0, 0.0])
    order = []
    for _ in range(3):
        lease = _next(world, "annotator", holding=[row.pk for row in Lease.objects.all()])
        order.append(lease.task_id)
    assert order == [tasks[1].pk, tasks[0].pk, tasks[2].pk]


def test_asking_again_returns_the_task_already_held_unless_the_page_has_it(world: World) -> None:
    label_tasks_make(world, 2)
    first = _next(world, "annotator")
    assert _next(world, "annotator").pk == first.pk
    assert _next(world, "annotator", holding=[first.pk]).pk != first.pk


def test_nobody_gets_a_task_twice_after_answering_skipping_or_declining(world: World) -> None:
    label_tasks_make(world, 3, slots=3)
    _submit(world, "annotator", _next(world, "annotator"))
    lease_release(
        world.actor("annotator"), _next(world, "annotator").pk, outcome="skipped", reason="no sound"
    )
    lease_release(world.actor("annotator"), _next(world, "annotator").pk, outcome="declined")
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None
    assert _next(world, "annotator2") is not None


def test_a_task_closes_when_its_last_slot_is_filled(world: World) -> None:
    (task,) = label_tasks_make(world, 1, slots=2)
    _submit(world, "annotator", _next(world, "annotator"))
    assert Task.objects.get().state == "open"
    _submit(world, "annotator2", _next(world, "annotator2"))
    assert Task.objects.get(pk=task.pk).state == "closed"
    assert lease_next(world.actor("reviewer"), project=world.project, kind="label") is None


def test_an_expired_lease_returns_to_the_queue(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    assert lease_next(world.actor("annotator2"), project=world.project, kind="label") is None
    _let_run_out(lease)
    assert leases_expire() == 1
    assert leases_expire() == 0
    assert _next(world, "annotator2").task_id == lease.task_id


def test_a_late_answer_is_kept_and_counts_while_there_is_room(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    _let_run_out(lease)
    leases_expire()
    late = _submit(world, "annotator", lease)
    assert (late.is_late, late.late_reason, late.slot_id is not None) == (True, "lease_expired", True)
    assert Task.objects.get().state == "closed"


def test_a_late_answer_to_a_task_others_finished_is_kept_but_does_not_count(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    _let_run_out(lease)
    leases_expire()
    _submit(world, "annotator2", _next(world, "annotator2"))
    late = _submit(world, "annotator", lease, document={"verdicts": [{"clause_key": "spam"}]})
    assert (late.is_late, late.late_reason, late.slot_id) == (True, "slot_taken", None)
    assert Submission.objects.get(pk=late.pk).document == {"verdicts": [{"clause_key": "spam"}]}


def test_an_answer_to_a_withdrawn_task_or_a_paused_project_is_kept_and_marked(world: World) -> None:
    label_tasks_make(world, 2)
    first = _next(world, "annotator")
    second = _next(world, "annotator", holding=[first.pk])
    tasks_withdraw(world.actor("manager"), project=world.project, task_ids=[first.task_id])
    assert _submit(world, "annotator", first).late_reason == "task_withdrawn"
    type(world.project).objects.filter(pk=world.project.pk).update(state="paused")
    paused = _submit(world, "annotator", second)
    assert (paused.late_reason, paused.slot_id is not None) == ("project_paused", True)


def test_sending_an_answer_again_finds_the_first_and_another_one_is_refused(world: World) -> None:
    label_tasks_make(world, 1)
    lease, key = _next(world, "annotator"), uuid.uuid4()
    first = _submit(world, "annotator", lease, submission_id=key)
    again, created = submission_record(
        world.actor("annotator"), submission_id=key, lease_id=lease.pk, document={"verdicts": []}, active_ms=5
    )
    assert (again.pk, created) == (first.pk, False)
    with pytest.raises(SubmissionDiffersError):
        _submit(world, "annotator", lease, submission_id=key, document={"verdicts": [1]})
    with pytest.raises(SubmittedAlreadyError):
        _submit(world, "annotator", lease)
    assert Submission.objects.count() == 1


def test_a_correction_supersedes_and_the_first_stays(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    first = _submit(world, "annotator", lease)
    second = _submit(world, "annotator", lease, supersedes_id=first.pk, document={"verdicts": [2]})
    assert Submission.objects.get(pk=first.pk).document == {"verdicts": []}
    assert second.supersedes_id == first.pk
    assert second.slot_id == first.slot_id


def test_renewing_holds_on_and_fails_once_the_hold_is_over(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    Lease.objects.filter(pk=lease.pk).update(expires_at=Now() + timedelta(seconds=5))
    renewed = lease_renew(world.actor("annotator"), lease.pk)
    assert renewed.expires_at > lease.created_at + timedelta(seconds=world.project.lease_seconds - 60)
    _let_run_out(lease)
    with pytest.raises(LeaseOverError):
        lease_renew(world.actor("annotator"), lease.pk)


def test_whoever_answered_elsewhere_is_told_so_and_not_that_the_hold_is_over(world: World) -> None:
    """A second tab that still shows the task asks to hold on to it."""
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    actor = world.actor("annotator")
    _submit(world, "annotator", lease)
    with pytest.raises(SubmittedAlreadyError):
        lease_renew(actor, lease.pk)


def test_a_paused_project_hands_out_nothing(world: World) -> None:
    label_tasks_make(world, 1)
    world.project.state = "paused"
    with pytest.raises(ProjectNotActiveError, match="paused"):
        lease_next(world.actor("annotator"), project=world.project, kind="label")


def test_f36_two_tabs_do_not_overwrite_each_others_draft(world: World) -> None:
    label_tasks_make(world, 1)
    lease, actor = _next(world, "annotator"), world.actor("annotator")
    assert draft_save(actor, lease.pk, document={"tab": 1}, version=0).version == 1
    assert draft_save(actor, lease.pk, document={"tab": 1, "more": True}, version=1).version == 2
    with pytest.raises(DraftConflictError) as refused:
        draft_save(actor, lease.pk, document={"tab": 2}, version=1)
    assert refused.value.fields == {"version": 2, "document": {"tab": 1, "more": True}}


def test_a_draft_whose_answer_was_lost_is_no_conflict_when_it_comes_again(world: World) -> None:
    label_tasks_make(world, 1)
    lease, actor = _next(world, "annotator"), world.actor("annotator")
    draft_save(actor, lease.pk, document={"tab": 1, "active_ms": 500}, version=0)
    assert draft_save(actor, lease.pk, document={"tab": 1, "active_ms": 2500}, version=0).version == 1
    with pytest.raises(DraftConflictError):
        draft_save(actor, lease.pk, document={"tab": 2, "active_ms": 500}, version=0)


def test_a_decline_leaves_no_trace_of_the_person(world: World) -> None:
    from core.accounts.models import AuditEvent

    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    lease_release(world.actor("annotator"), lease.pk, outcome="declined", reason="too much today")
    event = AuditEvent.objects.filter(action="lease.decline").get()
    assert (event.actor_id, event.target_id) == (None, "")
    assert Lease.objects.get(pk=lease.pk).reason == ""


@pytest.mark.parametrize("table", ["queue_submission", "queue_viewevent"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET created_at = now()", "DELETE FROM {}"])
def test_submissions_and_views_cannot_be_changed_even_by_sql(
    world: World, table: str, statement: str
) -> None:
    from core.queue.services import ViewSpec, views_record

    (task,) = label_tasks_make(world, 1)
    _submit(world, "annotator", _next(world, "annotator"))
    assert task.post_id is not None
    views_record(world.actor("annotator"), project=world.project, views=[ViewSpec(task.post_id, True, 1.0)])
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))


def test_the_database_refuses_to_hand_one_slot_to_two_people(world: World) -> None:
    label_tasks_make(world, 1)
    _next(world, "annotator")
    held = Lease.objects.get()
    other = world.actor("annotator2").user
    with pytest.raises(DatabaseError, match="queue_lease_one_per_slot"), transaction.atomic():
        Lease.objects.create(
            task_id=held.task_id, slot_id=held.slot_id, person=other, expires_at=held.expires_at
        )


def test_the_database_refuses_a_second_answer_in_one_slot(world: World) -> None:
    label_tasks_make(world, 1)
    lease = _next(world, "annotator")
    first = _submit(world, "annotator", lease)
    with pytest.raises(DatabaseError, match="queue_submission_one_per_slot"), transaction.atomic():
        Submission.objects.create(
            task_id=first.task_id,
            slot_id=first.slot_id,
            lease=lease,
            person=world.person("annotator2"),
            lease_epoch=1,
            document={},
            document_sha256="0",
            active_ms=1,
        )


def _in_threads(count: int, work: Callable[[int], None]) -> list[BaseException]:
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run(number: int) -> None:
        try:
            start.wait(timeout=30)
            work(number)
        except BaseException as failure:  # noqa: BLE001 - reported to the test's own thread
            failures.append(failure)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    return failures


@pytest.mark.django_db(transaction=True)
def test_f09_no_task_is_handed_out_twice_or_over_its_overlap_under_concurrency() -> None:
    """F09: many people and tabs claim from one queue and answer at once."""
    world = world_make()
    label_tasks_make(world, 12, slots=2)
    people = ["annotator", "annotator2", "reviewer", "reviewer2"]

    def work(number: int) -> None:
        actor: Actor = world.actor(people[number % len(people)])
        while (lease := lease_next(actor, project=world.project, kind="label")) is not None:
            try:
                submission_record(
                    actor, submission_id=uuid.uuid4(), lease_id=lease.pk, document={"by": number}, active_ms=1
                )
            except SubmittedAlreadyError:  # another tab of the same person held the same lease
                continue

    failures = _in_threads(12, work)
    assert not failures, failures
    per_task = Submission.objects.values("task").annotate(n=F("task__slots")).count()
    assert per_task == Submission.objects.count() == 24
    assert Submission.objects.values("task", "person").distinct().count() == 24
    assert Slot.objects.exclude(state="filled").count() == 0


@pytest.mark.django_db(transaction=True)
def test_f08_one_answer_sent_by_many_connections_at_once_is_one_row() -> None:
    """F08: the same submit, many times at once."""
    world = world_make()
    label_tasks_make(world, 1)
    lease, key = _next(world, "annotator"), uuid.uuid4()
    created: list[bool] = []

    def work(number: int) -> None:
        _, new = submission_record(
            world.actor("annotator"), submission_id=key, lease_id=lease.pk, document={"a": 1}, active_ms=1
        )
        created.append(new)

    failures = _in_threads(16, work)
    assert not failures, failures
    assert sorted(created) == [False] * 15 + [True]
    assert Submission.objects.count() == 1


def test_hiding_a_post_withdraws_its_tasks_and_keeps_an_answer_under_way(world: World) -> None:
    """K03: gone from every queue at once."""
    from core.content.services import post_hide

    (task,) = label_tasks_make(world, 1, slots=2)
    lease = _next(world, "annotator")
    post_hide(world.actor("reviewer"), task.post_id or uuid.uuid4(), reason="I think this is illegal to hold")
    assert lease_next(world.actor("reviewer"), project=world.project, kind="label") is None
    assert lease_next(world.actor("annotator"), project=world.project, kind="label") is None
    assert _submit(world, "annotator", lease).late_reason == "task_withdrawn"
