from __future__ import annotations

from django.conf import settings
from django.db import models

from core.db.records import Record

KEY_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$"


class Policy(Record):
    """A rubric of a project; what it says at a time is a release."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True, default="")
    approvals_required = models.PositiveSmallIntegerField(default=1)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "key"], name="policy_key_once_per_project"),
            models.CheckConstraint(condition=models.Q(key__regex=KEY_PATTERN), name="policy_key_is_slug"),
            models.CheckConstraint(
                condition=models.Q(approvals_required__gte=1, approvals_required__lte=10),
                name="policy_approvals_1_to_10",
            ),
        ]

    def __str__(self) -> str:
        return self.key
