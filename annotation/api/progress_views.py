from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation.selectors.progress import progress_told
from core.http.serializers import validated
from core.http.views import ApiView

_BY = ["clause", "language", "source", "person"]


class ProgressQuery(serializers.Serializer[Any]):
    by = serializers.ChoiceField(choices=_BY)


class ProgressRowOutput(serializers.Serializer[Any]):
    key = serializers.CharField()
    name = serializers.CharField()
    posts = serializers.IntegerField()
    wanted = serializers.IntegerField(required=False, help_text="Answers asked for; not of a person.")
    given = serializers.IntegerField()
    held = serializers.IntegerField(required=False, help_text="Answers being given now; not of a person.")
    last_day = serializers.IntegerField(required=False)
    skipped = serializers.IntegerField(required=False)
    active_ms = serializers.IntegerField(required=False)
    is_simulated = serializers.BooleanField(required=False)


class ProgressOutput(serializers.Serializer[Any]):
    rows = ProgressRowOutput(many=True)


class ProgressView(ApiView):
    @extend_schema(
        operation_id="label_progress",
        parameters=[OpenApiParameter("by", str, enum=_BY, required=True)],
        responses=ProgressOutput,
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        by = validated(ProgressQuery, request.query_params)["by"]
        rows = progress_told(self.actor, project_id, by=by)
        return Response(ProgressOutput({"rows": rows}).data)
