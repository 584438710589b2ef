"""Clips of many rates, codecs and containers, drawn from a seed; each carries its frame numbers as stripes."""

from __future__ import annotations

import random
from collections.abc import Sequence
from fractions import Fraction

from tests.core.content.striped import Clip, rate

_RATES = [
    "10",
    "12",
    "15",
    "24000/1001",
    "24",
    "25",
    "30000/1001",
    "30",
    "48",
    "50",
    "60000/1001",
    "60",
    "120",
]
_FORMS: Sequence[tuple[str, str, dict[str, str]]] = (
    ("mp4", "libx264", {}),
    ("mp4", "libx264", {"bf": "3", "g": "12"}),
    ("mov", "libx264", {"bf": "2", "refs": "4"}),
    ("mkv", "libx264", {"tune": "zerolatency"}),
    ("webm", "libvpx-vp9", {"deadline": "realtime", "cpu-used": "8"}),
    ("webm", "libvpx-vp9", {"auto-alt-ref": "1", "lag-in-frames": "16", "cpu-used": "8"}),
    ("webm", "libvpx", {"auto-alt-ref": "1", "lag-in-frames": "12", "cpu-used": "8"}),
    ("mp4", "libsvtav1", {"preset": "12"}),
    ("webm", "libsvtav1", {"preset": "12"}),
    ("mp4", "libx265", {"preset": "ultrafast", "x265-params": "log-level=none"}),
    ("mov", "prores_ks", {}),
    ("mp4", "mpeg4", {}),
)


def clips_draw(count: int, seed: int) -> list[Clip]:
    """Draw clips: every form in turn; rates, uneven times, cuts, turns and sound by the dice."""
    dice = random.Random(seed)
    return [_clip(index, dice) for index in range(count)]


def _clip(index: int, dice: random.Random) -> Clip:
    container, codec, options = _FORMS[index % len(_FORMS)]
    frames = dice.randint(20, 120)
    is_uneven = dice.random() < 0.3
    times = _uneven(frames, dice) if is_uneven else rate(dice.choice(_RATES), frames)
    is_iso = container in ("mp4", "mov")
    if is_iso and codec in ("libx264", "mpeg4") and dice.random() < 0.3:
        # The first frames lie before zero: an edit list cuts them away.
        cut = times[dice.randint(1, min(9, frames // 3))]
        times = [time - cut for time in times]
    turned = dice.choice([90, 180, 270]) if is_iso and dice.random() < 0.25 else 0
    sound = float(times[-1]) * dice.choice([0.5, 1.0, 2.0]) if dice.random() < 0.4 else 0.0
    size = dice.choice([(256, 144), (320, 240), (640, 360), (480, 854)])
    return Clip(
        f"clip-{index:03}.{container}",
        times,
        codec,
        size,
        options,
        turned,
        max(sound, 0.0) if sound > 0.1 else 0.0,
    )


def _uneven(frames: int, dice: random.Random) -> list[Fraction]:
    """Times in whole milliseconds with steps from one to two hundred."""
    at, times = 0, []
    for _ in range(frames):
        times.append(Fraction(at, 1000))
        at += dice.choice([1, 8, 17, 33, 33, 34, 40, 67, 120, 200])
    return times
