from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import services
from annotation.api import agreement_serializers as shapes
from annotation.api import figures
from annotation.api.views import RELEASE, releases_meant
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView


class AgreementQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    by = serializers.ChoiceField(choices=["language", "part"], required=False, default=None)
    current = serializers.BooleanField(required=False, default=True)


class AgreementView(ApiView):
    @extend_schema(
        operation_id="agreement",
        parameters=[
            RELEASE,
            OpenApiParameter(
                "by", str, enum=["language", "part"], description="Also by language or type of part."
            ),
            figures.CURRENT,
        ],
        responses=figures.responses(shapes.AgreementListOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(AgreementQuery, request.query_params.dict())
        releases = releases_meant(project, query["release_id"])
        wanted = services.Figures(figures.AGREEMENT, query["by"] or "", releases)
        told = services.figures_told(self.actor, project, wanted, wants_current=query["current"])
        return figures.response_of(told, lambda measured: measured.figures)
