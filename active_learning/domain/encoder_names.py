"""The names of encoders: what a round or scan may ask a worker to load."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_HUB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

BUNDLED = "bundled"


class EncoderSource(StrEnum):
    """Where weights come from."""

    BUNDLED = "bundled"
    LOCAL = "local"
    HUB = "hub"


class EncoderNameInvalidError(ValueError):
    """The name does not follow the grammar; the message says which part and how it should look."""


@dataclass(frozen=True)
class EncoderName:
    """One encoder.

    Attributes
    ----------
    path
        Folder name for ``local``, ``owner/name`` for ``hub``, empty for ``bundled``.
    revision
        Hub revision, if one was asked for.
    """

    source: EncoderSource
    path: str = ""
    revision: str | None = None

    def __str__(self) -> str:
        if self.source is EncoderSource.BUNDLED:
            return BUNDLED
        return f"{self.source}:{self.path}" + (f"@{self.revision}" if self.revision else "")


@dataclass(frozen=True)
class PostEncoderName:
    """The encoders for the text parts and for the images and video frames of a post."""

    text: EncoderName
    image: EncoderName

    def __str__(self) -> str:
        return str(self.text) if self.text == self.image else f"text={self.text},image={self.image}"


def encoder_name_parsed(written: str) -> EncoderName:
    """Parse ``bundled``, ``local:<folder>`` or ``hub:<owner>/<name>[@<revision>]``.

    Raises
    ------
    EncoderNameInvalidError
        Anything else, paths that leave the encoder folder included.
    """
    if written == BUNDLED:
        return EncoderName(EncoderSource.BUNDLED)
    source, _, rest = written.partition(":")
    if source == EncoderSource.LOCAL and _FOLDER.fullmatch(rest):
        return EncoderName(EncoderSource.LOCAL, rest)
    if source == EncoderSource.HUB:
        path, at, revision = rest.partition("@")
        if _HUB_ID.fullmatch(path) and (not at or _REVISION.fullmatch(revision)):
            return EncoderName(EncoderSource.HUB, path, revision or None)
    raise EncoderNameInvalidError(
        f"{written!r} is not the name of an encoder. Write 'bundled', 'local:folder-name' or 'hub:owner/name'."
    )


def post_encoder_name_parsed(written: str) -> PostEncoderName:
    """Parse one encoder for both sides, or ``text=<encoder>,image=<encoder>``.

    Raises
    ------
    EncoderNameInvalidError
        A side is missing, given twice, or not an encoder's name.
    """
    if "=" not in written:
        both = encoder_name_parsed(written)
        return PostEncoderName(text=both, image=both)
    sides: dict[str, EncoderName] = {}
    for piece in written.split(","):
        side, _, name = piece.partition("=")
        if side not in {"text", "image"} or side in sides:
            raise EncoderNameInvalidError(
                f"{written!r} does not name the encoders of a post. Write 'text=…,image=…', each once."
            )
        sides[side] = encoder_name_parsed(name)
    if len(sides) != 2:
        raise EncoderNameInvalidError(f"{written!r} names one side only. Write 'text=…,image=…'.")
    return PostEncoderName(text=sides["text"], image=sides["image"])
