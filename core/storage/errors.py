from __future__ import annotations

from core.errors import InvalidError, LimitError, NotFoundError, UnavailableError


class MediaMissingError(NotFoundError):
    """A row names a blob that the store no longer holds."""

    code = "media_missing"
    title = "The file is missing"
    detail = (
        "The file behind this record is no longer in the store. Restore it from a backup of the media store, "
        "or upload the same file again."
    )


class RangeNotSatisfiableError(LimitError):
    status = 416
    title = "Range outside the file"
    code = "range_not_satisfiable"
    detail = "The range lies outside the file, which has {size_bytes} bytes."


class ChecksumMismatchError(InvalidError):
    """The bytes that arrived are not the bytes that were promised."""

    code = "checksum_mismatch"
    title = "The file changed on its way"
    detail = "The file that arrived is not the one that was announced. Send it again."


class BlobTooLargeError(LimitError):
    """A stream is longer than its limit."""

    code = "file_too_large"
    detail = (
        "The file is larger than {limit_bytes} bytes, the most Concord takes. Split it or make it smaller."
    )


class StorageUnavailableError(UnavailableError):
    """The store does not answer, or has no room left."""

    code = "storage_unavailable"
    detail = "The media store does not answer or is full. Nothing was changed; try again in a minute."


class UploadMalformedError(InvalidError):
    code = "upload_malformed"
    detail = "The upload cannot be read: {problem}."
