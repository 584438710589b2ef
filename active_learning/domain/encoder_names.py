"""The names of encoders: what a round or scan may ask a worker to load."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_FOLDER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_HUB_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

_RUN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

BUNDLED = "bundled"
_SIDES = frozenset({"text", "image", "audio"})


class EncoderSource(StrEnum):
    """Where weights come from."""

    BUNDLED = "bundled"
    LOCAL = "local"
    HUB = "hub"
    RUN = "run"


class EncoderNameInvalidError(ValueError):
    """The name does not follow the grammar; the message says which part and how it should look."""


@dataclass(frozen=True)
class EncoderName:
    """One encoder.

    Attributes
    ----------
    path
        Folder name for ``local``, ``owner/name`` for ``hub``, the identifier of a training run for ``run``, empty for
        ``bundled``.
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
    """The encoders for the texts, for the images and video frames, and for the sound of a post, if that is heard."""

    text: EncoderName
    image: EncoderName
    audio: EncoderName | None = None

    def __str__(self) -> str:
        if self.text == self.image and self.audio is None:
            return str(self.text)
        told = f"text={self.text},image={self.image}"
        return told if self.audio is None else f"{told},audio={self.audio}"


def encoder_name_parsed(written: str) -> EncoderName:
    """Parse ``bundled``, ``local:<folder>``, ``hub:<owner>/<name>[@<revision>]`` or ``run:<training run>``.

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
    if source == EncoderSource.RUN and _RUN.fullmatch(rest):
        return EncoderName(EncoderSource.RUN, rest)
    raise EncoderNameInvalidError(
        f"{written!r} is not the name of an encoder. Write 'bundled', 'local:folder-name' or 'hub:owner/name'."
    )


def post_encoder_name_parsed(written: str) -> PostEncoderName:
    """Parse one encoder for texts and pictures, or ``text=<encoder>,image=<encoder>[,audio=<encoder>]``.

    Raises
    ------
    EncoderNameInvalidError
        A side is missing, given twice, or not an encoder's name; sound has no bundled encoder.
    """
    if "=" not in written:
        both = encoder_name_parsed(written)
        return _seen_and_heard(PostEncoderName(text=both, image=both))
    sides: dict[str, EncoderName] = {}
    for piece in written.split(","):
        side, _, name = piece.partition("=")
        if side not in _SIDES or side in sides:
            raise EncoderNameInvalidError(
                f"{written!r} does not name the encoders of a post. Write 'text=…,image=…', each once, "
                "and 'audio=…' where sound is to be heard."
            )
        sides[side] = encoder_name_parsed(name)
    if not {"text", "image"} <= sides.keys():
        raise EncoderNameInvalidError(f"{written!r} names one side only. Write 'text=…,image=…'.")
    audio = sides.get("audio")
    if audio is not None and audio.source is EncoderSource.BUNDLED:
        raise EncoderNameInvalidError(
            "No encoder of sound comes with Concord. Name one in the encoder folder or the hub cache: "
            "'audio=local:folder-name' or 'audio=hub:owner/name'."
        )
    return _seen_and_heard(PostEncoderName(text=sides["text"], image=sides["image"], audio=audio))


def _seen_and_heard(name: PostEncoderName) -> PostEncoderName:
    """Return the name when runs stand where they can: what they train reads texts."""
    if any(side is not None and side.source is EncoderSource.RUN for side in (name.image, name.audio)):
        raise EncoderNameInvalidError(
            "The encoder of a training run reads texts alone. Write 'text=run:…,image=bundled', or name another "
            "encoder of pictures."
        )
    return name
