"""Opening containers of video and audio so that nothing but the file itself is ever read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
from av.error import FFmpegError

from core.content.domain import limits
from core.content.rendering.exchange import MediaRefused

# Where a demuxer would open something by itself, it finds every format and protocol but these closed to it.
_CLOSED = {"protocol_whitelist": "none", "enable_drefs": "0", "use_absolute_path": "0"}
_DEMUXERS = {
    "mp4": "mov",
    "mov": "mov",
    "matroska": "matroska",
    "mp3": "mp3",
    "ogg": "ogg",
    "wav": "wav",
    "flac": "flac",
}

DAMAGED = "The file is damaged: {problem}. Export it again from where it was made and send that file."


@contextmanager
def container_open(source: Path, *, reader: str) -> Iterator[Any]:
    """Open a container by exactly one demuxer, through a file object that can open nothing else.

    Raises
    ------
    MediaRefused
        When the demuxer cannot read it, or its header is past a limit.
    """
    demuxer = _DEMUXERS[reader]
    options = {
        key: value for key, value in _CLOSED.items() if demuxer == "mov" or key == "protocol_whitelist"
    }
    with source.open("rb") as file:
        try:
            container = av.open(file, mode="r", format=demuxer, container_options=options)
        except (FFmpegError, ValueError, OSError) as error:
            raise MediaRefused(DAMAGED.format(problem="its header cannot be read")) from error
        with container:
            if len(container.streams) > limits.STREAMS:
                raise MediaRefused(
                    f"The file holds {len(container.streams)} streams; Concord takes at most {limits.STREAMS}. "
                    "Export it with one picture and one sound track."
                )
            yield container


def frames_of(container: Any, streams: list[Any], problems: list[str]) -> Iterator[Any]:
    """Yield decoded frames; a packet that cannot be decoded is noted in ``problems`` and passed over."""
    packets = container.demux(streams)
    while True:
        try:
            packet = next(packets)
        except StopIteration:
            return
        except FFmpegError as error:
            problems.append(type(error).__name__)
            return
        try:
            yield from packet.decode()
        except FFmpegError as error:
            problems.append(type(error).__name__)
            if len(problems) > 1000:
                raise MediaRefused(DAMAGED.format(problem="most of it cannot be decoded")) from error
