from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.http.serializers import StrictSerializer
from preferences.services.compare_tasks import MOST_TASKS


class JudgmentDocumentField(serializers.DictField):
    """A judgment document, in shown order; the domain checks it."""


class ImportInput(StrictSerializer):
    file = serializers.FileField(allow_empty_file=False)


class CompareTasksInput(StrictSerializer):
    release_id = serializers.UUIDField(required=False, allow_null=True, default=None)
    clause_keys = serializers.ListField(
        child=serializers.CharField(max_length=64),
        max_length=50,
        required=False,
        allow_null=True,
        default=None,
    )
    comparison_ids = serializers.ListField(
        child=serializers.UUIDField(), max_length=MOST_TASKS, required=False, allow_null=True, default=None
    )
    overlap = serializers.IntegerField(min_value=1, max_value=50, required=False, default=1)
    priority = serializers.FloatField(min_value=-1e6, max_value=1e6, required=False, default=0.0)
    assessment_is_required = serializers.BooleanField(required=False, default=False)
    limit = serializers.IntegerField(
        min_value=1, max_value=MOST_TASKS, required=False, allow_null=True, default=None
    )


class CompareTasksOutput(serializers.Serializer[Any]):
    release_id = serializers.UUIDField()
    created = serializers.IntegerField()
    remaining = serializers.IntegerField(help_text="Comparisons that still have no task; ask again for them.")


class JudgmentInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Made by the client; sending it again finds the first judgment.")
    document = JudgmentDocumentField()
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)
    supersedes_id = serializers.UUIDField(required=False, allow_null=True, default=None)


class JudgmentStoredOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
    is_late = serializers.BooleanField()
    late_reason = serializers.CharField()
    counts = serializers.SerializerMethodField()
    supersedes_id = serializers.UUIDField(allow_null=True)

    def get_counts(self, submission: Any) -> bool:
        return submission.slot_id is not None


class MessageOutput(serializers.Serializer[Any]):
    role = serializers.CharField()
    content = serializers.CharField()


class ShownResponseOutput(serializers.Serializer[Any]):
    position = serializers.ChoiceField(choices=["first", "second"])
    text = serializers.CharField()


class ChoiceOutput(serializers.Serializer[Any]):
    value = serializers.IntegerField()
    label = serializers.CharField()  # type: ignore[assignment]


class AxisOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    question = serializers.CharField()
    blocks = serializers.ListField(child=serializers.DictField())
    meaning_revision = serializers.IntegerField()


class CitableClauseOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    title = serializers.CharField()
    severities = ChoiceOutput(many=True)


class OldJudgmentOutput(serializers.Serializer[Any]):
    clause_key = serializers.CharField()
    choice = serializers.CharField()
    value = serializers.IntegerField()


class BundleLeaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    epoch = serializers.IntegerField()
    state = serializers.CharField()
    expires_at = serializers.DateTimeField()


class BundleTaskOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    project_id = serializers.UUIDField()
    project_state = serializers.CharField(source="project.state")


class BundleReleaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]
    title = serializers.CharField()
    state = serializers.CharField()


class BundleDraftOutput(serializers.Serializer[Any]):
    document = serializers.DictField()
    version = serializers.IntegerField()


class BundleSubmissionOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    document = serializers.DictField()


class ComparisonBundleOutput(serializers.Serializer[Any]):
    lease = BundleLeaseOutput()
    task = BundleTaskOutput(source="lease.task")
    release = BundleReleaseOutput()
    axes = AxisOutput(many=True)
    clauses = CitableClauseOutput(many=True)
    messages = MessageOutput(many=True)
    language = serializers.CharField(allow_blank=True)
    post_id = serializers.UUIDField(allow_null=True)
    responses = ShownResponseOutput(many=True)
    assessment_is_required = serializers.BooleanField()
    old_answers = OldJudgmentOutput(many=True)
    draft = BundleDraftOutput(allow_null=True)
    submission = BundleSubmissionOutput(
        allow_null=True, help_text="This person's own newest judgment, which the next one would correct."
    )
