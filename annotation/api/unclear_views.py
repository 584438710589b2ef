from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import figures
from annotation.api import unclear_serializers as shapes
from annotation.api.views import RELEASE, releases_meant
from core.accounts.selectors import Capability, project_get
from core.errors import NotFoundError
from core.http.serializers import validated
from core.http.views import ApiView

_LANGUAGE = OpenApiParameter("language", str, description="Posts in this language, regions of it included.")


class UnclearView(ApiView):
    @extend_schema(
        operation_id="unclear",
        parameters=[RELEASE, _LANGUAGE, figures.CURRENT],
        responses=figures.responses(shapes.UnclearOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(shapes.UnclearListQuery, request.query_params.dict())
        releases = releases_meant(project, query["release_id"])
        wanted = services.Figures(figures.UNCLEAR, query["language"], releases)
        told = services.figures_told(self.actor, project, wanted, wants_current=query["current"])
        return figures.response_of(told, lambda measured: measured.figures)


class UnclearClauseView(ApiView):
    @extend_schema(
        operation_id="unclear_clause", parameters=[RELEASE, _LANGUAGE], responses=shapes.ClauseSplitsOutput
    )
    def get(self, request: Request, project_id: uuid.UUID, clause_key: str) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.CONTENT_VIEW)
        project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        query = validated(shapes.UnclearQuery, request.query_params.dict())
        for release in releases_meant(project, query["release_id"]):
            clause = release.clauses.get(clause_key)
            if clause is not None and not clause.is_axis:
                found = selectors.clause_splits(project.pk, release, clause, language=query["language"])
                labels = {answer.value: answer.label for answer in clause.answers}
                return Response(shapes.ClauseSplitsOutput(found, context={"labels": labels}).data)
        raise NotFoundError()
