from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors, services
from active_learning.api import plan_serializers as shapes
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of

_ROUND = ("strategy", "budget", "overlap", "random_share", "seed", "encoder", "quotas", "like_post_id")


class PlanListView(ApiView):
    @extend_schema(operation_id="round_plan_list", responses=page_of(shapes.PlanOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return self.page(selectors.plans_in(project), shapes.PlanOutput)

    @extend_schema(
        operation_id="round_plan_create", request=shapes.PlanInput, responses={201: shapes.PlanOutput}
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        data = validated(shapes.PlanInput, request.data)
        settings = {name: data.pop(name) for name in _ROUND}
        created = services.plan_create(self.actor, project_id, settings=settings, **data)
        return Response(shapes.PlanOutput(selectors.plan_get(self.actor, created.pk)).data, status=201)


class PlanView(ApiView):
    @extend_schema(operation_id="round_plan_get", responses=shapes.PlanOutput)
    def get(self, request: Request, plan_id: uuid.UUID) -> Response:
        return Response(shapes.PlanOutput(selectors.plan_get(self.actor, plan_id)).data)


class PlanPauseView(ApiView):
    @extend_schema(operation_id="round_plan_pause", request=None, responses=shapes.PlanOutput)
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        plan = selectors.plan_get(self.actor, plan_id, needs=Capability.MODELS_RUN)
        services.plan_pause(self.actor, plan)
        return Response(shapes.PlanOutput(selectors.plan_get(self.actor, plan_id)).data)


class PlanResumeView(ApiView):
    @extend_schema(operation_id="round_plan_resume", request=None, responses=shapes.PlanOutput)
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        plan = selectors.plan_get(self.actor, plan_id, needs=Capability.MODELS_RUN)
        services.plan_resume(self.actor, plan)
        return Response(shapes.PlanOutput(selectors.plan_get(self.actor, plan_id)).data)


class PlanEndView(ApiView):
    @extend_schema(operation_id="round_plan_end", request=None, responses=shapes.PlanOutput)
    def post(self, request: Request, plan_id: uuid.UUID) -> Response:
        plan = selectors.plan_get(self.actor, plan_id, needs=Capability.MODELS_RUN)
        services.plan_end(self.actor, plan)
        return Response(shapes.PlanOutput(selectors.plan_get(self.actor, plan_id)).data)
