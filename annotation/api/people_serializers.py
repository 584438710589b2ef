from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.api.agreement_serializers import FigureOutput, MeasuredOutput
from core.queue.api.serializers import PersonOutput


class ReliabilityOutput(serializers.Serializer[Any]):
    share = FigureOutput(help_text="Chance of being right on a post, judged by what others answered, 0 to 1.")
    kappa = FigureOutput(help_text="The same beyond luck: 1 always right, 0 as if without looking.")
    answers = serializers.IntegerField(help_text="Answers it rests on: to posts that others answered, too.")


class SpeedOutput(serializers.Serializer[Any]):
    submissions = serializers.IntegerField()
    low_ms = serializers.FloatField(allow_null=True, help_text="A quarter of the tasks took less.")
    median_ms = serializers.FloatField(allow_null=True)
    high_ms = serializers.FloatField(allow_null=True, help_text="A quarter of the tasks took more.")


class DriftStretchOutput(serializers.Serializer[Any]):
    begins_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    share = FigureOutput()


class GradeOutput(serializers.Serializer[Any]):
    title = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True, help_text="Null for harmless.")


class GradeConfusionOutput(serializers.Serializer[Any]):
    grades = GradeOutput(many=True)
    table = serializers.ListField(
        child=serializers.ListField(child=serializers.FloatField()),
        help_text="Expected number of answers: a row is the grade others hold true, a column the one given.",
    )
    leaning = serializers.FloatField(
        help_text="Steps by which this person grades graver (above 0) or milder."
    )
    blur = serializers.FloatField(help_text="Width of their error in steps; smaller is better.")


class ClauseResultOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    release_label = serializers.CharField(source="release.label")
    answers = serializers.IntegerField()
    reliability = ReliabilityOutput()
    careless_because = serializers.CharField(allow_null=True)
    confusion = serializers.SerializerMethodField()

    @extend_schema_field(GradeConfusionOutput(allow_null=True))
    def get_confusion(self, result: Any) -> dict[str, Any] | None:
        found = result.confusion
        if found is None:
            return None
        names = {step.value: step.label for step in result.clause.severities}
        return {
            "grades": [
                {"title": "Harmless", "severity": None},
                *({"title": names[value], "severity": value} for value in result.clause.severity_values),
            ],
            "table": [[round(float(cell), 3) for cell in row] for row in found.table],
            "leaning": found.leaning,
            "blur": found.blur,
        }


class ResultOutput(serializers.Serializer[Any]):
    answers = serializers.IntegerField()
    reliability = ReliabilityOutput()
    speed = SpeedOutput()
    change = FigureOutput(source="drift.change", help_text="Newest third less oldest third, −1 to 1.")
    is_drifting = serializers.BooleanField(source="drift.is_drifting")
    concerns = serializers.ListField(child=serializers.CharField())


class AnnotatorOutput(ResultOutput):
    person = PersonOutput()


class AnnotatorListOutput(MeasuredOutput):
    annotators = AnnotatorOutput(many=True)


class ResultDetailOutput(ResultOutput):
    stretches = DriftStretchOutput(many=True)
    clauses = ClauseResultOutput(many=True)


class AnnotatorDetailOutput(MeasuredOutput, ResultDetailOutput):
    person = PersonOutput()


class OwnResultsOutput(serializers.Serializer[Any]):
    results = ResultDetailOutput(allow_null=True, help_text="Null before the first answer.")
