from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from core.db.records import Record
from preferences.domain.document import STRONGEST, Choice
from preferences.domain.judges import CallOutcome, RunSource


class JudgeRun(Record):
    """One model's answers to comparisons, on axes of one release by the text they have there.

    ``judge`` names who answered, over all its versions; ``model_told`` is its name, model and address then, ``version``
    what a file says of it. ``prompts``: axis → title, prompt, tokens, meaning revision, as frozen at the start;
    ``fingerprint`` names them. Budgets: ``None`` does not stop. Nothing of it is a
    person's answer, or decides anything.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10)
    judge = models.CharField(max_length=200)
    version = models.CharField(max_length=200, blank=True, default="")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey("endpoints.Endpoint", on_delete=models.PROTECT, null=True, related_name="+")
    model_told = models.JSONField(default=dict)
    clause_keys = ArrayField(models.CharField(max_length=64))
    prompts = models.JSONField(default=dict)
    fingerprint = models.CharField(max_length=16, blank=True, default="")
    which = models.CharField(max_length=10, default="all")
    both_orders = models.BooleanField(default=True)
    temperature = models.FloatField(default=0.0)
    sample_seed = models.BigIntegerField(default=0)
    most_tokens = models.BigIntegerField(null=True)
    most_cost = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    planned_calls = models.PositiveIntegerField(default=0)
    stopped_by = models.CharField(max_length=10, blank=True, default="")
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "preferences_judge_run"
        constraints = [
            models.CheckConstraint(
                condition=Q(source=RunSource.ENDPOINT.value, endpoint__isnull=False)
                | Q(source=RunSource.IMPORTED.value, endpoint__isnull=True),
                name="preferences_judge_run_source",
            ),
            models.CheckConstraint(condition=~Q(judge=""), name="preferences_judge_run_named"),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="preferences_judge_run_newest")]


class JudgeItem(Record):
    """A comparison a run asks about; ``place`` is the order of asking."""

    run = models.ForeignKey(JudgeRun, on_delete=models.CASCADE, related_name="items")
    comparison = models.ForeignKey(
        "preferences.Comparison", on_delete=models.PROTECT, related_name="judge_items"
    )
    place = models.PositiveIntegerField()

    class Meta:
        db_table = "preferences_judge_item"
        constraints = [
            models.UniqueConstraint(fields=["run", "comparison"], name="preferences_judge_item_once"),
        ]
        indexes = [models.Index(fields=["run", "place"], name="preferences_judge_item_place")]


class JudgeCall(Record):
    """One answer of a judge on one axis, in stored order: below zero A is better; written once, whoever asks again.

    ``swapped``: B was shown first. ``choice`` is null where nothing that came back was an answer.
    """

    item = models.ForeignKey(JudgeItem, on_delete=models.CASCADE, related_name="calls")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    swapped = models.BooleanField()
    outcome = models.CharField(max_length=10)
    choice = models.CharField(max_length=20, null=True)
    value = models.SmallIntegerField(default=0)
    said = models.CharField(max_length=500, blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        db_table = "preferences_judge_call"
        constraints = [
            models.UniqueConstraint(
                fields=["item", "clause_key", "swapped"], name="preferences_judge_call_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=[str(outcome) for outcome in CallOutcome])
                & (Q(choice__isnull=True) | Q(choice__in=[str(choice) for choice in Choice])),
                name="preferences_judge_call_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome="answered", choice__isnull=False)
                | (~Q(outcome="answered") & Q(choice__isnull=True)),
                name="preferences_judge_call_answer",
            ),
            models.CheckConstraint(
                condition=(Q(choice="prefer", value__gte=-STRONGEST, value__lte=STRONGEST) & ~Q(value=0))
                | Q(~Q(choice="prefer") | Q(choice__isnull=True), value=0),
                name="preferences_judge_call_strength",
            ),
        ]
