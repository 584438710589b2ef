from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.api.serializers import (
    METHODS,
    REASON_CODES,
    AnnotationOutput,
    LabelDocumentField,
    MergedRegionOutput,
)
from annotation.api.suggestion_serializers import OfferedSuggestionsOutput
from core.queue.api.protection_serializers import ClosedOutput, PostProtectionOutput
from core.queue.api.review_serializers import GivenReviewOutput, ReturnedOutput
from core.queue.api.serializers import PersonOutput


class MediaFilmStripOutput(serializers.Serializer[Any]):
    """How a film strip is laid out: tiles row by row, and the frame each shows."""

    columns = serializers.IntegerField()
    tile_width = serializers.IntegerField()
    tile_height = serializers.IntegerField()
    frames = serializers.ListField(child=serializers.IntegerField())


class MediaAssetOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    sha256 = serializers.CharField()
    kind = serializers.ChoiceField(choices=["image", "video", "audio"])
    state = serializers.ChoiceField(choices=["pending", "ready", "refused"])
    width = serializers.IntegerField(allow_null=True)
    height = serializers.IntegerField(allow_null=True)
    duration_us = serializers.IntegerField(allow_null=True)
    frame_count = serializers.IntegerField(allow_null=True)
    urls = serializers.DictField(
        child=serializers.CharField(), help_text="Address of each rendition, by kind."
    )
    film_strip = MediaFilmStripOutput(allow_null=True)


class PostPartOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    position = serializers.IntegerField()
    kind = serializers.ChoiceField(
        choices=["image", "video", "audio", "title", "caption", "comment", "text", "transcript", "ocr"]
    )
    label = serializers.CharField(help_text="What people call the part, such as “Image 2”.")  # type: ignore[assignment]
    language = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_null=True)
    asset = MediaAssetOutput(allow_null=True)


class LabelPostOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    external_id = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)  # type: ignore[assignment]
    parts = PostPartOutput(many=True)


class ClauseAnswerOutput(serializers.Serializer[Any]):
    value = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    harmful = serializers.BooleanField()


class ClauseSeverityOutput(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]


class ClauseRequirementsOutput(serializers.Serializer[Any]):
    evidence = serializers.BooleanField()
    reason = serializers.BooleanField()
    severity = serializers.BooleanField()


class AskedClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    parent_title = serializers.CharField(allow_blank=True)
    title = serializers.CharField()
    question = serializers.CharField()
    blocks = serializers.ListField(child=serializers.DictField())
    answers = ClauseAnswerOutput(many=True)
    severities = ClauseSeverityOutput(many=True)
    evidence_kinds = serializers.ListField(child=serializers.CharField())
    requires = ClauseRequirementsOutput()
    meaning_revision = serializers.IntegerField()


class CitedReleaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField()
    state = serializers.CharField()


class HeldLeaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    epoch = serializers.IntegerField()
    state = serializers.ChoiceField(choices=["held", "submitted", "expired", "skipped", "declined"])
    expires_at = serializers.DateTimeField()


class LabelTaskOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    project_state = serializers.CharField()


class LabelDraftOutput(serializers.Serializer[Any]):
    document = serializers.DictField()
    version = serializers.IntegerField()


class OldAnswerOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    answer = serializers.CharField(required=False)
    severity = serializers.IntegerField(required=False)
    confidence = serializers.FloatField(required=False)
    reason = serializers.CharField(required=False)
    by = serializers.ChoiceField(
        choices=["you", "somebody", "decision"],
        required=False,
        help_text="Who gave it; absent where that was not written down.",
    )
    method = serializers.CharField(required=False, help_text="How it was decided, where it was.")


class ChangedClauseOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    before = serializers.IntegerField(allow_null=True)
    after = serializers.IntegerField(allow_null=True)


class CampaignContextOutput(serializers.Serializer[Any]):
    campaign_id = serializers.UUIDField(required=False)
    release_id = serializers.UUIDField(required=False)
    against_id = serializers.UUIDField(required=False)
    clauses = ChangedClauseOutput(many=True, required=False)
    old_answers = OldAnswerOutput(many=True, required=False)


class OwnSubmissionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    document = LabelDocumentField()
    is_late = serializers.BooleanField()


class OnboardingStepOutput(serializers.Serializer[Any]):
    step = serializers.IntegerField(help_text="From 1.")
    of = serializers.IntegerField()
    try_number = serializers.IntegerField()


class LabelBundleOutput(serializers.Serializer[Any]):
    lease = HeldLeaseOutput()
    task = LabelTaskOutput()
    release = CitedReleaseOutput()
    clauses = AskedClauseOutput(many=True)
    post = LabelPostOutput()
    draft = LabelDraftOutput(allow_null=True)
    protection = PostProtectionOutput()
    campaign = CampaignContextOutput(allow_null=True)
    onboarding = OnboardingStepOutput(
        allow_null=True, help_text="Of a post that is asked to learn by: which step of the onboarding it is."
    )
    submission = OwnSubmissionOutput(allow_null=True)
    returned = ReturnedOutput(allow_null=True)
    suggestions = OfferedSuggestionsOutput(
        allow_null=True, help_text="What models propose, where it is shown."
    )


class IdleOutput(serializers.Serializer[Any]):
    code = serializers.CharField()
    detail = serializers.CharField()
    languages = serializers.ListField(
        child=serializers.CharField(),
        help_text="Those of what waits, where one is to say which one reads; else none.",
    )


class ExchangeOutput(serializers.Serializer[Any]):
    answer = AnnotationOutput(allow_null=True)
    next = LabelBundleOutput(many=True)
    over = serializers.ListField(
        child=serializers.UUIDField(), help_text="Of the leases in holding, those that have ended."
    )
    idle = IdleOutput(allow_null=True, help_text="Why nothing is handed out, where a person should know.")
    closed = ClosedOutput(allow_null=True, help_text="What is shut to the person for a while.")


class AnsweredClauseOutput(AskedClauseOutput):
    release_id = serializers.UUIDField()


class GivenVerdictOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    answer = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
    is_assisted = serializers.BooleanField(
        help_text="Accepted from a suggestion, or resting on a mark that was."
    )
    precedents = serializers.ListField(child=serializers.UUIDField(), help_text="What it cites.")
    evidence = serializers.ListField(child=serializers.DictField())


class GivenAnswersOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    person = PersonOutput()
    release_id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    active_ms = serializers.IntegerField()
    is_late = serializers.BooleanField()
    counts = serializers.BooleanField()
    is_superseded = serializers.BooleanField()
    notes = serializers.CharField(allow_blank=True)
    supersedes_id = serializers.UUIDField(allow_null=True)
    reviews = GivenReviewOutput(many=True, help_text="What reviewers said to it, newest first.")
    verdicts = GivenVerdictOutput(many=True)


class PostDecisionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    release_id = serializers.UUIDField()
    answer = serializers.CharField(allow_null=True)
    severity = serializers.IntegerField(allow_null=True)
    confidence = serializers.FloatField()
    method = serializers.ChoiceField(choices=METHODS)
    evidence = MergedRegionOutput(many=True)
    decided_by = PersonOutput(allow_null=True)
    reason_code = serializers.ChoiceField(choices=REASON_CODES, allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    created_at = serializers.DateTimeField()
    is_current = serializers.BooleanField()


class PostAnswersOutput(serializers.Serializer[Any]):
    post = LabelPostOutput()
    releases = CitedReleaseOutput(many=True)
    clauses = AnsweredClauseOutput(many=True)
    submissions = GivenAnswersOutput(many=True)
    decisions = PostDecisionOutput(many=True)
