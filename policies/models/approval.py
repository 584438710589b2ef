from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record


class ApprovalVerdict(models.TextChoices):
    APPROVED = "approved"
    CHANGES_REQUESTED = "changes_requested"


class Approval(Record):
    """What one person said about exactly one text of a release (append-only)."""

    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="approvals")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(max_length=24, choices=ApprovalVerdict)
    note = models.TextField(blank=True, default="")
    reviewed_sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=ApprovalVerdict.values), name="approval_verdict_known"
            ),
            models.UniqueConstraint(
                fields=["release", "person", "reviewed_sha256"],
                condition=Q(verdict="approved"),
                name="approval_once_per_person_and_text",
            ),
        ]

    def __str__(self) -> str:
        return self.verdict


class ReviewRequest(Record):
    """One person asked to review a release; asking ends only by being taken back."""

    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="review_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "person"],
                condition=Q(withdrawn_at__isnull=True),
                name="review_asked_once_per_person",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person_id)
