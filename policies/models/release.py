from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.db.records import Record


class ReleaseState(models.TextChoices):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RELEASED = "released"
    RETIRED = "retired"
    DISCARDED = "discarded"


WRITABLE = (ReleaseState.DRAFT,)
UNPUBLISHED = (ReleaseState.DRAFT, ReleaseState.IN_REVIEW, ReleaseState.DISCARDED)
PUBLISHED = (ReleaseState.RELEASED, ReleaseState.RETIRED)


class Release(Record):
    """One state of a policy: written as a draft, immutable once released (a trigger refuses changes)."""

    policy = models.ForeignKey("policies.Policy", on_delete=models.PROTECT, related_name="releases")
    number = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=ReleaseState, default=ReleaseState.DRAFT)
    title = models.CharField(max_length=500)
    notes = models.TextField(blank=True, default="")
    based_on = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lineage = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    content_sha256 = models.CharField(max_length=64, blank=True, default="")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    effective_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["policy", "number"], name="release_number_once_per_policy"),
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_state_known"),
            models.CheckConstraint(
                condition=Q(number__isnull=True) | Q(number__gte=1), name="release_number_from_1"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="release_version_from_1"),
            models.CheckConstraint(
                condition=Q(
                    state__in=UNPUBLISHED,
                    number__isnull=True,
                    effective_at__isnull=True,
                    published_at__isnull=True,
                    published_by__isnull=True,
                    content_sha256="",
                )
                | Q(
                    state__in=PUBLISHED,
                    number__isnull=False,
                    effective_at__isnull=False,
                    published_at__isnull=False,
                    published_by__isnull=False,
                    content_sha256__regex="^[0-9a-f]{64}$",
                ),
                name="release_is_whole_once_published",
            ),
            models.CheckConstraint(
                condition=Q(state=ReleaseState.RETIRED, retired_at__isnull=False, retired_by__isnull=False)
                | (~Q(state=ReleaseState.RETIRED) & Q(retired_at__isnull=True, retired_by__isnull=True)),
                name="release_retired_says_when_and_who",
            ),
        ]
        indexes = [models.Index(fields=["policy", "state", "effective_at"], name="release_in_effect")]

    def __str__(self) -> str:
        return f"{self.policy.key}@{self.number or self.state}"

    @property
    def is_published(self) -> bool:
        """Whether this is a released or retired release, whose text never changes again."""
        return self.state in PUBLISHED
