from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from core.content.models import Asset, ProjectAsset
from core.jobs.models import Job
from core.storage import blob_store
from tests.core.content import samples
from tests.world import Caller, World

As = Callable[[str], Caller]


def path_of(world: World) -> str:
    return f"/api/projects/{world.project.pk}/assets/"


def send(call_as: As, world: World, data: bytes, name: str = "photo.jpg", who: str = "engineer") -> Any:
    return call_as(who).post(path_of(world), {"file": samples.upload(data, name)})


def test_an_uploaded_picture_is_an_asset_named_by_its_hash(world: World, call_as: As) -> None:
    data = samples.picture()
    answer = send(call_as, world, data, "holiday.jpg")
    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["sha256"] == hashlib.sha256(data).hexdigest()
    assert (body["kind"], body["mime"], body["state"]) == ("image", "image/jpeg", "pending")
    assert ProjectAsset.objects.get().name == "holiday.jpg"


def test_the_same_bytes_again_are_the_same_asset(world: World, call_as: As) -> None:
    first = send(call_as, world, samples.picture())
    second = send(call_as, world, samples.picture(), "again.jpg")
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["id"] == second.json()["id"]
    assert Asset.objects.count() == 1
    assert Job.objects.count() == 1


def test_another_project_gets_its_own_link_and_never_sees_the_first(world: World, call_as: As) -> None:
    first = send(call_as, world, samples.picture()).json()
    other = f"/api/projects/{world.other_project.pk}/assets/"
    assert call_as("outsider").get(f"{other}{first['id']}/").status_code == 404
    answer = call_as("outsider").post(other, {"file": samples.upload(samples.picture())})
    assert answer.status_code == 201
    assert answer.json()["id"] == first["id"]
    assert Job.objects.count() == 2


def test_the_type_is_told_by_the_bytes_whatever_the_name_says(world: World, call_as: As) -> None:
    answer = send(call_as, world, samples.picture(format_name="PNG"), "page.html")
    assert answer.json()["mime"] == "image/png"


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
PLAYLIST = b"#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"


