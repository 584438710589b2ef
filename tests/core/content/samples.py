"""Small files of every kind, made on the spot."""

from __future__ import annotations

import io
import json
import wave
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image


def picture(
    width: int = 64, height: int = 48, *, format_name: str = "JPEG", seed: int = 1, **options: Any
) -> bytes:
    """A picture with some structure."""
    pixels = np.random.default_rng(seed).integers(
        0, 255, (height // 8 + 1, width // 8 + 1, 3), dtype=np.uint8
    )
    image = Image.fromarray(pixels).resize((width, height))
    buffer = io.BytesIO()
    image.save(buffer, format_name, **options)
    return buffer.getvalue()


def sound(seconds: float = 0.5, *, rate_hz: int = 8000) -> bytes:
    """A tone as WAV."""
    return sound_of(np.sin(np.arange(int(seconds * rate_hz)) / 8), rate_hz=rate_hz)


def sound_of(values: Any, *, rate_hz: int) -> bytes:
    """One channel, −1 to 1, as WAV, at about a third of the loudest there is."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes((12000 * values).astype("<i2").tobytes())
    return buffer.getvalue()


def video(
    path: Path,
    *,
    times: Iterable[Fraction] | None = None,
    codec: str = "libx264",
    size: tuple[int, int] = (64, 48),
    options: dict[str, str] | None = None,
    with_sound: bool = False,
    container: str | None = None,
) -> list[int]:
    """Write a clip whose frames are shown at ``times`` (seconds); returns those times in microseconds."""
    shown = list(times if times is not None else (Fraction(index, 25) for index in range(20)))
    base = Fraction(1, 30_000 if codec == "mpeg4" else 90_000)
    with av.open(str(path), "w", format=container) as output:
        stream: Any = output.add_stream(codec, rate=25, options=options or {})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        stream.codec_context.time_base = base
        tone: Any = output.add_stream("aac", rate=48_000, layout="mono") if with_sound else None
        for index, time in enumerate(shown):
            shade = np.full((size[1], size[0], 3), index * 9 % 256, dtype=np.uint8)
            shade[: size[1] // 2, : (index * 3) % size[0]] = 255
            frame = av.VideoFrame.from_ndarray(shade, format="rgb24").reformat(format="yuv420p")
            frame.pts, frame.time_base = round(time / base), base
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
        if tone is not None:
            for index in range(40):
                wave_ = np.sin(np.arange(1024) / 9).astype(np.float32).reshape(1, -1)
                piece = av.AudioFrame.from_ndarray(wave_, format="fltp", layout="mono")
                piece.sample_rate, piece.pts, piece.time_base = 48_000, index * 1024, Fraction(1, 48_000)
                output.mux(tone.encode(piece))
            output.mux(tone.encode(None))
    return [round(time * 1_000_000) for time in shown]


def upload(data: bytes, name: str = "file.bin") -> io.BytesIO:
    """A file as a browser sends it."""
    file = io.BytesIO(data)
    file.name = name
    return file


def manifest(posts: Iterable[dict[str, Any]], name: str = "posts.jsonl") -> io.BytesIO:
    """A manifest as a browser sends it."""
    return upload("\n".join(json.dumps(post) for post in posts).encode(), name)


def text_post(external_id: str, text: str = "A chair for sale") -> dict[str, Any]:
    """A post of one caption."""
    return {"external_id": external_id, "language": "en", "parts": [{"kind": "caption", "text": text}]}
