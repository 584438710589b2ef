from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.queue.api.review_serializers import GivenReviewOutput
from core.queue.api.serializers import PersonOutput
from preferences.api.review_serializers import PairDecisionOutput, ReviewedAxisOutput, ReviewedReleaseOutput
from preferences.api.serializers import MessageOutput
from preferences.domain.forms import SLATE_FORMS

_FORMS = [str(form) for form in SLATE_FORMS]


class SlateAskedOutput(serializers.Serializer[Any]):
    form = serializers.ChoiceField(choices=_FORMS)
    state = serializers.ChoiceField(choices=["open", "closed"])


class SlateOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()
    excerpt = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    size = serializers.IntegerField(help_text="How many responses are judged together.")
    answers = serializers.IntegerField(help_text="Those that count.")
    asked = SlateAskedOutput(many=True, help_text="What was asked of it; open while an answer is wanted.")
    created_at = serializers.DateTimeField()


class SampledSlateOutput(SlateOutput):
    undecided = serializers.ListField(
        child=serializers.CharField(), help_text="Axes on which a pair has no majority."
    )


class SlateResponseOutput(serializers.Serializer[Any]):
    place = serializers.IntegerField(help_text="From 0, as stored.")
    text = serializers.CharField(allow_blank=True)
    material_id = serializers.UUIDField(allow_null=True, help_text="The post that holds its media.")


class SlateModelResponseOutput(SlateResponseOutput):
    source_model = serializers.CharField(allow_blank=True)


class PlacementOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    place = serializers.IntegerField()
    value = serializers.IntegerField(help_text="A rank from 1; best 1 and worst 2; or a rating.")


class SlateOpinionOutput(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    acceptable = serializers.BooleanField(allow_null=True)
    severity = serializers.IntegerField(allow_null=True)
    clause_keys = serializers.ListField(child=serializers.CharField())


class GivenSlateAnswerOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    form = serializers.ChoiceField(choices=_FORMS)
    person = PersonOutput()
    is_reviewers = serializers.BooleanField(help_text="A reviewer's own, given while reviewing another.")
    shown = serializers.ListField(
        child=serializers.IntegerField(), help_text="Places in the order the person saw them."
    )
    clause_keys = serializers.ListField(child=serializers.CharField(), help_text="What was asked.")
    assessment_is_required = serializers.BooleanField()
    placements = PlacementOutput(many=True)
    opinions = SlateOpinionOutput(many=True)
    flags = serializers.ListField(child=serializers.CharField())
    reason_codes = serializers.ListField(child=serializers.CharField())
    reason = serializers.CharField(allow_blank=True)
    confidence = serializers.FloatField(allow_null=True)
    active_ms = serializers.IntegerField()
    is_late = serializers.BooleanField()
    is_superseded = serializers.BooleanField()
    counts = serializers.BooleanField()
    created_at = serializers.DateTimeField()
    reviews = GivenReviewOutput(many=True, help_text="What reviewers said to it, newest first.")


class SlateRatingOutput(serializers.Serializer[Any]):
    place = serializers.IntegerField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    value = serializers.FloatField(help_text="The mean of what people said; higher is better.")
    agreement = serializers.FloatField(help_text="The share of them within half a step of it.")
    votes = serializers.IntegerField()


class SlatePairOutput(serializers.Serializer[Any]):
    comparison_id = serializers.UUIDField()
    one = serializers.IntegerField(help_text="The place of its response A.")
    other = serializers.IntegerField(help_text="The place of its response B.")
    decisions = PairDecisionOutput(many=True, help_text="What stands, on each axis and meaning.")


class ReviewedSlateOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()
    messages = MessageOutput(many=True)
    language = serializers.CharField(allow_blank=True)
    post_id = serializers.UUIDField(allow_null=True)
    material_id = serializers.UUIDField(
        allow_null=True, help_text="The post that holds the media of the messages."
    )
    responses = SlateResponseOutput(many=True)
    releases = ReviewedReleaseOutput(many=True)
    axes = ReviewedAxisOutput(many=True)
    answers = GivenSlateAnswerOutput(many=True)
    ratings = SlateRatingOutput(many=True)
    pairs = SlatePairOutput(many=True, help_text="Those that follow from the answers.")


class SlateDetailOutput(ReviewedSlateOutput):
    responses = SlateModelResponseOutput(many=True)
