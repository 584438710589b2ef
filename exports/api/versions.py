from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.accounts.selectors import Capability
from core.http.byte_ranges import ByteRange, UnsatisfiableRange, byte_range_of
from core.http.serializers import validated
from core.http.views import ApiView
from core.storage.selection import blob_store
from exports import selectors, services
from exports.api.inputs import DifferenceInput, RowsInput
from exports.api.serializers import VersionDetailOutput, VersionDifferenceOutput, VersionRowsOutput
from exports.errors import RangeNotSatisfiableError
from exports.models import VersionFile
from exports.selectors.difference import version_difference
from exports.selectors.versions import ready_version_get


class VersionView(ApiView):
    @extend_schema(operation_id="version_get", responses=VersionDetailOutput)
    def get(self, request: Request, version_id: UUID) -> Response:
        return Response(VersionDetailOutput(selectors.version_get(self.actor, version_id)).data)


class VersionRowsView(ApiView):
    @extend_schema(
        operation_id="version_rows",
        parameters=[
            OpenApiParameter("kind", str, required=True),
            OpenApiParameter("split", str, enum=["train", "validation", "test"]),
            OpenApiParameter("limit", int),
        ],
        responses=VersionRowsOutput,
    )
    def get(self, request: Request, version_id: UUID) -> Response:
        version = ready_version_get(self.actor, version_id, needs=Capability.DATASETS_EXPORT)
        asked = validated(RowsInput, request.query_params.dict())
        rows = selectors.rows_sample(version, **asked)
        return Response({"kind": asked["kind"], "split": asked["split"], "rows": rows})


class VersionDifferenceView(ApiView):
    @extend_schema(
        operation_id="version_difference",
        parameters=[OpenApiParameter("against", OpenApiTypes.UUID, required=True)],
        responses=VersionDifferenceOutput,
    )
    def get(self, request: Request, version_id: UUID) -> Response:
        after = ready_version_get(self.actor, version_id, needs=Capability.RESULTS_VIEW)
        asked = validated(DifferenceInput, request.query_params.dict())
        before = ready_version_get(self.actor, asked["against"], needs=Capability.RESULTS_VIEW)
        return Response(version_difference(before, after))


class VersionFileView(ApiView):
    @extend_schema(
        operation_id="version_file",
        parameters=[OpenApiParameter("path", str, OpenApiParameter.PATH)],
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, version_id: UUID, path: str) -> HttpResponseBase:
        version = ready_version_get(self.actor, version_id, needs=Capability.DATASETS_EXPORT)
        file = selectors.file_get(version, path)
        try:
            part = byte_range_of(request.headers.get("Range"), size_bytes=file.size_bytes)
        except UnsatisfiableRange:
            raise RangeNotSatisfiableError(size_bytes=file.size_bytes) from None
        services.download_note(self.actor, file)
        return _sent(file, part)


def _sent(file: VersionFile, part: ByteRange | None) -> HttpResponseBase:
    """Return the file's bytes, streamed from the store; names and types are the server's own."""
    whole = ByteRange(0, file.size_bytes)
    sending = part or whole
    response: Any
    if file.size_bytes:
        response = StreamingHttpResponse(blob_store().open(file.sha256, start=sending.start, end=sending.end))
    else:
        response = HttpResponse(b"")
    response["Content-Type"] = "application/octet-stream"
    response["Content-Length"] = str(sending.end - sending.start)
    response["Content-Disposition"] = f'attachment; filename="{file.path.rsplit("/", 1)[-1]}"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{file.sha256}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{file.size_bytes}"
    result: HttpResponseBase = response
    return result
