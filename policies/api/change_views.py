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
from policies.models import Campaign
from policies.selectors.campaign_findings import campaign_findings, campaign_plan
from policies.selectors.campaigns import campaign_visible_get, campaigns_in
from policies.selectors.differences import difference_get
from policies.selectors.impact import impact_get
from policies.selectors.outcomes import outcomes_get

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


class OutcomesView(ApiView):
    @extend_schema(
        operation_id="release_outcomes", parameters=[AGAINST], responses=shapes.DecisionOutcomesOutput
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        outcomes = outcomes_get(self.actor, release_id, against_id=_against(request))
        return Response(shapes.DecisionOutcomesOutput(outcomes).data)


class ImpactView(ApiView):
    @extend_schema(operation_id="release_impact", parameters=[AGAINST], responses=shapes.ImpactOutput)
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        impact = impact_get(self.actor, release_id, against_id=_against(request))
        return Response(shapes.ImpactOutput(impact).data)


class CampaignPlanView(ApiView):
    @extend_schema(
        operation_id="campaign_plan",
        parameters=[AGAINST, OpenApiParameter("clauses", str, description="Keys, separated by commas; all.")],
        responses=shapes.CampaignPlanOutput,
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        asked = validated(shapes.CampaignPlanInput, request.query_params.dict())
        keys = [key for key in asked.get("clauses", "").split(",") if key]
        plan = campaign_plan(self.actor, release_id, against_id=asked.get("against"), clause_keys=keys)
        return Response(shapes.CampaignPlanOutput(plan).data)


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


class CampaignFindingsView(ApiView):
    @extend_schema(operation_id="campaign_findings", responses=shapes.CampaignFindingsOutput)
    def get(self, request: Request, campaign_id: uuid.UUID) -> Response:
        return Response(shapes.CampaignFindingsOutput(campaign_findings(self.actor, campaign_id)).data)


class _CampaignStepView(ApiView):
    def _answer(self, campaign: Campaign, status: int = 200) -> Response:
        counted = campaign_visible_get(self.actor, campaign.pk)
        return Response(shapes.CampaignOutput(counted).data, status=status)


class CampaignWidenView(_CampaignStepView):
    @extend_schema(
        operation_id="campaign_widen",
        request=shapes.CampaignWidenInput,
        responses={202: shapes.CampaignOutput},
    )
    def post(self, request: Request, campaign_id: uuid.UUID) -> Response:
        data = validated(shapes.CampaignWidenInput, request.data)
        return self._answer(services.campaign_widen(self.actor, campaign_id, **data), 202)


class CampaignPauseView(_CampaignStepView):
    @extend_schema(operation_id="campaign_pause", request=None, responses=shapes.CampaignOutput)
    def post(self, request: Request, campaign_id: uuid.UUID) -> Response:
        return self._answer(services.campaign_pause(self.actor, campaign_id))


class CampaignResumeView(_CampaignStepView):
    @extend_schema(operation_id="campaign_resume", request=None, responses=shapes.CampaignOutput)
    def post(self, request: Request, campaign_id: uuid.UUID) -> Response:
        return self._answer(services.campaign_resume(self.actor, campaign_id))


class CampaignCancelView(_CampaignStepView):
    @extend_schema(operation_id="campaign_cancel", request=None, responses=shapes.CampaignOutput)
    def post(self, request: Request, campaign_id: uuid.UUID) -> Response:
        return self._answer(services.campaign_cancel(self.actor, campaign_id))
