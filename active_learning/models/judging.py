from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from active_learning.domain.judging import CallOutcome, Order, Text
from core.db.records import Record


class JudgingRun(Record):
    """One trial of a policy's text: a model judges decided posts by it, and by another text to compare.

    ``prompts``: text → clause key → title, prompt, tokens, answers, as they stood when the run began; ``texts_sha256``
    names them. ``decided_under``: the release whose decisions stand for people. ``model_told``: name, address and model
    of the endpoint then. Budgets: ``None`` does not stop.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    policy_id = models.UUIDField()
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    release_label = models.CharField(max_length=600)
    baseline = models.ForeignKey("policies.Release", on_delete=models.PROTECT, null=True, related_name="+")
    baseline_label = models.CharField(max_length=600, blank=True, default="")
    decided_under = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    endpoint = models.ForeignKey("endpoints.Endpoint", on_delete=models.PROTECT, related_name="+")
    model_told = models.JSONField(default=dict)
    clause_keys = ArrayField(models.CharField(max_length=64))
    prompts = models.JSONField(default=dict)
    texts_sha256 = models.CharField(max_length=64)
    per_clause = models.PositiveIntegerField()
    both_orders = models.BooleanField(default=True)
    seeds = models.PositiveSmallIntegerField(default=1)
    temperature = models.FloatField(default=0.0)
    sample_seed = models.BigIntegerField(default=0)
    held_out = models.BooleanField(default=False)
    most_tokens = models.BigIntegerField(null=True)
    most_cost = models.DecimalField(max_digits=14, decimal_places=6, null=True)
    planned_calls = models.PositiveIntegerField()
    metrics = models.JSONField(default=dict)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seeds__gte=1) & models.Q(per_clause__gte=1),
                name="active_learning_judgingrun_sizes",
            ),
        ]
        indexes = [
            models.Index(fields=["project", "policy_id", "-id"], name="active_learning_judging_newest")
        ]


class JudgingItem(Record):
    """A decided post in a run: people's answer to one clause, and what the judge made of it at the end.

    ``judged`` and ``judged_before`` (under the baseline) are empty where the judge was not clear, and ``None`` while it
    was not asked. ``place``: the order of asking.
    """

    run = models.ForeignKey(JudgingRun, on_delete=models.CASCADE, related_name="items")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    decision_id = models.UUIDField()
    given = models.CharField(max_length=200)
    language = models.CharField(max_length=35, blank=True, default="")
    place = models.PositiveIntegerField()
    judged = models.CharField(max_length=200, null=True)
    judged_before = models.CharField(max_length=200, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "post", "clause_key"], name="active_learning_judgingitem_once"
            ),
        ]
        indexes = [models.Index(fields=["run", "place"], name="active_learning_judging_place")]


class JudgingCall(Record):
    """One answer of the judge; written once, whoever asks again."""

    item = models.ForeignKey(JudgingItem, on_delete=models.CASCADE, related_name="calls")
    text = models.CharField(max_length=10)
    order = models.CharField(max_length=10)
    seed = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10)
    answer = models.CharField(max_length=200, null=True)
    said = models.CharField(max_length=500, blank=True, default="")
    error_code = models.CharField(max_length=60, blank=True, default="")
    tokens_in = models.PositiveIntegerField(default=0)
    tokens_out = models.PositiveIntegerField(default=0)
    duration_ms = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "text", "order", "seed"], name="active_learning_judgingcall_once"
            ),
            models.CheckConstraint(
                condition=models.Q(text__in=[str(text) for text in Text])
                & models.Q(order__in=[str(order) for order in Order])
                & models.Q(outcome__in=[str(outcome) for outcome in CallOutcome]),
                name="active_learning_judgingcall_known",
            ),
            models.CheckConstraint(
                condition=models.Q(outcome="answered", answer__isnull=False)
                | (~models.Q(outcome="answered") & models.Q(answer__isnull=True)),
                name="active_learning_judgingcall_answer",
            ),
        ]
