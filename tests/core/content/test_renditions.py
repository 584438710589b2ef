from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from PIL import Image

from core.content.domain.frame_table import frame_table_decode
from core.content.models import Asset
from core.content.selectors import asset_frames, asset_picture
from core.content.selectors.frames import video_frames
from core.content.selectors.sounds import sound_pieces
from core.jobs.models import Job
from core.storage import blob_store
from tests.core.content import samples
from tests.world import Caller, World

As = Callable[[str], Caller]
Run = Callable[[], list[Job]]


@pytest.fixture
def made(world: World, call_as: As, run_jobs: Run) -> Callable[[bytes], Asset]:
    """Upload a file and make its renditions."""

    def make(data: bytes) -> Asset:
        answer = call_as("engineer").post(
            f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(data)}
        )
        assert answer.status_code in {200, 201}, answer.content
        run_jobs()
        return Asset.objects.get(pk=answer.json()["id"])

    return make


def fetch(call_as: As, world: World, asset: Asset, rendition: str) -> bytes:
    answer = call_as("engineer").get(f"/media/{world.project.pk}/{asset.pk}/{rendition}")
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


def test_a_picture_gets_display_thumbnail_and_cover(
    world: World, call_as: As, made: Callable[[bytes], Asset]
) -> None:
    asset = made(samples.picture(800, 600))
    assert (asset.state, asset.width, asset.height) == ("ready", 800, 600)
    sizes = {}
    for kind in ("display", "thumbnail", "cover"):
        with Image.open(io.BytesIO(fetch(call_as, world, asset, kind))) as image:
            sizes[kind] = image.size
    assert sizes == {"display": (800, 600), "thumbnail": (320, 240), "cover": (24, 18)}


def test_s54_nothing_but_pixels_is_in_a_rendition(
    world: World, call_as: As, made: Callable[[bytes], Asset]
) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Camera of Jane Doe"
    exif.get_ifd(0x8825)[1] = "N"
    asset = made(samples.picture(100, 80, exif=exif, comment=b"Jane Doe"))
    for kind in ("display", "thumbnail", "cover"):
        data = fetch(call_as, world, asset, kind)
        assert b"Jane" not in data
        assert b"Exif" not in data


def test_a_picture_is_measured_the_way_it_is_looked_at(made: Callable[[bytes], Asset]) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    asset = made(samples.picture(100, 80, exif=exif))
    assert (asset.width, asset.height) == (80, 100)
    with Image.open(io.BytesIO(asset_picture(asset.pk))) as image:
        assert image.size == (80, 100)


@pytest.mark.parametrize(
    ("format_name", "mode"),
    [
        ("PNG", "RGBA"),
        ("PNG", "LA"),
        ("PNG", "P"),
        ("PNG", "I;16"),
        ("JPEG", "CMYK"),
        ("JPEG", "L"),
        ("WEBP", "RGBA"),
    ],
)
def test_pictures_of_every_colour_form_can_be_shown(
    made: Callable[[bytes], Asset], format_name: str, mode: str
) -> None:
    buffer = io.BytesIO()
    Image.new(mode, (40, 30)).save(buffer, format_name)
    asset = made(buffer.getvalue())
    assert asset.state == "ready", asset.refusal
    with Image.open(io.BytesIO(asset_picture(asset.pk))) as image:
        assert image.size == (40, 30)


def test_s36_a_polyglot_loses_its_second_nature_in_every_rendition(
    world: World, call_as: As, made: Callable[[bytes], Asset]
) -> None:
    asset = made(samples.picture(format_name="GIF") + b"<script>alert(1)</script>")
    assert asset.state == "ready"
    for kind in ("display", "thumbnail", "cover"):
        assert b"<script" not in fetch(call_as, world, asset, kind)


def test_an_animation_stays_one(world: World, call_as: As, made: Callable[[bytes], Asset]) -> None:
    frames = [Image.new("RGB", (20, 10), (index * 40, 0, 0)) for index in range(5)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=80)
    asset = made(buffer.getvalue())
    assert asset.frame_count == 5
    with Image.open(io.BytesIO(fetch(call_as, world, asset, "display"))) as image:
        assert getattr(image, "n_frames", 1) == 5


def test_a_picture_cut_short_is_refused_with_a_sentence(made: Callable[[bytes], Asset]) -> None:
    asset = made(samples.picture(300, 300, format_name="PNG")[:2000])
    assert asset.state == "refused"
    assert "damaged" in asset.refusal
    job = Job.objects.get()
    assert (job.state, job.error_code) == ("failed", "media_invalid")
    assert not asset.renditions.exists()


UNEVEN = [Fraction(at, 1000) for at in (0, 40, 41, 90, 200, 233, 267, 900, 903, 1500)]
NTSC = [Fraction(index * 1001, 30_000) for index in range(24)]
FAST = [Fraction(index * 1001, 60_000) for index in range(40)]


