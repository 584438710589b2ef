"""Shapes of results: with models and decisions, for those who may see them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from preferences.api.serializers import AxisOutput, BundleReleaseOutput, MessageOutput


class ResponseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()
    source_model = serializers.CharField()


class AxisDecisionOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    release_id = serializers.UUIDField()
    outcome = serializers.CharField()
    method = serializers.CharField()
    strength = serializers.FloatField(help_text="−3 to 3; below zero A is better.")
    p_a_better = serializers.FloatField()
    agreement = serializers.FloatField()
    votes = serializers.IntegerField()
    created_at = serializers.DateTimeField()


class AcceptanceOutput(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=["a", "b"])
    acceptable = serializers.BooleanField(allow_null=True)
    method = serializers.CharField()
    p_acceptable = serializers.FloatField()
    severity = serializers.IntegerField(allow_null=True)
    votes = serializers.IntegerField()


class ComparisonOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()
    messages = MessageOutput(many=True, source="prompt.messages")
    language = serializers.CharField(source="prompt.language")
    post_id = serializers.UUIDField(source="prompt.post_id", allow_null=True)
    response_a = ResponseOutput()
    response_b = ResponseOutput()
    decisions = AxisDecisionOutput(many=True)
    acceptance = AcceptanceOutput(many=True)
    judgments_count = serializers.IntegerField(source="judgment_count")
    created_at = serializers.DateTimeField()


class AxisAnswerOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    choice = serializers.CharField()
    value = serializers.IntegerField()


class JudgmentOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    pseudonym = serializers.CharField()
    is_simulated = serializers.BooleanField()
    shown_first = serializers.ChoiceField(choices=["a", "b"])
    answers = AxisAnswerOutput(many=True)
    reason = serializers.CharField()
    confidence = serializers.FloatField(allow_null=True)
    counts = serializers.BooleanField()
    created_at = serializers.DateTimeField()


class ComparisonDetailOutput(ComparisonOutput):
    judgments = JudgmentOutput(many=True, source="judgment_rows")


class RatingOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    group = serializers.IntegerField()
    rank = serializers.IntegerField()
    score = serializers.FloatField()
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)
    comparisons = serializers.FloatField()


class MeetingOutput(serializers.Serializer[Any]):
    name = serializers.CharField()
    other = serializers.CharField()
    wins = serializers.FloatField()
    losses = serializers.FloatField()
    ties = serializers.FloatField()


class LeaderboardOutput(serializers.Serializer[Any]):
    ratings = RatingOutput(many=True)
    meetings = MeetingOutput(many=True)
    groups = serializers.IntegerField(
        help_text="More than one: items of different groups are not comparable."
    )
    rests_on_prior = serializers.BooleanField()
    side_effect = serializers.FloatField()
    side_effect_error = serializers.FloatField(allow_null=True)
    tie_weight = serializers.FloatField()
    level = serializers.FloatField()
    answers = serializers.IntegerField(help_text="How many people's answers the ratings rest on.")


class RatingsOutput(serializers.Serializer[Any]):
    release = BundleReleaseOutput(allow_null=True)
    axis = AxisOutput(allow_null=True)
    axes = AxisOutput(many=True)
    state = serializers.ChoiceField(choices=["ready", "fitting", "needed", "no_axes"])
    job_id = serializers.UUIDField(source="job.id", default=None, allow_null=True)
    result = LeaderboardOutput(allow_null=True)
    rated_at = serializers.DateTimeField(
        allow_null=True, help_text="When a worker made the result; null when it was made for this answer."
    )
