"""Which answers to posts a reviewer should look at."""

from __future__ import annotations

import uuid

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from annotation.models import Verdict
from annotation.selectors.votes import verdicts_counted
from core.queue.selectors import (
    MEASURING_SOURCES,
    SampleChoice,
    Submission,
    answered_by,
    reviewed,
    share_drawn,
    superseded,
)


def submissions_to_review(
    project_id: uuid.UUID, choice: SampleChoice, *, reviewer_id: uuid.UUID
) -> QuerySet[Submission]:
    """Return label submissions that count and nobody reviewed, none to a task the reviewer answered.

    Disputed are those in which some answer differs from another person's.
    """
    rows = Submission.objects.filter(
        ~reviewed("pk"),
        ~answered_by(reviewer_id, "task_id"),
        ~superseded("pk"),
        task__project_id=project_id,
        task__kind="label",
        slot__isnull=False,
    ).exclude(task__source__in=MEASURING_SOURCES)
    rows = rows.filter(share_drawn(choice))
    if choice.person_id is not None:
        rows = rows.filter(person_id=choice.person_id)
    if choice.release_id is not None:
        rows = rows.filter(task__release_id=choice.release_id)
    if choice.clause_key is not None or choice.is_disputed:
        rows = rows.filter(Exists(_verdicts(project_id, choice)))
    return rows.select_related("task", "task__post").annotate(external_id=F("task__post__external_id"))


def _verdicts(project_id: uuid.UUID, choice: SampleChoice) -> QuerySet[Verdict]:
    """Verdicts of the submission in question that the choice is about."""
    rows = Verdict.objects.filter(submission_id=OuterRef("pk"))
    if choice.clause_key is not None:
        rows = rows.filter(clause_key=choice.clause_key)
    if choice.is_disputed:
        other = verdicts_counted(project_id).filter(
            ~Q(answer=OuterRef("answer")) | Q(severity__isnull=False) & ~Q(severity=OuterRef("severity")),
            ~Q(submission_id=OuterRef("submission_id")),
            post_id=OuterRef("post_id"),
            clause_key=OuterRef("clause_key"),
            meaning_revision=OuterRef("meaning_revision"),
        )
        rows = rows.filter(Exists(other))
    return rows
