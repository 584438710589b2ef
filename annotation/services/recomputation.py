"""Deciding all posts of a release anew: by counting votes, or weighted by how reliable each person is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from typing import Any, Literal

from django.db import transaction

from annotation.domain.consensus import Outcome, Vote, outcome_by_weight
from annotation.domain.dawid_skene import dawid_skene
from annotation.selectors.votes import VoteView, votes
from annotation.services.decisions import Decide, posts_decide
from annotation.services.tasks import release_and_clauses
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start
from policies.selectors import ClauseView

RecomputeMethod = Literal["count", "weighted"]
THRESHOLD = 0.8
"""From this posterior chance on the weighted method decides."""

_CHUNK = 200


@transaction.atomic
def decisions_recompute_request(
    actor: Actor,
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID,
    clause_keys: Collection[str] = (),
    method: RecomputeMethod = "count",
    threshold: float = THRESHOLD,
) -> Job:
    """Start the job that decides all posts of a release anew.

    Raises
    ------
    NotFoundError, CapabilityMissingError, ClauseNotAskableError, NothingToAskError
    """
    project = project_get(actor, project_id, needs=Capability.REVIEW_DECIDE)
    release, clauses = release_and_clauses(project, release_id, clause_keys)
    job = job_start(
        actor,
        project=project,
        kind="annotation.recompute_decisions",
        params={
            "release_id": str(release.id),
            "clause_keys": [clause.key for clause in clauses],
            "method": method,
            "threshold": threshold,
        },
        unique_key=f"annotation.recompute_decisions:{project.pk}",
    )
    audit_record(actor, action="decisions.recompute", project=project, target=job, data={"method": method})
    return job


def decisions_recompute(
    project: Project,
    *,
    release_id: uuid.UUID,
    clause_keys: Collection[str],
    method: RecomputeMethod,
    threshold: float,
    progress: Callable[[int, int], None],
) -> dict[str, Any]:
    """Decide every post with votes under the release's meanings, some hundred in a transaction."""
    release, clauses = release_and_clauses(project, release_id, clause_keys)
    done, written, undecided, total = 0, 0, 0, len(clauses)
    for position, clause in enumerate(clauses):
        cast = list(votes(project.pk, release_id=release.id, clause_keys=[clause.key]))
        decide = weighted_decide(clause, cast, threshold=threshold) if method == "weighted" and cast else None
        post_ids = sorted({vote.post_id for vote in cast})
        for start in range(0, len(post_ids), _CHUNK):
            chunk = post_ids[start : start + _CHUNK]
            fresh = posts_decide(
                project_id=project.pk,
                post_ids=chunk,
                release=release,
                clause_keys=[clause.key],
                decide={clause.key: decide} if decide is not None else None,
            )
            done += len(chunk)
            written += len(fresh)
            undecided += sum(row.answer is None for row in fresh)
            progress(position, total)
    progress(total, total)
    return {"decided": done, "written": written, "undecided": undecided}


def weighted_decide(clause: ClauseView, cast: Sequence[VoteView], *, threshold: float) -> Decide:
    """Learn from all votes on the clause how reliable each person is; return how to decide a post with
    that.
    """
    scale = clause.answer_values
    column = {answer: index for index, answer in enumerate(scale)}
    posts = {post_id: index for index, post_id in enumerate(sorted({vote.post_id for vote in cast}))}
    people = {person: index for index, person in enumerate(sorted({vote.person_id for vote in cast}))}
    usable = [vote for vote in cast if vote.answer in column]
    estimate = dawid_skene(
        [posts[vote.post_id] for vote in usable],
        [people[vote.person_id] for vote in usable],
        [column[vote.answer] for vote in usable],
        categories=len(scale),
    )

    def decide(post_id: uuid.UUID, on_post: Sequence[Vote]) -> Outcome:
        row = estimate.posterior[posts[post_id]]
        chances = {answer: float(row[index]) for answer, index in column.items()}
        return outcome_by_weight(
            on_post, chances=chances, severities=clause.severity_values, threshold=threshold
        )

    return decide