@pytest.mark.parametrize(
    ("name", "codec", "times", "options"),
    [
        ("even.mp4", "libx264", None, {}),
        ("b-frames.mp4", "libx264", NTSC, {"bf": "3", "g": "12"}),
        ("fast.mp4", "libx264", FAST, {"bf": "2"}),
        ("uneven.mp4", "libx264", UNEVEN, {"bf": "2"}),
        ("uneven.mov", "libx264", UNEVEN, {}),
        ("uneven.webm", "libvpx-vp9", UNEVEN, {}),
        ("vp8.webm", "libvpx", None, {"auto-alt-ref": "1", "lag-in-frames": "16"}),
        ("uneven.mkv", "libx264", UNEVEN, {}),
        ("old.mp4", "mpeg4", NTSC, {}),
    ],
)
def test_every_frame_is_in_the_table_at_its_own_time_and_in_the_proxy(
    world: World,
    call_as: As,
    made: Callable[[bytes], Asset],
    tmp_path: Path,
    name: str,
    codec: str,
    times: list[Fraction] | None,
    options: dict[str, str],
) -> None:
    path = tmp_path / name
    count = len(samples.video(path, times=times, codec=codec, options=options))
    asset = made(path.read_bytes())
    assert asset.state == "ready", asset.refusal
    assert asset.frame_count == count
    with av.open(str(path)) as container:
        seen = [
            round((frame.pts or 0) * (frame.time_base or 0) * 1_000_000)
            for frame in container.decode(video=0)
        ]
    table = frame_table_decode(fetch(call_as, world, asset, "frame_table"))
    assert list(table.pts_us) == seen
    assert 0 in table.keyframes
    with av.open(io.BytesIO(fetch(call_as, world, asset, "proxy")), mode="r") as proxy:
        shown = [(frame.pts or 0) * (frame.time_base or 0) for frame in proxy.decode(video=0)]
    assert len(shown) == count
    assert all(abs(at * 1000 - (time - seen[0]) / 1000) <= 1 for at, time in zip(shown, seen, strict=True))


def test_a_video_gets_everything_a_player_and_a_time_line_need(
    world: World, call_as: As, made: Callable[[bytes], Asset], tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    samples.video(path, with_sound=True, size=(320, 240))
    asset = made(path.read_bytes())
    kinds = set(asset.renditions.values_list("kind", flat=True))
    assert kinds == {"proxy", "frame_table", "film_strip", "poster", "thumbnail", "cover", "peaks"}
    body = call_as("engineer").get(f"/api/projects/{world.project.pk}/assets/{asset.pk}/").json()
    strip = body["film_strip"]
    assert strip["frames"] == list(range(20))
    with Image.open(io.BytesIO(fetch(call_as, world, asset, "film_strip"))) as sheet:
        assert sheet.size == (strip["columns"] * strip["tile_width"], 2 * strip["tile_height"])
    frames = call_as("engineer").get(f"/api/projects/{world.project.pk}/assets/{asset.pk}/frames/").json()
    assert frames["count"] == len(frames["pts_us"]) == 20
    assert frames["sha256"] == asset.sha256
    with av.open(io.BytesIO(fetch(call_as, world, asset, "proxy")), mode="r") as proxy:
        assert [stream.codec_context.name for stream in proxy.streams] == ["vp9", "opus"] or len(
            proxy.streams
        ) == 2


def test_encoders_get_evenly_spaced_frames(made: Callable[[bytes], Asset], tmp_path: Path) -> None:
    path = tmp_path / "clip.mp4"
    samples.video(path, size=(64, 48))
    asset = made(path.read_bytes())
    picked = video_frames(asset.pk, 4)
    assert [index for index, _ in picked] == [0, 6, 13, 19]
    assert picked[0][1].shape == (48, 64, 3)
    assert len(video_frames(asset.pk, 100)) == 20
    assert asset_frames(asset.pk).count == 20


def test_a_sound_gets_a_proxy_and_its_outline(
    world: World, call_as: As, made: Callable[[bytes], Asset]
) -> None:
    asset = made(samples.sound(0.5))
    assert (asset.kind, asset.duration_us) == ("audio", 500_000)
    answer = call_as("engineer").get(f"/media/{world.project.pk}/{asset.pk}/peaks")
    assert answer.headers["Content-Type"] == "application/json"
    fetched = json.loads(b"".join(answer.streaming_content))
    assert len(fetched["low"]) == len(fetched["high"]) == 50
    assert max(fetched["high"]) in range(30, 40)


def test_encoders_hear_evenly_spaced_pieces_of_a_sound(made: Callable[[bytes], Asset]) -> None:
    rate = 16_000
    time = np.arange(4 * rate) / rate
    # A tone that rises, so that a piece tells where it is from.
    asset = made(samples.sound_of(np.sin(2 * np.pi * (200 * time + 100 * time**2)), rate_hz=rate))
    pieces = sound_pieces(asset.pk, 4, seconds=1.0, rate_hz=8_000)
    assert [len(piece) for piece in pieces] == [8_000] * 4
    pitches = [np.abs(np.fft.rfft(piece)).argmax() for piece in pieces]
    assert [int(pitch) // 200 for pitch in pitches] == [1, 2, 3, 4], "by 200 Hz each second, from 200 on"
    (whole,) = sound_pieces(asset.pk, 4, seconds=30.0, rate_hz=8_000)
    assert abs(len(whole) - 32_000) < 400


def test_encoders_hear_the_sound_of_a_video_and_nothing_of_a_silent_one(
    made: Callable[[bytes], Asset], tmp_path: Path
) -> None:
    loud, silent = tmp_path / "loud.mp4", tmp_path / "silent.mp4"
    samples.video(loud, with_sound=True)
    samples.video(silent)
    heard, unheard = made(loud.read_bytes()), made(silent.read_bytes())
    assert ["rate_hz" in asset.facts for asset in (heard, unheard)] == [True, False]
    assert len(sound_pieces(heard.pk, 4, seconds=30.0, rate_hz=8_000)) == 1
    assert sound_pieces(unheard.pk, 4, seconds=30.0, rate_hz=8_000) == []


def test_a_container_without_a_picture_turns_out_to_be_sound(
    made: Callable[[bytes], Asset], tmp_path: Path
) -> None:
    path = tmp_path / "voice.mp4"
    with av.open(str(path), "w", format="mp4") as output:
        stream: Any = output.add_stream("aac", rate=48_000, layout="mono")
        for index in range(20):
            piece = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), format="fltp", layout="mono")
            piece.sample_rate, piece.pts, piece.time_base = 48_000, index * 1024, Fraction(1, 48_000)
            output.mux(stream.encode(piece))
        output.mux(stream.encode(None))
    asset = made(path.read_bytes())
    assert (asset.state, asset.kind, asset.mime) == ("ready", "audio", "audio/mp4")


