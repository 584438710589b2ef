from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.jobs.api.serializers import JobOutput
from preferences import selectors, services
from preferences.api import judging_serializers as shapes

_ASKED = [OpenApiParameter("release_id", str), OpenApiParameter("clause_key", str)]


class JudgingQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    clause_key = serializers.CharField(required=False, max_length=64, default=None)


class JudgingView(ApiView):
    @extend_schema(operation_id="judging", parameters=_ASKED, responses=shapes.HowJudgedOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(JudgingQuery, request.query_params.dict())
        return Response(shapes.HowJudgedOutput(selectors.judging_get(self.actor, project_id, **query)).data)


class JudgingMeasureView(ApiView):
    @extend_schema(
        operation_id="judging_measure", parameters=_ASKED, request=None, responses={202: JobOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(JudgingQuery, request.query_params.dict())
        job = services.judging_measure_start(self.actor, project_id, **query)
        return Response(JobOutput(job).data, status=202)


class JudgingScansQuery(serializers.Serializer[object]):
    clause_key = serializers.CharField(required=False, max_length=64, default=None)


class JudgingScansView(ApiView):
    @extend_schema(
        operation_id="judging_scans",
        parameters=[OpenApiParameter("clause_key", str)],
        responses=page_of(shapes.JudgingScanOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        clause_key = validated(JudgingScansQuery, request.query_params.dict())["clause_key"]
        rows = selectors.scans_list(self.actor, project_id, clause_key=clause_key)
        return self.page(rows, shapes.JudgingScanOutput, shown=selectors.scans_told)


class OwnJudgingView(ApiView):
    @extend_schema(operation_id="judging_mine", responses=shapes.OwnJudgingListOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        told = {"axes": selectors.judging_own(self.actor, project_id)}
        return Response(shapes.OwnJudgingListOutput(told).data)
