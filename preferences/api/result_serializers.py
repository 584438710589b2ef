"""Shapes of results: with models and decisions, for those who may see them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from preferences.api.serializers import AxisOutput, BundleReleaseOutput, MessageOutput
from preferences.domain.asking import Asked


class ResponseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField()
    material_id = serializers.UUIDField(allow_null=True, help_text="The post that holds its media.")
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
    slate = serializers.CharField(
        source="slate.external_id",
        default=None,
        allow_null=True,
        help_text="The slate that what is said of the two follows from, if it does.",
    )
    messages = MessageOutput(many=True, source="prompt.messages")
    language = serializers.CharField(source="prompt.language")
    prompt_id = serializers.UUIDField()
    post_id = serializers.UUIDField(source="prompt.post_id", allow_null=True)
    material_id = serializers.UUIDField(source="prompt.material_id", allow_null=True)
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
    asked = serializers.ChoiceField(
        choices=[str(asked) for asked in Asked],
        help_text="Only work counts as an opinion; again is with sides swapped, of gold the answer is known.",
    )
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
    held = serializers.FloatField(
        help_text="How much of what is known of the score is the assumption that models do not differ endlessly."
    )
    is_held = serializers.BooleanField(
        help_text="Whether that is much: the score is held towards the middle."
    )


class SwayOutput(serializers.Serializer[Any]):
    name = serializers.ChoiceField(choices=["side", "length"])
    size = serializers.FloatField(
        help_text="Log odds for the response shown first, or for the longer one a doubling."
    )
    low = serializers.FloatField(allow_null=True)
    high = serializers.FloatField(allow_null=True)


class RatedPeriodOutput(serializers.Serializer[Any]):
    period = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    answers = serializers.IntegerField()
    groups = serializers.IntegerField()
    ratings = RatingOutput(many=True)


class RatingChoiceOutput(serializers.Serializer[Any]):
    value = serializers.CharField(allow_blank=True)
    label = serializers.CharField(required=False)  # type: ignore[assignment]
    count = serializers.IntegerField()


class RatingChoicesOutput(serializers.Serializer[Any]):
    language = RatingChoiceOutput(many=True)
    cited = RatingChoiceOutput(
        many=True, help_text="Clauses that a response was said to break; in comparisons."
    )
    month = RatingChoiceOutput(many=True)
    release = RatingChoiceOutput(many=True)


class RestsOnOutput(serializers.Serializer[Any]):
    answers = serializers.IntegerField()
    comparisons = serializers.IntegerField()
    people = serializers.IntegerField()
    newest_at = serializers.DateTimeField(allow_null=True)


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
    sways = SwayOutput(many=True)
    tie_weight = serializers.FloatField()
    level = serializers.FloatField()
    answers = serializers.IntegerField(help_text="How many people's answers the ratings rest on.")
    rests_on = RestsOnOutput()
    choices = RatingChoicesOutput()
    periods = RatedPeriodOutput(many=True, help_text="Each rated by its own answers alone, where asked for.")


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
