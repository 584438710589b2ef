from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from active_learning.domain.quotas import QuotaAxis
from active_learning.domain.strategy_names import STRATEGIES, StrategyName
from active_learning.models import Pick, Round
from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput

AXIS_CHOICES = [str(axis) for axis in QuotaAxis]
STRATEGY_CHOICES = [str(name) for name in STRATEGIES]


class StrategyOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    summary = serializers.CharField()
    needs_head = serializers.BooleanField()


class StrategyListOutput(serializers.Serializer[Any]):
    results = StrategyOutput(many=True)


class DecidedClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    answers = serializers.DictField(
        child=serializers.IntegerField(),
        help_text="Decided posts by answer, under the clause's meaning there.",
    )


class QuotaInput(StrictSerializer):
    axis = serializers.ChoiceField(choices=AXIS_CHOICES)
    value = serializers.CharField(
        max_length=200,
        required=False,
        allow_null=True,
        default=None,
        help_text="None bounds every other value.",
    )
    least = serializers.FloatField(
        min_value=0, max_value=1, required=False, default=0.0, help_text="Share of the strategy's picks."
    )
    most = serializers.FloatField(min_value=0, max_value=1, required=False, default=1.0)
    most_posts = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)


class RoundInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_key = serializers.CharField(max_length=64)
    strategy = serializers.ChoiceField(choices=STRATEGY_CHOICES, required=False, default="margin")
    budget = serializers.IntegerField(min_value=1, max_value=100_000)
    overlap = serializers.IntegerField(min_value=1, max_value=20, required=False, default=1)
    random_share = serializers.FloatField(min_value=0.01, max_value=1, required=False, default=0.2)
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)
    encoder = serializers.CharField(max_length=300, required=False, default="bundled")
    quotas = QuotaInput(many=True, required=False, default=list)
    like_post_id = serializers.UUIDField(
        required=False,
        allow_null=True,
        default=None,
        help_text="For likeness: the post of a ruling, say; without it posts are like the clause's own words.",
    )


class RoundOutput(serializers.ModelSerializer[Round]):
    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    release_label = serializers.SerializerMethodField()
    strategy = serializers.ChoiceField(choices=STRATEGY_CHOICES)
    job = JobOutput(allow_null=True)
    picked = serializers.IntegerField(default=0, read_only=True)
    model_number = serializers.IntegerField(
        source="model.number", default=None, allow_null=True, read_only=True
    )
    metrics = serializers.DictField()
    quotas = QuotaInput(many=True)
    like_post_id = serializers.UUIDField(allow_null=True)
    requested_by = serializers.CharField(
        source="requested_by.display_name", default=None, allow_null=True, read_only=True
    )

    class Meta:
        model = Round
        fields = [
            "id",
            "project_id",
            "release_id",
            "release_label",
            "clause_key",
            "meaning_revision",
            "encoder",
            "strategy",
            "used_strategy",
            "budget",
            "overlap",
            "random_share",
            "quotas",
            "like_post_id",
            "seed",
            "picked",
            "model_number",
            "metrics",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_release_label(self, found: Round) -> str:
        return release_label(found.release)


class NeighbourOutput(serializers.Serializer[Any]):
    post_id = serializers.UUIDField()
    answer = serializers.CharField()
    similarity = serializers.FloatField()


class PickOutput(serializers.ModelSerializer[Pick]):
    post_id = serializers.UUIDField()
    external_id = serializers.CharField(source="post.external_id")
    nearest = serializers.SerializerMethodField()
    reason = serializers.SerializerMethodField(help_text="Why it was chosen, in a sentence.")

    class Meta:
        model = Pick
        fields = [
            "id",
            "post_id",
            "external_id",
            "rank",
            "score",
            "is_random",
            "inclusion",
            "probability",
            "nearest",
            "reason",
            "task_id",
        ]
        read_only_fields = fields

    @extend_schema_field(NeighbourOutput(many=True))
    def get_nearest(self, pick: Pick) -> Any:
        return pick.why.get("nearest", [])

    def get_reason(self, pick: Pick) -> str:
        used = StrategyName.RANDOM if pick.is_random else StrategyName(pick.round.used_strategy)
        return STRATEGIES[used].reason.format(score=f"{pick.score:.3g}")


class ShareOutput(serializers.Serializer[Any]):
    hits = serializers.IntegerField()
    total = serializers.IntegerField()
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


def release_label(release: Any) -> str:
    return f"{release.policy.key}@{release.number}"
