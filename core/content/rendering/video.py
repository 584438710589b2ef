"""Facts and renditions of video: every frame is decoded once, so the frame table is what a decoder shows."""

from __future__ import annotations

from collections import deque
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image

from core.content.domain import limits
from core.content.domain.frame_table import FrameTable, frame_table_encode
from core.content.rendering.containers import DAMAGED, container_open, frames_of
from core.content.rendering.exchange import Made, MediaRefused, Outcome, Progress, Request
from core.content.rendering.film_strip import FilmStrip
from core.content.rendering.images import save, small_renditions
from core.content.rendering.sound import SoundTrack, audio_render, sound_facts

_MILLISECOND = Fraction(1, 1000)
_VP9 = {
    "deadline": "realtime",
    "cpu-used": "8",
    "row-mt": "1",
    "crf": "34",
    "lag-in-frames": "0",
    "auto-alt-ref": "0",
}
_KEYFRAME_EVERY = 30
_SOUND_HELD = 2000


class PictureTrack:
    """Writes decoded frames into a VP9 stream, one for one, and notes when each is shown.

    Parameters
    ----------
    output
        Open PyAV container to write to.
    first
        First decoded frame; fixes size and zero of time.
    rate
        Frames per second to tell the encoder; it steers quality only.
    """

    def __init__(self, output: Any, *, first: Any, rate: Fraction) -> None:
        self._output = output
        self._turns = (getattr(first, "rotation", 0) or 0) % 360 // 90
        sideways = self._turns % 2 == 1
        self.width, self.height = (first.height, first.width) if sideways else (first.width, first.height)
        if self.width * self.height > limits.VIDEO_PIXELS:
            raise MediaRefused(
                f"The video has {self.width} × {self.height}; Concord takes at most "
                f"{limits.VIDEO_PIXELS // 1_000_000} million pixels a frame. Export it smaller."
            )
        scale = min(1.0, limits.PROXY_SIDE / max(self.width, self.height))
        self.proxy_size = tuple(max(2, round(side * scale / 2) * 2) for side in (self.width, self.height))
        self._stream = output.add_stream("libvpx-vp9", rate=rate, options=_VP9)
        self._stream.width, self._stream.height = self.proxy_size
        self._stream.pix_fmt = "yuv420p"
        self._stream.bit_rate = 0
        self._stream.codec_context.gop_size = _KEYFRAME_EVERY
        self._stream.codec_context.thread_count = 2
        self._stream.codec_context.time_base = _MILLISECOND
        self._last_ms = -1
        self.packets = 0
        self.pts_us: list[int] = []
        self.keyframes: list[int] = []
        self.strip = FilmStrip(tiles=limits.FILM_STRIP_TILES)
        self.poster: Image.Image | None = None
        self._poster_shows = False
        self.end_us = 0

    def add(self, frame: Any) -> None:
        """Take the next frame in the order of showing."""
        index, time_us = len(self.pts_us), self._time_us(frame)
        if (
            index >= limits.VIDEO_FRAMES
            or time_us - (self.pts_us or [time_us])[0] > limits.VIDEO_DURATION_S * 1_000_000
        ):
            raise MediaRefused(
                f"The video is longer than {limits.VIDEO_DURATION_S // 3600} hours or "
                f"{limits.VIDEO_FRAMES:,} frames. Cut it into pieces."
            )
        self.pts_us.append(time_us)
        if frame.key_frame:
            self.keyframes.append(index)
        self.end_us = time_us + round((frame.duration or 0) * (frame.time_base or 0) * 1_000_000)
        upright = self._upright(frame)
        self._sample(index, upright)
        self._encode(upright, time_us - self.pts_us[0])

    def finish(self) -> None:
        """Write what the encoder still holds."""
        self._mux(self._stream.encode(None))
        if self.packets != len(self.pts_us):
            raise RuntimeError(f"The proxy has {self.packets} frames where the video has {len(self.pts_us)}.")

    def _time_us(self, frame: Any) -> int:
        """Return the time of ``frame``; one that lacks it, or goes back, follows its predecessor."""
        previous = self.pts_us[-1] if self.pts_us else None
        if frame.pts is None:
            return 0 if previous is None else previous + 1000
        time_us: int = round(frame.pts * frame.time_base * 1_000_000)
        return time_us if previous is None else max(time_us, previous)

    def _upright(self, frame: Any) -> Any:
        if not self._turns:
            return frame
        turned = np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), self._turns))
        return av.VideoFrame.from_ndarray(turned, format="rgb24")

    def _sample(self, index: int, frame: Any) -> None:
        """Keep the frame for the film strip when its turn has come; the first that shows something is the poster."""
        if not self.strip.wants(index):
            return
        scale = limits.FILM_STRIP_SIDE / max(self.width, self.height)
        size = [max(2, round(side * min(1.0, scale))) for side in (self.width, self.height)]
        tile = frame.reformat(width=size[0], height=size[1], format="rgb24").to_ndarray()
        self.strip.add(index, Image.fromarray(tile))
        if index == 0 or (not self._poster_shows and float(tile.std()) > 12):
            width, height = self.proxy_size
            self.poster = frame.reformat(width=width, height=height, format="rgb24").to_image()
            self._poster_shows = float(tile.std()) > 12

    def _encode(self, frame: Any, since_start_us: int) -> None:
        width, height = self.proxy_size
        plain = frame.reformat(width=width, height=height, format="yuv420p")
        # Two frames within one millisecond stay two frames.
        self._last_ms = max(self._last_ms + 1, round(since_start_us / 1000))
        plain.pts, plain.time_base = self._last_ms, _MILLISECOND
        plain.pict_type = 0
        self._mux(self._stream.encode(plain))

    def _mux(self, packets: list[Any]) -> None:
        for packet in packets:
            self.packets += 1
            self._output.mux(packet)


