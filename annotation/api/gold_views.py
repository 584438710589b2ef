from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import gold_serializers as shapes
from core.accounts.selectors import Capability, project_get, pseudonyms
from core.content.selectors import post_get
from core.errors import NotFoundError
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.queue.selectors import quality_rules
from policies.selectors import releases_current


class GoldQuery(serializers.Serializer[object]):
    retired = serializers.BooleanField(required=False, default=False)
    post_id = serializers.UUIDField(required=False, default=None)
    search = serializers.CharField(required=False, default="", max_length=200, allow_blank=True)


class GoldView(ApiView):
    @extend_schema(
        operation_id="gold_items",
        parameters=[
            OpenApiParameter("retired", bool, description="Those retired, too."),
            OpenApiParameter("post_id", OpenApiTypes.UUID, description="Only of this post."),
            OpenApiParameter(
                "search", str, description="Only where the post's own identifier has this in it."
            ),
        ],
        responses=page_of(shapes.GoldOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        query = validated(GoldQuery, request.query_params.dict())
        rows = selectors.gold_items(project.pk)
        if not query["retired"]:
            rows = rows.filter(retired_at__isnull=True)
        if query["post_id"] is not None:
            rows = rows.filter(post_id=query["post_id"])
        if query["search"]:
            rows = rows.filter(post__external_id__icontains=query["search"])
        releases = releases_current(project.pk)
        return self.page(
            rows,
            shapes.GoldOutput,
            shown=lambda found: selectors.gold_views(project.pk, found, releases),
        )

    @extend_schema(operation_id="gold_make", request=shapes.GoldInput, responses={201: shapes.GoldMadeOutput})
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        data = validated(shapes.GoldInput, request.data)
        if post_get(self.actor, data["post_id"], needs=Capability.QUALITY_KEEP).project_id != project.pk:
            raise NotFoundError()
        item = services.gold_make(
            self.actor,
            data["post_id"],
            release_id=data["release_id"],
            document=data["document"],
            clause_keys=data["clause_keys"],
            tolerance=services.Tolerance(data["severity_within"], data["alike_min"]),
            explanation=data["explanation"],
            reasons=data["reasons"],
            meanings_from=data["meanings_from"],
        )
        return Response({"id": item.pk}, status=201)


class GoldRetireView(ApiView):
    @extend_schema(
        operation_id="gold_retire", request=shapes.GoldRetireInput, responses=shapes.GoldMadeOutput
    )
    def post(self, request: Request, project_id: uuid.UUID, item_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        data = validated(shapes.GoldRetireInput, request.data)
        item = services.gold_retire(self.actor, project_id, item_id, because=data["because"])
        return Response({"id": item.pk})


class GoldPeopleView(ApiView):
    @extend_schema(operation_id="gold_people", responses=shapes.GoldPeopleOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.QUALITY_KEEP)
        names = pseudonyms(project.pk)
        people = [
            {**_told(tally), "person": names[person_id]}
            for person_id, tally in selectors.gold_tallies(project.pk).items()
            if person_id in names
        ]
        people.sort(key=lambda row: str(row["person"].pseudonym))
        return Response(shapes.GoldPeopleOutput({"people": people}).data)


class OwnGoldView(ApiView):
    @extend_schema(operation_id="my_gold", responses=shapes.OwnGoldOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        if not quality_rules(project.pk).shows_gold_results:
            return Response({"are_shown": False, "tally": None, "results": []})
        tally = selectors.gold_tallies(project.pk, self.actor.user.pk).get(self.actor.user.pk)
        return Response(
            shapes.OwnGoldOutput(
                {
                    "are_shown": True,
                    "tally": None if tally is None else _told(tally),
                    "results": selectors.own_gold(project.pk, self.actor.user.pk),
                }
            ).data
        )


def _told(tally: selectors.GoldTally) -> dict[str, Any]:
    return {
        "answered": tally.answered,
        "passed": tally.passed,
        "share": tally.share,
        "clauses": [
            {
                "clause_key": key,
                "answered": answered,
                "passed": passed,
                "share": selectors.share_of(passed, answered),
            }
            for key, (answered, passed) in sorted(tally.by_clause.items())
        ],
    }
