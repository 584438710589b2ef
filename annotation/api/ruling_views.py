from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import services
from annotation.api import ruling_serializers as shapes
from core.accounts.selectors import Capability
from core.content.selectors import post_get
from core.http.serializers import validated
from core.http.views import ApiView


class RulingsView(ApiView):
    @extend_schema(
        operation_id="ruling_record", request=shapes.RulingInput, responses={201: shapes.RulingOutput}
    )
    def post(self, request: Request, post_id: uuid.UUID) -> Response:
        post_get(self.actor, post_id, needs=Capability.POLICY_EDIT)
        data = validated(shapes.RulingInput, request.data)
        ruling = services.ruling_record(
            self.actor,
            post_id,
            ruling_id=data["id"],
            release_id=data["release_id"],
            rulings=[
                services.ClauseRuling(one["clause_key"], one["answer"], one["severity"], one["reason"])
                for one in data["rulings"]
            ],
            as_precedent=data["as_precedent"],
            seen={
                one["clause_key"]: one["seen_decision_id"]
                for one in data["rulings"]
                if one["seen_decision_id"] is not None
            },
        )
        return Response(shapes.RulingOutput(ruling).data, status=201)


class LeasePrecedentsView(ApiView):
    @extend_schema(
        operation_id="precedents_show",
        description="What is returned is noted as shown to the person; only that may be cited.",
        request=shapes.PrecedentsShowInput,
        responses=shapes.ShownPrecedentsOutput,
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.PrecedentsShowInput, request.data)
        found = services.precedents_show(self.actor, lease_id, clause_key=data["clause_key"])
        return Response(shapes.ShownPrecedentsOutput({"precedents": found}).data)
