from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Actor, Capability, capabilities_in, project_get
from core.content import selectors, services
from core.content.api import serializers as shapes
from core.content.api.filters import post_filter
from core.content.domain.frame_table import FrameTable
from core.content.models import PartKind
from core.http.serializers import validated
from core.http.views import ApiView, page_of
from core.storage.uploads import OneFileParser, SpooledUpload


def _context(actor: Actor, project_id: uuid.UUID) -> dict[str, Any]:
    """What the shapes of content need to know about who reads them."""
    sees = Capability.CONTENT_VIEW in capabilities_in(actor, project_id)
    return {"project_id": project_id, "sees_originals": sees}


class AssetListView(ApiView):
    parser_classes = [OneFileParser]

    @extend_schema(
        operation_id="asset_upload",
        request={"multipart/form-data": shapes.AssetUploadInput},
        responses={201: shapes.AssetOutput, 200: shapes.AssetOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        upload: SpooledUpload = validated(shapes.AssetUploadInput, request.data)["file"]
        with upload.writer:
            asset, is_new = services.asset_add(
                self.actor, project=project, upload=upload.writer, name=upload.given_name
            )
        body = shapes.AssetOutput(asset, context=_context(self.actor, project_id)).data
        return Response(body, status=201 if is_new else 200)


class AssetView(ApiView):
    @extend_schema(operation_id="asset_get", responses=shapes.AssetOutput)
    def get(self, request: Request, project_id: uuid.UUID, asset_id: uuid.UUID) -> Response:
        asset = selectors.asset_open_to(self.actor, project_id, asset_id)
        return Response(shapes.AssetOutput(asset, context=_context(self.actor, project_id)).data)


class AssetFramesView(ApiView):
    @extend_schema(operation_id="asset_frames", responses=shapes.FrameTableOutput)
    def get(self, request: Request, project_id: uuid.UUID, asset_id: uuid.UUID) -> Response:
        asset = selectors.asset_open_to(self.actor, project_id, asset_id)
        table: FrameTable = selectors.asset_frames(asset.pk)
        return Response(
            {
                "asset_id": asset.pk,
                "sha256": asset.sha256,
                "count": table.count,
                "pts_us": table.pts_us,
                "keyframes": table.keyframes,
            }
        )


class PostImportListView(ApiView):
    parser_classes = [OneFileParser]

    @extend_schema(operation_id="post_import_list", responses=page_of(shapes.PostImportOutput))
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        return self.page(selectors.imports_in(project), shapes.PostImportOutput)

    @extend_schema(
        operation_id="post_import_start",
        request={"multipart/form-data": shapes.PostImportInput},
        responses={202: shapes.ImportStartedOutput},
    )
    def post(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.CONTENT_IMPORT)
        data = validated(shapes.PostImportInput, request.data)
        upload: SpooledUpload = data["file"]
        with upload.writer:
            job, asked = services.posts_import(
                self.actor, project=project, upload=upload.writer, name=upload.given_name, mode=data["mode"]
            )
        return Response({"job_id": job.pk, "import_id": asked.pk}, status=202)


class PostImportView(ApiView):
    @extend_schema(operation_id="post_import_get", responses=shapes.PostImportOutput)
    def get(self, request: Request, import_id: uuid.UUID) -> Response:
        return Response(shapes.PostImportOutput(selectors.import_get(self.actor, import_id)).data)


class PostListView(ApiView):
    @extend_schema(
        operation_id="post_list",
        parameters=[
            OpenApiParameter("kind", enum=PartKind.values, description="Posts with a part of this kind."),
            OpenApiParameter("language", str),
            OpenApiParameter("source", str),
            OpenApiParameter("group_key", str),
            OpenApiParameter("text", str, description="Posts whose name or text holds this."),
            OpenApiParameter("external_id", str, many=True, description="Posts of exactly these names."),
        ],
        responses=page_of(shapes.PostSummaryOutput),
    )
    def get(self, request: Request, project_id: uuid.UUID) -> Response:
        project = project_get(self.actor, project_id, needs=Capability.CONTENT_VIEW)
        found = selectors.posts_filtered(project.pk, post_filter(request.query_params))
        return self.page(found, shapes.PostSummaryOutput)


class PostView(ApiView):
    @extend_schema(operation_id="post_get", responses=shapes.PostOutput)
    def get(self, request: Request, post_id: uuid.UUID) -> Response:
        post = selectors.post_open_to(self.actor, post_id)
        return Response(shapes.PostOutput(post, context=_context(self.actor, post.project_id)).data)


class PostHideView(ApiView):
    @extend_schema(operation_id="post_hide", request=shapes.PostHideInput, responses={204: None})
    def post(self, request: Request, post_id: uuid.UUID) -> Response:
        services.post_hide(self.actor, post_id, **validated(shapes.PostHideInput, request.data))
        return Response(status=204)
