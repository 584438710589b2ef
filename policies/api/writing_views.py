from __future__ import annotations

import uuid

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability, capabilities_in
from core.http.serializers import validated
from core.http.views import ApiView
from policies import services
from policies.api import serializers
from policies.api import writing_serializers as shapes
from policies.api.views import release_response
from policies.domain.taxonomies import TAXONOMIES
from policies.selectors.example_media import example_assets_of
from policies.selectors.history import clause_sittings, clause_version_get
from policies.selectors.release_detail import release_detail_get
from policies.selectors.wordings import wordings_for


class SplitView(ApiView):
    @extend_schema(
        operation_id="clause_split", request=shapes.ClauseSplitInput, responses=serializers.ReleaseOutput
    )
    def post(self, request: Request, release_id: uuid.UUID, key: str) -> Response:
        data = validated(shapes.ClauseSplitInput, request.data)
        services.clause_split(self.actor, release_id=release_id, key=key, **data)
        return release_response(release_detail_get(self.actor, release_id))


class MergeView(ApiView):
    @extend_schema(
        operation_id="clauses_merge", request=shapes.ClausesMergeInput, responses=serializers.ReleaseOutput
    )
    def post(self, request: Request, release_id: uuid.UUID) -> Response:
        data = validated(shapes.ClausesMergeInput, request.data)
        services.clauses_merge(self.actor, release_id=release_id, **data)
        return release_response(release_detail_get(self.actor, release_id))


class RestoreView(ApiView):
    @extend_schema(operation_id="clause_restore", request=None, responses=serializers.ReleaseOutput)
    def post(self, request: Request, release_id: uuid.UUID, key: str) -> Response:
        services.clause_restore(self.actor, release_id=release_id, key=key)
        return release_response(release_detail_get(self.actor, release_id))


class VersionListView(ApiView):
    @extend_schema(operation_id="clause_versions", responses=shapes.SittingOutput(many=True))
    def get(self, request: Request, release_id: uuid.UUID, key: str) -> Response:
        sittings = clause_sittings(self.actor, release_id, key)
        return Response(shapes.SittingOutput(sittings, many=True).data)


class VersionView(ApiView):
    @extend_schema(operation_id="clause_version", responses=shapes.SavedVersionOutput)
    def get(self, request: Request, release_id: uuid.UUID, key: str, version: int) -> Response:
        found = clause_version_get(self.actor, release_id, key, min(version, 2_000_000_000))
        return Response(shapes.SavedVersionOutput(found).data)


class TaxonomyListView(ApiView):
    @extend_schema(operation_id="taxonomies", responses=shapes.TaxonomyOutput(many=True))
    def get(self, request: Request) -> Response:
        return Response(shapes.TaxonomyOutput(TAXONOMIES, many=True).data)


class ExampleMediaView(ApiView):
    @extend_schema(operation_id="release_media", responses=shapes.ExampleAssetOutput(many=True))
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        project_id, found = example_assets_of(self.actor, release_id)
        sees = Capability.CONTENT_VIEW in capabilities_in(self.actor, project_id)
        context = {"project_id": project_id, "sees_originals": sees}
        return Response(shapes.ExampleAssetOutput(found, many=True, context=context).data)


class WordingView(ApiView):
    @extend_schema(
        operation_id="release_wording",
        parameters=[
            OpenApiParameter(
                "language", str, many=True, description="Instead of the languages the reader has set."
            )
        ],
        responses=shapes.ClauseWordingOutput(many=True),
    )
    def get(self, request: Request, release_id: uuid.UUID) -> Response:
        languages = [tag[:35] for tag in request.query_params.getlist("language")][:20]
        found = wordings_for(self.actor, release_id, languages=languages)
        return Response(shapes.ClauseWordingOutput(found, many=True).data)
