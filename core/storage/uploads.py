"""Multipart bodies, strictly: one file, streamed straight into the blob store's spool, and short text fields."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, cast

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http import QueryDict
from django.http.multipartparser import MultiPartParser as DjangoMultiPartParser
from django.http.multipartparser import MultiPartParserError
from rest_framework.parsers import BaseParser, DataAndFiles

from core.storage.blobs import BlobWriter
from core.storage.errors import UploadMalformedError
from core.storage.selection import blob_store

if TYPE_CHECKING:
    _UploadedFile = UploadedFile[bytes]
else:
    _UploadedFile = UploadedFile

FILE_FIELD = "file"


class SpooledUpload(_UploadedFile):
    """A file that has arrived but is not kept yet; whoever takes it commits or aborts its writer."""

    def __init__(self, writer: BlobWriter, *, name: str, size: int) -> None:
        super().__init__(file=BytesIO(), name="upload", content_type="", size=size)
        self.writer = writer
        self.given_name = name

    def close(self) -> None:
        """Called at the end of the request: what nobody kept by then is thrown away."""
        self.writer.abort()


class _SpoolHandler(FileUploadHandler):
    """Takes exactly one file, in the field ``file``; its name is kept as text and never used as a path."""

    chunk_size = 256 * 1024

    def __init__(self) -> None:
        super().__init__()
        self.writer: BlobWriter | None = None
        self._name = ""

    def new_file(self, field_name: str, file_name: str, *args: Any, **kwargs: Any) -> None:
        if field_name != FILE_FIELD:
            raise UploadMalformedError(problem=f"the file must stand in the field {FILE_FIELD!r}")
        if self.writer is not None:
            raise UploadMalformedError(problem="it holds more than one file")
        self._name = file_name
        self.writer = blob_store().writer(limit_bytes=settings.UPLOAD_LIMIT_BYTES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        assert self.writer is not None
        self.writer.write(raw_data)

    def file_complete(self, file_size: int) -> SpooledUpload:
        assert self.writer is not None
        return SpooledUpload(self.writer, name=self._name, size=file_size)

    def abort(self) -> None:
        """Throw away what arrived."""
        if self.writer is not None:
            self.writer.abort()


class OneFileParser(BaseParser):
    """Parse ``multipart/form-data`` with one file.

    Raises
    ------
    UploadMalformedError
        When the body is not multipart, is cut short, or holds more than one file or too many fields.
    BlobTooLargeError
        When the file passes ``UPLOAD_LIMIT_BYTES``.
    """

    media_type = "multipart/form-data"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> DataAndFiles[Any, Any]:
        request = (parser_context or {})["request"]
        handler = _SpoolHandler()
        try:
            meta = {**request.META, "CONTENT_TYPE": media_type}
            data, files = DjangoMultiPartParser(meta, cast("Any", stream), [handler], "utf-8").parse()
        except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation, ValueError) as error:
            handler.abort()
            raise UploadMalformedError(
                problem="it is not one complete multipart form with one file"
            ) from error
        except BaseException:
            handler.abort()
            raise
        if handler.writer is not None and FILE_FIELD not in files:
            handler.abort()
        return DataAndFiles(_once(data, handler), files)


def _once(data: QueryDict, handler: _SpoolHandler) -> QueryDict:
    for name, values in data.lists():
        if len(values) > 1 or "\x00" in values[0]:
            handler.abort()
            raise UploadMalformedError(problem=f"the field {str(name)[:40]!r} stands twice or holds a NUL")
    return data
