"""Which answers reviewers have not seen, what they said, and what waits for its author's second look."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, Func, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Mod
from django.db.models.lookups import LessThan

from core.accounts.selectors import Actor, Capability, MemberView, project_get
from core.errors import NotFoundError
from core.queue.domain.states import MEASURING_SOURCES
from core.queue.models import Review, Submission
from core.queue.reviewing import ReviewOutcome
from core.queue.selectors.work import superseded

_SHARES = 10_000


@dataclass(frozen=True, slots=True)
class SampleChoice:
    """Which work to look at; together they narrow the choice.

    ``percent``: so many of a hundred, drawn by ``seed``: the same seed picks the same ones, and a greater share
    holds the smaller one. ``is_disputed``: only where people differ, as the app that asks understands it.
    """

    percent: float = 100.0
    seed: int = 0
    person_id: uuid.UUID | None = None
    clause_key: str | None = None
    release_id: uuid.UUID | None = None
    is_disputed: bool = False


@dataclass(frozen=True, slots=True)
class ReturnedView:
    """A submission given back to its author; superseding it settles the matter.

    ``subject`` is the post's own name, null where the task is about none.
    """

    lease_id: uuid.UUID
    submission_id: uuid.UUID
    kind: str
    subject: str | None
    comment: str
    returned_at: datetime


def share_drawn(choice: SampleChoice) -> Q:
    """Match the share of rows that the choice draws by their identifiers."""
    if choice.percent >= 100:
        return Q()
    drawn = Func(
        Cast("id", TextField()),
        Cast(Value(choice.seed), BigIntegerField()),
        function="hashtextextended",
        output_field=BigIntegerField(),
    )
    share = Mod(drawn.bitand(2**30 - 1), Value(_SHARES), output_field=BigIntegerField())
    return Q(LessThan(share, round(choice.percent * _SHARES / 100)))


def reviewed(submission: str) -> Exists:
    """Match rows whose submission, under this name, a reviewer spoke on."""
    return Exists(Review.objects.filter(submission_id=OuterRef(submission)))


def answered_by(person_id: uuid.UUID, task: str) -> Exists:
    """Match rows whose task, under this name, the person answered."""
    return Exists(Submission.objects.filter(task_id=OuterRef(task), person_id=person_id))


def submission_reviewed(actor: Actor, submission_id: uuid.UUID, *, project_id: uuid.UUID) -> Submission:
    """Return an answer that reviewers may speak on: one in a slot, and none that only measures its author.

    Raises
    ------
    NotFoundError, CapabilityMissingError
    """
    project = project_get(actor, project_id, needs=Capability.REVIEW_DECIDE)
    found = (
        Submission.objects.select_related("task", "slot")
        .filter(pk=submission_id, task__project=project, slot__isnull=False)
        .exclude(task__source__in=MEASURING_SOURCES)
        .first()
    )
    if found is None:
        raise NotFoundError()
    return found


def reviews_of(submission_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Review]]:
    """Return what reviewers said to these submissions, newest first."""
    found: dict[uuid.UUID, list[Review]] = defaultdict(list)
    for review in Review.objects.filter(submission_id__in=list(submission_ids)).order_by("-id"):
        found[review.submission_id].append(review)
    return found


def returned_to(person_id: uuid.UUID, project_id: uuid.UUID) -> list[ReturnedView]:
    """Return what waits for the person's second look, longest waiting first; hidden posts are left out."""
    later = Review.objects.filter(submission_id=OuterRef("submission_id"), id__gt=OuterRef("id"))
    rows = (
        Review.objects.filter(
            Q(submission__task__post__isnull=True) | Q(submission__task__post__is_hidden=False),
            ~Exists(later),
            ~superseded("submission_id"),
            project_id=project_id,
            outcome=ReviewOutcome.RETURNED,
            submission__person_id=person_id,
        )
        .select_related("submission__task__post")
        .order_by("id")
    )
    return [
        ReturnedView(
            review.submission.lease_id,
            review.submission_id,
            review.submission.task.kind,
            None if review.submission.task.post is None else review.submission.task.post.external_id,
            review.comment,
            review.created_at,
        )
        for review in rows
    ]


def returned_comment(submission_id: uuid.UUID) -> dict[str, Any] | None:
    """Return the reviewer's comment when the submission was given back and nothing was said since."""
    newest = Review.objects.filter(submission_id=submission_id).order_by("-id").first()
    if newest is None or newest.outcome != ReviewOutcome.RETURNED:
        return None
    return {"comment": newest.comment, "returned_at": newest.created_at}


def amendments_among(submission_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return which of these submissions reviewers gave as their own."""
    rows = Review.objects.filter(amendment_id__in=list(submission_ids))
    return {amendment for amendment in rows.values_list("amendment_id", flat=True) if amendment is not None}


def person_told(names: Mapping[uuid.UUID, MemberView], person_id: uuid.UUID) -> dict[str, Any]:
    """Return a person as those of the project may know them."""
    view = names.get(person_id)
    return {
        "pseudonym": view.pseudonym if view else "former member",
        "is_simulated": bool(view and view.is_simulated),
    }


def review_told(review: Review, names: Mapping[uuid.UUID, MemberView]) -> dict[str, Any]:
    """Return one review as it stands beside the answer it is about."""
    return {
        "id": review.pk,
        "outcome": review.outcome,
        "comment": review.comment,
        "reviewer": person_told(names, review.reviewer_id),
        "created_at": review.created_at,
    }
