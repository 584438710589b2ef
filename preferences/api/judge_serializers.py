"""Shapes of model judges. Shares and κ come with their 95 % interval; outcomes are in stored order (a, b, …)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput
from preferences.api.judging_serializers import CountedShareOutput
from preferences.api.serializers import AxisOutput, BundleReleaseOutput, MessageOutput
from preferences.domain.judges import CallOutcome, RunSource
from preferences.domain.routing import DOUBTS
from preferences.models import JudgeRun
from preferences.selectors.judge_results import WHICH
from preferences.selectors.judge_sample import Which
from preferences.services.judge_doubts import MOST_ASKED
from preferences.services.judges import MOST_COMPARISONS

_DOUBTS = [str(doubt) for doubt in DOUBTS]


class JudgeRunInput(StrictSerializer):
    endpoint_id = serializers.UUIDField()
    release_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=50, required=False, default=list
    )
    which = serializers.ChoiceField(
        choices=[str(each) for each in Which],
        required=False,
        default=str(Which.ALL),
        help_text="All comparisons, those people decided, or those they did not.",
    )
    most = serializers.IntegerField(min_value=1, max_value=MOST_COMPARISONS, required=False, default=200)
    both_orders = serializers.BooleanField(required=False, default=True)
    temperature = serializers.FloatField(min_value=0, max_value=2, required=False, default=0.0)
    sample_seed = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        default=0,
        help_text="The same seed asks the same ones.",
    )
    most_tokens = serializers.IntegerField(
        min_value=1, max_value=10**12, required=False, allow_null=True, default=None
    )
    most_cost = serializers.DecimalField(
        max_digits=14, decimal_places=6, min_value=0, required=False, allow_null=True, default=None
    )


class JudgePlanOutput(serializers.Serializer[Any]):
    release = BundleReleaseOutput()
    axes = AxisOutput(many=True)
    comparisons = serializers.IntegerField()
    calls = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    cost = serializers.FloatField(allow_null=True)
    least_seconds = serializers.IntegerField(allow_null=True)


class JudgeModelToldOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    model = serializers.CharField(allow_blank=True)
    base_url = serializers.CharField(allow_blank=True)


class JudgePromptOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    title = serializers.CharField()
    prompt = serializers.CharField()
    tokens = serializers.IntegerField()


class JudgeCostOutput(serializers.Serializer[Any]):
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    unparsed = serializers.IntegerField()
    money = serializers.FloatField(allow_null=True)


class JudgeRunOutput(serializers.ModelSerializer[JudgeRun]):
    project_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    release_label = serializers.SerializerMethodField()
    endpoint_id = serializers.UUIDField(allow_null=True)
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=[str(source) for source in RunSource]
    )
    model_told = JudgeModelToldOutput()
    most_cost = serializers.FloatField(allow_null=True)
    job = JobOutput(allow_null=True)
    comparisons = serializers.IntegerField(source="comparison_count", default=0, read_only=True)
    made_calls = serializers.IntegerField(default=0, read_only=True)
    failed_calls = serializers.IntegerField(default=0, read_only=True)
    requested_by = serializers.CharField(source="requested_by.display_name")

    class Meta:
        model = JudgeRun
        fields = [
            "id",
            "project_id",
            "source",
            "judge",
            "version",
            "release_id",
            "release_label",
            "endpoint_id",
            "model_told",
            "clause_keys",
            "fingerprint",
            "which",
            "both_orders",
            "temperature",
            "sample_seed",
            "most_tokens",
            "most_cost",
            "planned_calls",
            "comparisons",
            "made_calls",
            "failed_calls",
            "stopped_by",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_release_label(self, run: JudgeRun) -> str:
        return f"{run.release.policy.key}@{run.release.number}"


class JudgeRunDetailOutput(JudgeRunOutput):
    prompts = serializers.SerializerMethodField()
    cost = JudgeCostOutput(read_only=True)

    class Meta(JudgeRunOutput.Meta):
        fields = [*JudgeRunOutput.Meta.fields, "prompts", "cost"]
        read_only_fields = fields

    @extend_schema_field(JudgePromptOutput(many=True))
    def get_prompts(self, run: JudgeRun) -> Any:
        rows = [{"clause_key": key, **run.prompts[key]} for key in run.clause_keys if key in run.prompts]
        return JudgePromptOutput(rows, many=True).data


class MeasuredOutput(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class JudgeCellOutput(serializers.Serializer[Any]):
    people = serializers.CharField()
    judge = serializers.CharField(allow_blank=True, help_text="Empty: no clear answer.")
    comparisons = serializers.IntegerField()


class JudgeFiguresOutput(serializers.Serializer[Any]):
    comparisons = serializers.IntegerField()
    agreement = CountedShareOutput(help_text="With people's answer; no clear answer is no agreement.")
    kappa = MeasuredOutput(help_text="Cohen's, with a bootstrap interval over comparisons.")
    same = CountedShareOutput(help_text="Asked in both orders, the same answer.")
    turned = CountedShareOutput(help_text="Preferred a side in both orders, and the other one when turned.")
    first = MeasuredOutput(help_text="How often the preferred side stood first; ½ is without bias.")
    unclear = CountedShareOutput(help_text="No answer, or one for each order.")
    confusion = serializers.SerializerMethodField()

    @extend_schema_field(JudgeCellOutput(many=True))
    def get_confusion(self, figures: Any) -> Any:
        return [
            {"people": people, "judge": judge, "comparisons": count}
            for people, judge, count in figures.confusion
        ]


class JudgeChangesOutput(serializers.Serializer[Any]):
    changed = CountedShareOutput(help_text="Of comparisons in both, those answered otherwise than before.")
    better = serializers.IntegerField(help_text="Of the changed, those that came to people's answer.")
    worse = serializers.IntegerField(help_text="Of the changed, those that went from it.")


class JudgeVersionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    judge = serializers.CharField()
    source = serializers.ChoiceField(  # type: ignore[assignment]
        choices=[*(str(source) for source in RunSource), "member"]
    )
    model = serializers.CharField(allow_blank=True)
    version = serializers.CharField(allow_blank=True)
    release_label = serializers.CharField(allow_blank=True)
    fingerprint = serializers.CharField(allow_blank=True)
    run = JudgeRunOutput(allow_null=True)
    began_at = serializers.DateTimeField()
    figures = JudgeFiguresOutput(allow_null=True)
    changes = JudgeChangesOutput(allow_null=True)


class DoubtCountOutput(serializers.Serializer[Any]):
    doubt = serializers.ChoiceField(choices=_DOUBTS)
    comparisons = serializers.IntegerField()


class JudgesOutput(serializers.Serializer[Any]):
    release = BundleReleaseOutput(allow_null=True)
    axis = AxisOutput(allow_null=True)
    axes = AxisOutput(many=True)
    versions = JudgeVersionOutput(many=True)
    doubts = DoubtCountOutput(many=True)


class JudgeDoubtsInput(StrictSerializer):
    release_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    clause_key = serializers.CharField(max_length=64, required=False, allow_null=True, default=None)
    doubts = serializers.ListField(
        child=serializers.ChoiceField(choices=_DOUBTS), min_length=1, max_length=len(_DOUBTS), required=False
    )
    most = serializers.IntegerField(min_value=1, max_value=MOST_ASKED, required=False, default=200)
    overlap = serializers.IntegerField(min_value=1, max_value=50, required=False, default=1)
    priority = serializers.FloatField(min_value=-1e6, max_value=1e6, required=False, default=10.0)


class JudgeDoubtsOutput(serializers.Serializer[Any]):
    doubted = serializers.IntegerField()
    created = serializers.IntegerField(help_text="Comparisons that nobody was asked about before.")
    asked_more = serializers.IntegerField(help_text="Comparisons that one more person is asked about.")
    under_way = serializers.IntegerField(help_text="Comparisons that somebody is asked about already.")


class JudgeImportInput(StrictSerializer):
    file = serializers.FileField(allow_empty_file=False)


class JudgeItemsQuery(serializers.Serializer[object]):
    clause_key = serializers.CharField(max_length=64)
    which = serializers.ChoiceField(choices=WHICH, required=False, default="all")


class JudgeCallOutput(serializers.Serializer[Any]):
    swapped = serializers.BooleanField(help_text="B was shown first.")
    outcome = serializers.ChoiceField(choices=[str(outcome) for outcome in CallOutcome])
    choice = serializers.CharField(allow_null=True)
    value = serializers.IntegerField(help_text="−3 to 3; below zero A is better.")
    said = serializers.CharField(allow_blank=True)
    error_code = serializers.CharField(allow_blank=True)


class JudgedComparisonOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="item_id")
    comparison_id = serializers.UUIDField(source="comparison.id")
    external_id = serializers.CharField(source="comparison.external_id")
    messages = MessageOutput(many=True, source="comparison.prompt.messages")
    people = serializers.CharField(allow_null=True)
    answer = serializers.CharField(allow_blank=True)
    before = serializers.CharField(allow_null=True, allow_blank=True)
    calls = JudgeCallOutput(many=True)
