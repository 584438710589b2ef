from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.api.document_schema import LABEL_DOCUMENT_SCHEMA
from annotation.api.suggestion_serializers import ReportedSuggestionsInput
from annotation.domain.consensus import Method
from annotation.models import Decision
from annotation.services.tasks import AT_ONCE
from core.http.serializers import StrictSerializer
from core.queue.reviewing import POST_REASONS

METHODS = [str(method) for method in Method]
REASON_CODES = list(POST_REASONS)


@extend_schema_field(LABEL_DOCUMENT_SCHEMA)
class LabelDocumentField(serializers.DictField):
    """A label document; the domain checks it."""


class AnnotationInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first answer.")
    document = LabelDocumentField()
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)
    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    suggestions = ReportedSuggestionsInput(
        required=False, allow_null=True, default=None, help_text="Where the task's bundle had suggestions."
    )


class AnnotationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    late_reason = serializers.CharField()
    counts = serializers.SerializerMethodField(help_text="Whether it fills one of the task's slots.")
    supersedes_id = serializers.UUIDField(allow_null=True)

    def get_counts(self, submission: Any) -> bool:
        return submission.slot_id is not None


class ExchangedAnswerInput(AnnotationInput):
    lease_id = serializers.UUIDField()


class ExchangeInput(StrictSerializer):
    answer = ExchangedAnswerInput(
        required=False, allow_null=True, default=None, help_text="Stored whatever can be handed out."
    )
    holding = serializers.ListField(
        child=serializers.UUIDField(),
        max_length=5,
        required=False,
        default=list,
        help_text="Leases on screen or fetched ahead, the answered one left out.",
    )
    take = serializers.IntegerField(min_value=0, max_value=3, required=False, default=1)


class PostChoiceInput(StrictSerializer):
    post_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=10_000, required=False, default=list
    )
    external_ids = serializers.ListField(
        child=serializers.CharField(max_length=200), max_length=10_000, required=False, default=list
    )
    kind = serializers.CharField(max_length=10, required=False, allow_blank=True, default="")
    language = serializers.CharField(max_length=35, required=False, allow_blank=True, default="")
    source = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")  # type: ignore[assignment]
    group_key = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
    text = serializers.CharField(max_length=200, required=False, allow_blank=True, default="")
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
    overlap = serializers.IntegerField(
        min_value=1,
        max_value=50,
        required=False,
        allow_null=True,
        default=None,
        help_text="Answers a clause; the project's own number when left out.",
    )
    priority = serializers.FloatField(min_value=-1e6, max_value=1e6, required=False, default=0.0)


class LabelTasksOutput(serializers.Serializer[Any]):
    created = serializers.IntegerField(help_text=f"Tasks made at once, up to {AT_ONCE}; more become a job.")


class MergedRegionOutput(serializers.Serializer[Any]):
    region = serializers.DictField()
    support = serializers.IntegerField(help_text="How many people marked it.")
    of = serializers.IntegerField(help_text="How many gave the answer it backs.")
    spread = serializers.FloatField(
        help_text="Largest distance of anybody's edge from this one: pixels, microseconds or characters."
    )
    overlap = serializers.FloatField(required=False, help_text="How alike the two least alike are, 0 to 1.")


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
    excerpt = serializers.CharField(allow_blank=True, help_text="How the post's first text begins.")
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
    method = serializers.ChoiceField(
        choices=["count", "weighted", "graded"],
        required=False,
        default="count",
        help_text="Counting; weighted by each person's confusions; or by how they grade on the severity scale.",
    )
    threshold = serializers.FloatField(min_value=0.51, max_value=1, required=False, default=0.8)
