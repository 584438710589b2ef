from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from policies.api.change_serializers import SegmentOutput
from policies.api.serializers import STATES, PolicyPersonOutput
from policies.models.approval import ApprovalVerdict
from policies.models.discussion import SuggestionState

SUGGESTION_STATES = [str(state) for state in SuggestionState.values]
ANSWERS = ["", *(str(verdict) for verdict in ApprovalVerdict.values)]


class CommentWriteInput(StrictSerializer):
    clause_key = serializers.CharField(max_length=64, required=False, allow_blank=True)
    at = serializers.CharField(max_length=80, required=False, allow_blank=True)
    answers_id = serializers.UUIDField(required=False, allow_null=True)
    text = serializers.CharField(max_length=5000)


class CommentSettleInput(StrictSerializer):
    is_resolved = serializers.BooleanField()


class ReleaseCommentOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    author = PolicyPersonOutput()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


class ReleaseThreadOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="comment.id")
    clause_key = serializers.CharField(source="comment.clause_key")
    at = serializers.CharField(source="comment.at")
    quote = serializers.CharField(source="comment.quote", help_text="What stood there when it was written.")
    clause_version = serializers.IntegerField(source="comment.clause_version")
    author = PolicyPersonOutput(source="comment.author")
    text = serializers.CharField(source="comment.text")
    created_at = serializers.DateTimeField(source="comment.created_at")
    resolved_at = serializers.DateTimeField(source="comment.resolved_at", allow_null=True)
    resolved_by = PolicyPersonOutput(source="comment.resolved_by", allow_null=True)
    replies = ReleaseCommentOutput(many=True)
    is_gone = serializers.BooleanField(help_text="What it is about no longer stands in the release.")
    is_changed = serializers.BooleanField(help_text="What it is about reads otherwise by now.")


class SuggestionMakeInput(StrictSerializer):
    clause_key = serializers.CharField(max_length=64)
    at = serializers.CharField(max_length=80)
    proposed = serializers.CharField(max_length=20_000, allow_blank=True)
    why = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class SuggestionAcceptInput(StrictSerializer):
    version = serializers.IntegerField(min_value=1)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class SuggestionRejectInput(StrictSerializer):
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)


class PassageSuggestionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField(source="suggestion.id")
    clause_key = serializers.CharField(source="suggestion.clause_key")
    at = serializers.CharField(source="suggestion.at")
    before = serializers.CharField(source="suggestion.before")
    proposed = serializers.CharField(source="suggestion.proposed")
    why = serializers.CharField(source="suggestion.why")
    author = PolicyPersonOutput(source="suggestion.author")
    created_at = serializers.DateTimeField(source="suggestion.created_at")
    state = serializers.ChoiceField(source="suggestion.state", choices=SUGGESTION_STATES)
    decided_by = PolicyPersonOutput(source="suggestion.decided_by", allow_null=True)
    decided_at = serializers.DateTimeField(source="suggestion.decided_at", allow_null=True)
    decided_note = serializers.CharField(source="suggestion.decided_note")
    segments = SegmentOutput(many=True)
    is_gone = serializers.BooleanField()
    is_changed = serializers.BooleanField(help_text="The passage reads otherwise than when it was suggested.")


class DiscussionOutput(serializers.Serializer[Any]):
    threads = ReleaseThreadOutput(many=True)
    suggestions = PassageSuggestionOutput(many=True)


class ReviewersAskInput(StrictSerializer):
    person_ids = serializers.ListField(child=serializers.UUIDField(), max_length=50)


class ReviewerOutput(serializers.Serializer[Any]):
    person = PolicyPersonOutput()
    is_author = serializers.BooleanField()
    is_asked = serializers.BooleanField()
    answer = serializers.ChoiceField(choices=ANSWERS)
    answered_at = serializers.DateTimeField(allow_null=True)
    counts = serializers.BooleanField(help_text="It approves the text as it stands now.")


class ReviewingOutput(serializers.Serializer[Any]):
    required = serializers.IntegerField()  # type: ignore[assignment]
    counted = serializers.IntegerField()
    people = ReviewerOutput(many=True)


class ApprovalsRequireInput(StrictSerializer):
    required = serializers.IntegerField(min_value=1, max_value=10)  # type: ignore[assignment]


class PresenceInput(StrictSerializer):
    clause_key = serializers.CharField(max_length=64, required=False, allow_blank=True)
    is_leaving = serializers.BooleanField(required=False)


class PresentOutput(serializers.Serializer[Any]):
    person = PolicyPersonOutput()
    clause_key = serializers.CharField()


class DraftNewsOutput(serializers.Serializer[Any]):
    state = serializers.ChoiceField(choices=STATES)
    people = PresentOutput(many=True)
    text_mark = serializers.CharField()
    talk_mark = serializers.CharField()
