from __future__ import annotations

from core.errors import ConflictError, LimitError, NotFoundError
from core.storage.errors import MediaMissingError

__all__ = [
    "ManifestInvalidError",
    "MediaInvalidError",
    "MediaMissingError",
    "MediaNotReadyError",
    "MediaTypeNotAcceptedError",
    "RangeNotSatisfiableError",
    "RenditionNotFoundError",
]


class MediaTypeNotAcceptedError(LimitError):
    status = 415
    title = "Type not accepted"
    code = "media_type_not_accepted"
    detail = (
        "The file's first bytes are not those of a type Concord takes: JPEG, PNG, WebP, GIF; MP4, MOV, WebM, MKV; "
        "MP3, OGG, WAV, FLAC, M4A. Convert it to one of these."
    )


class MediaInvalidError(LimitError):
    """A file of an accepted type that is damaged or past a limit."""

    status = 422
    title = "The file cannot be used"
    code = "media_invalid"
    detail = "{problem}"


class MediaNotReadyError(ConflictError):
    code = "media_not_ready"
    detail = "A worker is still preparing this file. Try again in a moment."


class RenditionNotFoundError(NotFoundError):
    code = "rendition_not_found"
    detail = "There is no such form of this file."


class RangeNotSatisfiableError(LimitError):
    status = 416
    title = "Range not satisfiable"
    code = "range_not_satisfiable"
    detail = "The range of bytes asked for lies outside the file."


class ManifestInvalidError(LimitError):
    """Lines of a manifest that cannot be used; in ``whole`` mode nothing was stored."""

    status = 422
    title = "The manifest cannot be used"
    code = "manifest_invalid"
    detail = "{count} problems in the manifest; nothing was imported. {first}"