def exotic(format_name: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB" if format_name != "BLP" else "P", (16, 16)).save(buffer, format_name)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(SVG, id="S34-svg"),
        pytest.param(b"<html><script>alert(1)</script>", id="S35-html"),
        *(
            pytest.param(exotic(name), id=f"S43-{name}")
            for name in ("BMP", "TIFF", "EPS", "PDF", "ICO", "PCX", "BLP", "TGA")
        ),
        pytest.param(PLAYLIST, id="S51-hls"),
        pytest.param(b"ffconcat version 1.0\nfile '/etc/hostname'\n", id="S51-concat"),
        pytest.param(b'<?xml version="1.0"?><MPD/>', id="S52-dash"),
        pytest.param(b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\n", id="S52-sdp"),
        pytest.param(b"PK\x03\x04" + bytes(100), id="zip"),
        pytest.param(b"\x80\x04\x95", id="S56-pickle"),
    ],
)
@pytest.mark.parametrize("name", ["x.jpg", "x.mp4"])
def test_a_file_of_another_type_is_refused_and_not_kept(
    world: World, call_as: As, blob_folder: Path, data: bytes, name: str
) -> None:
    answer = send(call_as, world, data, name)
    assert answer.status_code == 415
    assert answer.json()["code"] == "media_type_not_accepted"
    assert kept(blob_folder) == []
    assert Asset.objects.count() == 0


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def png_header(width: int, height: int) -> bytes:
    """A PNG that announces a size and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, 2, 0, 0, 0])
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(64)))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("size", [(20_000, 20_000), (13_000, 13_000), (65_535, 65_535), (40_000, 1)])
def test_s42_a_picture_of_absurd_size_is_refused_by_its_header(
    world: World, call_as: As, blob_folder: Path, size: tuple[int, int]
) -> None:
    answer = send(call_as, world, png_header(*size), "bomb.png")
    assert answer.status_code == 422
    assert answer.json()["code"] == "media_invalid"
    assert kept(blob_folder) == []


def test_s44_an_animation_of_absurd_length_is_refused(world: World, call_as: As) -> None:
    frames = [Image.new("L", (2, 2), index % 2 * 255) for index in range(1200)]
    buffer = io.BytesIO()
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=10)
    answer = send(call_as, world, buffer.getvalue(), "long.gif")
    assert answer.status_code == 422


def test_a_damaged_header_is_told(world: World, call_as: As) -> None:
    assert send(call_as, world, b"\xff\xd8\xff\xe0" + bytes(40)).status_code == 422


def multipart(parts: list[tuple[str, str | None, bytes]], *, boundary: str = "b0und") -> bytes:
    body = b""
    for name, file_name, data in parts:
        named = f'; filename="{file_name}"' if file_name is not None else ""
        body += (
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"{named}\r\n\r\n'.encode()
            + data
            + b"\r\n"
        )
    return body + f"--{boundary}--\r\n".encode()


def raw(call_as: As, world: World, body: bytes, kind: str = "multipart/form-data; boundary=b0und") -> Any:
    return call_as("engineer").client.post(path_of(world), data=body, content_type=kind)


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ([("file", "a.jpg", b"x"), ("file", "b.jpg", b"y")], "two files"),
        ([("other", "a.jpg", b"x")], "a file in another field"),
        ([("file", "a.jpg", b"\xff\xd8\xff"), ("more", None, b"x")], "a field nobody knows"),
        ([("file", None, b"text")], "text where the file belongs"),
        ([("file", "a.jpg", b"")], "an empty file"),
        ([(f"f{number}", None, b"x") for number in range(20_000)], "twenty thousand parts"),
        ([], "nothing"),
    ],
)
def test_s29_a_form_that_is_not_one_file_is_refused_and_not_kept(
    world: World, call_as: As, blob_folder: Path, parts: list[tuple[str, str | None, bytes]], why: str
) -> None:
    answer = raw(call_as, world, multipart(parts))
    assert answer.status_code == 400, why
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert kept(blob_folder) == []


@pytest.mark.parametrize("body", [b"", b"nonsense", multipart([("file", "a.jpg", samples.picture())])[:-40]])
def test_a_body_cut_short_is_refused(world: World, call_as: As, body: bytes) -> None:
    assert raw(call_as, world, body).status_code in {400, 422}
    assert raw(call_as, world, body, "multipart/form-data").status_code == 400


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-www-form-urlencoded"])
def test_a_body_of_another_type_is_refused(world: World, call_as: As, kind: str) -> None:
    assert raw(call_as, world, b"{}", kind).status_code == 415


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x", "..\\..\\x.jpg", "/etc/passwd", "a\\x00b.jpg", "x\\r\\nSet-Cookie: a=b"]
)
def test_s48_a_name_never_decides_where_bytes_go(
    world: World, call_as: As, blob_folder: Path, name: str
) -> None:
    data = samples.picture()
    answer = raw(call_as, world, multipart([("file", name, data)]))
    assert answer.status_code == 201
    assert blob_store().exists(hashlib.sha256(data).hexdigest())
    assert {path.name for path in kept(blob_folder)} <= {hashlib.sha256(data).hexdigest()}
    assert "/" not in ProjectAsset.objects.get().name


def test_a_file_past_the_limit_is_refused_before_it_is_kept(
    world: World, call_as: As, settings: Settings, blob_folder: Path
) -> None:
    settings.UPLOAD_LIMIT_BYTES = 1000
    answer = send(call_as, world, samples.picture(400, 400))
    assert answer.status_code == 413
    assert kept(blob_folder) == []


@pytest.mark.parametrize(
    ("who", "status"), [("annotator", 403), ("reviewer", 403), ("outsider", 404), ("anon", 401)]
)
def test_only_those_who_may_import_can_upload(
    world: World, call_as: As, who: str, status: int, blob_folder: Path
) -> None:
    assert send(call_as, world, samples.picture(), who=who).status_code == status
    assert kept(blob_folder) == []
