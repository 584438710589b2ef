from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from active_learning.domain.promotions import PromotionKind
from active_learning.models.rounds import ModelVersion
from core.db.records import Record


class Promotion(Record):
    """Which model suggests for a clause from here on, who said so and why; a fact.

    Of a clause the row with the highest ``ordinal`` holds; ordinals count from 1, so that of two people who decide at
    once one finds the place taken. ``model`` is null where the promotion was taken away, ``decided_by`` where a round
    promoted its own model because no person had decided yet. From ``threshold`` on, a chance of harm in thousandths,
    the model suggests a harmful answer; null leaves it to the likeliest answer. ``stated``: the precision or recall it
    was chosen for, and what the held-out posts said of it then.
    """

    project = models.ForeignKey("accounts.Project", on_delete=models.PROTECT, related_name="+")
    clause_key = models.CharField(max_length=64)
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=12)
    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, null=True, related_name="promotions")
    threshold = models.FloatField(null=True)
    stated = models.JSONField(default=dict)
    reason = models.CharField(max_length=2000, blank=True, default="")
    decided_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "clause_key", "ordinal"], name="active_learning_promotion_in_turn"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=[str(kind) for kind in PromotionKind]),
                name="active_learning_promotion_kind",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PromotionKind.WITHDRAWN.value, model__isnull=True)
                | (~models.Q(kind=PromotionKind.WITHDRAWN.value) & models.Q(model__isnull=False)),
                name="active_learning_promotion_model",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=PromotionKind.BY_ROUND.value, decided_by__isnull=True)
                | (
                    ~models.Q(kind=PromotionKind.BY_ROUND.value)
                    & models.Q(decided_by__isnull=False)
                    & ~models.Q(reason="")
                ),
                name="active_learning_promotion_decided",
            ),
            models.CheckConstraint(
                condition=models.Q(threshold__isnull=True)
                | (models.Q(threshold__gte=0, threshold__lte=1) & models.Q(model__isnull=False)),
                name="active_learning_promotion_threshold",
            ),
            models.CheckConstraint(
                condition=models.Q(ordinal__gte=1), name="active_learning_promotion_ordinal"
            ),
        ]


class InputMeasure(Record):
    """Posts that came since a model was trained, beside those there were then; a fact.

    ``bins``: how many fall into each of ten equal bins of the model's chance of harm; ``ModelVersion.evaluation`` holds
    the same of the posts there were then, under ``inputs``. ``apart_hits``: of ``apart_total`` posts, as many new as
    earlier ones, how many are told to be the one or the other; nothing of nothing where there are too few.
    """

    model = models.ForeignKey(ModelVersion, on_delete=models.PROTECT, related_name="+")
    bins = ArrayField(models.PositiveIntegerField())
    apart_hits = models.PositiveIntegerField(default=0)
    apart_total = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(apart_hits__lte=models.F("apart_total")),
                name="active_learning_inputmeasure_apart",
            )
        ]
