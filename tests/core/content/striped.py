"""Clips that say on every frame which one it is: its number as sixteen stripes, white for a set bit, lowest first."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from numpy.typing import NDArray

BITS = 16
_BASE = Fraction(1, 90_000)


@dataclass(frozen=True)
class Clip:
    """How a clip is to be made.

    Attributes
    ----------
    times
        When each frame is shown, in seconds, rising; negative ones are cut away by an edit list (MP4 and MOV only).
    turned
        Degrees the player has to turn the picture clockwise; the stripes stand upright after that.
    sound_s
        Length of its sound; 0 for none. It may be longer than the picture.
    """

    name: str
    times: Sequence[Fraction]
    codec: str = "libx264"
    size: tuple[int, int] = (256, 144)
    options: dict[str, str] = field(default_factory=dict)
    turned: int = 0
    sound_s: float = 0.0

    @property
    def numbers(self) -> list[int]:
        """The numbers a player shows, in their order."""
        return [number for number, time in enumerate(self.times) if time >= 0]


def rate(text: str, frames: int) -> list[Fraction]:
    """Times of ``frames`` frames at a constant rate, such as ``30000/1001``."""
    return [index / Fraction(text) for index in range(frames)]


def clip_write(clip: Clip, folder: Path) -> Path:
    """Write the clip; returns its file, named as the clip."""
    path = folder / clip.name
    sideways = clip.turned % 180 == 90
    width, height = clip.size[::-1] if sideways else clip.size
    with _scheduling_kept(), av.open(str(path), "w") as output:
        base = Fraction(1, 30_000) if clip.codec == "mpeg4" else _BASE
        stream: Any = output.add_stream(clip.codec, rate=_declared(clip.times), options=dict(clip.options))
        stream.width, stream.height = width, height
        stream.pix_fmt = "yuv422p10le" if clip.codec == "prores_ks" else "yuv420p"
        stream.codec_context.time_base = base
        tone = _tone_stream(output, clip)
        shift = min(0, *(round(time / base) for time in clip.times))
        for number, time in enumerate(clip.times):
            picture = np.ascontiguousarray(np.rot90(_picture(number, clip.size), clip.turned // 90))
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24").reformat(format=stream.pix_fmt)
            # Encoders count from zero on; the packets are put back to where they belong.
            frame.pts, frame.time_base = round(time / base) - shift, base
            _mux(output, stream.encode(frame), shift, base)
        _mux(output, stream.encode(None), shift, base)
        if tone is not None:
            _tone_write(output, tone, clip.sound_s)
    if clip.turned:
        path.write_bytes(_with_matrix(path.read_bytes(), clip.turned))
    return path


@contextmanager
def _scheduling_kept() -> Iterator[None]:
    """Give the thread its scheduling back: for root, SVT-AV1 raises whoever opens it to the highest real-time
    priority, every process started afterwards inherits it, and the first busy one stands still the machine.
    """
    if not hasattr(os, "sched_getscheduler"):
        yield
        return
    policy, priority = os.sched_getscheduler(0), os.sched_getparam(0)
    try:
        yield
    finally:
        os.sched_setscheduler(0, policy, priority)


def number_of(picture: NDArray[Any]) -> int:
    """Read the number from a picture of shape (height, width) or (height, width, 3)."""
    height, width = picture.shape[:2]
    row = picture[height // 2].reshape(width, -1).mean(axis=1)
    bits = [row[int((bit + 0.5) * width / BITS)] > 127 for bit in range(BITS)]
    return sum(1 << bit for bit, is_set in enumerate(bits) if is_set)


def numbers_decoded(path: Path, *, turned: int = 0) -> list[int]:
    """Decode the file with PyAV and read the number of every frame, in the order they are shown."""
    numbers = []
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            picture = np.rot90(frame.to_ndarray(format="rgb24"), -(turned // 90))
            numbers.append(number_of(picture))
    return numbers


def _picture(number: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    width, height = size
    columns = np.arange(width) * BITS // width
    row = np.where(number >> columns & 1, 235, 20).astype(np.uint8)
    return np.repeat(np.repeat(row[None, :], height, axis=0)[..., None], 3, axis=2)


def _declared(times: Sequence[Fraction]) -> Fraction:
    span = times[-1] - times[0]
    return Fraction(len(times) - 1, 1) / span if span else Fraction(25)


def _mux(output: Any, packets: list[Any], shift: int, base: Fraction) -> None:
    for packet in packets:
        if shift:
            units = round(shift * base / packet.time_base)
            packet.pts += units
            packet.dts += units
        output.mux(packet)


def _tone_stream(output: Any, clip: Clip) -> Any:
    if not clip.sound_s:
        return None
    codec = "libopus" if clip.name.endswith((".webm", ".mkv")) else "aac"
    return output.add_stream(codec, rate=48_000, layout="mono")


def _tone_write(output: Any, tone: Any, seconds: float) -> None:
    resampler = av.AudioResampler(format=tone.format.name, layout="mono", rate=48_000)
    fifo = av.AudioFifo()
    for index in range(int(seconds * 48_000 / 960)):
        wave = (0.2 * np.sin(np.arange(960) / 9)).astype(np.float32).reshape(1, -1)
        piece: Any = av.AudioFrame.from_ndarray(wave, format="fltp", layout="mono")
        piece.sample_rate, piece.pts, piece.time_base = 48_000, index * 960, Fraction(1, 48_000)
        for plain in resampler.resample(piece):
            fifo.write(plain)
    size, written = tone.codec_context.frame_size or 960, 0
    while (part := fifo.read(size, True)) is not None:
        part.pts, part.time_base = written, Fraction(1, 48_000)
        written += part.samples
        output.mux(tone.encode(part))
    output.mux(tone.encode(None))


def _with_matrix(data: bytes, degrees: int) -> bytes:
    """Say in the first track header that the picture is to be turned clockwise by ``degrees``."""
    cosine, sine = {90: (0, 1), 180: (-1, 0), 270: (0, -1)}[degrees]
    one = 0x10000
    matrix = struct.pack(">9i", cosine * one, sine * one, 0, -sine * one, cosine * one, 0, 0, 0, 0x40000000)
    at = data.index(b"tkhd") + 4
    place = at + (4 + 8 + 8 + 4 + 4 + 8 if data[at] else 4 + 4 + 4 + 4 + 4 + 4) + 16
    return data[:place] + matrix + data[place + 36 :]
