from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.db.records import Record
from core.queue.reviewing import PAIR_REASONS
from preferences.domain.decisions import COUNTED_METHODS, Method, Outcome
from preferences.domain.orientation import Side

_METHODS = [str(method) for method in Method]
_COUNTED = [str(method) for method in COUNTED_METHODS]


class ComparisonDecision(Record):
    """What holds on one axis of one comparison under one meaning; the newest row is current (append-only).

    ``decided_by``, ``reason_code`` and ``reason`` are a reviewer's who decided by hand.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey(
        "preferences.Comparison", on_delete=models.PROTECT, related_name="decisions"
    )
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    method = models.CharField(max_length=12)
    strength = models.FloatField()
    p_a_better = models.FloatField()
    agreement = models.FloatField()
    votes = models.PositiveIntegerField()
    submissions = ArrayField(models.UUIDField())
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    reason_code = models.CharField(max_length=20, blank=True, default="", db_default="")
    reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        db_table = "preferences_comparison_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=[str(outcome) for outcome in Outcome]),
                name="preferences_decision_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(method__in=_METHODS), name="preferences_decision_method_known"
            ),
            models.CheckConstraint(
                condition=Q(p_a_better__gte=0, p_a_better__lte=1, agreement__gte=0, agreement__lte=1),
                name="preferences_decision_shares",
            ),
            models.CheckConstraint(
                condition=Q(reason_code__in=["", *PAIR_REASONS]), name="preferences_decision_reason_known"
            ),
            models.CheckConstraint(
                condition=~Q(method="adjudicated")
                | Q(~Q(outcome="none"), ~Q(reason_code=""), decided_by__isnull=False),
                name="preferences_decision_has_decider",
            ),
        ]
        indexes = [
            models.Index(
                fields=["comparison", "clause_key", "meaning_revision", "-id"],
                name="preferences_decision_current",
            ),
            models.Index(fields=["project", "id"], name="preferences_decision_project"),
        ]


class AcceptanceDecision(Record):
    """Whether one response of a comparison is acceptable; the newest row is current (append-only).

    ``cited`` lists what the people who refused it cite, as ``{clause_key, meaning_revision, votes}``;
    ``severity`` is the median of those they gave, rounded up.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey(
        "preferences.Comparison", on_delete=models.PROTECT, related_name="acceptance"
    )
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    side = models.CharField(max_length=1)
    acceptable = models.BooleanField(null=True)
    method = models.CharField(max_length=12)
    p_acceptable = models.FloatField()
    severity = models.PositiveSmallIntegerField(null=True)
    cited = models.JSONField(default=list)
    votes = models.PositiveIntegerField()
    submissions = ArrayField(models.UUIDField())

    class Meta:
        db_table = "preferences_acceptance_decision"
        constraints = [
            models.CheckConstraint(
                condition=Q(side__in=[str(side) for side in Side]), name="preferences_acceptance_side_known"
            ),
            models.CheckConstraint(
                condition=Q(method__in=_COUNTED), name="preferences_acceptance_method_known"
            ),
        ]
        indexes = [
            models.Index(
                fields=["comparison", "release", "side", "-id"], name="preferences_acceptance_current"
            ),
            models.Index(fields=["project", "id"], name="preferences_acceptance_project"),
        ]
