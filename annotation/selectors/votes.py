"""Answers that count: in a slot of their task, and not superseded by the same person.

An answer to a gold task is measured against the known one; it is never a vote.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from annotation.models import Verdict
from core.queue.selectors import GOLD_SOURCE, ONBOARDING, superseded
from policies.selectors import meanings

_BATCH = 2_000


@dataclass(frozen=True, slots=True)
class VoteView:
    """One person's answer to one clause of one post, detached from the tables.

    ``person_id`` never leaves the server: outside, people are known by their pseudonym in the project.
    """

    verdict_id: uuid.UUID
    submission_id: uuid.UUID
    task_id: uuid.UUID
    post_id: uuid.UUID
    clause_key: str
    release_id: uuid.UUID
    meaning_revision: int
    person_id: uuid.UUID
    is_simulated: bool
    is_late: bool
    answer: str
    severity: int | None
    confidence: float | None
    reason: str
    active_ms: int
    created_at: datetime


def verdicts_given(project_id: uuid.UUID) -> QuerySet[Verdict]:
    """Return the project's verdicts that stand, those to gold tasks among them: for what a person is told of their
    own work, which must not tell these from others. What somebody answered in an onboarding is no work.
    """
    return Verdict.objects.filter(
        ~superseded("submission_id"), project_id=project_id, submission__slot__isnull=False
    ).exclude(submission__task__source=GOLD_SOURCE, submission__task__context__has_key=ONBOARDING)


def verdicts_counted(project_id: uuid.UUID) -> QuerySet[Verdict]:
    """Return the project's verdicts that count as votes."""
    return verdicts_given(project_id).exclude(submission__task__source="gold")


def verdicts_of(project_id: uuid.UUID, clause_key: str) -> QuerySet[Verdict]:
    """Return the counted verdicts on one clause, under every meaning it has had, with people and evidence."""
    return (
        verdicts_counted(project_id)
        .filter(clause_key=clause_key)
        .select_related("submission", "submission__person")
        .prefetch_related("evidence")
    )


def meaning_filter(project_id: uuid.UUID, release_id: uuid.UUID, clause_keys: Collection[str] | None) -> Q:
    """Match rows whose clause means in the release what it meant when they were made."""
    wanted = meanings(release_id)
    condition = Q(pk__in=[])
    for key, revision in sorted(wanted.items()):
        if clause_keys is None or key in clause_keys:
            condition |= Q(clause_key=key, meaning_revision=revision)
    return condition


def votes(
    project_id: uuid.UUID,
    *,
    release_id: uuid.UUID | None = None,
    clause_keys: Collection[str] | None = None,
) -> Iterator[VoteView]:
    """Stream the project's votes by post and clause, in bounded memory.

    Parameters
    ----------
    release_id
        Only votes that hold under this release.
    """
    rows = verdicts_counted(project_id)
    if release_id is not None:
        rows = rows.filter(meaning_filter(project_id, release_id, clause_keys))
    elif clause_keys is not None:
        rows = rows.filter(clause_key__in=clause_keys)
    columns = rows.order_by("post_id", "clause_key", "id").values_list(
        "id",
        "submission_id",
        "submission__task_id",
        "post_id",
        "clause_key",
        "release_id",
        "meaning_revision",
        "submission__person_id",
        "submission__person__is_simulated",
        "submission__is_late",
        "answer",
        "severity",
        "confidence",
        "reason",
        "submission__active_ms",
        "created_at",
    )
    for row in columns.iterator(chunk_size=_BATCH):
        yield VoteView(*row)
