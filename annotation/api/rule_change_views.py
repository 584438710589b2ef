from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import services
from annotation.selectors.rule_changes import rule_change
from core.http.views import ApiView


class FormerReleaseOutput(serializers.Serializer[Any]):
    id = serializers.UUIDField()
    label = serializers.CharField()  # type: ignore[assignment]


class RuleChangeOutput(serializers.Serializer[Any]):
    former = FormerReleaseOutput(
        allow_null=True,
        help_text="The release you worked under before; null when there is nothing to tell, or it was told.",
    )
    is_told = serializers.BooleanField(help_text="Whether you were told of this release, or of a later one.")


class RuleChangeView(ApiView):
    @extend_schema(operation_id="rule_change", responses=RuleChangeOutput)
    def get(self, request: Request, project_id: uuid.UUID, release_id: uuid.UUID) -> Response:
        return Response(RuleChangeOutput(rule_change(self.actor, project_id, release_id)).data)

    @extend_schema(operation_id="rule_change_acknowledge", request=None, responses={204: None})
    def put(self, request: Request, project_id: uuid.UUID, release_id: uuid.UUID) -> Response:
        services.rule_change_acknowledge(self.actor, project_id, release_id)
        return Response(status=204)
