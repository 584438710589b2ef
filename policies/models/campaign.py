from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.db.records import Record


class CampaignState(models.TextChoices):
    """What is wanted of a campaign; those in -ing last until all its open tasks have followed."""

    STARTING = "starting"
    RUNNING = "running"
    PAUSING = "pausing"
    PAUSED = "paused"
    RESUMING = "resuming"
    CANCELLING = "cancelling"
    CANCELLED = "cancelled"


ENDED = (CampaignState.CANCELLING, CampaignState.CANCELLED)
"""Of these nothing more is asked."""


class Campaign(Record):
    """A re-labelling: the clauses whose meaning changed, asked again of the posts that cited the old meaning.

    Whether it is finished is computed from its tasks, never stored. With a ``margin`` it asks a sample, as large as
    knowing the share that changed to within that needs; without one it asks all. ``population`` is how many posts
    and comparisons were stale when its job first looked; ``sample_size`` how many of them it asks, ``None`` for all.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    against = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_keys = ArrayField(models.CharField(max_length=64))
    overlap = models.PositiveSmallIntegerField(default=1)
    margin = models.FloatField(null=True, blank=True)
    confidence = models.FloatField(default=0.95)
    population = models.PositiveIntegerField(null=True, blank=True)
    sample_size = models.PositiveIntegerField(null=True, blank=True)
    state = models.CharField(max_length=16, choices=CampaignState, default=CampaignState.STARTING)
    job_id = models.UUIDField(null=True, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CampaignState.values), name="campaign_state_known"),
            models.CheckConstraint(
                condition=Q(overlap__gte=1, overlap__lte=20), name="campaign_overlap_1_to_20"
            ),
            models.CheckConstraint(
                condition=Q(margin__isnull=True) | Q(margin__gt=0, margin__lt=0.5),
                name="campaign_margin_sane",
            ),
            models.CheckConstraint(
                condition=Q(confidence__gt=0.5, confidence__lt=1), name="campaign_confidence_sane"
            ),
            models.CheckConstraint(
                condition=~Q(release=models.F("against")), name="campaign_between_two_releases"
            ),
        ]

    def __str__(self) -> str:
        return f"campaign {self.id}"


class CampaignItem(Record):
    """One post or comparison a campaign asks about again, and the task that asks; made once."""

    campaign = models.ForeignKey("policies.Campaign", on_delete=models.CASCADE, related_name="items")
    source = models.CharField(max_length=64)
    item_id = models.UUIDField()
    clause_keys = ArrayField(models.CharField(max_length=64))
    task = models.ForeignKey("queue.Task", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "source", "item_id"], name="campaign_asks_an_item_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.item_id)
