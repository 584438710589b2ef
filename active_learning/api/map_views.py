from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning.api import map_serializers as shapes
from active_learning.selectors import map_choices, map_get, map_points, maps_in
from active_learning.services import map_ask, map_start
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class PointsQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    clause_key = serializers.CharField(max_length=64, required=False, default=None)


class MapListView(ApiView):
    @extend_schema(operation_id="map_list", responses=page_of(shapes.MapOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(maps_in(project), shapes.MapOutput)

    @extend_schema(operation_id="map_start", request=shapes.MapInput, responses={202: shapes.MapOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        started = map_start(self.actor, project_id, **validated(shapes.MapInput, request.data))
        return Response(shapes.MapOutput(map_get(self.actor, started.pk)).data, status=202)


class MapChoicesView(ApiView):
    @extend_schema(operation_id="map_choices", responses=shapes.MapChoicesOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return Response(shapes.MapChoicesOutput(map_choices(project)).data)


class MapView(ApiView):
    @extend_schema(operation_id="map_get", responses=shapes.MapOutput)
    def get(self, request: Request, map_id: uuid.UUID) -> Response:
        return Response(shapes.MapOutput(map_get(self.actor, map_id)).data)


class MapPointsView(ApiView):
    @extend_schema(
        operation_id="map_points",
        parameters=[OpenApiParameter("release_id", uuid.UUID), OpenApiParameter("clause_key", str)],
        responses=shapes.MapPointsOutput,
    )
    def get(self, request: Request, map_id: uuid.UUID) -> Response:
        shown = map_get(self.actor, map_id)
        query = validated(PointsQuery, request.query_params.dict())
        return Response(shapes.MapPointsOutput(map_points(shown, **query)).data)


class MapTasksView(ApiView):
    @extend_schema(
        operation_id="map_ask", request=shapes.MapTasksInput, responses={201: shapes.MapTasksOutput}
    )
    def post(self, request: Request, map_id: uuid.UUID) -> Response:
        shown = map_get(self.actor, map_id, needs=Capability.TASKS_MANAGE)
        sorted_out = map_ask(self.actor, shown, **validated(shapes.MapTasksInput, request.data))
        told = {
            "asked": len(sorted_out.post_ids),
            "left_out": [{"reason": reason, "posts": posts} for reason, posts in sorted_out.left_out.items()],
        }
        return Response(shapes.MapTasksOutput(told).data, status=201)
