from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from annotation.api.serializers import LabelDocumentField
from core.http.serializers import StrictSerializer
from core.queue.api.review_serializers import SpokenInput
from core.queue.api.serializers import PersonOutput
from core.queue.selectors import person_told


class SampledSubmissionOutput(serializers.Serializer[Any]):
    submission_id = serializers.UUIDField(source="id")
    post_id = serializers.UUIDField(source="task.post_id")
    external_id = serializers.CharField()
    release_id = serializers.UUIDField(source="task.release_id")
    clause_keys = serializers.ListField(child=serializers.CharField(), source="task.clause_keys")
    person = serializers.SerializerMethodField()
    active_ms = serializers.IntegerField()
    created_at = serializers.DateTimeField()

    @extend_schema_field(PersonOutput)
    def get_person(self, submission: Any) -> dict[str, Any]:
        return person_told(self.context["names"], submission.person_id)


class AmendmentInput(StrictSerializer):
    id = serializers.UUIDField(help_text="Of the reviewer's submission; made by the client.")
    document = LabelDocumentField()
    active_ms = serializers.IntegerField(min_value=0, max_value=86_400_000)


class ReviewInput(SpokenInput):
    amendment = AmendmentInput(required=False, allow_null=True, default=None)
