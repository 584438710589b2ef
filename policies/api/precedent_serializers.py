from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.domain.likeness import LikeBy
from policies.models.precedent import PrecedentState

PRECEDENT_STATES = [str(state) for state in PrecedentState.values]
LIKE_BY = [str(by) for by in LikeBy]


class LikenessOutput(serializers.Serializer[Any]):
    """From 0 to 1, and what was compared: texts or pictures by an encoder, or only the words."""

    score = serializers.FloatField()
    by = serializers.ChoiceField(choices=LIKE_BY)


class PrecedentOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    post_id = serializers.UUIDField()
    external_id = serializers.CharField()
    language = serializers.CharField()
    release_id = serializers.UUIDField()
    release_label = serializers.CharField()
    clause_key = serializers.CharField()
    clause_title = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    answer = serializers.CharField()
    answer_label = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    severity_label = serializers.CharField()
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=PRECEDENT_STATES)
    holds = serializers.BooleanField()
    ruling_id = serializers.UUIDField()
    ruled_by = serializers.CharField(source="ruled_by_name")
    is_own = serializers.SerializerMethodField()
    ruled_at = serializers.DateTimeField()
    approved_by = serializers.CharField(source="approved_by_name")
    approved_at = serializers.DateTimeField(allow_null=True)
    retired_by = serializers.CharField(source="retired_by_name")
    retired_at = serializers.DateTimeField(allow_null=True)
    retired_reason = serializers.CharField()
    likeness = LikenessOutput(allow_null=True)
    cited = serializers.IntegerField()

    def get_is_own(self, row: Any) -> bool:
        return bool(row.ruled_by_id == self.context["actor"].user.pk)


class PrecedentsFoundOutput(serializers.Serializer[Any]):
    precedents = PrecedentOutput(many=True)


class PrecedentQuery(StrictSerializer):
    clause_key = serializers.CharField(required=False, default="", allow_blank=True)
    state = serializers.ChoiceField(required=False, choices=PRECEDENT_STATES, default=None, allow_null=True)
    post_id = serializers.UUIDField(required=False, default=None, allow_null=True)
    cursor = serializers.CharField(required=False)
    page_size = serializers.CharField(required=False)


class PrecedentSearchQuery(StrictSerializer):
    clause_key = serializers.CharField(required=False, default="", allow_blank=True)
    release_id = serializers.UUIDField(required=False, default=None, allow_null=True)
    post_id = serializers.UUIDField(required=False, default=None, allow_null=True)
    media_sha256 = serializers.RegexField(r"^[0-9a-f]{64}$", required=False, default="", allow_blank=True)
    text = serializers.CharField(required=False, default="", allow_blank=True, max_length=4_000)
    most = serializers.IntegerField(required=False, default=5, min_value=1, max_value=20)


class PrecedentRetireInput(StrictSerializer):
    reason = serializers.CharField(max_length=2_000)