def test_s51_a_playlist_behind_the_first_bytes_of_a_video_reads_no_other_file(
    world: World, made: Callable[[bytes], Asset], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("sentinel")
    for head in (
        b"\0\0\0\x20ftypisom",
        b"\x1aE\xdf\xa3\x9fB\x86\x81\x01B\x82\x84webm",
        b"ID3\x03",
        b"OggS",
        b"fLaC",
    ):
        for body in (
            f"#EXTM3U\nfile://{secret}\n",
            f"ffconcat version 1.0\nfile '{secret}'\n",
            "concat:" + str(secret),
        ):
            asset = made(head + b"\0" * 60 + b"\n" + body.encode())
            assert asset.state == "refused"
            assert "sentinel" not in asset.refusal


def test_s53_corrupt_files_end_as_refused_and_the_worker_lives(
    made: Callable[[bytes], Asset], tmp_path: Path
) -> None:
    path = tmp_path / "clip.mp4"
    samples.video(path, size=(64, 48))
    data = path.read_bytes()
    for cut in (60, len(data) // 3, len(data) // 2):
        assert made(data[:cut]).state == "refused"
    spoiled = bytearray(data)
    for place in range(200, len(spoiled), 97):
        spoiled[place] ^= 0xFF
    assert made(bytes(spoiled)).state in {"refused", "ready"}


def test_a_finished_asset_is_not_made_again(made: Callable[[bytes], Asset], run_jobs: Run) -> None:
    asset = made(samples.picture())
    before = set(asset.renditions.values_list("id", "sha256"))
    again = made(samples.picture())
    assert set(again.renditions.values_list("id", "sha256")) == before


def test_a_job_whose_file_vanished_says_so(world: World, call_as: As, run_jobs: Run) -> None:
    file = samples.upload(samples.picture(seed=77))
    answer = call_as("engineer").post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
    blob_store().delete(answer.json()["sha256"])
    (job,) = run_jobs()
    assert (job.state, job.error_code) == ("failed", "media_missing")
    assert Asset.objects.get().state == "pending"


def test_the_rendering_process_has_limits() -> None:
    code = (
        "import resource; from core.content.rendering.confinement import confine; confine(cpu_s=7); "
        "print(resource.getrlimit(resource.RLIMIT_CPU), resource.getrlimit(resource.RLIMIT_NOFILE))"
    )
    root = Path(__file__).resolve().parents[3]
    ran = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["(7,", "7)", "(64,", "64)"]
