from __future__ import annotations

from core.errors import ConflictError, LimitError, NotFoundError, UnavailableError
from core.storage.errors import MediaMissingError

__all__ = [
    "ManifestInvalidError",
    "MediaInvalidError",
    "MediaMissingError",
    "MediaNotReadyError",
    "MediaTypeNotAcceptedError",
    "MediaUnloggedError",
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


class ManifestInvalidError(LimitError):
    """Lines of a manifest that cannot be used; in ``whole`` mode nothing was stored."""

    status = 422
    title = "The manifest cannot be used"
    code = "manifest_invalid"
    detail = "{count} problems in the manifest; nothing was imported. {first}"


class MediaUnloggedError(UnavailableError):
    """No row, no byte."""

    code = "media_unlogged"
    detail = (
        "Concord could not write down that you look at this, so it does not show it. Try again in a minute."
    )
