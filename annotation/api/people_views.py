from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from annotation import selectors, services
from annotation.api import figures
from annotation.api import people_serializers as shapes
from annotation.api.views import RELEASE, releases_meant
from core.accounts.selectors import Capability, MemberView, Project, project_get, pseudonyms
from core.errors import NotFoundError
from core.http.serializers import validated
from core.http.views import ApiView
from core.queue.api.serializers import PersonOutput


class ResultsQuery(serializers.Serializer[object]):
    release_id = serializers.UUIDField(required=False, default=None)
    current = serializers.BooleanField(required=False, default=True)


class ResultsView(ApiView):
    """Everybody's results in full, by person, are what is kept; each page shows of them what it is about."""

    def _results(self, request: Request, project: Project) -> services.FiguresTold:
        query = validated(ResultsQuery, request.query_params.dict())
        wanted = services.Figures(figures.ANNOTATORS, "", releases_meant(project, query["release_id"]))
        return services.figures_told(self.actor, project, wanted, wants_current=query["current"])


class AnnotatorsView(ResultsView):
    @extend_schema(
        operation_id="annotators",
        parameters=[RELEASE, figures.CURRENT],
        responses=figures.responses(shapes.AnnotatorListOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        names = pseudonyms(project.pk)

        def shown(found: selectors.Measured) -> dict[str, Any]:
            told = [
                {
                    **{name: result[name] for name in _IN_LIST},
                    "person": _person(names.get(uuid.UUID(person_id))),
                }
                for person_id, result in found.figures.items()
            ]
            return {"annotators": sorted(told, key=lambda row: str(row["person"]["pseudonym"]))}

        return figures.response_of(self._results(request, project), shown)


class AnnotatorView(ResultsView):
    @extend_schema(
        operation_id="annotator",
        parameters=[RELEASE, figures.CURRENT],
        responses=figures.responses(shapes.AnnotatorDetailOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID, pseudonym: str) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.RESULTS_VIEW)
        member = next(
            (member for member in pseudonyms(project.pk).values() if member.pseudonym == pseudonym), None
        )
        if member is None:
            raise NotFoundError()

        def shown(found: selectors.Measured) -> dict[str, Any]:
            result = found.figures.get(str(member.user_id))
            if result is None:
                raise NotFoundError()
            return {**result, "person": _person(member)}

        return figures.response_of(self._results(request, project), shown)


class OwnResultsView(ApiView):
    @extend_schema(operation_id="my_results", responses=shapes.OwnResultsOutput)
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.TASKS_WORK)
        result = selectors.own_results(project.pk, releases_meant(project, None), self.actor.user.pk)
        return Response(shapes.OwnResultsOutput({"results": result}).data)


_IN_LIST = tuple(shapes.ResultOutput().fields)


def _person(member: MemberView | None) -> dict[str, Any]:
    """The pseudonym that stands for a person."""
    told = {"pseudonym": "former member", "is_simulated": False} if member is None else asdict(member)
    return dict(PersonOutput(told).data)
