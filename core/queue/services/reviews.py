"""A reviewer's word on a submission: leave it, bring their own, or give it back with a comment."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from core.accounts.selectors import Actor, Capability, project_get
from core.accounts.services import audit_record
from core.db.transactions import in_transaction
from core.queue.errors import OwnWorkError, ReviewDiffersError, ReviewInvalidError, SupersededAlreadyError
from core.queue.models import Review, Submission
from core.queue.reviewing import ReviewOutcome


@in_transaction
def review_record(
    actor: Actor,
    reviewed: Submission,
    *,
    review_id: uuid.UUID,
    outcome: str,
    comment: str = "",
    found_by: dict[str, Any] | None = None,
    amend: Callable[[], Submission] | None = None,
) -> tuple[Review, bool]:
    """Record what a reviewer says to a submission that counts, in the caller's transaction.

    A returned one still counts until its author supersedes it, so nothing is lost meanwhile.

    Parameters
    ----------
    reviewed
        As `submission_reviewed` returns it.
    amend
        Stores the reviewer's own answer, checked by the app that owns its meaning; with ``amended``, and only then.

    Returns
    -------
    review, created
        Sent again under the same identifier, the first one is found.

    Raises
    ------
    NotFoundError, CapabilityMissingError, OwnWorkError, SupersededAlreadyError, ReviewInvalidError,
    ReviewDiffersError
    """
    project = project_get(actor, reviewed.task.project_id, needs=Capability.REVIEW_DECIDE)
    _check(outcome, comment, is_amending=amend is not None)
    earlier = Review.objects.filter(pk=review_id).first()
    if earlier is not None:
        known = (earlier.submission_id, earlier.reviewer_id, earlier.outcome)
        if known != (reviewed.pk, actor.user.pk, outcome):
            raise ReviewDiffersError()
        return earlier, False
    if Submission.objects.filter(supersedes_id=reviewed.pk).exists():
        raise SupersededAlreadyError()
    if Submission.objects.filter(task_id=reviewed.task_id, person_id=actor.user.pk).exists():
        raise OwnWorkError()
    review = Review.objects.create(
        id=review_id,
        project=project,
        submission=reviewed,
        reviewer=actor.user,
        outcome=outcome,
        comment=comment.strip(),
        amendment=None if amend is None else amend(),
        found_by=found_by or {},
    )
    task = reviewed.task
    audit_record(
        actor,
        action=f"submission.review_{outcome}",
        project=project,
        target=review,
        data={
            "submission": str(reviewed.pk),
            **({} if task.post_id is None else {"post": str(task.post_id)}),
            **({} if task.comparison_id is None else {"comparison": str(task.comparison_id)}),
        },
    )
    return review, True


def _check(outcome: str, comment: str, *, is_amending: bool) -> None:
    errors = []
    if outcome == ReviewOutcome.RETURNED and not comment.strip():
        message = "Say what should be looked at again; its author reads it."
        errors.append({"path": "comment", "message": message})
    if (outcome == ReviewOutcome.AMENDED) != is_amending:
        message = "An amendment needs the reviewer's own answers, and nothing else takes them."
        errors.append({"path": "amendment", "message": message})
    if errors:
        raise ReviewInvalidError(errors)
