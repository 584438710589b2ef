from __future__ import annotations

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now

from core.errors import InvalidError
from core.jobs.locks import job_lock
from core.jobs.models import Job, OutboxEntry
from core.jobs.running import JobContext, _handlers, job_handler, job_run
from core.jobs.selectors import outbox_oldest_age_s
from core.jobs.services import job_cancel, job_start, jobs_return_lost, outbox_relay
from tests.world import Caller, World, world_make

Runs = list[int]


@pytest.fixture
def kind() -> Iterator[Callable[[Callable[[JobContext], dict[str, Any]]], str]]:
    """Register a handler for the length of a test."""
    names: list[str] = []

    def register(function: Callable[[JobContext], dict[str, Any]]) -> str:
        name = f"tests.{uuid.uuid4().hex}"
        names.append(name)
        job_handler(kind=name, time_limit_s=60)(function)
        return name

    yield register
    for name in names:
        _handlers.pop(name)


Register = Callable[[Callable[[JobContext], dict[str, Any]]], str]


def test_a_job_runs_reports_progress_and_keeps_its_result(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]]
) -> None:
    def work(context: JobContext) -> dict[str, Any]:
        context.progress(1, 2, "half way")
        context.progress(2)
        return {"sum": context.params["a"] + 1}

    started = job_start(world.actor("manager"), project=world.project, kind=kind(work), params={"a": 4})
    (job,) = run_jobs()
    assert (job.pk, job.state, job.done, job.total, job.result) == (started.pk, "succeeded", 2, 2, {"sum": 5})


def test_what_a_job_is_about_stands_until_it_says_what_came_of_it(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]]
) -> None:
    seen: list[str] = []

    def work(context: JobContext) -> dict[str, Any]:
        seen.append(Job.objects.get(pk=context.job_id).message)
        context.progress(1, 2, "Counting")
        context.conclude("12 posts counted")
        return {}

    job_start(world.actor("manager"), project=world.project, kind=kind(work), message="photo.jpg")
    (job,) = run_jobs()
    assert (seen, job.message) == (["photo.jpg"], "12 posts counted")


def test_an_error_of_ours_reaches_the_person_in_words(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]], call_as: Callable[[str], Caller]
) -> None:
    class FileOddError(InvalidError):
        code = "file_odd"
        detail = "Line {line} is odd. Put it right, then import again."

    def work(context: JobContext) -> dict[str, Any]:
        raise FileOddError(line=7)

    job_start(world.actor("manager"), project=world.project, kind=kind(work))
    (job,) = run_jobs()
    shown = call_as("engineer").get(f"/api/jobs/{job.pk}/").json()
    assert shown["state"] == "failed"
    assert shown["error"] == {"code": "file_odd", "detail": "Line 7 is odd. Put it right, then import again."}


def test_a_fault_of_ours_ends_the_job_without_leaking_its_text(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]]
) -> None:
    def work(context: JobContext) -> dict[str, Any]:
        raise RuntimeError("secret text of a post")

    job_start(None, project=world.project, kind=kind(work))
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "job_broke")
    assert "secret" not in job.error_detail


def test_a_running_job_stops_at_its_next_step_when_cancelled(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]]
) -> None:
    steps: Runs = []

    def work(context: JobContext) -> dict[str, Any]:
        for step in range(10):
            context.progress(step, 10)
            steps.append(step)
            if step == 3:
                job_cancel(world.actor("manager"), Job.objects.get(pk=context.job_id))
        return {}

    job_start(world.actor("manager"), project=world.project, kind=kind(work))
    (job,) = run_jobs()
    assert job.state == "cancelled"
    assert steps == [0, 1, 2, 3]


def test_a_queued_job_is_cancelled_at_once_and_never_runs(
    world: World, kind: Register, run_jobs: Callable[[], list[Job]]
) -> None:
    ran: Runs = []

    def work(context: JobContext) -> dict[str, Any]:
        ran.append(1)
        return {}

    job = job_start(world.actor("manager"), project=world.project, kind=kind(work))
    job_cancel(world.actor("manager"), job)
    run_jobs()
    assert not ran
    assert Job.objects.get(pk=job.pk).state == "cancelled"


def test_the_same_work_started_twice_is_one_job(world: World) -> None:
    """F25: a second start finds the first, and a finished one does not stand in the way."""
    first = job_start(None, project=world.project, kind="tests.a", unique_key="import:1")
    assert job_start(None, project=world.project, kind="tests.a", unique_key="import:1").pk == first.pk
    Job.objects.filter(pk=first.pk).update(state="succeeded")
    assert job_start(None, project=world.project, kind="tests.a", unique_key="import:1").pk != first.pk


def test_a_job_and_its_outbox_row_live_and_die_together(world: World) -> None:
    """F17: a failed transaction leaves neither."""
    from django.db import transaction

    with pytest.raises(ZeroDivisionError), transaction.atomic():
        job = job_start(None, project=world.project, kind="tests.a")
        assert OutboxEntry.objects.filter(job=job).exists()
        _ = 1 / 0
    assert not Job.objects.filter(pk=job.pk).exists()
    assert not OutboxEntry.objects.filter(job=job.pk).exists()


