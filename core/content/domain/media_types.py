"""Which files Concord takes, told by their first bytes alone; what a client claims is never asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

HEAD_BYTES = 4096

MediaKind = Literal["image", "video", "audio"]


@dataclass(frozen=True)
class MediaType:
    """A kind of file Concord takes.

    Attributes
    ----------
    mime
        Type it is served as.
    kind
        What it shows. A container of video may turn out to hold sound alone.
    reader
        The one Pillow format or PyAV demuxer that may open it.
    extension
        Of the name it is downloaded under.
    """

    mime: str
    kind: MediaKind
    reader: str
    extension: str


JPEG = MediaType("image/jpeg", "image", "JPEG", "jpg")
PNG = MediaType("image/png", "image", "PNG", "png")
GIF = MediaType("image/gif", "image", "GIF", "gif")
WEBP = MediaType("image/webp", "image", "WEBP", "webp")
MP4 = MediaType("video/mp4", "video", "mp4", "mp4")
MOV = MediaType("video/quicktime", "video", "mov", "mov")
WEBM = MediaType("video/webm", "video", "matroska", "webm")
MATROSKA = MediaType("video/x-matroska", "video", "matroska", "mkv")
M4A = MediaType("audio/mp4", "audio", "mp4", "m4a")
WEBM_AUDIO = MediaType("audio/webm", "audio", "matroska", "webm")
MP3 = MediaType("audio/mpeg", "audio", "mp3", "mp3")
OGG = MediaType("audio/ogg", "audio", "ogg", "ogg")
WAV = MediaType("audio/wav", "audio", "wav", "wav")
FLAC = MediaType("audio/flac", "audio", "flac", "flac")

ACCEPTED = (JPEG, PNG, GIF, WEBP, MP4, MOV, WEBM, MATROSKA, M4A, WEBM_AUDIO, MP3, OGG, WAV, FLAC)
BY_MIME = {accepted.mime: accepted for accepted in ACCEPTED}
# The same containers when no picture is inside.
WITHOUT_PICTURE = {MP4.mime: M4A, MOV.mime: M4A, WEBM.mime: WEBM_AUDIO, MATROSKA.mime: WEBM_AUDIO}

_MP4_BRANDS = frozenset(
    b"isom iso2 iso3 iso4 iso5 iso6 iso7 iso8 iso9 mp41 mp42 avc1 av01 dash M4V  M4VH M4VP MSNV mmp4 f4v  XAVC 3gp4 "
    b"3gp5 3gp6 3g2a".split(b" ")
) | {b"M4V ", b"f4v "}
_MOV_FIRST_BOXES = (b"moov", b"wide", b"mdat")


def media_type_of(head: bytes) -> MediaType | None:
    """Return the type of the file that starts with ``head``, ``None`` for one that is not accepted.

    Parameters
    ----------
    head
        At least the first 64 bytes, better `HEAD_BYTES`.
    """
    if head.startswith(b"\xff\xd8\xff"):
        return JPEG
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if head.startswith((b"GIF87a", b"GIF89a")):
        return GIF
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head.startswith(b"\x1aE\xdf\xa3"):
        return _matroska(head)
    if head.startswith(b"OggS"):
        return OGG
    if head.startswith(b"fLaC"):
        return FLAC
    if head[4:8] == b"ftyp" or head[4:8] in _MOV_FIRST_BOXES:
        return _iso_media(head)
    if head.startswith(b"ID3") or _is_mp3_frame(head):
        return MP3
    return None


def _matroska(head: bytes) -> MediaType | None:
    """Tell WebM from Matroska by the document type in the EBML header."""
    at = head.find(b"\x42\x82", 4, 64)
    if at < 0:
        return None
    name = head[at + 3 : at + 11]
    if name.startswith(b"webm"):
        return WEBM
    return MATROSKA if name.startswith(b"matroska") else None


def _iso_media(head: bytes) -> MediaType | None:
    """Tell the ISO media files by their major brand; still pictures (HEIC, AVIF) are not accepted."""
    if head[4:8] != b"ftyp":
        return MOV
    brand = head[8:12]
    if brand in (b"M4A ", b"M4B "):
        return M4A
    if brand == b"qt  ":
        return MOV
    return MP4 if brand in _MP4_BRANDS else None


def _is_mp3_frame(head: bytes) -> bool:
    """Say whether ``head`` starts with a valid MPEG audio layer III frame header."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3
