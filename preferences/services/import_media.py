"""Media that an import of comparisons names: checked, and kept as posts that are no unit of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias
from uuid import UUID

from core.content.services import MaterialKeeper, MediaNamed
from preferences.domain.pairs import LineRecord, MediaRecord

Materials: TypeAlias = dict[tuple[MediaRecord, ...], UUID]
"""The post that holds the media of one prompt or response, by what they are."""


def media_named(batch: Sequence[tuple[int, LineRecord]]) -> list[tuple[int, str, list[MediaNamed]]]:
    """Return the media that lines name: number of the line, place in it, and the files."""
    found = []
    for number, line in batch:
        for place, media in _places(line):
            found.append((number, place, _named(media)))
    return found


def materials_keep(project_id: UUID, lines: Sequence[LineRecord]) -> Materials:
    """Keep the media of the lines, with what the file says of the harm in them; in the caller's transaction."""
    harms = {media: line.harm for line in lines for _, media in _of(line)}
    if not harms:
        return {}
    wanted = list(harms)
    stated = {place: harm for place, media in enumerate(wanted) if (harm := harms[media]) is not None}
    posts = MaterialKeeper(project_id).keep([_named(media) for media in wanted], harms=stated)
    return dict(zip(wanted, posts, strict=True))


def _of(line: LineRecord) -> Iterator[tuple[str, tuple[MediaRecord, ...]]]:
    if line.prompt_media:
        yield "prompt", line.prompt_media
    for place, response in enumerate(line.responses):
        if response.media:
            yield f"responses.{place}", response.media


def _places(line: LineRecord) -> Iterator[tuple[str, tuple[MediaRecord, ...]]]:
    for message, media in line.message_media:
        yield f"prompt.{message}", media
    yield from ((place, media) for place, media in _of(line) if place != "prompt")


def _named(media: Sequence[MediaRecord]) -> list[MediaNamed]:
    return [MediaNamed(kind=one.kind, asset=one.asset, label=one.label) for one in media]
