"""What the worker asks the rendering process for, and what it hears back: JSON lines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

Progress = Callable[[int, int], None]


class MediaRefused(Exception):
    """The file cannot be used; the message tells the person why."""


@dataclass(frozen=True)
class Request:
    """One asset to look into.

    Attributes
    ----------
    source
        Path of the file.
    output
        Empty folder for what is made.
    kind
        ``image``, ``video`` or ``audio``.
    reader
        The one Pillow format or demuxer that may open it.
    """

    source: str
    output: str
    kind: str
    reader: str


@dataclass(frozen=True)
class Made:
    """One rendition, as a file in the output folder."""

    kind: str
    file: str
    mime: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    """What was learned about the asset, and what was made of it."""

    kind: str
    width: int | None = None
    height: int | None = None
    duration_us: int | None = None
    frame_count: int | None = None
    facts: dict[str, Any] = field(default_factory=dict)
    made: list[Made] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain JSON values."""
        return asdict(self)


def outcome_from_json(value: dict[str, Any]) -> Outcome:
    """Return the outcome that `Outcome.as_json` wrote."""
    return Outcome(**{**value, "made": [Made(**made) for made in value["made"]]})
