from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.api.serializers import DecisionOutput
from core.http.serializers import StrictSerializer
from core.queue.api.protection_serializers import PostProtectionOutput
from policies.services import LikeBy


class ClauseRulingInput(StrictSerializer):
    clause_key = serializers.CharField(max_length=64)
    answer = serializers.CharField(max_length=200)
    severity = serializers.IntegerField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=4_000, allow_blank=True, help_text="What others read.")
    seen_decision_id = serializers.UUIDField(
        required=False, allow_null=True, default=None, help_text="The decision that stood on the screen."
    )


class RulingInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first ruling.")
    release_id = serializers.UUIDField()
    rulings = serializers.ListField(child=ClauseRulingInput(), min_length=1, max_length=50)
    as_precedent = serializers.BooleanField(required=False, default=True)


class RuledPrecedentOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    clause_key = serializers.CharField()
    state = serializers.CharField()


class RulingOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    decisions = DecisionOutput(many=True)
    precedents = RuledPrecedentOutput(
        many=True, help_text="None where none was wanted, or the post is held out for measuring."
    )


class PrecedentsShowInput(StrictSerializer):
    clause_key = serializers.CharField(max_length=64)


class ShownLikenessOutput(serializers.Serializer[Any]):
    """From 0 to 1, and what was compared: texts or pictures by an encoder, or only the words."""

    score = serializers.FloatField()
    by = serializers.ChoiceField(choices=[str(by) for by in LikeBy])


class ShownPrecedentOutput(serializers.Serializer[Any]):
    """A precedent beside a task. Its post is looked at like any other: told first, and covered as it is to be."""

    id = serializers.UUIDField(source="precedent.id")
    post_id = serializers.UUIDField(source="precedent.post_id")
    external_id = serializers.CharField(source="precedent.external_id")
    release_label = serializers.CharField(source="precedent.release_label")
    clause_key = serializers.CharField(source="precedent.clause_key")
    answer = serializers.CharField(source="precedent.answer")
    answer_label = serializers.CharField(source="precedent.answer_label")
    severity = serializers.IntegerField(source="precedent.severity", allow_null=True)
    severity_label = serializers.CharField(source="precedent.severity_label")
    reason = serializers.CharField(source="precedent.reason")
    ruled_at = serializers.DateTimeField(source="precedent.ruled_at")
    likeness = ShownLikenessOutput(source="precedent.likeness", allow_null=True)
    protection = PostProtectionOutput()


class ShownPrecedentsOutput(serializers.Serializer[Any]):
    precedents = ShownPrecedentOutput(many=True)
