"""Short clips made with PyAV: pans over photographs at fixed and variable frame rates, and voice-like sounds."""

from __future__ import annotations

import random
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from config.demo.material.photographs import panel_paste

_SIZE = (480, 360)
_TIME_BASE = Fraction(1, 90_000)
_SOUND_RATE = 44_100
_STRETCHES = (Fraction(1), Fraction(1), Fraction(1), Fraction(2), Fraction(3), Fraction(3, 2))
_SOUND_CODECS = {"mp3": "libmp3lame", "ogg": "libopus", "wav": "pcm_s16le"}


@dataclass(frozen=True)
class Rate:
    """How often a clip's frames come."""

    name: str
    frames_per_second: Fraction
    is_variable: bool = False


RATES = (
    Rate("30", Fraction(30)),
    Rate("2997", Fraction(30_000, 1001)),
    Rate("24", Fraction(24)),
    Rate("variable", Fraction(25), is_variable=True),
)


@dataclass(frozen=True)
class Clip:
    """A finished video, and when its red panel is in view (microseconds), if it has one."""

    path: Path
    panel_us: tuple[int, int] | None


def video_make(
    path: Path, still: Image.Image, *, rate: Rate, seconds: float, has_panel: bool, source: random.Random
) -> Clip:
    """Write a pan over ``still`` with a frame counter in the corner.

    Frame times are exact multiples of 1/90,000 s; a variable rate drops and stretches frames at random.
    """
    times = _frame_times(rate, seconds, source)
    first, last = (len(times) // 3, 2 * len(times) // 3) if has_panel else (len(times), len(times))
    wide = still.resize((_SIZE[0] * 2, _SIZE[1]), Image.Resampling.BICUBIC)
    panel_seed = source.random()
    with av.open(str(path), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream(
            "libx264", rate=rate.frames_per_second, options={"preset": "veryfast", "crf": "26", "bf": "2"}
        )
        stream.width, stream.height = _SIZE
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = _TIME_BASE
        stream.time_base = _TIME_BASE
        for index, ticks in enumerate(times):
            offset = int(_SIZE[0] * index / max(1, len(times) - 1))
            picture = wide.crop((offset, 0, offset + _SIZE[0], _SIZE[1]))
            if first <= index < last:
                panel_paste(picture, random.Random(panel_seed))  # noqa: S311
            _counter(picture, index)
            frame = av.VideoFrame.from_ndarray(np.asarray(picture), format="rgb24")
            frame.pts, frame.time_base = ticks, _TIME_BASE
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    end = times[last] if last < len(times) else times[-1]
    return Clip(path, (_microseconds(times[first]), _microseconds(end)) if has_panel else None)


def sound_make(path: Path, *, seconds: float, source: random.Random) -> Path:
    """Write syllable-like bursts of a wandering pitch, in the format of the file's ending."""
    samples = _babble(seconds, np.random.default_rng(source.getrandbits(32)))
    codec = _SOUND_CODECS[path.suffix[1:]]
    rate = 48_000 if codec == "libopus" else _SOUND_RATE
    with av.open(str(path), "w") as container:
        stream: Any = container.add_stream(codec, rate=rate)
        stream.layout = "mono"
        resampler = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        frame = av.AudioFrame.from_ndarray(samples[np.newaxis, :], format="s16", layout="mono")
        frame.sample_rate = _SOUND_RATE
        frame.pts = 0
        for resampled in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(resampled))
        container.mux(stream.encode(None))
    return path


def _frame_times(rate: Rate, seconds: float, source: random.Random) -> list[int]:
    step = Fraction(90_000) / rate.frames_per_second
    count = int(seconds * rate.frames_per_second)
    if not rate.is_variable:
        return [round(step * index) for index in range(count)]
    times, now = [], Fraction(0)
    while now < seconds * 90_000:
        times.append(round(now))
        now += step * source.choice(_STRETCHES)
    return times


def _microseconds(ticks: int) -> int:
    return round(ticks * 1_000_000 / 90_000)


def _counter(picture: Image.Image, index: int) -> None:
    draw = ImageDraw.Draw(picture)
    draw.rectangle((8, 8, 108, 40), fill=(18, 24, 30))
    draw.text((16, 12), f"{index:05d}", fill=(240, 240, 236), font=ImageFont.load_default(22))


def _babble(seconds: float, source: np.random.Generator) -> np.ndarray:
    """Return int16 samples of shape (n,) with silence between bursts of 80 to 300 ms."""
    pieces: list[np.ndarray] = []
    total, pitch = 0, 140.0
    while total < seconds * _SOUND_RATE:
        length = int(source.uniform(0.08, 0.3) * _SOUND_RATE)
        pitch = float(np.clip(pitch * source.uniform(0.85, 1.18), 90, 320))
        at = np.arange(length) / _SOUND_RATE
        tone = sum(np.sin(2 * np.pi * pitch * (n + 1) * at) / (n + 1) ** 1.3 for n in range(8))
        pieces += [tone * np.hanning(length) * 0.35, np.zeros(int(source.uniform(0.02, 0.14) * _SOUND_RATE))]
        total += pieces[-1].size + length
    samples = np.concatenate(pieces)[: int(seconds * _SOUND_RATE)]
    return (samples * 12_000).clip(-32_000, 32_000).astype(np.int16)
