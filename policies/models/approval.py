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
