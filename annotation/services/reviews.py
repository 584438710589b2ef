"""A reviewer's word on an answer to a post."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from annotation.errors import NotALabelTaskError
from annotation.services.decisions import posts_decide
from annotation.services.submissions import answer_statements
from core.accounts.selectors import Actor
from core.content.selectors import posts_shown
from core.db.prepared import together
from core.queue.selectors import Review, Submission, asked_in, submission_reviewed
from core.queue.services import review_record, submission_amend
from policies.selectors import release_fixed


@dataclass(frozen=True, slots=True)
class Amendment:
    """The reviewer's own answers to the task; ``submission_id`` is made where they were written."""

    submission_id: uuid.UUID
    document: dict[str, Any]
    active_ms: int


@transaction.atomic
def answer_review(
    actor: Actor,
    submission_id: uuid.UUID,
    *,
    project_id: uuid.UUID,
    review_id: uuid.UUID,
    outcome: str,
    comment: str = "",
    found_by: dict[str, Any] | None = None,
    amendment: Amendment | None = None,
) -> tuple[Review, bool]:
    """Record what a reviewer says to an answer to a post.

    An amendment becomes a submission of the reviewer's that supersedes the reviewed one, and the post is decided
    anew.

    Raises
    ------
    NotFoundError, CapabilityMissingError, NotALabelTaskError, LabelDocumentInvalidError
        And what `core.queue.services.review_record` raises.
    """
    reviewed = submission_reviewed(actor, submission_id, project_id=project_id)
    if reviewed.task.kind != "label":
        raise NotALabelTaskError()
    return review_record(
        actor,
        reviewed,
        review_id=review_id,
        outcome=outcome,
        comment=comment,
        found_by=found_by,
        amend=None if amendment is None else lambda: _amend(actor, reviewed, amendment),
    )


def _amend(actor: Actor, reviewed: Submission, amendment: Amendment) -> Submission:
    task = reviewed.task
    if task.post_id is None:
        raise NotALabelTaskError()
    release = release_fixed(task.release_id)
    post = posts_shown([task.post_id], also_hidden=True)[task.post_id]
    statements = answer_statements(
        amendment.submission_id,
        amendment.document,
        post=post,
        release=release,
        clause_keys=asked_in(reviewed),
        shown_to=(reviewed.person_id, task.pk),
    )
    submission, is_new = submission_amend(
        actor,
        reviewed.pk,
        submission_id=amendment.submission_id,
        document=amendment.document,
        active_ms=amendment.active_ms,
    )
    if is_new:
        if statements:
            together(statements)
        if task.state == "closed":
            posts_decide(
                project_id=task.project_id,
                post_ids=[task.post_id],
                release=release,
                clause_keys=task.clause_keys,
            )
    return submission
