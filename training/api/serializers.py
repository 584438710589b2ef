from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.jobs.api.serializers import JobOutput
from training.api.measured import (
    AnswersMeasuredOutput,
    PairsMeasuredOutput,
    RepliesMeasuredOutput,
    TextsMeasuredOutput,
)
from training.domain.recipes import Recipe
from training.domain.rubric import MOST
from training.models import TrainingFile, TrainingRun

RECIPE_CHOICES = [str(recipe) for recipe in Recipe]


class TrainingRecipeOutput(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=RECIPE_CHOICES)
    title = serializers.CharField()
    summary = serializers.CharField()
    kind = serializers.CharField(help_text="The kind of rows it trains on.")
    usual = serializers.DictField(help_text="Settings where nothing else is asked.")


class TrainingRecipeListOutput(serializers.Serializer[Any]):
    results = TrainingRecipeOutput(many=True)


class TrainingOfferOutput(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=RECIPE_CHOICES, source="recipe")
    title = serializers.CharField(source="facts.title")
    summary = serializers.CharField(source="facts.summary")
    kind = serializers.CharField(source="facts.kind", help_text="The kind of rows it trains on.")
    usual = serializers.DictField(source="facts.usual", help_text="Settings where nothing else is asked.")
    rows = serializers.IntegerField(help_text="So many are in train.")
    refusal = serializers.CharField(
        source="refusal.message",
        default=None,
        allow_null=True,
        help_text="Why it does not fit; null where it does.",
    )


class TrainingClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    worst = serializers.IntegerField(
        source="clause.worst", allow_null=True, help_text="The top of its scale of severities, if it has one."
    )
    weight = serializers.FloatField(help_text="What it counts where nothing else is asked.")


class TrainingOfferListOutput(serializers.Serializer[Any]):
    results = TrainingOfferOutput(many=True)
    clauses = TrainingClauseOutput(many=True)


class TrainingSettingsInput(StrictSerializer):
    epochs = serializers.FloatField(min_value=0.01, max_value=100, required=False)
    learning_rate = serializers.FloatField(min_value=1e-9, max_value=1, required=False)
    batch_size = serializers.IntegerField(min_value=1, max_value=1024, required=False)
    accumulation = serializers.IntegerField(min_value=1, max_value=1024, required=False)
    max_length = serializers.IntegerField(min_value=8, max_value=131_072, required=False)
    lora_rank = serializers.IntegerField(
        min_value=0, max_value=512, required=False, help_text="0 trains every weight."
    )
    seed = serializers.IntegerField(min_value=0, max_value=2**31 - 1, required=False)
    precision = serializers.ChoiceField(choices=["auto", "float32", "bf16"], required=False)
    beta = serializers.FloatField(min_value=0, max_value=10, required=False)
    generations = serializers.IntegerField(min_value=2, max_value=64, required=False)
    max_completion = serializers.IntegerField(min_value=1, max_value=8192, required=False)
    clause_weights = serializers.DictField(
        child=serializers.FloatField(min_value=0, max_value=MOST),
        required=False,
        help_text="GRPO: what each clause of the rubric counts; those left out, as the release's severities say.",
    )


class TrainingRunInput(StrictSerializer):
    version_id = serializers.UUIDField()
    recipe = serializers.ChoiceField(choices=RECIPE_CHOICES)
    base = serializers.CharField(
        max_length=300,
        help_text="local:<folder> or hub:<owner>/<name>[@<revision>]; bundled for an encoder of texts",
    )
    settings = TrainingSettingsInput(required=False)


class TrainingRunsQuery(serializers.Serializer[object]):
    version_id = serializers.UUIDField(required=False, default=None)


class TrainingVersionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    number = serializers.IntegerField()
    dataset_id = serializers.UUIDField()
    dataset = serializers.CharField(source="dataset.name")


class TrainingFileOutput(serializers.ModelSerializer[TrainingFile]):
    class Meta:
        model = TrainingFile
        fields = ["path", "sha256", "size_bytes"]


class CurvePointOutput(serializers.Serializer[Any]):
    step = serializers.IntegerField()
    loss = serializers.FloatField(allow_null=True)
    reward = serializers.FloatField(default=None, allow_null=True)


class TrainingRunOutput(serializers.ModelSerializer[TrainingRun]):
    project_id = serializers.UUIDField()
    recipe = serializers.ChoiceField(choices=RECIPE_CHOICES)
    version = TrainingVersionOutput()
    settings = serializers.DictField()
    facts = serializers.DictField()
    job = JobOutput(allow_null=True)
    scoring_job = JobOutput(allow_null=True)
    requested_by = serializers.CharField(
        source="requested_by.display_name", default=None, allow_null=True, read_only=True
    )
    pairs = serializers.SerializerMethodField()
    replies = serializers.SerializerMethodField()
    texts = serializers.SerializerMethodField()
    answers = serializers.SerializerMethodField()
    helps_choosing = serializers.SerializerMethodField(
        help_text="Whether the sampler of pairs asks this model."
    )

    class Meta:
        model = TrainingRun
        fields = [
            "id",
            "project_id",
            "version",
            "recipe",
            "base",
            "settings",
            "steps_done",
            "steps_total",
            "seconds_left",
            "checkpoint_step",
            "facts",
            "pairs",
            "replies",
            "texts",
            "answers",
            "job",
            "scoring_job",
            "requested_by",
            "created_at",
            "finished_at",
            "promoted_at",
            "helps_choosing",
        ]
        read_only_fields = fields

    @extend_schema_field(PairsMeasuredOutput(allow_null=True))
    def get_pairs(self, run: TrainingRun) -> dict[str, Any] | None:
        return run.metrics if "pairs" in run.metrics else None

    @extend_schema_field(RepliesMeasuredOutput(allow_null=True))
    def get_replies(self, run: TrainingRun) -> dict[str, Any] | None:
        return run.metrics if "replies" in run.metrics else None

    @extend_schema_field(TextsMeasuredOutput(allow_null=True))
    def get_texts(self, run: TrainingRun) -> dict[str, Any] | None:
        return run.metrics if "texts" in run.metrics else None

    @extend_schema_field(AnswersMeasuredOutput(allow_null=True))
    def get_answers(self, run: TrainingRun) -> dict[str, Any] | None:
        return run.metrics if "answers" in run.metrics else None

    @extend_schema_field(serializers.BooleanField())
    def get_helps_choosing(self, run: TrainingRun) -> bool:
        return run.promoted_at is not None and not getattr(run, "superseded", False)


class TrainingRunDetailOutput(TrainingRunOutput):
    curve = CurvePointOutput(many=True)
    files = TrainingFileOutput(many=True)

    class Meta(TrainingRunOutput.Meta):
        fields = [*TrainingRunOutput.Meta.fields, "curve", "files"]
        read_only_fields = fields
