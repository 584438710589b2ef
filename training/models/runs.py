from __future__ import annotations

from django.db import models

from core.db.records import Record
from training.domain.recipes import Recipe


class TrainingRun(Record):
    """One training on a version: what was asked, how far it is, what came of it.

    ``facts``: device, precision, sizes, libraries and code, as the program told them. ``curve``: losses by step.
    ``checkpoint_sha256`` names the newest checkpoint while there is something to go on with. ``promoted_at``: since
    when this reward model helps to choose pairs; the newest promoted one does.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    version = models.ForeignKey("exports.Version", on_delete=models.PROTECT, related_name="+")
    recipe = models.CharField(max_length=20)
    base = models.CharField(max_length=300)
    settings = models.JSONField(default=dict)
    steps_done = models.PositiveIntegerField(default=0)
    steps_total = models.PositiveIntegerField(null=True)
    seconds_left = models.FloatField(null=True)
    curve = models.JSONField(default=list)
    facts = models.JSONField(default=dict)
    metrics = models.JSONField(default=dict)
    checkpoint_step = models.PositiveIntegerField(null=True)
    checkpoint_sha256 = models.CharField(max_length=64, null=True)
    job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    scoring_job = models.ForeignKey("jobs.Job", on_delete=models.PROTECT, null=True, related_name="+")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)
    promoted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(recipe__in=[str(recipe) for recipe in Recipe]),
                name="training_run_recipe_known",
            ),
            models.CheckConstraint(
                condition=models.Q(promoted_at__isnull=True)
                | models.Q(recipe="reward", finished_at__isnull=False),
                name="training_run_promoted_is_finished_reward",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="training_run_newest")]


class TrainingFile(Record):
    """One file of what a run made: weights, configuration, tokenizer, scores (append-only)."""

    run = models.ForeignKey(TrainingRun, on_delete=models.PROTECT, related_name="files")
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size_bytes = models.PositiveBigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "path"], name="training_file_path_once"),
            models.CheckConstraint(
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"), name="training_file_sha256_is_hex"
            ),
        ]


class PairScore(Record):
    """How likely a reward model finds the first response of a comparison better, calibrated, 0 to 1."""

    run = models.ForeignKey(TrainingRun, on_delete=models.PROTECT, related_name="+")
    comparison = models.ForeignKey("preferences.Comparison", on_delete=models.CASCADE, related_name="+")
    p_a = models.FloatField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "comparison"], name="training_pairscore_once"),
            models.CheckConstraint(
                condition=models.Q(p_a__gte=0, p_a__lte=1), name="training_pairscore_is_chance"
            ),
        ]
