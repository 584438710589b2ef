from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.endpoints import selectors, services
from core.endpoints.api import serializers as shapes
from core.http.serializers import validated
from core.http.views import ApiView, page_of


class EndpointListView(ApiView):
    @extend_schema(operation_id="endpoint_list", responses=page_of(shapes.EndpointOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.endpoints_in(project), shapes.EndpointOutput)

    @extend_schema(
        operation_id="endpoint_add", request=shapes.EndpointInput, responses={201: shapes.EndpointOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.ENDPOINTS_KEEP)
        data = validated(shapes.EndpointInput, request.data)
        made = services.endpoint_add(self.actor, project_id, **data)
        return Response(shapes.EndpointOutput(made).data, status=201)


class EndpointView(ApiView):
    @extend_schema(
        operation_id="endpoint_change", request=shapes.EndpointChangeInput, responses=shapes.EndpointOutput
    )
    def patch(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        selectors.endpoint_get(self.actor, endpoint_id)
        data = validated(shapes.EndpointChangeInput, request.data)
        return Response(shapes.EndpointOutput(services.endpoint_change(self.actor, endpoint_id, **data)).data)

    @extend_schema(operation_id="endpoint_retire", responses={204: None})
    def delete(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        services.endpoint_retire(self.actor, endpoint_id)
        return Response(status=204)


class EndpointTryView(ApiView):
    @extend_schema(operation_id="endpoint_try", request=None, responses=shapes.EndpointTrialOutput)
    def post(self, request: Request, endpoint_id: uuid.UUID) -> Response:
        return Response(shapes.EndpointTrialOutput(services.endpoint_try(self.actor, endpoint_id)).data)
