from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from core.db.records import Record
from preferences.domain.asking import Asked
from preferences.domain.forms import MOST_RESPONSES, SLATE_FORMS


class Slate(Record):
    """One or more responses to one prompt that are judged together. ``size`` is how many."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=200)
    prompt = models.ForeignKey("preferences.Prompt", on_delete=models.PROTECT, related_name="slates")
    size = models.PositiveSmallIntegerField()
    metadata = models.JSONField(default=dict)
    content_sha256 = models.CharField(max_length=64)

    class Meta:
        db_table = "preferences_slate"
        constraints = [
            models.UniqueConstraint(
                fields=["project", "external_id"], name="preferences_slate_external_id_once"
            ),
            models.CheckConstraint(condition=~Q(external_id=""), name="preferences_slate_has_external_id"),
            models.CheckConstraint(
                condition=Q(size__gte=1, size__lte=MOST_RESPONSES), name="preferences_slate_size"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="preferences_slate_newest")]


class SlateResponse(Record):
    """One response of a slate. ``place`` counts from 0 and is a name of storage: who judges never learns it."""

    slate = models.ForeignKey(Slate, on_delete=models.PROTECT, related_name="members")
    response = models.ForeignKey("preferences.Response", on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "preferences_slate_response"
        constraints = [
            models.UniqueConstraint(fields=["slate", "place"], name="preferences_slate_place_once"),
            models.UniqueConstraint(fields=["slate", "response"], name="preferences_slate_response_once"),
        ]


class SlateOrder(Record):
    """In which order one person was shown the responses in one task, by place (append-only: stable on reload)."""

    task = models.ForeignKey("queue.Task", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    places = ArrayField(models.PositiveSmallIntegerField())

    class Meta:
        db_table = "preferences_slate_order"
        constraints = [
            models.UniqueConstraint(fields=["task", "person"], name="preferences_slate_order_once"),
        ]


class SlateAnswer(Record):
    """What one submission says about one slate, as it was said (append-only).

    ``shown`` is the order it was given in, by place. The judgments of pairs that follow from it are rows of their own.
    """

    submission = models.OneToOneField("queue.Submission", on_delete=models.PROTECT, related_name="+")
    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    slate = models.ForeignKey(Slate, on_delete=models.PROTECT, related_name="answers")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=12)
    shown = ArrayField(models.PositiveSmallIntegerField())
    asked = models.CharField(max_length=8)
    flags = ArrayField(models.CharField(max_length=64), default=list)
    reason_codes = ArrayField(models.CharField(max_length=64), default=list)
    reason = models.TextField(blank=True, default="")
    confidence = models.FloatField(null=True)

    class Meta:
        db_table = "preferences_slate_answer"
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[str(form) for form in SLATE_FORMS]),
                name="preferences_slate_answer_form_known",
            ),
            models.CheckConstraint(
                condition=Q(asked__in=[str(asked) for asked in Asked]),
                name="preferences_slate_answer_asked_known",
            ),
            models.CheckConstraint(
                condition=Q(confidence__isnull=True) | Q(confidence__gte=0, confidence__lte=1),
                name="preferences_slate_answer_confidence",
            ),
        ]
        indexes = [models.Index(fields=["project", "id"], name="preferences_slate_answer_proj")]


class SlatePlacement(Record):
    """Where an answer puts one response on one axis; see ``preferences.domain.slates.Placed`` (append-only)."""

    answer = models.ForeignKey(SlateAnswer, on_delete=models.PROTECT, related_name="placements")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    place = models.PositiveSmallIntegerField()
    value = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "preferences_slate_placement"
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "clause_key", "place"], name="preferences_slate_placement_once"
            ),
        ]
        indexes = [
            models.Index(fields=["clause_key", "meaning_revision"], name="preferences_placement_clause")
        ]


class SlateOpinion(Record):
    """What an answer holds of one response alone; ``cited`` as ``{clause_key, meaning_revision}`` (append-only)."""

    answer = models.ForeignKey(SlateAnswer, on_delete=models.PROTECT, related_name="opinions")
    place = models.PositiveSmallIntegerField()
    acceptable = models.BooleanField(null=True)
    severity = models.PositiveSmallIntegerField(null=True)
    cited = models.JSONField(default=list)

    class Meta:
        db_table = "preferences_slate_opinion"
        constraints = [
            models.UniqueConstraint(fields=["answer", "place"], name="preferences_slate_opinion_once"),
        ]
        indexes = [GinIndex(fields=["cited"], name="preferences_opinion_cited", opclasses=["jsonb_path_ops"])]


class RatingDecision(Record):
    """How good people find one response of a slate on one axis; the newest row is current (append-only).

    ``value`` is the mean of the ratings, by the steps of the axis from 0, higher is better; ``agreement`` the share of
    them within half a step of it.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    slate = models.ForeignKey(Slate, on_delete=models.PROTECT, related_name="ratings")
    place = models.PositiveSmallIntegerField()
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    value = models.FloatField()
    agreement = models.FloatField()
    votes = models.PositiveIntegerField()
    submissions = ArrayField(models.UUIDField())

    class Meta:
        db_table = "preferences_rating_decision"
        indexes = [
            models.Index(
                fields=["slate", "clause_key", "meaning_revision", "place", "-id"],
                name="preferences_rating_current",
            ),
        ]
