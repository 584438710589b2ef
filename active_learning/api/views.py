from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors, services
from active_learning.api import serializers as shapes
from active_learning.domain.strategy_names import strategies_offered
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class StrategyListView(ApiView):
    @extend_schema(operation_id="strategy_list", responses=shapes.StrategyListOutput)
    def get(self, request: Request) -> Response:
        rows = [
            {
                "name": str(name),
                "label": facts.label,
                "summary": facts.summary,
                "needs_head": facts.needs_head,
            }
            for name, facts in strategies_offered().items()
        ]
        return Response({"results": rows})


class DecidedQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField()


class DecidedView(ApiView):
    @extend_schema(
        operation_id="clauses_decided",
        parameters=[OpenApiParameter("release_id", uuid.UUID, required=True)],
        responses=shapes.DecidedClauseOutput(many=True),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(DecidedQuery, request.query_params.dict())
        rows = selectors.clauses_decided(project, query["release_id"])
        return Response(shapes.DecidedClauseOutput(rows, many=True).data)


class RoundListView(ApiView):
    @extend_schema(operation_id="round_list", responses=page_of(shapes.RoundOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.rounds_in(project), shapes.RoundOutput)

    @extend_schema(operation_id="round_start", request=shapes.RoundInput, responses={202: shapes.RoundOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        data = validated(shapes.RoundInput, request.data)
        started = services.round_start(self.actor, project_id, **data)
        return Response(shapes.RoundOutput(selectors.round_get(self.actor, started.pk)).data, status=202)


class RoundView(ApiView):
    @extend_schema(operation_id="round_get", responses=shapes.RoundOutput)
    def get(self, request: Request, round_id: uuid.UUID) -> Response:
        return Response(shapes.RoundOutput(selectors.round_get(self.actor, round_id)).data)


class PickListView(ApiView):
    @extend_schema(operation_id="pick_list", responses=page_of(shapes.PickOutput))
    def get(self, request: Request, round_id: uuid.UUID) -> Response:
        found = selectors.round_get(self.actor, round_id)
        return self.page(selectors.picks_of(found), shapes.PickOutput, ordering="rank")
