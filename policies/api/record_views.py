from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.http.serializers import validated
from core.http.views import ApiView, page_of
from policies.api import record_serializers as shapes
from policies.api.change_views import AGAINST
from policies.selectors.records import NOUNS, records_count, records_page

_SCOPE = [
    AGAINST,
    OpenApiParameter(
        "becomes",
        str,
        enum=["holds", "asked_again", "no_longer_asked"],
        description="Decisions that become this; without it, everything that stops holding.",
    ),
    OpenApiParameter("clause", str, description="Only this clause key."),
]
_LIST = [
    *_SCOPE,
    OpenApiParameter("nouns", str, description=f"Of {', '.join(NOUNS)}; several are separated by commas."),
    OpenApiParameter("language", str, description="A language tag; `none` where it is not known."),
    OpenApiParameter("severity", str, description="A step of the scale; `none` for records without one."),
    OpenApiParameter("cursor", str),
    OpenApiParameter("page_size", int, description="At most 200; 50 when left out."),
]


class RecordsView(ApiView):
    @extend_schema(
        operation_id="release_records", parameters=_LIST, responses=page_of(shapes.ListedRecordOutput)
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        given = validated(shapes.RecordsInput, request.query_params.dict())
        page = records_page(
            self.actor,
            release_id,
            shapes.records_asked(given),
            against_id=given.get("against"),
            cursor=given.get("cursor"),
            limit=given.get("page_size", 50),
        )
        here = request.build_absolute_uri()
        return Response(
            {
                "next": None if page.cursor is None else replace_query_param(here, "cursor", page.cursor),
                "previous": None,
                "results": shapes.ListedRecordOutput(page.records, many=True).data,
            }
        )


class RecordsCountView(ApiView):
    @extend_schema(
        operation_id="release_records_count",
        parameters=_SCOPE,
        responses=shapes.RecordsCountOutput(many=True),
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        given = validated(shapes.RecordsInput, request.query_params.dict())
        counts = records_count(
            self.actor, release_id, shapes.records_asked(given), against_id=given.get("against")
        )
        return Response(shapes.RecordsCountOutput(counts, many=True).data)