def test_a_lost_broker_loses_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """F14: what was sent and never ran is sent again."""
    sent: list[str] = []
    monkeypatch.setattr(
        "core.jobs.services.relay.current_app.send_task", lambda name, **kw: sent.append(kw["args"][0])
    )
    job = job_start(None, project=world.project, kind="tests.a")
    assert (outbox_relay(), outbox_relay()) == (1, 0)
    monkeypatch.setattr("core.jobs.services.relay.RESEND_AFTER", timedelta(seconds=-60))
    assert jobs_return_lost() == 1
    assert outbox_relay() == 1
    assert sent == [str(job.pk)] * 2


def test_the_age_of_the_outbox_is_that_of_the_longest_waiting_entry(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.jobs.services.relay.current_app.send_task", lambda name, **kw: None)
    assert outbox_oldest_age_s() is None
    for number in range(2):
        job_start(None, project=world.project, kind=f"tests.{number}")
    newest = OutboxEntry.objects.latest("id")
    OutboxEntry.objects.filter(pk=newest.pk).update(unsent_since=Now() - timedelta(seconds=90))
    age_s = outbox_oldest_age_s()
    assert age_s is not None
    assert 90 <= age_s < 150
    outbox_relay()
    assert outbox_oldest_age_s() is None


def test_work_that_is_sent_again_has_waited_only_since_it_was_found_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("core.jobs.services.relay.current_app.send_task", lambda name, **kw: None)
    job_start(None, project=world.project, kind="tests.a")
    outbox_relay()
    hour_ago = Now() - timedelta(hours=1)
    OutboxEntry.objects.update(created_at=hour_ago, unsent_since=hour_ago, sent_at=hour_ago)
    assert jobs_return_lost() == 1
    age_s = outbox_oldest_age_s()
    assert age_s is not None
    assert age_s < 60


def test_only_identifiers_travel_to_the_broker(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """S75."""
    messages: list[Any] = []
    monkeypatch.setattr(
        "core.jobs.services.relay.current_app.send_task", lambda name, **kw: messages.append(kw["args"])
    )
    job = job_start(None, project=world.project, kind="tests.a", params={"note": "words of a post"})
    outbox_relay()
    assert messages == [[str(job.pk)]]


@pytest.mark.django_db(transaction=True)
def test_a_job_delivered_twice_at_once_runs_once(kind: Register) -> None:
    """F13: a message delivered again finds the job's lock taken."""
    world, runs, inside, release = world_make(), [], threading.Event(), threading.Event()

    def work(context: JobContext) -> dict[str, Any]:
        runs.append(context.attempt)
        inside.set()
        assert release.wait(30)
        return {}

    job = job_start(None, project=world.project, kind=kind(work))

    def other() -> None:
        job_run(job.pk)
        connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert inside.wait(30)
    job_run(job.pk)
    release.set()
    thread.join(30)
    assert runs == [1]
    assert Job.objects.get(pk=job.pk).state == "succeeded"


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_worker_died_is_returned_and_one_still_running_is_not(kind: Register) -> None:
    """F11, F12: the dead worker's database session, and with it the lock, is gone."""
    world = world_make()
    job = job_start(None, project=world.project, kind=kind(lambda context: {"attempt": context.attempt}))
    Job.objects.filter(pk=job.pk).update(state="running", attempts=1)
    held, release = threading.Event(), threading.Event()

    def alive() -> None:
        with job_lock(job.pk) as taken:
            assert taken
            held.set()
            release.wait(30)
        connection.close()

    thread = threading.Thread(target=alive)
    thread.start()
    assert held.wait(30)
    jobs_return_lost()
    assert Job.objects.get(pk=job.pk).state == "running"
    release.set()
    thread.join(30)
    jobs_return_lost()
    assert Job.objects.get(pk=job.pk).state == "queued"
    job_run(job.pk)
    assert Job.objects.get(pk=job.pk).result == {"attempt": 2}


def test_a_job_that_kills_its_worker_each_time_is_given_up(world: World, kind: Register) -> None:
    """F34: a poison job ends after three deliveries, with a sentence."""
    job = job_start(None, project=world.project, kind=kind(lambda context: {}))
    Job.objects.filter(pk=job.pk).update(state="running", attempts=3)
    job_run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == ("failed", "job_kept_dying")
    assert "3 times" in job.error_detail


def test_a_stranger_cannot_see_or_cancel_a_job(world: World, call_as: Callable[[str], Caller]) -> None:
    """S08."""
    job = job_start(world.actor("manager"), project=world.project, kind="tests.a")
    for name in ("outsider", "annotator"):
        assert call_as(name).get(f"/api/jobs/{job.pk}/").status_code == 404
        assert call_as(name).post(f"/api/jobs/{job.pk}/cancel/").status_code == 404
    assert Job.objects.get(pk=job.pk).state == "queued"
