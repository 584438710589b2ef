from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors, services
from active_learning.api import scan_serializers as shapes
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class SuspectsQuery(serializers.Serializer[object]):
    outcome = serializers.ChoiceField(choices=shapes.OUTCOME_CHOICES, required=False, default=None)
    kind = serializers.ChoiceField(choices=shapes.KIND_CHOICES, required=False, default=None)


class ScanListView(ApiView):
    @extend_schema(operation_id="scan_list", responses=page_of(shapes.ScanOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.scans_in(project), shapes.ScanOutput)

    @extend_schema(operation_id="scan_start", request=shapes.ScanInput, responses={202: shapes.ScanOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        data = validated(shapes.ScanInput, request.data)
        started = services.scan_start(self.actor, project_id, **data)
        return Response(shapes.ScanOutput(selectors.scan_get(self.actor, started.pk)).data, status=202)


class ScanView(ApiView):
    @extend_schema(operation_id="scan_get", responses=shapes.ScanDetailOutput)
    def get(self, request: Request, scan_id: uuid.UUID) -> Response:
        scan = selectors.scan_get(self.actor, scan_id)
        return Response(shapes.ScanDetailOutput(scan, context={"actor": self.actor}).data)


class SuspectListView(ApiView):
    @extend_schema(
        operation_id="suspect_list",
        parameters=[
            OpenApiParameter("outcome", str, enum=shapes.OUTCOME_CHOICES),
            OpenApiParameter("kind", str, enum=shapes.KIND_CHOICES),
        ],
        responses=page_of(shapes.SuspectOutput),
    )
    def get(self, request: Request, scan_id: uuid.UUID) -> Response:
        scan = selectors.scan_get(self.actor, scan_id)
        query = validated(SuspectsQuery, request.query_params.dict())
        rows = selectors.suspects_of(scan, outcome=query["outcome"], kind=query["kind"])
        return self.page(rows, shapes.SuspectOutput, ordering=("kind", "rank", "id"))


class FindingsQuery(serializers.Serializer[object]):
    kind = serializers.ChoiceField(choices=shapes.FINDING_CHOICES, required=False, default=None)


class FindingListView(ApiView):
    @extend_schema(
        operation_id="finding_list",
        parameters=[OpenApiParameter("kind", str, enum=shapes.FINDING_CHOICES)],
        responses=page_of(shapes.FindingOutput),
    )
    def get(self, request: Request, scan_id: uuid.UUID) -> Response:
        scan = selectors.scan_get(self.actor, scan_id)
        query = validated(FindingsQuery, request.query_params.dict())
        rows = selectors.findings_of(self.actor, scan, kind=query["kind"])
        return self.page(
            rows,
            shapes.FindingOutput,
            ordering=("kind", "rank", "id"),
            shown=lambda found: selectors.findings_shown(scan, found),
        )


class FindingTaskView(ApiView):
    @extend_schema(
        operation_id="finding_ask", request=shapes.SuspectTaskInput, responses={201: shapes.FindingOutput}
    )
    def post(self, request: Request, finding_id: uuid.UUID) -> Response:
        finding = selectors.finding_get(self.actor, finding_id)
        data = validated(shapes.SuspectTaskInput, request.data)
        asked = services.finding_ask(self.actor, finding, slots=data["slots"])
        (shown,) = selectors.findings_shown(asked.scan, [asked])
        return Response(shapes.FindingOutput(shown).data, status=201)


class SuspectReviewView(ApiView):
    @extend_schema(
        operation_id="suspect_review", request=shapes.SuspectReviewInput, responses=shapes.SuspectOutput
    )
    def post(self, request: Request, suspect_id: uuid.UUID) -> Response:
        suspect = selectors.suspect_get(self.actor, suspect_id)
        data = validated(shapes.SuspectReviewInput, request.data)
        return Response(shapes.SuspectOutput(services.suspect_review(self.actor, suspect, **data)).data)


class SuspectTaskView(ApiView):
    @extend_schema(
        operation_id="suspect_ask", request=shapes.SuspectTaskInput, responses={201: shapes.SuspectOutput}
    )
    def post(self, request: Request, suspect_id: uuid.UUID) -> Response:
        suspect = selectors.suspect_get(self.actor, suspect_id)
        data = validated(shapes.SuspectTaskInput, request.data)
        asked = services.suspect_ask(self.actor, suspect, slots=data["slots"])
        return Response(shapes.SuspectOutput(asked).data, status=201)
