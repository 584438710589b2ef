from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.db.records import Record
from preferences.domain.gold import PairKind


class GoldPair(Record):
    """A comparison whose answers are known, so that it can be asked among the others.

    Kind ``gold`` measures how well somebody judges; ``attention`` is one that nobody who reads can get wrong.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey("preferences.Comparison", on_delete=models.PROTECT, related_name="gold")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    explanation = models.TextField(blank=True, default="")
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    retired_because = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "preferences_goldpair"
        constraints = [
            models.UniqueConstraint(
                fields=["comparison"],
                condition=Q(retired_at__isnull=True),
                name="preferences_goldpair_one_a_comparison",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[str(kind) for kind in PairKind]), name="preferences_goldpair_kind_known"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="preferences_goldpair_project")]


class GoldPairAnswer(Record):
    """The outcomes that are right on one axis, in stored order, and the meanings of the axis they are known for.

    ``meaning_to`` is None while the newest meaning is the one it was made under; a semantic edit sets it.
    """

    item = models.ForeignKey(GoldPair, on_delete=models.PROTECT, related_name="answers")
    clause_key = models.CharField(max_length=64)
    meaning_from = models.PositiveIntegerField()
    meaning_to = models.PositiveIntegerField(null=True)
    outcomes = ArrayField(models.CharField(max_length=20))

    class Meta:
        db_table = "preferences_goldpairanswer"
        constraints = [
            models.UniqueConstraint(fields=["item", "clause_key"], name="preferences_goldpairanswer_once"),
            models.CheckConstraint(
                condition=Q(meaning_to__isnull=True) | Q(meaning_to__gte=F("meaning_from")),
                name="preferences_goldpairanswer_range",
            ),
        ]


class GoldPairResult(Record):
    """How one answer of one person did against the known one; a fact."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(GoldPair, on_delete=models.PROTECT, related_name="results")
    submission = models.ForeignKey("queue.Submission", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20)
    passed = models.BooleanField()

    class Meta:
        db_table = "preferences_goldpairresult"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "clause_key"], name="preferences_goldpairresult_once"
            )
        ]
        indexes = [
            models.Index(fields=["project", "person", "-id"], name="preferences_goldresult_person"),
            models.Index(fields=["item", "clause_key"], name="preferences_goldresult_item"),
        ]
