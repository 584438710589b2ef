from __future__ import annotations

from django.db import models

from annotation.models.answers import Verdict
from core.db.records import Record


class PrecedentShowing(Record):
    """That a precedent was shown to the person of a lease, beside their task; a fact.

    What was shown may be cited, and its post looked at for a while; nothing else of precedents is the person's to see.
    """

    lease = models.ForeignKey("queue.Lease", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    precedent = models.ForeignKey("policies.Precedent", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    likeness = models.FloatField(null=True)
    like_by = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        db_table = "annotation_precedentshowing"
        constraints = [
            models.UniqueConstraint(fields=["lease", "precedent"], name="annotation_precedentshowing_once")
        ]
        indexes = [
            models.Index(fields=["person", "post", "-id"], name="annotation_precedent_person"),
        ]


class Citation(Record):
    """That a verdict cites a precedent; a fact, which counts as long as the verdict does."""

    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="citations")
    precedent = models.ForeignKey("policies.Precedent", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "annotation_citation"
        constraints = [
            models.UniqueConstraint(fields=["verdict", "precedent"], name="annotation_citation_once")
        ]
        indexes = [models.Index(fields=["precedent"], name="annotation_citation_cited")]
