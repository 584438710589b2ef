"""Figures over many answers are counted by a worker: no request waits for them, and what is kept is shown meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from annotation import selectors
from annotation.selectors import kept_figures
from annotation.services import measuring
from core.jobs.models import Job
from policies.selectors import ReleaseView
from tests.annotation import material
from tests.world import Caller, World

Call = Callable[[str], Caller]
PATHS = ["agreement/", "annotators/", "unclear/"]


@pytest.fixture
def release(world: World, monkeypatch: pytest.MonkeyPatch) -> ReleaseView:
    monkeypatch.setattr(measuring, "AT_ONCE_MOST", 1)
    found = material.release_make(world)
    answered(world, found)
    return found


def answered(world: World, release: ReleaseView) -> None:
    material.tasks_make(world, release, [material.post_make(world)])
    for name in ("annotator", "annotator2"):
        material.answer(world, name, material.document("yes"))


def got(world: World, call_as: Call, path: str, *, status: int = 200, by: str = "reviewer") -> dict[str, Any]:
    answer = call_as(by).get(f"/api/projects/{world.project.pk}/{path}")
    assert answer.status_code == status, answer.content
    told: dict[str, Any] = answer.json()
    return told


@pytest.mark.usefixtures("release")
@pytest.mark.parametrize("path", PATHS)
def test_the_first_time_a_job_is_told_and_then_the_figures(
    world: World, call_as: Call, run_jobs: Callable[[], list[Job]], path: str
) -> None:
    begun = got(world, call_as, f"{path}?current=false", status=202)
    assert (begun["kind"], begun["state"]) == ("annotation.measure_figures", "queued")
    assert got(world, call_as, path, status=202, by="engineer")["id"] == begun["id"], (
        "two do not count the same"
    )
    assert [job.state for job in run_jobs()] == ["succeeded"]
    told = got(world, call_as, f"{path}?current=false")
    assert (told["is_current"], told["counting"]) == (True, None)
    assert told.keys() & {"clauses", "annotators"}
    assert got(world, call_as, path) == told, "what is so still is not counted again"


def test_no_request_reckons_what_a_worker_is_to(
    world: World, call_as: Call, run_jobs: Callable[[], list[Job]], release: ReleaseView, monkeypatch: Any
) -> None:
    got(world, call_as, "agreement/", status=202)
    run_jobs()
    answered(world, release)
    with monkeypatch.context() as patched:
        patched.setattr(selectors, "agreement_measured", None)
        old = got(world, call_as, "agreement/?current=false")
        assert (old["clauses"][0]["votes"], old["is_current"], old["counting"]) == (2, False, None)
        renewed = got(world, call_as, "agreement/")
        assert renewed["clauses"] == old["clauses"]
        assert renewed["counting"]["state"] == "queued"
        assert got(world, call_as, "agreement/?current=false")["counting"]["id"] == renewed["counting"]["id"]
    run_jobs()
    fresh = got(world, call_as, "agreement/?current=false")
    assert (fresh["clauses"][0]["votes"], fresh["is_current"], fresh["counting"]) == (4, True, None)


@pytest.mark.usefixtures("release")
def test_a_count_that_failed_says_so_until_somebody_tries_again(
    world: World, call_as: Call, run_jobs: Callable[[], list[Job]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_figures, "_keep", lambda *_: None)
    got(world, call_as, "agreement/?current=false", status=202)
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "figures_not_kept")
    told = got(world, call_as, "agreement/?current=false", status=202)
    assert told["error"]["detail"].startswith("The answers were counted")
    assert run_jobs() == [], "asking how it went begins nothing"
    monkeypatch.undo()
    monkeypatch.setattr(measuring, "AT_ONCE_MOST", 1)
    got(world, call_as, "agreement/", status=202)
    run_jobs()
    assert got(world, call_as, "agreement/?current=false")["is_current"]
