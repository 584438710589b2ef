"""Training on the server: runs started, followed, cancelled, and what they made pulled."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concord.errors import ConcordError
from concord.following import over_wait
from concord.pulling import files_pull, ready_require
from concord.records import Job, TrainingRun

if TYPE_CHECKING:
    from concord.client import Client


@dataclass(frozen=True)
class PulledModel:
    """What a run made, in a folder that ``from_pretrained`` takes."""

    folder: Path
    run: TrainingRun
    files: int
    downloaded_bytes: int


def run_start(
    client: Client, reference: str, *, recipe: str, base: str, settings: Mapping[str, Any] | None = None
) -> TrainingRun:
    """Have a worker of the server train on the version ``reference``.

    Raises
    ------
    ConcordError
        ``version_not_ready``; ``training_kind_missing`` and ``nothing_to_train_on`` when the version lacks the rows
        of the recipe; ``encoder_name`` when the base cannot be one.
    """
    version = client.version(reference)
    ready_require(version)
    project = client.project(reference.partition("/")[0])
    body = {"version_id": version.id, "recipe": recipe, "base": base, "settings": dict(settings or {})}
    return TrainingRun.from_json(
        client.transport.post(f"/api/projects/{project.id}/training-runs/", json=body)
    )


def run_wait(
    client: Client, run_id: str, *, timeout_s: float, on_change: Callable[[TrainingRun], None] | None
) -> TrainingRun:
    """Follow a run until it is over, calling ``on_change`` whenever it moved; return it.

    Raises
    ------
    ConcordError
        The run's own code when it failed, ``run_cancelled``, or ``run_still_going`` after ``timeout_s``.
    """
    return over_wait(lambda: client.run(run_id), "run", timeout_s=timeout_s, on_change=on_change)


def run_cancel(client: Client, run_id: str) -> Job:
    """Stop a run at its next step; its newest checkpoint stays, so that it can be taken up again.

    Raises
    ------
    ConcordError
        ``run_over`` when there is nothing to stop.
    """
    run = client.run(run_id)
    if run.is_over or run.job is None:
        raise ConcordError("run_over", f"Run {run_id} has {run.state}, so there is nothing to cancel.")
    return client.job_cancel(run.job.id)


def run_pull(
    client: Client, run_id: str, out: Path, *, progress: Callable[[int, int], None] | None = None
) -> PulledModel:
    """Download what a run made into ``out``, going on where an earlier pull stopped, and check every hash.

    Raises
    ------
    ConcordError
        ``run_unfinished`` when there are no weights yet; ``file_differs``.
    """
    run = client.run(run_id)
    if run.finished_at is None:
        raise ConcordError("run_unfinished", f"Run {run_id} has no weights yet: it is {run.state}.")
    address = f"/api/training-runs/{run.id}/files/"
    downloaded = files_pull(client.transport, address, run.files, out, progress=progress)
    return PulledModel(folder=out, run=run, files=len(run.files), downloaded_bytes=downloaded)
