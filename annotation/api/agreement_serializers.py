from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.domain.consensus import Method
from core.jobs.api.serializers import JobOutput

METHODS = [str(method) for method in Method]


class MeasuredOutput(serializers.Serializer[Any]):
    measured_at = serializers.DateTimeField(
        help_text="Figures that take seconds are kept: they are of this moment."
    )
    is_current = serializers.BooleanField(help_text="Nothing was answered or decided since.")
    counting = JobOutput(
        allow_null=True,
        help_text="Where many were answered: the job that counts what is newer, if one is under way.",
    )


class FigureOutput(serializers.Serializer[Any]):
    value = serializers.FloatField(allow_null=True)
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % interval.")
    high = serializers.FloatField(allow_null=True)
    undefined_because = serializers.CharField(allow_null=True)


class AgreementOutput(serializers.Serializer[Any]):
    measure = serializers.ChoiceField(choices=["nominal", "ordinal", "interval", "distance"])
    alpha = serializers.FloatField(
        allow_null=True, help_text="Krippendorff's α; 1 is full agreement, 0 is chance."
    )
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % bootstrap interval.")
    high = serializers.FloatField(allow_null=True)
    raw = serializers.FloatField(allow_null=True, help_text="Share of equal pairs of answers, 0 to 1.")
    raw_low = serializers.FloatField(allow_null=True)
    raw_high = serializers.FloatField(allow_null=True)
    gwet = FigureOutput(help_text="Gwet's AC1, or AC2 for answers with an order; the scale is that of α.")
    units = serializers.IntegerField(help_text="Posts with at least two answers.")
    values = serializers.IntegerField()
    undefined_because = serializers.CharField(allow_null=True)


class CostPairOutput(serializers.Serializer[Any]):
    milder = serializers.IntegerField(help_text="A grade: 0 harmless, 1 … the severities, mildest first.")
    graver = serializers.IntegerField()
    pairs = serializers.IntegerField(help_text="How many pairs of answers to one post are these two.")
    share = serializers.FloatField(help_text="Their part of the whole cost, 0 to 1.")


class DisagreementCostOutput(serializers.Serializer[Any]):
    mean = FigureOutput(
        help_text="Mean cost of two answers to one post: 0 all agree, 1 the gravest taken for harmless."
    )
    by_chance = serializers.FloatField(allow_null=True)
    worst = CostPairOutput(many=True)


class SliceAgreementOutput(serializers.Serializer[Any]):
    value = serializers.CharField(help_text="The language, or the type of part.")
    posts = serializers.IntegerField()
    votes = serializers.IntegerField()
    answers = AgreementOutput()
    cost = DisagreementCostOutput()


class MethodCountsOutput(serializers.Serializer[Any]):
    unanimous = serializers.IntegerField()
    majority = serializers.IntegerField()
    weighted = serializers.IntegerField()
    adjudicated = serializers.IntegerField()
    ruled = serializers.IntegerField()
    undecided = serializers.IntegerField()


class ClauseAgreementOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField(source="clause.key")
    title = serializers.CharField(source="clause.title")
    meaning_revision = serializers.IntegerField(source="clause.meaning_revision")
    release_id = serializers.UUIDField(source="release.id")
    release_label = serializers.CharField(source="release.label")
    posts = serializers.IntegerField()
    votes = serializers.IntegerField()
    people = serializers.IntegerField()
    simulated_people = serializers.IntegerField()
    answers = AgreementOutput()
    severities = AgreementOutput(allow_null=True)
    cost = DisagreementCostOutput()
    slices = SliceAgreementOutput(many=True)
    decisions = serializers.SerializerMethodField()

    @extend_schema_field(MethodCountsOutput)
    def get_decisions(self, agreement: Any) -> dict[str, int]:
        return {method: agreement.methods.get(method, 0) for method in METHODS}


class ReleaseAgreementOutput(serializers.Serializer[Any]):
    release_id = serializers.UUIDField(source="release.id")
    release_label = serializers.CharField(source="release.label")
    rules_broken = AgreementOutput(help_text="On the set of clauses a post breaks; α with MASI's distance.")


class AgreementFiguresOutput(serializers.Serializer[Any]):
    releases = ReleaseAgreementOutput(many=True)
    clauses = ClauseAgreementOutput(many=True)


class AgreementListOutput(MeasuredOutput, AgreementFiguresOutput):
    pass
