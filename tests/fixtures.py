from __future__ import annotations

from collections.abc import Callable

import pytest
from celery import current_app

from core.jobs.models import Job
from core.jobs.running import job_run, outbox_take
from tests.world import Caller, World, world_make


@pytest.fixture
def world(db: None) -> World:
    """Two organizations and a person for every role."""
    return world_make()


@pytest.fixture
def call_as(world: World) -> Callable[[str], Caller]:
    """Speak to the API as a person of the world, or as nobody (``anon``)."""
    return lambda name: Caller(None if name == "anon" else world.person(name))


@pytest.fixture
def run_jobs(db: None) -> Callable[[], list[Job]]:
    """Run what waits in the outbox, here and now, as workers would; returns the jobs in their final state."""
    current_app.loader.import_default_modules()

    def run() -> list[Job]:
        ran: list[Job] = []
        while waiting := outbox_take():
            for _, job_id in waiting:
                job_run(job_id)
                ran.append(Job.objects.get(pk=job_id))
        return ran

    return run
