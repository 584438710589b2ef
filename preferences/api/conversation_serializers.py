from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from preferences.api.serializers import MessageOutput
from preferences.domain.conversations import LONGEST_TURN
from preferences.domain.document import POSITIONS


class _SaidInput(StrictSerializer):
    text = serializers.CharField(
        max_length=LONGEST_TURN,
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        help_text="What the person says next; or name a turn that is there in prompt_id.",
    )
    prompt_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    reply = serializers.CharField(
        max_length=LONGEST_TURN,
        required=False,
        allow_blank=True,
        default="",
        trim_whitespace=False,
        help_text="What you would answer to it, as a demonstration.",
    )


class TurnAtDeskInput(_SaidInput):
    position = serializers.ChoiceField(choices=[str(position) for position in POSITIONS])


class TurnWriteInput(_SaidInput):
    response_id = serializers.UUIDField()


class TurnAfterOutput(serializers.Serializer[Any]):
    prompt_id = serializers.UUIDField()
    text = serializers.CharField()


class ResponseAtDeskOutput(serializers.Serializer[Any]):
    position = serializers.ChoiceField(choices=[str(position) for position in POSITIONS])
    text = serializers.CharField(allow_blank=True)
    is_open = serializers.BooleanField(help_text="Whether a conversation can go on from it.")
    after = TurnAfterOutput(many=True, help_text="Next turns that are there already.")


class TurnAtDeskOutput(serializers.Serializer[Any]):
    language = serializers.CharField(allow_blank=True)
    is_covered = serializers.BooleanField(help_text="Whether texts are covered, and so left out here.")
    responses = ResponseAtDeskOutput(many=True)


class TurnGoneOnOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    prompt_id = serializers.UUIDField()


class ConversationOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Of its first prompt.")
    language = serializers.CharField(allow_blank=True)
    messages = MessageOutput(many=True)
    turns = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="Turns that need responses.")
    picked = serializers.IntegerField(help_text="How often somebody went on.")
    created_at = serializers.DateTimeField()


class WaitingPromptOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    language = serializers.CharField(allow_blank=True)
    messages = MessageOutput(many=True)
    created_at = serializers.DateTimeField()


class TreeResponseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    text = serializers.CharField(allow_blank=True)
    source_model = serializers.CharField(allow_blank=True)
    material_id = serializers.UUIDField(allow_null=True)
    is_written = serializers.BooleanField(help_text="Whether a person wrote it here as a demonstration.")
    picked = serializers.IntegerField(help_text="How many people went on from it.")


class TreeDecisionOutput(serializers.Serializer[Any]):
    comparison_id = serializers.UUIDField()
    response_a_id = serializers.UUIDField()
    response_b_id = serializers.UUIDField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    outcome = serializers.CharField()
    agreement = serializers.FloatField()
    votes = serializers.IntegerField()


class TreeTurnOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(help_text="Of the prompt that ends with this turn.")
    stands_on_id = serializers.UUIDField(
        allow_null=True, help_text="The response it goes on from; null first."
    )
    messages = MessageOutput(many=True, help_text="Of the first turn all, of the others the last.")
    responses = TreeResponseOutput(many=True)
    decisions = TreeDecisionOutput(many=True)
    comparison_ids = serializers.ListField(child=serializers.UUIDField())
    slate_ids = serializers.ListField(child=serializers.UUIDField())
    judgments = serializers.IntegerField()
    waits = serializers.BooleanField(help_text="Whether it needs responses.")


class ConversationTreeOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    language = serializers.CharField(allow_blank=True)
    post_id = serializers.UUIDField(allow_null=True)
    material_id = serializers.UUIDField(allow_null=True)
    turns = TreeTurnOutput(many=True)
    left_out = serializers.IntegerField(help_text="Turns beyond the most that are told.")
