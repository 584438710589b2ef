from __future__ import annotations

from uuid import UUID

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.storage.downloads import download_sent, range_asked
from exports.selectors.versions import ready_version_get
from training import selectors, services
from training.api import serializers as shapes
from training.domain.recipes import RECIPES
from training.selectors.offers import clauses_weighed, offer_of


class RecipeListView(ApiView):
    @extend_schema(operation_id="training_recipe_list", responses=shapes.TrainingRecipeListOutput)
    def get(self, request: Request) -> Response:
        rows = [
            {
                "name": str(name),
                "title": facts.title,
                "summary": facts.summary,
                "kind": facts.kind,
                "usual": facts.usual,
            }
            for name, facts in RECIPES.items()
        ]
        return Response({"results": rows})


class VersionOffersView(ApiView):
    @extend_schema(operation_id="training_offer_list", responses=shapes.TrainingOfferListOutput)
    def get(self, request: Request, version_id: UUID) -> Response:
        version = ready_version_get(self.actor, version_id, needs=Capability.MODELS_RUN)
        told = {
            "results": [offer_of(version, recipe) for recipe in RECIPES],
            "clauses": clauses_weighed(version),
        }
        return Response(shapes.TrainingOfferListOutput(told).data)


class RunListView(ApiView):
    @extend_schema(
        operation_id="training_run_list",
        parameters=[OpenApiParameter("version_id", UUID)],
        responses=page_of(shapes.TrainingRunOutput),
    )
    def get(self, request: Request, project_id: UUID) -> Response:
        project = project_get(self.actor, project_id, needs=selectors.runs_reading(self.actor))
        given = {name: value for name, value in request.query_params.dict().items() if name == "version_id"}
        query = validated(shapes.TrainingRunsQuery, given)
        return self.page(selectors.runs_in(project, **query), shapes.TrainingRunOutput)

    @extend_schema(
        operation_id="training_run_start",
        request=shapes.TrainingRunInput,
        responses={202: shapes.TrainingRunDetailOutput},
    )
    def post(self, request: Request, project_id: UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        data = validated(shapes.TrainingRunInput, request.data)
        data.setdefault("settings", {})
        started = services.run_start(self.actor, project_id, **data)
        return _told(self, started.pk, status=202)


class RunView(ApiView):
    @extend_schema(operation_id="training_run_get", responses=shapes.TrainingRunDetailOutput)
    def get(self, request: Request, run_id: UUID) -> Response:
        return _told(self, run_id)


class RunResumeView(ApiView):
    @extend_schema(
        operation_id="training_run_resume", request=None, responses={202: shapes.TrainingRunDetailOutput}
    )
    def post(self, request: Request, run_id: UUID) -> Response:
        run = selectors.run_get(self.actor, run_id, needs=Capability.MODELS_RUN)
        services.run_resume(self.actor, run)
        return _told(self, run_id, status=202)


class RunPromotionView(ApiView):
    @extend_schema(
        operation_id="training_run_promote", request=None, responses={202: shapes.TrainingRunDetailOutput}
    )
    def post(self, request: Request, run_id: UUID) -> Response:
        run = selectors.run_get(self.actor, run_id, needs=Capability.MODELS_RUN)
        services.run_promote(self.actor, run)
        return _told(self, run_id, status=202)

    @extend_schema(operation_id="training_run_demote", responses=shapes.TrainingRunDetailOutput)
    def delete(self, request: Request, run_id: UUID) -> Response:
        run = selectors.run_get(self.actor, run_id, needs=Capability.MODELS_RUN)
        services.run_demote(self.actor, run)
        return _told(self, run_id)


class RunFileView(ApiView):
    @extend_schema(
        operation_id="training_run_file",
        parameters=[OpenApiParameter("path", str, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, run_id: UUID, path: str) -> HttpResponseBase:
        run = selectors.run_get(self.actor, run_id, needs=Capability.DATASETS_EXPORT)
        file = selectors.file_get(run, path)
        part = range_asked(request.headers.get("Range"), size_bytes=file.size_bytes)
        services.file_download_note(self.actor, file)
        return download_sent(file.sha256, path=file.path, size_bytes=file.size_bytes, part=part)


def _told(view: ApiView, run_id: UUID, *, status: int = 200) -> Response:
    return Response(shapes.TrainingRunDetailOutput(selectors.run_get(view.actor, run_id)).data, status=status)
