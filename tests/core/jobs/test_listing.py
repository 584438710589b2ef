from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest

from core.jobs.models import Job
from core.jobs.services import job_start
from tests.world import Caller, World

Call = Callable[[str], Caller]
MEDIA = "content.make_renditions"


@pytest.fixture
def jobs(world: World) -> World:
    """Three jobs that prepare media (one done, one failed) and one import."""
    actor = world.actor("engineer")
    made = [
        job_start(actor, project=world.project, kind=MEDIA, message=f"photo-{number}.jpg")
        for number in range(3)
    ]
    job_start(actor, project=world.project, kind="content.import_posts")
    job_start(actor, project=world.other_project, kind="content.import_posts")
    Job.objects.filter(pk=made[0].pk).update(state="succeeded")
    Job.objects.filter(pk=made[1].pk).update(state="failed")
    return world


def listed(world: World, caller: Caller, **query: Any) -> list[tuple[str, str]]:
    answer = caller.get(f"/api/projects/{world.project.pk}/jobs/?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    return [(job["kind"], job["message"]) for job in answer.json()["results"]]


def test_a_person_finds_the_import_among_the_routine(jobs: World, call_as: Call) -> None:
    caller = call_as("manager")
    assert listed(jobs, caller, exclude_kind=MEDIA) == [("content.import_posts", "")]
    assert listed(jobs, caller, kind="content.import_posts") == [("content.import_posts", "")]
    assert listed(jobs, caller, kind=MEDIA) == [(MEDIA, f"photo-{number}.jpg") for number in (2, 1, 0)]
    assert len(listed(jobs, caller)) == 4
    assert listed(jobs, caller, kind="nothing.of_the_kind") == []


def test_the_jobs_are_counted_by_kind_within_the_project(jobs: World, call_as: Call) -> None:
    answer = call_as("manager").get(f"/api/projects/{jobs.project.pk}/job-counts/")
    assert answer.json() == [
        {"kind": "content.import_posts", "total": 1, "active": 1, "failed": 0},
        {"kind": MEDIA, "total": 3, "active": 1, "failed": 1},
    ]
