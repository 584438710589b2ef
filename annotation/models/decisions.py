from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from annotation.domain.consensus import Method
from core.db.records import Record
from core.queue.reviewing import POST_REASONS


class Decision(Record):
    """What the project holds true for one clause of one post, and what that rests on.

    Append-only: a recomputation or an adjudication is a new row, and of the rows with the same post, clause
    and meaning the newest is current. An undecided row has no answer and says that a person must look.
    ``ruling_id``: what the decisions of one ruling share.
    """

    project = models.ForeignKey(
        "accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    answer = models.CharField(max_length=200, null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    confidence = models.FloatField()
    method = models.CharField(max_length=12)
    submissions = ArrayField(models.UUIDField())
    evidence = models.JSONField(default=list)
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reason_code = models.CharField(max_length=20, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    ruling_id = models.UUIDField(null=True)

    class Meta:
        db_table = "annotation_decision"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(method__in=[str(method) for method in Method]),
                name="annotation_decision_method_known",
            ),
            models.CheckConstraint(
                condition=models.Q(reason_code__in=["", *POST_REASONS]),
                name="annotation_decision_reason_known",
            ),
            models.CheckConstraint(
                condition=models.Q(method="undecided", answer__isnull=True)
                | (~models.Q(method="undecided") & models.Q(answer__isnull=False)),
                name="annotation_decision_has_answer",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1),
                name="annotation_decision_confidence",
            ),
            models.CheckConstraint(
                condition=~models.Q(method__in=["adjudicated", "ruled"]) | models.Q(decided_by__isnull=False),
                name="annotation_decision_has_decider",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "clause_key", "meaning_revision", "post", "-id"],
                name="annotation_decision_newest",
            ),
            models.Index(fields=["post", "clause_key", "-id"], name="annotation_decision_post"),
        ]
