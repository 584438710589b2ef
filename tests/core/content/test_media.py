from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest

from core.content.models import Asset, Post
from core.jobs.models import Job
from core.storage import blob_store
from tests.core.content import samples
from tests.world import Caller, World

As = Callable[[str], Caller]
Run = Callable[[], list[Job]]


@pytest.fixture
def asset(world: World, call_as: As, run_jobs: Run) -> Asset:
    """A picture whose renditions are made."""
    answer = call_as("engineer").post(
        f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(samples.picture())}
    )
    run_jobs()
    return Asset.objects.get(pk=answer.json()["id"])


def address(world: World, asset: Asset, rendition: str = "original") -> str:
    return f"/media/{world.project.pk}/{asset.pk}/{rendition}"


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_the_original_comes_back_byte_for_byte_as_a_download(world: World, call_as: As, asset: Asset) -> None:
    answer = call_as("engineer").get(address(world, asset))
    assert body(answer) == samples.picture()
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{asset.pk}.jpg"'


@pytest.mark.parametrize("rendition", ["original", "display", "thumbnail", "cover"])
def test_s35_every_answer_carries_the_servers_type_and_a_policy_that_runs_nothing(
    world: World, call_as: As, asset: Asset, rendition: str
) -> None:
    headers = call_as("engineer").get(address(world, asset, rendition)).headers
    assert headers["Content-Type"] in {"image/jpeg", "image/webp"}
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
    assert headers["Cache-Control"] == "private, no-store"
    assert "Access-Control-Allow-Origin" not in headers


def test_a_range_gives_exactly_those_bytes(world: World, call_as: As, asset: Asset) -> None:
    data = samples.picture()
    answer = call_as("engineer").get(address(world, asset), Range="bytes=10-19")
    assert answer.status_code == 206
    assert body(answer) == data[10:20]
    assert answer.headers["Content-Range"] == f"bytes 10-19/{len(data)}"
    assert answer.headers["Content-Length"] == "10"


@pytest.mark.parametrize("header", ["bytes=999999999-", "bytes=-0"])
def test_a_range_outside_the_file_is_416(world: World, call_as: As, asset: Asset, header: str) -> None:
    answer = call_as("engineer").get(address(world, asset), Range=header)
    assert answer.status_code == 416
    assert answer.json()["code"] == "range_not_satisfiable"


def test_a_range_of_other_bytes_gives_the_whole_file(world: World, call_as: As, asset: Asset) -> None:
    call = call_as("engineer")
    same = call.get(address(world, asset), Range="bytes=0-1", **{"If-Range": f'"{asset.sha256}"'})
    other = call.get(address(world, asset), Range="bytes=0-1", **{"If-Range": '"somebody else"'})
    assert (same.status_code, other.status_code) == (206, 200)


def test_what_the_browser_has_already_is_not_sent_again(world: World, call_as: As, asset: Asset) -> None:
    answer = call_as("engineer").get(address(world, asset), **{"If-None-Match": f'"{asset.sha256}"'})
    assert (answer.status_code, answer.content) == (304, b"")


@pytest.mark.parametrize(
    ("who", "rendition", "status"),
    [
        ("annotator", "display", 404),
        ("annotator", "original", 403),
        ("reviewer", "display", 200),
        ("reviewer", "original", 200),
        ("outsider", "display", 404),
        ("outsider", "original", 404),
        ("anon", "display", 401),
    ],
)
def test_media_is_for_those_who_browse_unless_it_was_handed_out(
    world: World, call_as: As, asset: Asset, who: str, rendition: str, status: int
) -> None:
    assert call_as(who).get(address(world, asset, rendition)).status_code == status


def test_s50_only_known_names_and_ids_reach_a_file(world: World, call_as: As, asset: Asset) -> None:
    call = call_as("engineer")
    for rendition in ("poster", "peaks", "nothing", "..%2f..%2fetc%2fpasswd", "original%00", "%2e%2e"):
        assert call.get(address(world, asset, rendition)).status_code == 404, rendition
    assert call.get(f"/media/{world.project.pk}/{uuid.uuid4()}/original").status_code == 404


def test_one_cannot_reach_an_asset_through_ones_own_project(world: World, call_as: As, asset: Asset) -> None:
    assert call_as("outsider").get(f"/media/{world.other_project.pk}/{asset.pk}/display").status_code == 404


def test_f21_a_file_that_vanished_is_said_to_be_missing(world: World, call_as: As, asset: Asset) -> None:
    blob_store().delete(asset.sha256)
    answer = call_as("engineer").get(address(world, asset))
    assert answer.status_code == 404
    assert answer.json()["code"] == "media_missing"
    assert call_as("engineer").get(address(world, asset, "display")).status_code == 200


def test_a_rendition_not_made_yet_is_said_to_be_on_its_way(world: World, call_as: As) -> None:
    answer = call_as("engineer").post(
        f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(samples.picture())}
    )
    pending = Asset.objects.get(pk=answer.json()["id"])
    refusal = call_as("engineer").get(address(world, pending, "display"))
    assert (refusal.status_code, refusal.json()["code"]) == (409, "media_not_ready")


def test_the_addresses_in_an_answer_are_those_one_may_open(world: World, call_as: As, asset: Asset) -> None:
    path = f"/api/projects/{world.project.pk}/assets/{asset.pk}/"
    urls = call_as("engineer").get(path).json()["urls"]
    assert {name for name, url in urls.items() if url} == {"original", "display", "thumbnail", "cover"}
    for url in filter(None, urls.values()):
        assert call_as("engineer").get(url).status_code == 200


def test_media_of_a_hidden_post_is_hidden_unless_another_post_shows_it(
    world: World, call_as: As, asset: Asset, run_jobs: Run
) -> None:
    posts = [
        {"external_id": name, "parts": [{"kind": "image", "asset": asset.sha256}]} for name in ("a", "b")
    ]
    call_as("engineer").post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest(posts)})
    run_jobs()
    first, second = Post.objects.order_by("external_id")
    for post, status in ((first, 200), (second, 404)):
        assert call_as("reviewer").post(f"/api/posts/{post.pk}/hide/", {}).status_code == 204
        assert call_as("engineer").get(address(world, asset, "display")).status_code == status
