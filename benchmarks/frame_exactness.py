"""Whether the frame number stored for a box is the frame a decoder shows under it, and how fast frames come.

Starts a Concord of its own in a temporary home, hands in clips of many rates, codecs and containers whose frames
carry their number as stripes, and labels them in a real browser: by clicks on the time line, by steps, by playing and
stopping. Before each box the number is read off the pixels on the screen. Afterwards every clip is decoded with PyAV,
from the original file, and the frame at the stored index is read the same way; its time must be the stored one too.
Then a long, sparse video is opened and stepped through. Run it by ``make bench NAME=frame_exactness``; ``CLIPS``,
``MARKS``, ``SEED``, ``LONG_HOURS`` and ``LONG_RATE`` change its size.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import av

from benchmarks.framing.clips import clips_draw
from benchmarks.import_posts import concord
from tests.core.content.striped import Clip, clip_write, numbers_decoded, rate

CLIPS = int(os.environ.get("CLIPS", "100"))
MARKS = int(os.environ.get("MARKS", "4"))
SEED = int(os.environ.get("SEED", "7"))
LONG_HOURS = float(os.environ.get("LONG_HOURS", "2"))
LONG_RATE = int(os.environ.get("LONG_RATE", "5"))
_A_POST = 4
_STEPS = 40
_LONG = "long.mp4"


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    from tests.e2e.building import frontend_build

    frontend_build()
    with tempfile.TemporaryDirectory(prefix="concord-bench-") as home:
        folder = Path(home) / "clips"
        folder.mkdir()
        clips = clips_draw(CLIPS, SEED)
        for clip in clips:
            clip_write(clip, folder)
        long_clip = Clip(
            _LONG,
            rate(str(LONG_RATE), int(LONG_HOURS * 3600 * LONG_RATE)),
            size=(128, 72),
            options={"preset": "ultrafast"},
        )
        clip_write(long_clip, folder)
        with concord(Path(home) / "home") as (address, _):
            figures = measured(address, folder, clips, long_clip)
    print(json.dumps(figures))


def measured(address: str, folder: Path, clips: Sequence[Clip], long_clip: Clip) -> dict[str, Any]:
    """Bring everything in, label it in a browser, and compare."""
    from benchmarks.framing.project import posts_bring_in, project_make, tasks_make

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    project = project_make()
    # Only now are the apps loaded that the hand's helpers import.
    from benchmarks.framing.hand import opening_times, signed_in, step_times

    posts = {
        f"post-{start:03}": [folder / clip.name for clip in clips[start : start + _A_POST]]
        for start in range(0, len(clips), _A_POST)
    }
    render_s = posts_bring_in(address, project, posts)
    long_render_s = posts_bring_in(address, project, {"long": [folder / long_clip.name]})
    tasks_make(project, list(posts))
    read: dict[str, list[int]] = {}
    with signed_in(address, project) as page:
        start = time.perf_counter()
        for files in posts.values():
            read |= labelled(page, project, [path.name for path in files])
        label_s = time.perf_counter() - start
        tasks_make(project, ["long"])
        opening = opening_times(page, project, long_clip.name)
        steps = step_times(page, long_clip.name, _STEPS)
    exact = compared(folder, clips, read)
    return {
        "name": "frame_exactness",
        "clips": len(clips),
        "boxes": sum(len(numbers) for numbers in read.values()),
        "seed": SEED,
        "forms": len({(clip.codec, clip.name.rsplit(".", 1)[1]) for clip in clips}),
        "clips_turned": sum(1 for clip in clips if clip.turned),
        "clips_cut": sum(1 for clip in clips if clip.times[0] < 0),
        "clips_with_sound": sum(1 for clip in clips if clip.sound_s),
        **exact,
        "render_s": round(render_s, 1),
        "label_s": round(label_s, 1),
        "long_hours": LONG_HOURS,
        "long_frames": len(long_clip.times),
        "long_render_s": round(long_render_s, 1),
        **{f"long_{name}": round(value, 3) for name, value in opening.items()},
        "long_open_s": round(opening["workspace_s"] + opening["first_frame_s"], 3),
        "step_count": len(steps),
        "step_median_ms": round(statistics.median(steps), 1),
        "step_p95_ms": round(sorted(steps)[int(len(steps) * 0.95) - 1], 1),
        "processors": os.cpu_count(),
    }


def labelled(page: Any, project: Any, names: Sequence[str]) -> dict[str, list[int]]:
    """Draw boxes on every video of the task on the screen and send the answer."""
    from benchmarks.framing.hand import marked_frames, submitted, workspace_open

    workspace_open(page, project)
    read = {name: marked_frames(page, name, random.Random(f"{SEED} {name}"), MARKS) for name in names}
    submitted(page)
    return read


def compared(folder: Path, clips: Sequence[Clip], read: dict[str, list[int]]) -> dict[str, Any]:
    """Hold what is stored against what PyAV decodes, and against what was on the screen."""
    from annotation.models import Evidence

    exact_boxes, exact_clips, wrong = 0, 0, []
    for clip in clips:
        numbers = numbers_decoded(folder / clip.name, turned=clip.turned)
        times = times_decoded(folder / clip.name)
        stored = [
            mark.data
            for mark in Evidence.objects.filter(kind="box", part__label=clip.name).order_by("ordinal")
        ]
        hits = [
            numbers[data["frame"]] == seen and times[data["frame"]] == data["pts_us"]
            for data, seen in zip(stored, read[clip.name], strict=True)
        ]
        exact_boxes += sum(hits)
        exact_clips += all(hits)
        if not all(hits):
            wrong.append({"clip": clip.name, "codec": clip.codec, "boxes": len(hits) - sum(hits)})
    return {"boxes_exact": exact_boxes, "clips_exact": exact_clips, "wrong": wrong[:10]}


def times_decoded(path: Path) -> list[int]:
    """When PyAV shows each frame, in microseconds."""
    with av.open(str(path), mode="r") as container:
        return [
            round((frame.pts or 0) * (frame.time_base or 0) * 1_000_000)
            for frame in container.decode(video=0)
        ]


if __name__ == "__main__":
    main()
