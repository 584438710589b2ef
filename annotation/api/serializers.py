from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.api.document_schema import LABEL_DOCUMENT_SCHEMA
from annotation.domain.consensus import Method, ReasonCode
from annotation.models import Decision
from annotation.services.tasks import AT_ONCE
from core.http.serializers import StrictSerializer

METHODS = [str(method) for method in Method]
REASON_CODES = [str(code) for code in ReasonCode]


@extend_schema_field(LABEL_DOCUMENT_SCHEMA)
class LabelDocumentField(serializers.DictField):
    """A label document; the domain checks it."""


class AnnotationInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first answer.")
    document = LabelDocumentField()
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)
    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class AnnotationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    late_reason = serializers.CharField()
    counts = serializers.SerializerMethodField(help_text="Whether it fills one of the task's slots.")
    supersedes_id = serializers.UUIDField(allow_null=True)

    def get_counts(self, submission: Any) -> bool:
        return submission.slot_id is not None


class PostChoiceInput(StrictSerializer):
    post_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=10_000, required=False, default=list
    )
    external_ids = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=10_000, required=False, default=list
    )
    kind = serializers.CharField(max_length=10, required=False, default="")
    language = serializers.CharField(max_length=35, required=False, default="")
    source = serializers.CharField(max_length=200, required=False, default="")  # type: ignore[assignment]
    group_key = serializers.CharField(max_length=200, required=False, default="")
    text = serializers.CharField(max_length=200, required=False, default="")
    limit = serializers.IntegerField(
        min_value=1, max_value=10_000_000, required=False, allow_null=True, default=None
    )
    skip_asked = serializers.BooleanField(
        required=False, default=True, help_text="Leave out posts that have such a task already."
    )


class LabelTasksInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=200, required=False, default=list
    )
    posts = PostChoiceInput(required=False)
    overlap = serializers.IntegerField(min_value=1, max_value=50)
    priority = serializers.FloatField(min_value=-1e6, max_value=1e6, required=False, default=0.0)


class LabelTasksOutput(serializers.Serializer[Any]):
    created = serializers.IntegerField(help_text=f"Tasks made at once, up to {AT_ONCE}; more become a job.")


class PersonOutput(serializers.Serializer[Any]):
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()


class AgreementOutput(serializers.Serializer[Any]):
    measure = serializers.ChoiceField(choices=["nominal", "ordinal", "interval"])
    alpha = serializers.FloatField(
        allow_null=True, help_text="Krippendorff's α; 1 is full agreement, 0 is chance."
    )
    low = serializers.FloatField(allow_null=True, help_text="Lower end of the 95 % bootstrap interval.")
    high = serializers.FloatField(allow_null=True)
    raw = serializers.FloatField(allow_null=True, help_text="Share of equal pairs of answers, 0 to 1.")
    units = serializers.IntegerField(help_text="Posts with at least two answers.")
    values = serializers.IntegerField()
    undefined_because = serializers.CharField(allow_null=True)


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
    decisions = serializers.SerializerMethodField()

    @extend_schema_field(MethodCountsOutput)
    def get_decisions(self, agreement: Any) -> dict[str, int]:
        return {method: agreement.methods.get(method, 0) for method in METHODS}


class AgreementListOutput(serializers.Serializer[Any]):
    clauses = ClauseAgreementOutput(many=True)


class MergedRegionOutput(serializers.Serializer[Any]):
    region = serializers.DictField()
    support = serializers.IntegerField(help_text="How many people marked it.")
    of = serializers.IntegerField(help_text="How many gave the answer it backs.")
    spread = serializers.FloatField(help_text="Largest distance of anybody's edge from this one.")


class DecisionOutput(serializers.ModelSerializer[Decision]):
    post_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    method = serializers.ChoiceField(choices=METHODS)
    reason_code = serializers.ChoiceField(choices=REASON_CODES, allow_blank=True)
    evidence = MergedRegionOutput(many=True)

    class Meta:
        model = Decision
        fields = [
            "id",
            "post_id",
            "release_id",
            "clause_key",
            "meaning_revision",
            "answer",
            "severity",
            "confidence",
            "method",
            "submissions",
            "evidence",
            "reason_code",
            "reason",
            "created_at",
        ]


class DisagreementOutput(serializers.Serializer[Any]):
    decision_id = serializers.UUIDField(source="id")
    post_id = serializers.UUIDField()
    external_id = serializers.CharField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    release_id = serializers.UUIDField()
    answer = serializers.CharField(allow_null=True)
    severity = serializers.IntegerField(allow_null=True)
    confidence = serializers.FloatField()
    method = serializers.ChoiceField(choices=METHODS)
    votes = serializers.SerializerMethodField()
    created_at = serializers.DateTimeField()

    def get_votes(self, decision: Any) -> int:
        return len(decision.submissions)


class AdjudicationInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_key = serializers.CharField(max_length=64)
    answer = serializers.CharField(max_length=200)
    severity = serializers.IntegerField(required=False, allow_null=True, default=None)
    reason_code = serializers.ChoiceField(choices=REASON_CODES)
    reason = serializers.CharField(max_length=4_000, allow_blank=True, required=False, default="")
    seen_decision_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class RecomputeInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=200, required=False, default=list
    )
    method = serializers.ChoiceField(choices=["count", "weighted"], required=False, default="count")
    threshold = serializers.FloatField(min_value=0.51, max_value=1, required=False, default=0.8)
