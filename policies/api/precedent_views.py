from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import validated
from core.http.views import ApiView, page_of
from policies import services
from policies.api import precedent_serializers as shapes
from policies.selectors.precedents import (
    precedent_get,
    precedent_views,
    precedents_found,
    precedents_in,
)


class PrecedentListView(ApiView):
    @extend_schema(
        operation_id="precedent_list",
        parameters=[
            OpenApiParameter("clause_key", str),
            OpenApiParameter("state", str, enum=shapes.PRECEDENT_STATES),
            OpenApiParameter("post_id", uuid.UUID),
        ],
        responses=page_of(shapes.PrecedentOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(shapes.PrecedentQuery, request.query_params.dict())
        rows = precedents_in(
            self.actor,
            project_id,
            clause_key=query["clause_key"] or None,
            state=query["state"],
            post_id=query["post_id"],
        )
        context = {"actor": self.actor}
        return self.page(rows, shapes.PrecedentOutput, context=context, shown=precedent_views)


class PrecedentSearchView(ApiView):
    @extend_schema(
        operation_id="precedent_search",
        parameters=[
            OpenApiParameter("clause_key", str, description="Only precedents on this clause."),
            OpenApiParameter(
                "release_id", uuid.UUID, description="They hold under it; in effect when left out."
            ),
            OpenApiParameter("post_id", uuid.UUID, description="Like this post."),
            OpenApiParameter("media_sha256", str, description="Like this file."),
            OpenApiParameter("text", str, description="Like this text."),
            OpenApiParameter("most", int),
        ],
        responses=shapes.PrecedentsFoundOutput,
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        query = validated(shapes.PrecedentSearchQuery, request.query_params.dict())
        found = precedents_found(
            self.actor,
            project_id,
            clause_keys=[query["clause_key"]] if query["clause_key"] else (),
            release_id=query["release_id"],
            post_id=query["post_id"],
            media_sha256=query["media_sha256"] or None,
            text=query["text"] or None,
            most=query["most"],
        )
        return Response(
            shapes.PrecedentsFoundOutput({"precedents": found}, context={"actor": self.actor}).data
        )


class _PrecedentView(ApiView):
    def told(self, row: Any) -> Response:
        return Response(shapes.PrecedentOutput(precedent_views([row])[0], context={"actor": self.actor}).data)


class PrecedentView(_PrecedentView):
    @extend_schema(operation_id="precedent_get", responses=shapes.PrecedentOutput)
    def get(self, request: Request, precedent_id: uuid.UUID) -> Response:
        return self.told(precedent_get(self.actor, precedent_id))


class PrecedentApproveView(_PrecedentView):
    @extend_schema(operation_id="precedent_approve", request=None, responses=shapes.PrecedentOutput)
    def post(self, request: Request, precedent_id: uuid.UUID) -> Response:
        return self.told(services.precedent_approve(self.actor, precedent_id))


class PrecedentRetireView(_PrecedentView):
    @extend_schema(
        operation_id="precedent_retire",
        request=shapes.PrecedentRetireInput,
        responses=shapes.PrecedentOutput,
    )
    def post(self, request: Request, precedent_id: uuid.UUID) -> Response:
        data = validated(shapes.PrecedentRetireInput, request.data)
        return self.told(services.precedent_retire(self.actor, precedent_id, reason=data["reason"]))
