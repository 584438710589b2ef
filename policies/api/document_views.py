from __future__ import annotations

import base64
import binascii
import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import validated
from core.http.views import ApiView
from policies import services
from policies.api import document_serializers as shapes
from policies.api.serializers import ReleaseOutput
from policies.domain.importing.sources import Given
from policies.domain.rendering.safeguard import MOST_TOKENS
from policies.errors import ImportFileError, RenderingBudgetError
from policies.selectors.access import release_visible_get
from policies.selectors.files import policy_file_get
from policies.selectors.import_preview import import_preview
from policies.selectors.release_detail import release_detail_get
from policies.selectors.renderings import release_head, renderings_all
from policies.tokens import tokenizer_name

_MOST_BUDGET = 100_000


class RenderingsView(ApiView):
    @extend_schema(
        operation_id="release_renderings",
        parameters=[
            OpenApiParameter(
                "clause", str, description="The key of one clause; without it the whole release."
            ),
            OpenApiParameter(
                "budget",
                int,
                description=f"Most tokens of a gpt-oss-safeguard prompt, {MOST_TOKENS} by default; 0 cuts nothing.",
            ),
        ],
        responses=shapes.RenderingsOutput,
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        release = release_visible_get(self.actor, release_id)
        clause_key = request.query_params.get("clause") or None
        budget = _budget(request.query_params.get("budget"))
        found = renderings_all(self.actor, release_id, clause_key, budget=budget)
        answer = {
            "label": release_head(release).label,
            "clause_key": clause_key,
            "tokenizer": tokenizer_name(),
            "budget": budget,
            "renderings": found,
        }
        return Response(shapes.RenderingsOutput(answer).data)


def _budget(given: str | None) -> int:
    if given is None:
        return MOST_TOKENS
    if not given.isascii() or not given.isdecimal() or int(given[:9]) > _MOST_BUDGET:
        raise RenderingBudgetError(most=_MOST_BUDGET)
    return int(given)


class PolicyFileView(ApiView):
    @extend_schema(
        operation_id="release_file",
        description="A release or draft as markdown, json or pack (a zip), named by policy key and release number.",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, release_id: uuid.UUID, form: str) -> HttpResponse:
        file = policy_file_get(self.actor, release_id, form)
        response = HttpResponse(file.data, content_type=file.mime)
        response["Content-Disposition"] = f'attachment; filename="{file.name}"'
        response["Cache-Control"] = "private, no-store"
        return response


class ImportPreviewView(ApiView):
    @extend_schema(
        operation_id="policy_import_preview",
        request=shapes.ImportPreviewInput,
        responses=shapes.ImportPreviewOutput,
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        data = validated(shapes.ImportPreviewInput, request.data)
        preview = import_preview(
            self.actor,
            project_id=project_id,
            given=[_given(file) for file in data["files"]],
            policy_id=data.get("policy_id"),
        )
        return Response(shapes.ImportPreviewOutput(preview).data)


class PolicyImportView(ApiView):
    @extend_schema(
        operation_id="policy_import", request=shapes.PolicyImportInput, responses={201: ReleaseOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        data = validated(shapes.PolicyImportInput, request.data)
        release = services.policy_import(self.actor, project_id=project_id, **data)
        detail = release_detail_get(self.actor, release.pk)
        return Response(ReleaseOutput(detail.release, context={"detail": detail}).data, status=201)


def _given(file: dict[str, Any]) -> Given:
    if "text" in file:
        return Given(file["name"], file["text"].encode())
    try:
        return Given(file["name"], base64.b64decode(file["base64"], validate=True))
    except (binascii.Error, ValueError):
        raise ImportFileError(name=file["name"]) from None
