from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.db.records import Record


class Proposal(Record):
    """What an agent proposed for a post, with its reasons; a fact. People see it as a suggestion, and decide.

    The identifier of the key is the caller's: sent again it finds the first. ``digest`` tells whether it was the same.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    token_id = models.UUIDField(null=True)
    proposer = models.CharField(max_length=120)
    idempotency_key = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    release_ids = ArrayField(models.UUIDField())
    clause_keys = ArrayField(models.CharField(max_length=64))
    answer = models.CharField(max_length=200)
    severity = models.PositiveSmallIntegerField(null=True)
    confidence = models.FloatField()
    rationale = models.TextField()

    class Meta:
        db_table = "agents_proposal"
        constraints = [
            models.UniqueConstraint(fields=["person", "idempotency_key"], name="agents_proposal_once"),
            models.CheckConstraint(
                condition=models.Q(confidence__gte=0, confidence__lte=1), name="agents_proposal_confidence"
            ),
        ]
        indexes = [models.Index(fields=["post", "-id"], name="agents_proposal_post")]
