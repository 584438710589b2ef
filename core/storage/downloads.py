"""Sending stored files as downloads: streamed, by byte ranges, so that a download that broke off goes on."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import quote_etag

from core.http.byte_ranges import ByteRange, UnsatisfiableRange, byte_range_of
from core.storage.errors import RangeNotSatisfiableError
from core.storage.selection import blob_store


def range_asked(header: str | None, *, size_bytes: int) -> ByteRange | None:
    """Return the part of a file that a ``Range`` header asks for, None for the whole.

    Raises
    ------
    RangeNotSatisfiableError
    """
    try:
        return byte_range_of(header, size_bytes=size_bytes)
    except UnsatisfiableRange:
        raise RangeNotSatisfiableError(size_bytes=size_bytes) from None


def download_sent(sha256: str, *, path: str, size_bytes: int, part: ByteRange | None) -> HttpResponseBase:
    """Return a stored file, or ``part`` of it, as a download called by the last step of ``path``."""
    sending = part or ByteRange(0, size_bytes)
    response: Any
    if size_bytes:
        response = StreamingHttpResponse(blob_store().open(sha256, start=sending.start, end=sending.end))
    else:
        response = HttpResponse(b"")
    response["Content-Type"] = "application/octet-stream"
    response["Content-Length"] = str(sending.end - sending.start)
    response["Content-Disposition"] = f'attachment; filename="{path.rsplit("/", 1)[-1]}"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = quote_etag(sha256)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    if part is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {part.start}-{part.end - 1}/{size_bytes}"
    result: HttpResponseBase = response
    return result
