"""Long work of this app, run by workers: each safe to run twice."""

from __future__ import annotations

import uuid
from typing import Any

from annotation.services.recomputation import decisions_recompute
from annotation.services.tasks import PostChoice, post_chunks, release_and_clauses, tasks_for_posts
from core.accounts.selectors import project_by_id
from core.jobs.running import JobContext, job_handler


@job_handler(kind="annotation.make_label_tasks", time_limit_s=3600)
def make_label_tasks(context: JobContext) -> dict[str, Any]:
    """Make label tasks for many posts; a second run goes on where the first broke off."""
    if context.project_id is None:
        raise ValueError("label tasks belong to a project")
    project = project_by_id(context.project_id)
    params = context.params
    release, clauses = release_and_clauses(project, uuid.UUID(params["release_id"]), params["clause_keys"])
    posts = PostChoice.from_params(params["posts"])
    keys = [clause.key for clause in clauses]
    made = done = 0
    for chunk in post_chunks(project, release, keys, posts, batch_id=context.job_id):
        made += tasks_for_posts(
            None,
            project,
            release,
            clauses,
            chunk,
            overlap=params["overlap"],
            priority=params["priority"],
            batch_id=context.job_id,
        )
        done += len(chunk)
        context.progress(done, message=f"{made} tasks made")
    return {"posts": done, "created": made}


@job_handler(kind="annotation.recompute_decisions", time_limit_s=3600)
def recompute_decisions(context: JobContext) -> dict[str, Any]:
    """Decide every post of a release anew; where nothing changed, nothing is written."""
    if context.project_id is None:
        raise ValueError("decisions belong to a project")
    params = context.params
    return decisions_recompute(
        project_by_id(context.project_id),
        release_id=uuid.UUID(params["release_id"]),
        clause_keys=params["clause_keys"],
        method=params["method"],
        threshold=params["threshold"],
        progress=lambda done, total: context.progress(done, total),
    )
