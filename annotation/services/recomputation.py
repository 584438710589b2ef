"""Deciding all posts of a release anew: by counting votes, or weighted by how reliable each person is."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from django.db import transaction

from annotation.domain.consensus import Outcome, Vote, outcome_by_count, outcome_by_weight
from annotation.domain.counts import Ints
from annotation.domain.dawid_skene import UNKNOWN, dawid_skene
from annotation.domain.graded import graded
from annotation.selectors.agreement import grade_of
from annotation.selectors.gold_truths import GoldVote, gold_votes
from annotation.selectors.vote_columns import VoteColumns, grades_of, vote_columns
from annotation.services.decisions import Decide, posts_decide
from annotation.services.tasks import release_and_clauses
from core.accounts.selectors import Actor, Capability, Project, project_get
from core.accounts.services import audit_record
from core.jobs.selectors import Job
from core.jobs.services import job_start
from policies.selectors import ClauseView

RecomputeMethod = Literal["count", "weighted", "graded"]
"""``weighted`` learns each person's confusions (Dawid–Skene); ``graded`` their leaning and blur in
severity. Both hold people against gold, where there is some."""

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
        cast = vote_columns(project.pk, clause)
        gold = gold_votes(project.pk, clause.key, clause.meaning_revision) if method != "count" else []
        decide = _decide(clause, cast, gold, method, threshold)
        for start in range(0, len(cast.posts), _CHUNK):
            chunk = cast.posts[start : start + _CHUNK]
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


def _decide(
    clause: ClauseView,
    cast: VoteColumns,
    gold: Sequence[GoldVote],
    method: RecomputeMethod,
    threshold: float,
) -> Decide | None:
    """How to decide the clause's posts; None for counting, which is all that votes off the scale allow."""
    usable = cast.on_scale()
    if method == "count" or not usable.posts:
        return None
    is_graded = method == "graded" and len(clause.answer_values) == 2 and len(clause.harmful_values) == 1
    if is_graded and clause.severity_values:
        return graded_decide(clause, usable, gold, threshold=threshold)
    return weighted_decide(clause, usable, gold, threshold=threshold)


@dataclass(slots=True)
class _Crowd:
    """Votes as the models take them: posts first, then gold.

    Gold posts have rows of their own, also where the same post was asked about openly: what is known is held
    against what people answered without knowing of it, and never decides a post.
    """

    rows: dict[uuid.UUID, int]
    items: Ints
    people: Ints
    values: Ints
    known: Ints

    @classmethod
    def of(cls, cast: VoteColumns, values: Ints, gold: Sequence[tuple[GoldVote, int, int]]) -> _Crowd:
        """Put together votes with what each says, and answers to gold with what was said and what is true."""
        people = {person: at for at, person in enumerate(cast.people)}
        # Who gave no vote here has nothing that their gold could weigh.
        told = [row for row in gold if row[0].person_id in people]
        items = {
            item: len(cast.posts) + at for at, item in enumerate(sorted({row.item_id for row, _, _ in told}))
        }
        known = np.full(len(cast.posts) + len(items), UNKNOWN)
        for row, _, truth in told:
            known[items[row.item_id]] = truth
        return cls(
            {post: at for at, post in enumerate(cast.posts)},
            _longer(cast.item, [items[row.item_id] for row, _, _ in told]),
            _longer(cast.person, [people[row.person_id] for row, _, _ in told]),
            _longer(values, [said for _, said, _ in told]),
            known,
        )


def _longer(column: Ints, more: Sequence[int]) -> Ints:
    return np.concatenate([column, np.asarray(more, dtype=np.int64)])


def graded_decide(
    clause: ClauseView, cast: VoteColumns, gold: Sequence[GoldVote], *, threshold: float
) -> Decide:
    """Learn how each person grades; decide the answer by the chance of harm and the severity with it.

    For clauses with one harmless answer, one harmful one and a severity scale, which together are one scale.
    Gold counts where its grade is known: a harmful answer known without its severity is none.
    """
    harmful = next(iter(clause.harmful_values))
    harmless = next(answer for answer in clause.answer_values if answer != harmful)
    known = [
        (
            row,
            grade_of(clause, row.answer, row.severity),
            grade_of(clause, row.known_answer, row.known_severity),
        )
        for row in gold
        if row.known_answer != harmful or row.known_severity in clause.severity_values
    ]
    crowd = _Crowd.of(
        cast,
        grades_of(clause, cast),
        [(row, said, true) for row, said, true in known if said is not None and true is not None],
    )
    estimate = graded(
        crowd.items,
        crowd.people,
        crowd.values,
        categories=len(clause.severity_values) + 1,
        known=crowd.known,
    ).estimate

    def decide(post_id: uuid.UUID, on_post: Sequence[Vote]) -> Outcome:
        if post_id not in crowd.rows:  # only answers that the scale does not have
            return outcome_by_count(on_post, severities=clause.severity_values)
        row = estimate.posterior[crowd.rows[post_id]]
        chances = {harmless: float(row[0]), harmful: float(row[1:].sum())}
        severities = clause.severity_values
        outcome = outcome_by_weight(on_post, chances=chances, severities=severities, threshold=threshold)
        if outcome.answer != harmful:
            return outcome
        return replace(outcome, severity=severities[int(row[1:].argmax())])

    return decide


def weighted_decide(
    clause: ClauseView, cast: VoteColumns, gold: Sequence[GoldVote], *, threshold: float
) -> Decide:
    """Learn from all votes on the clause, and from answers to gold, how reliable each person is; return how to
    decide a post with that.
    """
    scale = clause.answer_values
    column = {answer: index for index, answer in enumerate(scale)}
    crowd = _Crowd.of(
        cast,
        cast.answer,
        [
            (row, column[row.answer], column[row.known_answer])
            for row in gold
            if row.answer in column and row.known_answer in column
        ],
    )
    estimate = dawid_skene(crowd.items, crowd.people, crowd.values, categories=len(scale), known=crowd.known)

    def decide(post_id: uuid.UUID, on_post: Sequence[Vote]) -> Outcome:
        if post_id not in crowd.rows:  # only answers that the scale does not have
            return outcome_by_count(on_post, severities=clause.severity_values)
        row = estimate.posterior[crowd.rows[post_id]]
        chances = {answer: float(row[index]) for answer, index in column.items()}
        return outcome_by_weight(
            on_post, chances=chances, severities=clause.severity_values, threshold=threshold
        )

    return decide
