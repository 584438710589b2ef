"""Frames are frames, whatever the file: the proxy shows, one for one, what a decoder shows of the original."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import pytest

from core.content.domain.frame_table import frame_table_decode
from core.content.domain.media_types import media_type_of
from core.content.rendering.exchange import Request
from core.content.rendering.video import video_render
from tests.core.content.striped import Clip, clip_write, number_of, numbers_decoded, rate

UNEVEN = [Fraction(at, 1000) for at in (0, 40, 41, 90, 200, 233, 267, 900, 903, 1500, 1501, 1502, 2000)]
CUT = [time - Fraction(7, 25) for time in rate("25", 30)]

CLIPS = [
    Clip("film-23976.mp4", rate("24000/1001", 30), options={"bf": "3", "g": "12"}),
    Clip("ntsc-2997.mp4", rate("30000/1001", 40), options={"bf": "2"}),
    Clip("fast-5994.mov", rate("60000/1001", 60)),
    Clip("uneven.mp4", UNEVEN, options={"bf": "2"}),
    Clip("uneven.webm", UNEVEN, codec="libvpx-vp9"),
    Clip("cut.mp4", CUT, options={"bf": "3"}),
    Clip("late.mp4", [time + 1 for time in rate("25", 12)]),
    Clip("turned-90.mp4", rate("25", 8), turned=90),
    Clip("turned-180.mov", rate("25", 8), turned=180),
    Clip("turned-270.mp4", rate("25", 8), turned=270),
    Clip("long-sound.mp4", rate("25", 12), sound_s=2.0),
    Clip("long-sound.webm", rate("30000/1001", 12), codec="libvpx", sound_s=2.0),
    Clip("av1.mp4", rate("24", 24), codec="libsvtav1"),
    Clip("hevc.mkv", rate("50", 24), codec="libx265", options={"x265-params": "log-level=none"}),
    Clip("prores.mov", rate("24000/1001", 10), codec="prores_ks"),
    Clip("old.mp4", rate("15", 20), codec="mpeg4"),
]


@pytest.mark.skipif(not hasattr(os, "sched_getscheduler"), reason="needs a system that tells its scheduling")
def test_making_a_clip_leaves_the_process_its_priority(tmp_path: Path) -> None:
    clip_write(Clip("av1.mp4", rate("24", 4), codec="libsvtav1"), tmp_path)
    assert os.sched_getscheduler(0) == os.SCHED_OTHER
    started = subprocess.run(
        [sys.executable, "-c", "import os; print(os.sched_getscheduler(0))"], capture_output=True, check=True
    )
    assert int(started.stdout) == os.SCHED_OTHER


@pytest.mark.parametrize("clip", CLIPS, ids=lambda clip: clip.name)
def test_the_proxy_shows_frame_for_frame_what_the_decoder_shows(clip: Clip, tmp_path: Path) -> None:
    source = clip_write(clip, tmp_path)
    decoded = numbers_decoded(source, turned=clip.turned)
    assert decoded == clip.numbers
    made = tmp_path / "made"
    made.mkdir()
    media = media_type_of(source.read_bytes()[:4096])
    assert media is not None
    outcome = video_render(
        Request(source=str(source), output=str(made), kind="video", reader=media.reader),
        progress=lambda done, total: None,
    )
    assert (outcome.width, outcome.height) == clip.size
    assert outcome.frame_count == len(decoded)
    assert numbers_decoded(made / "proxy") == decoded
    table = frame_table_decode((made / "frame_table").read_bytes())
    with av.open(str(source)) as container:
        times = [
            round((frame.pts or 0) * (frame.time_base or 0) * 1_000_000)
            for frame in container.decode(video=0)
        ]
    assert list(table.pts_us) == times
    with av.open(io.BytesIO((made / "proxy").read_bytes()), mode="r") as proxy:
        shown = [round((frame.pts or 0) * (frame.time_base or 0) * 1000) for frame in proxy.decode(video=0)]
    assert all(
        abs(at - (time - times[0]) / 1000) <= 1 + index / 1000
        for index, (at, time) in enumerate(zip(shown, times, strict=True))
    )
    assert shown == sorted(set(shown))


def test_a_picture_says_its_number(tmp_path: Path) -> None:
    source = clip_write(Clip("numbers.mp4", rate("25", 300)), tmp_path)
    with av.open(str(source)) as container:
        frames = [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]
    assert [number_of(frame) for frame in frames] == list(range(300))
