from __future__ import annotations

from django.db import models

from core.db.records import Record
from core.queue.models.submissions import Submission
from core.queue.reviewing import ReviewOutcome


class Review(Record):
    """What a reviewer said to one submission; a fact, and of several the newest stands.

    The identifier is made by the client, so that sending it again finds the first. ``amendment`` is the
    reviewer's own submission: of a post it superseded the reviewed one, of a pair it stands beside it; ``found_by``
    says how the submission came to be looked at (the sample's share and seed, or the filter).
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10)
    comment = models.TextField(blank=True, default="")
    amendment = models.OneToOneField(
        Submission, on_delete=models.PROTECT, null=True, related_name="amendment_of"
    )
    found_by = models.JSONField(default=dict)

    class Meta:
        db_table = "queue_review"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=[str(outcome) for outcome in ReviewOutcome]),
                name="queue_review_outcome_known",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="amended", amendment__isnull=False)
                | (~models.Q(outcome="amended") & models.Q(amendment__isnull=True)),
                name="queue_review_has_its_amendment",
            ),
            models.CheckConstraint(
                condition=~models.Q(outcome="returned") | ~models.Q(comment=""),
                name="queue_review_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["submission", "-id"], name="queue_review_newest"),
            models.Index(fields=["project", "-id"], name="queue_review_project"),
        ]
