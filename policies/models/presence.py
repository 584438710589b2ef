from __future__ import annotations

from django.conf import settings
from django.db import models


class DraftPresence(models.Model):
    """Who has a draft open just now, and on which clause; one row a person and draft, kept fresh by their page."""

    release = models.ForeignKey("policies.Release", on_delete=models.CASCADE, related_name="presences")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    clause_key = models.CharField(max_length=64, blank=True, default="")
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "person"], name="draft_presence_once_per_person"),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.clause_key}"
