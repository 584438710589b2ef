from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record


class DraftAction(models.TextChoices):
    """How a version of a draft's text came about."""

    WRITTEN = "written"
    ADDED = "added"
    SPLIT = "split"
    MERGED = "merged"
    SUGGESTED = "suggested"
    RESTORED = "restored"
    TAKEN_OUT = "taken_out"


class DraftVersion(Record):
    """What one save of a draft left behind (append-only): a clause, or title, notes and outline where no key is named.

    Whoever saved one is an author of the release.
    """

    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="versions")
    clause_key = models.CharField(max_length=64, blank=True, default="")
    version = models.PositiveIntegerField()
    action = models.CharField(max_length=16, choices=DraftAction, default=DraftAction.WRITTEN)
    document = models.JSONField()
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["release", "clause_key", "version"], name="draft_version_saved_once"
            ),
            models.CheckConstraint(
                condition=Q(action__in=DraftAction.values), name="draft_version_action_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.clause_key or 'outline'} {self.version}"
