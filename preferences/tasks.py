"""Job handlers: read identifiers, call one service."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from celery import shared_task

from core.accounts.selectors import project_by_id
from core.jobs.running import JobContext, counted, job_handler
from preferences.selectors.judging import JOB
from preferences.selectors.rating_counts import RatingScope, rating_scope
from preferences.selectors.ratings import ratings_fit
from preferences.services.imports import comparisons_import
from preferences.services.judge_imports import IMPORT_JOB, judges_import
from preferences.services.judge_running import judge_run
from preferences.services.judges import JUDGE_JOB
from preferences.services.judging import judging_measure
from preferences.services.sampling import SAMPLING_JOB
from preferences.services.sampling_running import sampling_run
from preferences.services.settling import SETTLE_TASK, judgments_settle
from preferences.services.tallies import tallies_gather


@shared_task(name=SETTLE_TASK, time_limit=300)
def settle_judgments() -> int:
    """Do what the judgments that came in lead to; told by the relay, harmless to run twice."""
    return judgments_settle()


@shared_task(name="preferences.gather_tallies", time_limit=60)
def gather_tallies() -> int:
    """Put what was tallied one by one together; run by beat, harmless to run twice."""
    return tallies_gather()


@job_handler(kind="preferences.import_comparisons", time_limit_s=3600)
def import_comparisons(context: JobContext) -> dict[str, Any]:
    """Import a stored JSONL file of comparisons."""
    if context.project_id is None:
        raise ValueError("An import belongs to a project.")

    def progress(done: int, total: int | None, message: str) -> None:
        context.progress(done, total, message)

    outcome = comparisons_import(
        context.project_id,
        sha256=str(context.params["sha256"]),
        progress=progress,
        gold_by=context.requested_by_id if context.params.get("keeps_gold") else None,
    )
    known = f", {outcome.already_there:,} here already" if outcome.already_there else ""
    context.conclude(f"{counted(outcome.created, 'comparison')} added{known}")
    return {"lines": outcome.lines, "created": outcome.created, "already_there": outcome.already_there}


@job_handler(kind="preferences.fit_ratings", time_limit_s=1800)
def fit_ratings(context: JobContext) -> dict[str, Any]:
    """Rate the models of a project on one axis, where there are too many judgments for a page to wait."""
    if context.project_id is None:
        raise ValueError("Ratings belong to a project.")
    project = project_by_id(context.project_id)
    context.progress(0, 1, "Counting judgments")
    result = ratings_fit(project.pk, scope=rating_scope(context.params["scope"]))
    context.progress(1, 1)
    context.conclude("The models are rated")
    return result


@job_handler(kind=JOB, time_limit_s=3600)
def measure_judging(context: JobContext) -> dict[str, Any]:
    """Measure how people judge on one axis, and decide its comparisons anew by it."""
    if context.project_id is None:
        raise ValueError("Judging is measured in a project.")

    def progress(done: int, total: int | None, message: str) -> None:
        context.progress(done, total, message)

    measured = judging_measure(
        context.project_id,
        scope=RatingScope(str(context.params["clause_key"]), int(context.params["meaning_revision"])),
        release_id=UUID(str(context.params["release_id"])),
        requested_by_id=context.requested_by_id,
        progress=progress,
    )
    context.conclude(f"{counted(measured['answers'], 'answer')} measured")
    return measured


@job_handler(kind=JUDGE_JOB, time_limit_s=6 * 3600)
def ask_judge(context: JobContext) -> dict[str, Any]:
    """Put comparisons before a model judge."""
    found = judge_run(UUID(str(context.params["run_id"])), context.progress)
    stopped = f", stopped at the limit of {found['stopped_by']}" if found["stopped_by"] else ""
    context.conclude(f"{counted(found['calls'], 'answer')}{stopped}")
    return found


@job_handler(kind=IMPORT_JOB, time_limit_s=3600)
def import_judges(context: JobContext) -> dict[str, Any]:
    """Import a stored JSONL file of answers that judges gave elsewhere."""
    if context.project_id is None or context.requested_by_id is None:
        raise ValueError("An import belongs to a project, and to who asked for it.")
    found = judges_import(
        context.project_id,
        sha256=str(context.params["sha256"]),
        release_id=UUID(str(context.params["release_id"])),
        clause_key=str(context.params["clause_key"]),
        person_id=context.requested_by_id,
        progress=context.progress,
    )
    context.conclude(f"{counted(found.created, 'answer')} of {counted(found.judges, 'judge')} added")
    return {"lines": found.lines, "created": found.created, "judges": found.judges}


@job_handler(kind=SAMPLING_JOB, time_limit_s=6 * 3600)
def sample_responses(context: JobContext) -> dict[str, Any]:
    """Ask a model for responses, and make comparisons of them."""
    asks = bool(context.params.get("asks", True))
    found = sampling_run(UUID(str(context.params["run_id"])), context.progress, asks=asks)
    made = [counted(found[kind], kind[:-1]) for kind in ("pairs", "slates") if found[kind]]
    stopped = f", stopped at the limit of {found['stopped_by']}" if found["stopped_by"] else ""
    context.conclude(", ".join([counted(found["kept"], "response"), *made]) + stopped)
    return found
