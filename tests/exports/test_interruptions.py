"""A build that dies at any point shows nothing, and the next one gives what an undisturbed one gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from core.jobs.models import Job, OutboxEntry
from core.jobs.running import job_run
from core.jobs.services import jobs_return_lost
from exports.domain.pair_rows import pair_rows
from exports.domain.records import JudgedComparison
from exports.models import Version, VersionFile
from exports.services import building
from tests.exports.answers import Answers
from tests.exports.datasets import Exporter
from tests.exports.test_versions import NO, YES


class Killed(BaseException):
    """Stands for SIGKILL: nothing catches it, nothing is tidied up after it but what the next run does."""


@pytest.fixture
def filled(answers: Answers) -> Answers:
    answers.label(YES, YES)
    answers.label(NO, YES)
    answers.compare(-2, -3, rewrite="Kinder.")
    return answers


def _dying(original: Callable[..., Any], *, at: int) -> Callable[..., Any]:
    calls = 0

    def call(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == at:
            raise Killed
        return original(*args, **kwargs)

    return call


@pytest.mark.parametrize(
    ("step", "at"),
    [("_items", 1), ("_items", 3), ("_store", 1), ("_store", 4), ("_text_store", 2), ("_finish", 1)],
)
def test_a_killed_build_is_done_again_with_the_same_bytes(
    filled: Answers, exporter: Exporter, monkeypatch: pytest.MonkeyPatch, step: str, at: int
) -> None:
    undisturbed = exporter.build(exporter.create("undisturbed"))
    started = exporter.start(exporter.create("disturbed"))
    with monkeypatch.context() as patched:
        patched.setattr(building, step, _dying(getattr(building, step), at=at))
        patched.setattr(shutil, "rmtree", lambda *args, **kwargs: None)
        OutboxEntry.objects.filter(job_id=started["job_id"]).delete()
        with pytest.raises(Killed):
            job_run(Job.objects.get(pk=started["job_id"]).pk)
    left = exporter.version(started["id"])
    assert (left["state"], left["files"], left["content_sha256"]) == ("building", [], None)
    assert _folder(started).exists()
    assert Job.objects.get(pk=started["job_id"]).state == "running"
    assert jobs_return_lost() == 1
    job_run(Job.objects.get(pk=started["job_id"]).pk)
    done = exporter.version(started["id"])
    assert done["state"] == "ready"
    assert done["content_sha256"] == undisturbed["content_sha256"]
    assert not _folder(started).exists()


def test_a_job_that_comes_twice_changes_nothing(filled: Answers, exporter: Exporter) -> None:
    version = exporter.build(exporter.create())
    files = VersionFile.objects.count()
    again = building.version_build(Version.objects.get(pk=version["id"]).pk, lambda *args: None)
    assert again["content_sha256"] == version["content_sha256"]
    assert VersionFile.objects.count() == files


def test_a_row_that_breaks_a_rule_fails_the_version_and_names_the_row(
    filled: Answers, exporter: Exporter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = {**building._MADE_OF[JudgedComparison], "dpo": _with_empty_prompt(partial(pair_rows, "dpo"))}
    monkeypatch.setattr(building, "_MADE_OF", {**building._MADE_OF, JudgedComparison: made})
    started = exporter.start(exporter.create(kinds=["dpo"]))
    [job] = exporter.run_jobs()
    assert (job.state, job.error_code) == ("failed", "row_refused")
    failed = exporter.version(started["id"])
    assert failed["state"] == "failed"
    assert str(filled.comparisons[0].pk) in failed["error"]["detail"]
    assert failed["files"] == []


def _with_empty_prompt(original: Callable[..., Any]) -> Callable[..., Any]:
    def rows(*args: Any) -> Any:
        for item in original(*args):
            item.values["prompt"] = []
            yield item

    return rows


def _folder(started: dict[str, Any]) -> Path:
    return Path(settings.HOME) / "spool" / "exports" / str(started["id"])
