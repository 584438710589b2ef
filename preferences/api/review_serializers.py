from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from core.queue.api.review_serializers import GivenReviewOutput, SpokenInput
from core.queue.api.serializers import PersonOutput
from core.queue.reviewing import PAIR_REASONS
from preferences.api.result_serializers import AcceptanceOutput
from preferences.api.serializers import (
    AxisOutput,
    BundleReleaseOutput,
    CitableClauseOutput,
    JudgmentDocumentField,
    MessageOutput,
)
from preferences.domain.decisions import Method, Outcome
from preferences.domain.document import STRONGEST, Choice

_SIDES = ["a", "b"]
_CHOICES = [str(choice) for choice in Choice]
_OUTCOMES = [str(outcome) for outcome in Outcome]
_METHODS = [str(method) for method in Method]


class SampledComparisonOutput(serializers.Serializer[Any]):
    comparison_id = serializers.UUIDField()
    external_id = serializers.CharField()
    excerpt = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    judgments = serializers.IntegerField()
    undecided = serializers.ListField(child=serializers.CharField(), help_text="Axes without a majority.")
    agreement = serializers.FloatField(allow_null=True, help_text="On the axis people agree least on.")


class JudgingPeopleOutput(serializers.Serializer[Any]):
    people = PersonOutput(many=True)


class ReviewedReleaseOutput(BundleReleaseOutput):
    clauses = CitableClauseOutput(many=True)


class ReviewedAxisOutput(AxisOutput):
    release_id = serializers.UUIDField()


class ReviewedResponseOutput(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=_SIDES)
    text = serializers.CharField(allow_blank=True)
    material_id = serializers.UUIDField(allow_null=True, help_text="The post that holds its media.")


class GivenAxisOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    choice = serializers.ChoiceField(choices=_CHOICES)
    value = serializers.IntegerField(help_text="−3 to 3; below zero A is better.")


class GivenAssessmentOutput(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=_SIDES)
    acceptable = serializers.BooleanField(allow_null=True)
    severity = serializers.IntegerField(allow_null=True)
    clause_keys = serializers.ListField(child=serializers.CharField())


class GivenRewriteOutput(serializers.Serializer[Any]):
    side = serializers.ChoiceField(choices=_SIDES)
    text = serializers.CharField()


class GivenJudgmentOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField()
    release_id = serializers.UUIDField()
    person = PersonOutput()
    is_reviewers = serializers.BooleanField(help_text="A reviewer's own, given while reviewing another.")
    shown_first = serializers.ChoiceField(choices=_SIDES)
    clause_keys = serializers.ListField(child=serializers.CharField(), help_text="The axes that were asked.")
    assessment_is_required = serializers.BooleanField()
    answers = GivenAxisOutput(many=True)
    assessments = GivenAssessmentOutput(many=True)
    rewrites = GivenRewriteOutput(many=True)
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


class PairDecisionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    release_id = serializers.UUIDField()
    outcome = serializers.ChoiceField(choices=_OUTCOMES)
    method = serializers.ChoiceField(choices=_METHODS)
    strength = serializers.FloatField(help_text="−3 to 3; below zero A is better.")
    p_a_better = serializers.FloatField()
    agreement = serializers.FloatField()
    votes = serializers.IntegerField()
    decided_by = PersonOutput(allow_null=True)
    reason_code = serializers.ChoiceField(choices=PAIR_REASONS, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class ReviewedComparisonOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()
    messages = MessageOutput(many=True)
    language = serializers.CharField(allow_blank=True)
    post_id = serializers.UUIDField(allow_null=True)
    material_id = serializers.UUIDField(
        allow_null=True, help_text="The post that holds the media of the messages."
    )
    responses = ReviewedResponseOutput(many=True)
    releases = ReviewedReleaseOutput(many=True)
    axes = ReviewedAxisOutput(many=True)
    judgments = GivenJudgmentOutput(many=True)
    decisions = PairDecisionOutput(many=True, help_text="Newest first.")
    acceptance = AcceptanceOutput(many=True)


class JudgmentAmendmentInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Of the reviewer's judgment; made by the client.")
    document = JudgmentDocumentField(help_text="A judgment document; the first response is A.")
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)


class JudgmentReviewInput(SpokenInput):
    amendment = JudgmentAmendmentInput(required=False, allow_null=True, default=None)


class PairAdjudicationInput(StrictSerializer):
    release_id = serializers.UUIDField()
    clause_key = serializers.CharField(max_length=64)
    choice = serializers.ChoiceField(choices=_CHOICES)
    value = serializers.IntegerField(min_value=-STRONGEST, max_value=STRONGEST, required=False, default=0)
    reason_code = serializers.ChoiceField(choices=PAIR_REASONS)
    reason = serializers.CharField(max_length=4_000, allow_blank=True, required=False, default="")
    seen_decision_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class PairAdjudicatedOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=_OUTCOMES)
    method = serializers.ChoiceField(choices=_METHODS)
    created_at = serializers.DateTimeField()
