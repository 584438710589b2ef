"""Shapes of runs that ask a model for responses."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput
from preferences.api.judge_serializers import JudgeModelToldOutput
from preferences.api.serializers import MessageOutput
from preferences.domain.sampling import MOST_SAMPLES, Becomes, Beside, PromptsFrom, SampleOutcome
from preferences.models import SamplingCall, SamplingRun
from preferences.services.sampling import MOST_PROMPTS

TEXT_SHOWN = 2_000


class SamplingRunInput(StrictSerializer):
    """As JSON for prompts of the project; as a form with the file of prompts for others."""

    endpoint_id = serializers.UUIDField()
    source_model = serializers.CharField(
        max_length=200,
        required=False,
        allow_blank=True,
        default="",
        help_text="What the responses are named by; empty takes the endpoint's model.",
    )
    most = serializers.IntegerField(
        min_value=1,
        max_value=MOST_PROMPTS,
        required=False,
        default=500,
        help_text="Prompts of the project; of a file all are asked.",
    )
    samples = serializers.IntegerField(
        min_value=1,
        max_value=MOST_SAMPLES,
        required=False,
        default=4,
        help_text="So many responses each prompt is to have of this model; what it has is not asked again.",
    )
    system = serializers.CharField(
        max_length=100_000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Before prompts that have no system text of their own.",
    )
    temperature = serializers.FloatField(min_value=0, max_value=2, required=False, default=1.0)
    max_tokens = serializers.IntegerField(min_value=1, required=False, allow_null=True, default=None)
    seed = serializers.IntegerField(
        min_value=0,
        max_value=2**31 - 1,
        required=False,
        allow_null=True,
        default=None,
        help_text="Each sample gets one of its own, which follows from this. Null: the endpoint draws.",
    )
    becomes = serializers.ChoiceField(
        choices=[str(each) for each in Becomes], required=False, default=str(Becomes.PAIRS)
    )
    beside = serializers.ChoiceField(
        choices=[str(each) for each in Beside],
        required=False,
        default=str(Beside.OWN),
        help_text="The model's other samples, or other models' responses to the prompt.",
    )
    most_tokens = serializers.IntegerField(
        min_value=1, max_value=10**12, required=False, allow_null=True, default=None
    )
    most_cost = serializers.DecimalField(
        max_digits=14, decimal_places=6, min_value=0, required=False, allow_null=True, default=None
    )


class SamplingFileInput(SamplingRunInput):
    file = serializers.FileField(allow_empty_file=False, help_text="JSONL, one prompt a line.")


class SamplingPlanOutput(serializers.Serializer[Any]):
    source_model = serializers.CharField()
    prompts = serializers.IntegerField()
    left_out = serializers.IntegerField(help_text="Prompts that may not be asked.")
    calls = serializers.IntegerField()
    max_tokens = serializers.IntegerField()
    tokens_in = serializers.IntegerField()
    tokens_out_most = serializers.IntegerField()
    cost_most = serializers.FloatField(allow_null=True)
    least_seconds = serializers.IntegerField(allow_null=True)


class SamplingRunOutput(serializers.ModelSerializer[SamplingRun]):
    project_id = serializers.UUIDField()
    endpoint_id = serializers.UUIDField()
    model_told = JudgeModelToldOutput()
    prompts_from = serializers.ChoiceField(choices=[str(each) for each in PromptsFrom])
    becomes = serializers.ChoiceField(choices=[str(each) for each in Becomes])
    beside = serializers.ChoiceField(choices=[str(each) for each in Beside])
    most_cost = serializers.FloatField(allow_null=True)
    job = JobOutput(allow_null=True)
    prompts = serializers.IntegerField(source="prompt_count", default=0, read_only=True)
    made_calls = serializers.IntegerField(default=0, read_only=True)
    kept_calls = serializers.IntegerField(default=0, read_only=True, help_text="New responses.")
    repeated_calls = serializers.IntegerField(default=0, read_only=True, help_text="Said what was there.")
    empty_calls = serializers.IntegerField(default=0, read_only=True)
    failed_calls = serializers.IntegerField(default=0, read_only=True)
    cut_calls = serializers.IntegerField(
        default=0, read_only=True, help_text="Ended because they reached the most tokens."
    )
    requested_by = serializers.CharField(source="requested_by.display_name")

    class Meta:
        model = SamplingRun
        fields = [
            "id",
            "project_id",
            "endpoint_id",
            "source_model",
            "model_told",
            "prompts_from",
            "prompts",
            "samples",
            "system",
            "temperature",
            "max_tokens",
            "seed",
            "becomes",
            "beside",
            "most_tokens",
            "most_cost",
            "planned_calls",
            "made_calls",
            "kept_calls",
            "repeated_calls",
            "empty_calls",
            "failed_calls",
            "cut_calls",
            "made_pairs",
            "made_slates",
            "stopped_by",
            "job",
            "requested_by",
            "created_at",
            "finished_at",
        ]
        read_only_fields = fields


class SamplingCostOutput(serializers.Serializer[Any]):
    tokens_in = serializers.IntegerField()
    tokens_out = serializers.IntegerField()
    duration_ms = serializers.IntegerField()
    money = serializers.FloatField(allow_null=True)


class SamplingRunDetailOutput(SamplingRunOutput):
    cost = SamplingCostOutput(read_only=True)

    class Meta(SamplingRunOutput.Meta):
        fields = [*SamplingRunOutput.Meta.fields, "cost"]
        read_only_fields = fields


class SamplingResumeInput(StrictSerializer):
    asks = serializers.BooleanField(
        required=False,
        default=True,
        help_text="False: nothing more is asked; what there is, is put before people.",
    )


class SampleOutput(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=[str(outcome) for outcome in SampleOutcome])
    text = serializers.SerializerMethodField(help_text="Its beginning; empty where there is none.")
    is_cut = serializers.BooleanField()
    error_code = serializers.CharField(allow_blank=True)

    def get_text(self, call: SamplingCall) -> str:
        return "" if call.response is None else call.response.text[:TEXT_SHOWN]


class SampledPromptOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    prompt_id = serializers.UUIDField()
    messages = MessageOutput(many=True, source="prompt.messages")
    language = serializers.CharField(source="prompt.language", allow_blank=True)
    wanted = serializers.IntegerField()
    samples = SampleOutput(many=True, source="calls.all")
