from __future__ import annotations

from django.db import models

from core.db.records import Record


class ModelVersion(Record):
    """A trained head: its weights by hash, what it was trained on, and how well it does on the held-out posts.

    ``evaluation``: those posts by their chance of harm, in slices, and calibration bins (`runs.evaluating`), and
    which of them were answered right; empty where there were none or the clause has no harmful answer. A head made of
    the clause's words alone has ``zero_shot`` in ``trained_on``: how many texts of what it covers, and of what not.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    number = models.PositiveIntegerField()
    artifact_sha256 = models.CharField(max_length=64)
    encoder = models.CharField(max_length=300)
    metrics = models.JSONField(default=dict)
    evaluation = models.JSONField(default=dict)
    trained_on = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "clause_key", "number"], name="active_learning_model_number_once"
            )
        ]


class Round(Record):
    """One turn of the wheel: encode, train, choose, ask; with everything needed to repeat it; maybe by a plan."""

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    encoder = models.CharField(max_length=300, default="bundled")
    strategy = models.CharField(max_length=30)
    used_strategy = models.CharField(max_length=30, blank=True)
    budget = models.PositiveIntegerField()
    overlap = models.PositiveSmallIntegerField(default=1)
    random_share = models.FloatField()
    quotas = models.JSONField(default=list)
    like_post = models.ForeignKey("content.Post", on_delete=models.PROTECT, null=True, related_name="+")
    seed = models.BigIntegerField()
    plan = models.ForeignKey(
        "active_learning.RoundPlan", on_delete=models.PROTECT, null=True, related_name="rounds"
    )
    plan_number = models.PositiveIntegerField(null=True)
    metrics = models.JSONField(default=dict)
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, null=True, related_name="+")
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(random_share__gt=0, random_share__lte=1),
                name="active_learning_round_keeps_a_random_share",
            ),
            models.CheckConstraint(condition=models.Q(budget__gte=1), name="active_learning_round_budget"),
            # Of two workers that start a plan's next round at once, one is refused.
            models.UniqueConstraint(
                fields=["plan", "plan_number"], name="active_learning_round_once_in_plan"
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="active_learning_round_newest")]


class Pick(Record):
    """One post that a round chose, and why."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="picks")
    post = models.ForeignKey("content.Post", on_delete=models.PROTECT, related_name="+")
    rank = models.PositiveIntegerField()
    score = models.FloatField()
    is_random = models.BooleanField()
    inclusion = models.FloatField(null=True)
    probability = models.FloatField(null=True)
    why = models.JSONField(default=dict)
    task_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "post"], name="active_learning_pick_once"),
            models.UniqueConstraint(fields=["round", "rank"], name="active_learning_pick_rank_once"),
        ]
