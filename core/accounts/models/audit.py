from __future__ import annotations

from django.db import models

from core.accounts.models.projects import Project
from core.accounts.models.users import User
from core.db.records import Record


class AuditEvent(Record):
    """Who did what to what, written in the transaction of the write itself; append-only in the database."""

    actor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    by_token = models.UUIDField(null=True)
    project = models.ForeignKey(
        Project, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=60)
    target_kind = models.CharField(max_length=60, blank=True)
    target_id = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["project", "-id"], name="accounts_audit_project")]
