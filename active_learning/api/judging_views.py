from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors, services
from active_learning.api import judging_serializers as shapes
from active_learning.models import JudgingItem
from active_learning.services.judging import Choice
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of


def _choice(request: Request) -> Choice:
    data = validated(shapes.JudgingInput, request.data)
    return Choice(**{**data, "clause_keys": tuple(data["clause_keys"])})


class JudgingListView(ApiView):
    @extend_schema(
        operation_id="judging_list",
        parameters=[OpenApiParameter("policy_id", uuid.UUID)],
        responses=page_of(shapes.JudgingOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(shapes.JudgingsQuery, request.query_params.dict())
        rows = selectors.judgings_in(self.actor, project, policy_id=query["policy_id"])
        return self.page(rows, shapes.JudgingOutput)

    @extend_schema(
        operation_id="judging_start", request=shapes.JudgingInput, responses={202: shapes.JudgingOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.JUDGES_RUN)
        started = services.judging_start(self.actor, project_id, _choice(request))
        return Response(shapes.JudgingOutput(selectors.judging_get(self.actor, started.pk)).data, status=202)


class JudgingEstimateView(ApiView):
    @extend_schema(
        operation_id="judging_estimate", request=shapes.JudgingInput, responses=shapes.JudgingPlanOutput
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.JUDGES_RUN)
        plan = services.judging_estimate(self.actor, project_id, _choice(request))
        return Response(shapes.JudgingPlanOutput(plan).data)


class JudgingView(ApiView):
    @extend_schema(operation_id="judging_get", responses=shapes.JudgingOutput)
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        return Response(shapes.JudgingOutput(selectors.judging_get(self.actor, run_id)).data)


class JudgingResumeView(ApiView):
    @extend_schema(operation_id="judging_resume", request=None, responses={202: shapes.JudgingOutput})
    def post(self, request: Request, run_id: uuid.UUID) -> Response:
        run = selectors.judging_get(self.actor, run_id, needs=Capability.JUDGES_RUN)
        services.judging_resume(self.actor, run)
        return Response(shapes.JudgingOutput(selectors.judging_get(self.actor, run_id)).data, status=202)


class JudgingItemListView(ApiView):
    @extend_schema(
        operation_id="judging_items",
        parameters=[shapes.JudgingItemsQuery],
        responses=page_of(shapes.JudgingItemOutput),
    )
    def get(self, request: Request, run_id: uuid.UUID) -> Response:
        run = selectors.judging_get(self.actor, run_id)
        query = validated(shapes.JudgingItemsQuery, request.query_params.dict())
        rows = selectors.judging_items(self.actor, run, which=query["which"], clause_key=query["clause_key"])
        return self.page(rows, shapes.JudgingItemOutput, ordering="place", shown=_with_calls)


def _with_calls(items: list[Any]) -> list[JudgingItem]:
    calls = selectors.judging_calls_of(items)
    for item in items:
        item.told_calls = calls.get(item.pk, [])
    return items
