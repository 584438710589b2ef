from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.db.records import Record
from preferences.domain.asking import Asked
from preferences.domain.document import STRONGEST, Choice
from preferences.domain.orientation import Side

_CHOICES = [str(choice) for choice in Choice]
_SIDES = [str(side) for side in Side]


class Judgment(Record):
    """What one submission says about one comparison, in stored order (append-only).

    ``swapped`` is the order it was given in; the document as sent is the submission's own. ``asked`` says what the
    judgment may count for. An answer about a slate becomes one judgment of each comparison it says something about.
    """

    submission = models.ForeignKey("queue.Submission", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey(
        "preferences.Comparison", on_delete=models.PROTECT, related_name="judgments"
    )
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    swapped = models.BooleanField()
    asked = models.CharField(max_length=8, default=Asked.WORK.value, db_default=Asked.WORK.value)
    flags = ArrayField(models.CharField(max_length=64), default=list)
    reason_codes = ArrayField(models.CharField(max_length=64), default=list)
    reason = models.TextField(blank=True, default="")
    confidence = models.FloatField(null=True)

    class Meta:
        db_table = "preferences_judgment"
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "comparison"], name="preferences_judgment_comparison_once"
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="preferences_judgment_confidence_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(asked__in=[str(asked) for asked in Asked]),
                name="preferences_judgment_asked_known",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="preferences_judgment_project")]


class AxisAnswer(Record):
    """One axis of a judgment: below zero A is better, above zero B (append-only).

    ``weight``, in (0, 1], is what the answer counts for where those of many comparisons are taken together: below one
    where several follow from one answer about a slate.
    """

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="axis_answers")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    choice = models.CharField(max_length=20)
    value = models.SmallIntegerField()
    weight = models.FloatField(default=1.0, db_default=1.0)

    class Meta:
        db_table = "preferences_axis_answer"
        constraints = [
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=1), name="preferences_axis_answer_weight_is_a_share"
            ),
            models.UniqueConstraint(fields=["judgment", "clause_key"], name="preferences_axis_answer_once"),
            models.CheckConstraint(
                condition=Q(choice__in=_CHOICES), name="preferences_axis_answer_choice_known"
            ),
            models.CheckConstraint(
                condition=Q(value__gte=-STRONGEST, value__lte=STRONGEST),
                name="preferences_axis_answer_in_range",
            ),
            models.CheckConstraint(
                condition=(Q(choice="prefer") & ~Q(value=0)) | (~Q(choice="prefer") & Q(value=0)),
                name="preferences_axis_answer_strength_fits",
            ),
        ]
        indexes = [
            models.Index(fields=["clause_key", "meaning_revision"], name="preferences_axis_answer_clause")
        ]


class ResponseAssessment(Record):
    """What a judgment holds of one response alone (append-only)."""

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="assessments")
    side = models.CharField(max_length=1)
    acceptable = models.BooleanField(null=True)
    severity = models.PositiveSmallIntegerField(null=True)

    class Meta:
        db_table = "preferences_response_assessment"
        constraints = [
            models.UniqueConstraint(fields=["judgment", "side"], name="preferences_assessment_once_per_side"),
            models.CheckConstraint(condition=Q(side__in=_SIDES), name="preferences_assessment_side_known"),
        ]


class ClauseCitation(Record):
    """A clause that an assessment says the response breaks, in the meaning it had (append-only)."""

    assessment = models.ForeignKey(ResponseAssessment, on_delete=models.PROTECT, related_name="citations")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()

    class Meta:
        db_table = "preferences_clause_citation"
        constraints = [
            models.UniqueConstraint(fields=["assessment", "clause_key"], name="preferences_citation_once"),
        ]
        indexes = [
            models.Index(fields=["clause_key", "meaning_revision"], name="preferences_citation_clause")
        ]


class Demonstration(Record):
    """A better version of one response, written while judging (append-only)."""

    judgment = models.ForeignKey(Judgment, on_delete=models.PROTECT, related_name="demonstrations")
    side = models.CharField(max_length=1)
    text = models.TextField()

    class Meta:
        db_table = "preferences_demonstration"
        constraints = [
            models.UniqueConstraint(
                fields=["judgment", "side"], name="preferences_demonstration_once_per_side"
            ),
            models.CheckConstraint(condition=Q(side__in=_SIDES), name="preferences_demonstration_side_known"),
            models.CheckConstraint(condition=~Q(text=""), name="preferences_demonstration_has_text"),
        ]
