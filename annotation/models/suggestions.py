from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from annotation.domain.suggestions import Timing
from core.db.records import Record


class SuggestionRules(Record):
    """When a project shows suggestions, and to how many."""

    project = models.OneToOneField("accounts.Project", on_delete=models.CASCADE, related_name="+")
    timing = models.CharField(max_length=12, default=Timing.OFF.value)
    share = models.FloatField(default=0.5)
    confidence_min = models.FloatField(default=0.0)
    seed = models.BigIntegerField()

    class Meta:
        db_table = "annotation_suggestionrules"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(timing__in=[str(timing) for timing in Timing]),
                name="annotation_suggestionrules_timing",
            ),
            models.CheckConstraint(
                condition=models.Q(share__gte=0, share__lte=1), name="annotation_suggestionrules_share"
            ),
            models.CheckConstraint(
                condition=models.Q(confidence_min__gte=0, confidence_min__lte=1),
                name="annotation_suggestionrules_confidence",
            ),
        ]


class Suggestion(Record):
    """What a model proposes for one clause of one post; a fact, and of a model's several the newest is shown.

    ``marks`` is a list of ``{"confidence", "region"}``, each region a piece of evidence. ``source_id`` names the head
    where one of ours proposed it. ``reason`` is what an agent said for its answer, as people read it: a stranger's
    text. The same proposal twice is stored once.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    source = models.CharField(max_length=10)
    source_id = models.UUIDField(null=True)
    model = models.CharField(max_length=120)
    version = models.CharField(max_length=60, blank=True)
    answer = models.CharField(max_length=200, null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    confidence = models.FloatField(null=True)
    reason = models.TextField(blank=True, db_default="", default="")
    marks = models.JSONField(default=list)
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "annotation_suggestion"
        constraints = [
            models.UniqueConstraint(fields=["project", "digest"], name="annotation_suggestion_once"),
            models.CheckConstraint(
                condition=models.Q(source__in=["head", "imported", "agent"]),
                name="annotation_suggestion_source",
            ),
            models.CheckConstraint(
                condition=models.Q(confidence__isnull=True) | models.Q(confidence__gte=0, confidence__lte=1),
                name="annotation_suggestion_confidence",
            ),
        ]
        indexes = [
            models.Index(
                fields=["post", "clause_key", "meaning_revision", "model", "-id"],
                name="annotation_suggestion_newest",
            ),
        ]


class SuggestionOffer(Record):
    """What was suggested for one lease, and whether the lot fell on showing it; a fact.

    Kept for both arms: the leases that were not shown what there was are what the others are compared with.
    """

    lease = models.OneToOneField("queue.Lease", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    timing = models.CharField(max_length=12)
    is_shown = models.BooleanField()
    share = models.FloatField()
    draw = models.FloatField()
    confidence_min = models.FloatField()
    items = ArrayField(models.CharField(max_length=44))

    class Meta:
        db_table = "annotation_suggestionoffer"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(timing__in=[str(Timing.AT_ONCE), str(Timing.AFTER_ANSWER)]),
                name="annotation_suggestionoffer_timing",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="annotation_suggestionoffer_new")]


class SuggestionReport(Record):
    """What a person did with what they were shown, up to one submission of theirs; a fact.

    ``items`` says of each what became of it: ``{"item", "clause_key", "outcome"}``. ``shown_ms`` is how long the
    suggestions stood on the screen.
    """

    offer = models.ForeignKey(SuggestionOffer, on_delete=models.PROTECT, related_name="reports")
    submission = models.OneToOneField("queue.Submission", on_delete=models.PROTECT, related_name="+")
    shown_ms = models.PositiveIntegerField()
    items = models.JSONField()

    class Meta:
        db_table = "annotation_suggestionreport"
