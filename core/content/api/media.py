"""Sending media: streamed, by byte ranges, under a policy that runs nothing."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import quote_etag
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from core.content.access import bytes_count
from core.content.selectors import MediaFile, media_get
from core.http.byte_ranges import ByteRange
from core.http.views import ApiView
from core.storage import blob_store
from core.storage.downloads import range_asked

SHOWS_NOTHING = frozenset({"cover", "peaks", "frame_table"})
"""Renditions in which nothing can be made out; all others are written down before they go out."""
MEDIA_POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'"


class _Anything(BaseContentNegotiation):
    """Media has one type, whatever the browser says it would rather have."""

    def select_parser(self, request: Request, parsers: object) -> None:
        return None

    def select_renderer(
        self, request: Request, renderers: Iterable[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        first = next(iter(renderers))
        return first, first.media_type


class MediaView(ApiView):
    content_negotiation_class = _Anything

    @extend_schema(operation_id="media_get", responses={(200, "*/*"): OpenApiTypes.BINARY})
    def get(
        self, request: Request, project_id: uuid.UUID, asset_id: uuid.UUID, rendition: str
    ) -> HttpResponseBase:
        media = media_get(self.actor, project_id, asset_id, rendition)
        etag = quote_etag(media.sha256)
        if etag in request.headers.get("If-None-Match", ""):
            return _protected(HttpResponse(status=304), media, etag)
        asked = range_asked(_range_header(request, etag), size_bytes=media.size_bytes)
        if rendition not in SHOWS_NOTHING:
            part = asked or ByteRange(0, media.size_bytes)
            bytes_count(
                self.actor, project_id, asset_id, rendition=rendition, size_bytes=part.end - part.start
            )
        return _protected(_body(media, asked), media, etag)


def _range_header(request: Request, etag: str) -> str | None:
    """Return the range asked for; none when the caller holds a part of other bytes."""
    condition = request.headers.get("If-Range")
    return None if condition is not None and condition != etag else request.headers.get("Range")


def _body(media: MediaFile, asked: ByteRange | None) -> HttpResponseBase:
    part = asked or ByteRange(0, media.size_bytes)
    # Opening comes before the headers: a blob that vanished must be an error and not an empty file.
    chunks = blob_store().open(media.sha256, start=part.start, end=part.end)
    response = StreamingHttpResponse(chunks, status=206 if asked else 200, content_type=media.mime)
    response["Content-Length"] = str(part.end - part.start)
    if asked:
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{media.size_bytes}"
    return response


def _protected(response: HttpResponseBase, media: MediaFile, etag: str) -> HttpResponseBase:
    shown = "attachment" if media.is_original else "inline"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["Content-Disposition"] = f'{shown}; filename="{media.file_name}"'
    response["Content-Security-Policy"] = MEDIA_POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["ETag"] = etag
    response["Referrer-Policy"] = "no-referrer"
    response["X-Content-Type-Options"] = "nosniff"
    return response