def video_render(request: Request, *, progress: Progress) -> Outcome:
    """Make the renditions of a video: proxy, frame table, film strip, poster, thumbnail, cover, peaks.

    A container without a picture is rendered as sound.

    Raises
    ------
    MediaRefused
        When it is damaged or past a limit.
    """
    folder = Path(request.output)
    problems: list[str] = []
    with container_open(Path(request.source), reader=request.reader) as container:
        stream = next((found for found in container.streams.video if not _is_cover_art(found)), None)
        if stream is None:
            return audio_render(request, progress=progress)
        facts = _picture_facts(stream)
        sound = next(iter(container.streams.audio), None)
        if sound is not None and (sound.codec_context is None or not sound.codec_context.sample_rate):
            sound = None
        if sound is not None:
            facts |= sound_facts(sound)
        with av.open(str(folder / "proxy"), "w", format="webm") as output:
            picture, track = _transcode(container, stream, sound, output, problems, progress)
    facts |= {
        "decode_errors": len(problems),
        "start_us": picture.pts_us[0],
        "proxy_size": list(picture.proxy_size),
    }
    return Outcome(
        kind="video",
        width=picture.width,
        height=picture.height,
        duration_us=max(picture.end_us, picture.pts_us[-1]) - picture.pts_us[0],
        frame_count=len(picture.pts_us),
        facts=facts,
        made=_made(picture, track, folder),
    )


def _transcode(
    container: Any, stream: Any, sound: Any, output: Any, problems: list[str], progress: Progress
) -> tuple[PictureTrack, SoundTrack | None]:
    """Decode once, writing picture and sound; sound that comes before the first picture waits for it."""
    stream.thread_type = "AUTO"
    expected = stream.frames or 0
    picture: PictureTrack | None = None
    track: SoundTrack | None = None
    waiting: deque[Any] = deque(maxlen=_SOUND_HELD)
    for frame in frames_of(container, [one for one in (stream, sound) if one is not None], problems):
        if not isinstance(frame, av.VideoFrame):
            if track is None:
                waiting.append(frame)
            else:
                track.add(frame)
            continue
        if picture is None:
            picture = PictureTrack(output, first=frame, rate=_encoder_rate(stream))
            if sound is not None:
                track = SoundTrack(output, start=Fraction(frame.pts or 0) * (frame.time_base or 1))
        picture.add(frame)
        while track is not None and waiting:
            track.add(waiting.popleft())
        progress(min(len(picture.pts_us), expected), expected)
    if picture is None:
        raise MediaRefused(DAMAGED.format(problem="no frame can be decoded"))
    picture.finish()
    if track is not None:
        track.finish()
    return picture, track


def _made(picture: PictureTrack, track: SoundTrack | None, folder: Path) -> list[Made]:
    table = FrameTable(picture.pts_us, picture.keyframes)
    (folder / "frame_table").write_bytes(frame_table_encode(table))
    width, height = picture.proxy_size
    made = [
        Made("proxy", "proxy", "video/webm", {"width": width, "height": height, "frames": picture.packets}),
        Made("frame_table", "frame_table", "application/octet-stream", {"frames": table.count}),
        picture.strip.save(folder),
    ]
    if picture.poster is not None:
        made.append(save(picture.poster, folder, "poster", "JPEG", quality=85))
        made += small_renditions(picture.poster, folder)
    if track is not None:
        made.append(track.save_outline(folder))
    return made


def _picture_facts(stream: Any) -> dict[str, Any]:
    context = stream.codec_context
    if context is None or not context.width or not context.height:
        raise MediaRefused(DAMAGED.format(problem="its picture is in a form that is not known"))
    if context.width * context.height > limits.VIDEO_PIXELS:
        raise MediaRefused(
            f"The video has {context.width} × {context.height}; Concord takes at most "
            f"{limits.VIDEO_PIXELS // 1_000_000} million pixels a frame. Export it smaller."
        )
    declared = stream.average_rate
    return {"video_codec": context.name, "declared_rate": str(declared) if declared else None}


def _encoder_rate(stream: Any) -> Fraction:
    """Return a rate the encoder can plan with; times come from the frames, not from here."""
    rate = Fraction(stream.average_rate or 25)
    return rate if 1 <= rate <= 240 else Fraction(25)


def _is_cover_art(stream: Any) -> bool:
    return "attached_pic" in str(stream.disposition).lower()
