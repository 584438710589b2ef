from __future__ import annotations

import uuid

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import suggestion_serializers as shapes
from annotation.api.views import RELEASE, releases_meant
from core.accounts.selectors import Capability, project_get
from core.http.serializers import validated
from core.http.views import ApiView


class ReleaseQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)


class SuggestionRulesView(ApiView):
    @extend_schema(operation_id="suggestion_rules", responses=shapes.SuggestionRulesOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        return Response(shapes.SuggestionRulesOutput(selectors.rules_get(project.pk)).data)

    @extend_schema(
        operation_id="suggestion_rules_change",
        request=shapes.SuggestionRulesInput,
        responses=shapes.SuggestionRulesOutput,
    )
    def put(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.PROJECT_MANAGE)
        data = validated(shapes.SuggestionRulesInput, request.data)
        changed = services.suggestion_rules_change(self.actor, project_id, **data)
        return Response(shapes.SuggestionRulesOutput(changed).data)


class SuggestionsView(ApiView):
    @extend_schema(
        operation_id="suggestions_import",
        request=shapes.SuggestionsImportInput,
        responses={201: shapes.SuggestionsImportOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project_get(self.actor, project_id, needs=Capability.MODELS_RUN)
        data = validated(shapes.SuggestionsImportInput, request.data)
        done = services.suggestions_import(
            self.actor,
            project_id,
            release_id=data["release_id"],
            model=data["model"],
            version=data["version"],
            lines=data["suggestions"],
        )
        return Response(shapes.SuggestionsImportOutput(done).data, status=201)


class ProposingModelsView(ApiView):
    @extend_schema(operation_id="proposing_models", responses=shapes.ProposingModelsOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        found = {"results": selectors.models_proposing(project.pk)}
        return Response(shapes.ProposingModelsOutput(found).data)


class SuggestionFiguresView(ApiView):
    @extend_schema(
        operation_id="suggestion_figures", parameters=[RELEASE], responses=shapes.SuggestionFiguresOutput
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(ReleaseQuery, request.query_params.dict())
        found = selectors.suggestion_figures(project.pk, releases_meant(project, query["release_id"]))
        return Response(shapes.SuggestionFiguresOutput({"clauses": found}).data)


class SecondLookView(ApiView):
    @extend_schema(operation_id="second_look", request=None, responses=shapes.SecondLookOutput)
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        found = services.second_look(self.actor, lease_id)
        return Response(shapes.SecondLookOutput({"has_suggestions": found}).data)


class SuggestionsReportView(ApiView):
    @extend_schema(
        operation_id="suggestions_report",
        request=shapes.ReportedSuggestionsInput,
        responses=shapes.SuggestionReportOutput,
    )
    def post(self, request: Request, lease_id: uuid.UUID) -> Response:
        data = validated(shapes.ReportedSuggestionsInput, request.data)
        reported = services.Reported(data["shown_ms"], frozenset(data["rejected"]))
        stored = services.suggestions_report(self.actor, lease_id, reported)
        return Response(shapes.SuggestionReportOutput(stored).data)
