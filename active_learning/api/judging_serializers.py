from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from active_learning.api.serializers import ShareOutput
from active_learning.domain.judging import CallOutcome, Order, Text
from active_learning.models import JudgingCall, JudgingItem, JudgingRun
from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput


class JudgingInput(StrictSerializer):
    release_id = serializers.UUIDField()
    endpoint_id = serializers.UUIDField()
    baseline_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=200, required=False, default=list
    )
    per_clause = serializers.IntegerField(min_value=1, max_value=2000, required=False, default=50)
    both_orders = serializers.BooleanField(required=False, default=True)
    seeds = serializers.IntegerField(min_value=1, max_value=10, required=False, default=1)
    temperature = serializers.FloatField(min_value=0, max_value=2, required=False, default=0.0)
    sample_seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False, default=0)
    held_out = serializers.BooleanField(
        required=False,
        default=False,
        help_text="For final figures: only posts that measure people and models. Otherwise none of them.",
    )
    most_tokens = serializers.IntegerField(
        min_value=1, max_value=10**12, required=False, allow_null=True, default=None
    )
    most_cost = serializers.DecimalField(
        max_digits=14, decimal_places=6, min_value=0, required=False, allow_null=True, default=None
    )


class ClausePlanOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    posts = serializers.DictField(child=serializers.IntegerField(), help_text="By people's answer.")
    prompt_tokens = serializers.IntegerField()
    calls = serializers.IntegerField()
    is_in_baseline = serializers.BooleanField()


class JudgingPlanOutput(serializers.Serializer[Any]):
    clauses = ClausePlanOutput(many=True)
    calls = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    cost = serializers.FloatField(allow_null=True)
    least_seconds = serializers.IntegerField(allow_null=True)
    decided_under = serializers.CharField()
    baseline = serializers.CharField()


class KappaOutput(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class ConfusionCellOutput(serializers.Serializer[Any]):
    given = serializers.CharField()
    judged = serializers.CharField(help_text="Empty: the judge gave no clear answer.")
    posts = serializers.IntegerField()


class LanguageAgreementOutput(serializers.Serializer[Any]):
    language = serializers.CharField()
    agreement = ShareOutput()


class TextFiguresOutput(serializers.Serializer[Any]):
    agreement = ShareOutput()
    kappa = KappaOutput()
    confusion = ConfusionCellOutput(many=True)
    languages = LanguageAgreementOutput(many=True)
    order_changes = ShareOutput()
    seed_changes = ShareOutput()
    unparsed = ShareOutput()
    failed = serializers.IntegerField()


class FlipsOutput(serializers.Serializer[Any]):
    share = ShareOutput()
    better = serializers.IntegerField()
    worse = serializers.IntegerField()


class JudgedClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    answers = serializers.ListField(child=serializers.CharField())
    posts = serializers.IntegerField()
    candidate = TextFiguresOutput(allow_null=True)
    baseline = TextFiguresOutput(allow_null=True)
    flips = FlipsOutput(allow_null=True)


class JudgingCostOutput(serializers.Serializer[Any]):
    calls = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    seconds_of_answers = serializers.FloatField()
    seconds_passed = serializers.FloatField()
    money = serializers.FloatField(allow_null=True)


class JudgingFiguresOutput(serializers.Serializer[Any]):
    clauses = JudgedClauseOutput(many=True)
    cost = JudgingCostOutput()
    stopped_by = serializers.CharField(help_text="tokens, cost, or empty when all was asked.")
    posts = serializers.IntegerField()
    posts_asked = serializers.IntegerField()


class ModelToldOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    model = serializers.CharField()
    base_url = serializers.CharField()


class JudgingOutput(serializers.ModelSerializer[JudgingRun]):
    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    baseline_id = serializers.UUIDField(allow_null=True)
    decided_under_id = serializers.UUIDField()
    endpoint_id = serializers.UUIDField()
    model_told = ModelToldOutput()
    most_cost = serializers.FloatField(allow_null=True)
    job = JobOutput(allow_null=True)
    made_calls = serializers.IntegerField(default=0, read_only=True)
    failed_calls = serializers.IntegerField(default=0, read_only=True)
    figures = serializers.SerializerMethodField()
    requested_by = serializers.CharField(source="requested_by.display_name")

    class Meta:
        model = JudgingRun
        fields = [
            "id",
            "project_id",
            "policy_id",
            "release_id",
            "release_label",
            "baseline_id",
            "baseline_label",
            "decided_under_id",
            "endpoint_id",
            "model_told",
            "clause_keys",
            "texts_sha256",
            "per_clause",
            "both_orders",
            "seeds",
            "temperature",
            "sample_seed",
            "held_out",
            "most_tokens",
            "most_cost",
            "planned_calls",
            "made_calls",
            "failed_calls",
            "figures",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    @extend_schema_field(JudgingFiguresOutput(allow_null=True))
    def get_figures(self, run: JudgingRun) -> Any:
        return run.metrics or None


class JudgingCallOutput(serializers.ModelSerializer[JudgingCall]):
    text = serializers.ChoiceField(choices=[str(text) for text in Text])
    order = serializers.ChoiceField(choices=[str(order) for order in Order])
    outcome = serializers.ChoiceField(choices=[str(outcome) for outcome in CallOutcome])

    class Meta:
        model = JudgingCall
        fields = [
            "id",
            "text",
            "order",
            "seed",
            "outcome",
            "answer",
            "said",
            "error_code",
            "tokens_in",
            "tokens_out",
            "duration_ms",
            "attempts",
        ]
        read_only_fields = fields


class JudgingItemOutput(serializers.ModelSerializer[JudgingItem]):
    post_id = serializers.UUIDField()
    external_id = serializers.CharField()
    excerpt = serializers.CharField()
    calls = serializers.SerializerMethodField()

    class Meta:
        model = JudgingItem
        fields = [
            "id",
            "post_id",
            "external_id",
            "excerpt",
            "clause_key",
            "given",
            "language",
            "judged",
            "judged_before",
            "calls",
        ]
        read_only_fields = fields

    @extend_schema_field(JudgingCallOutput(many=True))
    def get_calls(self, item: JudgingItem) -> Any:
        return JudgingCallOutput(getattr(item, "told_calls", []), many=True).data


class JudgingItemsQuery(serializers.Serializer[object]):
    which = serializers.ChoiceField(
        choices=["flips", "better", "worse", "disagree", "unclear", "all"], required=False, default="all"
    )
    clause_key = serializers.CharField(max_length=64, required=False, default=None)


class JudgingsQuery(serializers.Serializer[object]):
    policy_id = serializers.UUIDField(required=False, default=None)
