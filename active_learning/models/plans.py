from __future__ import annotations

from django.db import models
from django.db.models import Q

from active_learning.domain.round_plans import PlanState
from core.db.records import Record


class RoundPlan(Record):
    """Rounds that go on by themselves: how each is run, when the next one starts, and what ends them.

    ``settings`` is what each round is started with: encoder, strategy, budget, overlap, random_share, quotas,
    like_post_id, and the first one's seed. ``reason`` says why it is paused or ended. ``failure_told``:
    the number of the round whose failure paused it last, so that it does not pause the plan again.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    release = models.ForeignKey("policies.Release", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    meaning_revision = models.PositiveIntegerField()
    settings = models.JSONField()
    after_answers = models.PositiveIntegerField(null=True)
    every_hours = models.PositiveIntegerField(null=True)
    answered_share = models.FloatField()
    plateau_rounds = models.PositiveSmallIntegerField(null=True)
    least_gain = models.FloatField(default=0.0)
    most_answers = models.PositiveIntegerField(null=True)
    recall_target = models.FloatField(null=True)
    state = models.CharField(max_length=10, default=PlanState.RUNNING.value)
    reason = models.TextField(blank=True, default="")
    requested_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    failure_told = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[str(state) for state in PlanState]),
                name="active_learning_plan_state_known",
            ),
            models.CheckConstraint(
                condition=Q(after_answers__gte=1, every_hours__isnull=True)
                | Q(after_answers__isnull=True, every_hours__gte=1),
                name="active_learning_plan_starts_one_way",
            ),
            models.CheckConstraint(
                condition=Q(plateau_rounds__gte=1) | Q(most_answers__gte=1) | Q(recall_target__isnull=False),
                name="active_learning_plan_can_end",
            ),
            models.UniqueConstraint(
                fields=["project", "clause_key"],
                condition=~Q(state=PlanState.ENDED.value),
                name="active_learning_plan_one_a_clause",
            ),
        ]
        indexes = [models.Index(fields=["project", "-id"], name="active_learning_plan_newest")]
