from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import StrictSerializer, validated
from core.http.views import ApiView
from preferences import selectors
from preferences.api.serializers import MessageOutput


class ComparisonPreviewInput(StrictSerializer):
    lines = serializers.ListField(
        child=serializers.CharField(max_length=1_000_000, trim_whitespace=False), min_length=1, max_length=50
    )


class PreviewedMediaOutput(serializers.Serializer[Any]):
    kind = serializers.CharField()
    asset = serializers.CharField(help_text="As the file names it: a SHA-256, or the name of an upload.")


class PreviewedResponseOutput(serializers.Serializer[Any]):
    text = serializers.CharField(allow_blank=True)
    media = PreviewedMediaOutput(many=True)
    model = serializers.CharField(allow_blank=True)


class PreviewedComparisonOutput(serializers.Serializer[Any]):
    external_id = serializers.CharField()
    messages = MessageOutput(many=True)
    responses = PreviewedResponseOutput(many=True)
    language = serializers.CharField(allow_blank=True)
    metadata = serializers.DictField(help_text="What the file says beside it; no judgment of anybody here.")


class LineProblemOutput(serializers.Serializer[Any]):
    line = serializers.IntegerField()
    message = serializers.CharField()


class ComparisonPreviewOutput(serializers.Serializer[Any]):
    shape = serializers.CharField(allow_null=True, help_text="The form most of the lines have.")
    comparisons = serializers.IntegerField()
    slates = serializers.IntegerField(help_text="Lines with one response, or more than two, judged together.")
    prompts = serializers.IntegerField(help_text="Prompts without responses, which wait for some.")
    left_out = serializers.IntegerField(help_text="Responses that equal another of their line.")
    shown = PreviewedComparisonOutput(many=True)
    problems = LineProblemOutput(many=True)


class ComparisonImportPreviewView(ApiView):
    @extend_schema(
        operation_id="comparison_import_preview",
        request=ComparisonPreviewInput,
        responses=ComparisonPreviewOutput,
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        lines = validated(ComparisonPreviewInput, request.data)["lines"]
        found = selectors.comparison_import_preview(self.actor, project_id, lines=lines)
        told = {
            "shape": found.shape,
            "comparisons": found.comparisons,
            "slates": found.slates,
            "prompts": found.prompts,
            "left_out": found.left_out,
            "problems": found.problems,
            "shown": [
                {
                    "external_id": pair.external_id,
                    "messages": pair.stored_messages,
                    "responses": pair.responses,
                    "language": pair.language,
                    "metadata": pair.metadata,
                }
                for pair in found.shown
            ],
        }
        return Response(ComparisonPreviewOutput(told).data)
