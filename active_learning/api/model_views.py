from __future__ import annotations

import uuid
from typing import Any, Protocol

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from active_learning import selectors, services
from active_learning.api import model_serializers as shapes
from active_learning.models import ModelVersion, Promotion
from core.accounts.selectors import Actor, Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.jobs.api.serializers import JobOutput


class ModelListView(ApiView):
    @extend_schema(operation_id="model_list", responses=page_of(shapes.ModelOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        told = {"meanings": selectors.meanings_current(project.pk)}
        return self.page(selectors.models_in(project), shapes.ModelOutput, context=told)


class ModelView(ApiView):
    @extend_schema(operation_id="model_get", responses=shapes.ModelDetailOutput)
    def get(self, request: Request, model_id: uuid.UUID) -> Response:
        return Response(_detail(self.actor, model_id))


class ModelSuggestionsView(ApiView):
    @extend_schema(operation_id="model_suggest", request=None, responses={202: JobOutput})
    def post(self, request: Request, model_id: uuid.UUID) -> Response:
        model = selectors.model_get(self.actor, model_id, needs=Capability.MODELS_RUN)
        return Response(JobOutput(services.model_suggest(self.actor, model)).data, status=202)


class _Decision(Protocol):
    def __call__(self, actor: Actor, model: ModelVersion, *, after: int, reason: str) -> Promotion: ...


class _DecisionView(ApiView):
    def decide(self, request: Request, model_id: uuid.UUID, decision: _Decision) -> Response:
        model = selectors.model_get(self.actor, model_id, needs=Capability.MODELS_PROMOTE)
        data = validated(shapes.PromotionInput, request.data)
        decision(self.actor, model, **data)
        return Response(_detail(self.actor, model_id))


class ModelPromotionView(_DecisionView):
    @extend_schema(
        operation_id="model_promote", request=shapes.PromotionInput, responses=shapes.ModelDetailOutput
    )
    def post(self, request: Request, model_id: uuid.UUID) -> Response:
        return self.decide(request, model_id, services.model_promote)


class ModelRollbackView(_DecisionView):
    @extend_schema(
        operation_id="model_roll_back", request=shapes.PromotionInput, responses=shapes.ModelDetailOutput
    )
    def post(self, request: Request, model_id: uuid.UUID) -> Response:
        return self.decide(request, model_id, services.model_roll_back)


class ModelWithdrawalView(_DecisionView):
    @extend_schema(
        operation_id="model_withdraw", request=shapes.PromotionInput, responses=shapes.ModelDetailOutput
    )
    def post(self, request: Request, model_id: uuid.UUID) -> Response:
        return self.decide(request, model_id, services.model_withdraw)


class ModelThresholdView(ApiView):
    @extend_schema(
        operation_id="model_threshold_find",
        parameters=[
            OpenApiParameter("figure", str, enum=shapes.WANTED_CHOICES, required=True),
            OpenApiParameter("at_least", float, required=True),
        ],
        responses=shapes.ThresholdOutput,
    )
    def get(self, request: Request, model_id: uuid.UUID) -> Response:
        model = selectors.model_get(self.actor, model_id)
        query = validated(shapes.ThresholdQuery, request.query_params.dict())
        return Response(shapes.ThresholdOutput(selectors.threshold_for(model, **query)).data)

    @extend_schema(
        operation_id="model_threshold_state",
        request=shapes.ThresholdInput,
        responses=shapes.ModelDetailOutput,
    )
    def post(self, request: Request, model_id: uuid.UUID) -> Response:
        model = selectors.model_get(self.actor, model_id, needs=Capability.MODELS_PROMOTE)
        data = validated(shapes.ThresholdInput, request.data)
        services.model_threshold_state(self.actor, model, **data)
        return Response(_detail(self.actor, model_id))


class ModelDriftView(ApiView):
    @extend_schema(operation_id="model_drift", responses=shapes.ModelDriftFoundOutput)
    def get(self, request: Request, model_id: uuid.UUID) -> Response:
        model = selectors.model_get(self.actor, model_id)
        return Response(shapes.ModelDriftFoundOutput({"drift": selectors.drift_of(model)}).data)


class DriftedModelListView(ApiView):
    @extend_schema(operation_id="model_drifted_list", responses=shapes.DriftedModelListOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        rows = [
            {
                "model_id": model.pk,
                "clause_key": model.clause_key,
                "number": model.number,
                "agreement": found.agreement,
                "inputs": found.inputs,
            }
            for model, found in selectors.models_drifted(project.pk)
        ]
        return Response(shapes.DriftedModelListOutput({"results": rows}).data)


def _detail(actor: Actor, model_id: uuid.UUID) -> Any:
    """The model as it stands now, read anew after a decision."""
    model = selectors.model_get(actor, model_id)
    told = {
        "meanings": selectors.meanings_current(model.project_id),
        "standing": selectors.standing_of(model),
        "evaluation": selectors.evaluation_of(model),
    }
    return shapes.ModelDetailOutput(model, context=told).data
