from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.http.serializers import validated
from core.http.views import ApiView, page_of
from policies import services
from policies.api import change_serializers as shapes
from policies.errors import AgainstInvalidError
from policies.selectors.campaigns import campaign_visible_get, campaigns_in
from policies.selectors.differences import difference_get
from policies.selectors.impact import impact_get

AGAINST = OpenApiParameter(
    "against", uuid.UUID, description="The published release to compare with; its base when left out."
)


def _against(request: Request) -> uuid.UUID | None:
    text = request.query_params.get("against")
    if not text:
        return None
    try:
        return uuid.UUID(text)
    except ValueError:
        raise AgainstInvalidError() from None


class DifferenceView(ApiView):
    @extend_schema(
        operation_id="release_difference",
        parameters=[AGAINST, OpenApiParameter("clause", str, description="Only this clause key.")],
        responses=shapes.DifferenceOutput,
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        clause = request.query_params.get("clause") or None
        compared = difference_get(self.actor, release_id, against_id=_against(request), clause_key=clause)
        return Response(shapes.DifferenceOutput(compared).data)


class ImpactView(ApiView):
    @extend_schema(operation_id="release_impact", parameters=[AGAINST], responses=shapes.ImpactOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        impact = impact_get(self.actor, release_id, against_id=_against(request))
        return Response(shapes.ImpactOutput(impact).data)


class CampaignListView(ApiView):
    @extend_schema(operation_id="campaign_list", responses=page_of(shapes.CampaignOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        return self.page(campaigns_in(self.actor, project_id), shapes.CampaignOutput)

    @extend_schema(
        operation_id="campaign_start",
        request=shapes.CampaignCreateInput,
        responses={202: shapes.CampaignOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        data = validated(shapes.CampaignCreateInput, request.data)
        campaign = services.campaign_start(self.actor, project_id=project_id, **data)
        counted = campaign_visible_get(self.actor, campaign.pk)
        return Response(shapes.CampaignOutput(counted).data, status=202)


class CampaignView(ApiView):
    @extend_schema(operation_id="campaign_get", responses=shapes.CampaignOutput)
    def get(self, request: Request, campaign_id: uuid.UUID) -> Response:
        return Response(shapes.CampaignOutput(campaign_visible_get(self.actor, campaign_id)).data)
