"""Job handlers: read identifiers, call one service."""

from __future__ import annotations

from typing import Any

from core.accounts.selectors import project_by_id
from core.jobs.running import JobContext, job_handler
from preferences.selectors.ratings import ratings_fit
from preferences.services.imports import comparisons_import


@job_handler(kind="preferences.import_comparisons", time_limit_s=3600)
def import_comparisons(context: JobContext) -> dict[str, Any]:
    """Import a stored JSONL file of comparisons."""
    if context.project_id is None:
        raise ValueError("An import belongs to a project.")

    def progress(done: int, total: int | None, message: str) -> None:
        context.progress(done, total, message)

    outcome = comparisons_import(context.project_id, sha256=str(context.params["sha256"]), progress=progress)
    return {"lines": outcome.lines, "created": outcome.created, "already_there": outcome.already_there}


@job_handler(kind="preferences.fit_ratings", time_limit_s=1800)
def fit_ratings(context: JobContext) -> dict[str, Any]:
    """Rate the models of a project on one axis, where there are too many judgments for a page to wait."""
    if context.project_id is None:
        raise ValueError("Ratings belong to a project.")
    project = project_by_id(context.project_id)
    context.progress(0, 1, "Counting judgments")
    result = ratings_fit(
        project.pk,
        clause_key=str(context.params["clause_key"]),
        meaning_revision=int(context.params["meaning_revision"]),
    )
    context.progress(1, 1, "Rated")
    return result
