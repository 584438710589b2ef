from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.api.agreement_serializers import FigureOutput
from annotation.api.serializers import LabelDocumentField
from core.http.serializers import StrictSerializer
from core.queue.api.serializers import PersonOutput


class GoldInput(StrictSerializer):
    post_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64), max_length=200, required=False, default=list
    )
    document = LabelDocumentField(
        required=False, allow_null=True, default=None, help_text="By hand; else what was decided is taken."
    )
    severity_within = serializers.IntegerField(
        min_value=0,
        max_value=20,
        required=False,
        allow_null=True,
        default=None,
        help_text="Steps of the scale by which a severity may miss; without it severities do not matter.",
    )
    alike_min = serializers.FloatField(
        min_value=0.05,
        max_value=1,
        required=False,
        allow_null=True,
        default=None,
        help_text="How alike marks must be, 0 to 1; without it marks do not matter.",
    )
    explanation = serializers.CharField(max_length=4_000, allow_blank=True, required=False, default="")
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=4_000, allow_blank=True),
        required=False,
        default=dict,
        help_text="By clause key: why its answer is right, beside what is said of the post.",
    )
    meanings_from = serializers.DictField(
        child=serializers.IntegerField(min_value=1, max_value=1_000_000),
        required=False,
        default=dict,
        help_text="By clause key: the earliest meaning its answer is known for; else only the release's own.",
    )


class GoldRetireInput(StrictSerializer):
    because = serializers.CharField(max_length=500, allow_blank=True, required=False, default="")


class GoldMadeOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class GoldClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField(source="answer.clause_key")
    title = serializers.CharField()
    answer = serializers.CharField(source="answer.answer")
    severity = serializers.IntegerField(source="answer.severity", allow_null=True)
    severity_within = serializers.IntegerField(source="answer.severity_within", allow_null=True)
    alike_min = serializers.FloatField(source="answer.alike_min", allow_null=True)
    reason = serializers.CharField(source="answer.reason", allow_blank=True)
    marks = serializers.SerializerMethodField()
    meaning_from = serializers.IntegerField(source="answer.meaning_from")
    meaning_to = serializers.IntegerField(
        source="answer.meaning_to", allow_null=True, help_text="Null while the newest meaning is known."
    )
    holds_now = serializers.BooleanField(help_text="Whether it holds for what the clause means today.")
    answered = serializers.IntegerField()
    passed = serializers.IntegerField()
    nobody_gets_it = serializers.BooleanField()

    def get_marks(self, clause: Any) -> int:
        return len(clause.answer.evidence)


class GoldOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="item.id")
    created_at = serializers.DateTimeField(source="item.created_at")
    post_id = serializers.UUIDField(source="item.post_id")
    external_id = serializers.CharField()
    excerpt = serializers.CharField(allow_blank=True)
    release_label = serializers.CharField()
    explanation = serializers.CharField(source="item.explanation", allow_blank=True)
    clauses = GoldClauseOutput(many=True)
    is_offered = serializers.BooleanField(help_text="Whether it may still be handed out.")
    retired_at = serializers.DateTimeField(source="item.retired_at", allow_null=True)
    retired_because = serializers.CharField(source="item.retired_because", allow_blank=True)


class ClauseTallyOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    answered = serializers.IntegerField()
    passed = serializers.IntegerField()
    share = FigureOutput()


class GoldTallyOutput(serializers.Serializer[Any]):
    answered = serializers.IntegerField()
    passed = serializers.IntegerField()
    share = FigureOutput(help_text="Share of gold posts answered as expected, with its interval.")
    clauses = ClauseTallyOutput(many=True)


class PersonGoldOutput(GoldTallyOutput):
    person = PersonOutput()


class GoldPeopleOutput(serializers.Serializer[Any]):
    people = PersonGoldOutput(many=True)


class OwnGoldClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    passed = serializers.BooleanField()
    right_answer = serializers.BooleanField()
    right_severity = serializers.BooleanField(allow_null=True)
    reason = serializers.CharField(allow_blank=True, help_text="Why the known answer is right.")


class OwnGoldRowOutput(serializers.Serializer[Any]):
    external_id = serializers.CharField()
    submission_id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    passed = serializers.BooleanField()
    explanation = serializers.CharField(allow_blank=True)
    clauses = OwnGoldClauseOutput(many=True)


class OwnGoldOutput(serializers.Serializer[Any]):
    are_shown = serializers.BooleanField(help_text="Whether this project shows people their results.")
    tally = GoldTallyOutput(allow_null=True)
    results = OwnGoldRowOutput(many=True)
