from __future__ import annotations

from typing import Any

from rest_framework import serializers

from annotation.api.serializers import (
    METHODS,
    REASON_CODES,
    LabelDocumentField,
    MergedRegionOutput,
    PersonOutput,
)


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


class LabelBundleOutput(serializers.Serializer[Any]):
    lease = HeldLeaseOutput()
    task = LabelTaskOutput()
    release = CitedReleaseOutput()
    clauses = AskedClauseOutput(many=True)
    post = LabelPostOutput()
    draft = LabelDraftOutput(allow_null=True)
    campaign = CampaignContextOutput(allow_null=True)
    submission = OwnSubmissionOutput(allow_null=True)


class AnsweredClauseOutput(AskedClauseOutput):
    release_id = serializers.UUIDField()


class GivenVerdictOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    meaning_revision = serializers.IntegerField()
    answer = serializers.CharField()
    severity = serializers.IntegerField(allow_null=True)
    confidence = serializers.FloatField(allow_null=True)
    reason = serializers.CharField(allow_blank=True)
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
