from __future__ import annotations

from django.db import models

from annotation.domain.document import EVIDENCE_KINDS
from core.db.records import Record


class Verdict(Record):
    """One person's answer to one clause of one post; a fact, never changed.

    It cites the clause's key and meaning revision and the release it was read in. Whether it counts is read
    from its submission: one in a slot that no newer one supersedes does. ``is_assisted`` when the answer, or a mark
    of it, was accepted from a suggestion.
    """

    submission = models.ForeignKey(
        "queue.Submission", on_delete=models.PROTECT, related_name="verdicts", db_index=False
    )
    project = models.ForeignKey(
        "accounts.Project", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+", db_index=False)
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    answer = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField(null=True)
    confidence = models.FloatField(null=True)
    reason = models.TextField(blank=True, default="")
    is_assisted = models.BooleanField(default=False)

    class Meta:
        db_table = "annotation_verdict"
        constraints = [
            models.UniqueConstraint(fields=["submission", "clause_key"], name="annotation_verdict_once"),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=0, confidence__lte=1),
                name="annotation_verdict_confidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["project", "clause_key", "meaning_revision", "post"],
                name="annotation_verdict_meaning",
            ),
            models.Index(fields=["post", "clause_key"], name="annotation_verdict_post"),
        ]


class Evidence(Record):
    """What in the post a verdict rests on. ``data`` is the piece of the label document as it was sent."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    part = models.ForeignKey("content.Part", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=12)
    data = models.JSONField()

    class Meta:
        db_table = "annotation_evidence"
        ordering = ["ordinal"]
        constraints = [
            models.UniqueConstraint(fields=["verdict", "ordinal"], name="annotation_evidence_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=list(EVIDENCE_KINDS)), name="annotation_evidence_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="whole_post", part__isnull=True)
                | (~models.Q(kind="whole_post") & models.Q(part__isnull=False)),
                name="annotation_evidence_has_its_part",
            ),
        ]
