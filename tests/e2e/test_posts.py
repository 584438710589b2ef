from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import FileChooser, Page, Request, expect

from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Reveal
from tests.core.content import samples
from tests.e2e.browsing import expect_no_serious_axe_violations, look_ended, picture_loaded, tap
from tests.e2e.conftest import VisitAs
from tests.world import Caller, World

Run = Callable[[], list[Job]]


def _write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_an_engineer_brings_posts_in_and_is_told_which_line_to_change(
    page_as: VisitAs, world: World, run_jobs: Run, tmp_path: Path
) -> None:
    visit = page_as("engineer")
    visit.expect_complaint("415")
    page = visit.open(f"/p/{world.project.pk}/posts")
    expect(page.get_by_role("heading", name="No posts yet")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_role("heading", name="Bring in posts")).to_be_visible()
    visit.settle()
    files = _chooser_by_key(page, "f")
    picture = _write(tmp_path, "chair.jpg", samples.picture(640, 480))
    files.set_files([picture, _write(tmp_path, "drawing.svg", b"<svg/>")])
    expect(page.get_by_text("2 files handled")).to_be_visible()
    expect(page.get_by_text("Stored", exact=True)).to_be_visible()
    expect(page.get_by_text("The file's first bytes are not those of a type Concord takes")).to_be_visible()
    run_jobs()
    lines = [
        {
            "external_id": "ad-1",
            "language": "ar",
            "parts": [{"kind": "image", "asset": "chair.jpg"}, {"kind": "caption", "text": "كرسي للبيع"}],
        },
        {"external_id": "ad-2"},
    ]
    manifest = _write(tmp_path, "posts.jsonl", "\n".join(json.dumps(line) for line in lines).encode())
    _chooser_by_key(page, "m").set_files(manifest)
    page.get_by_label("Leave that line out, and import the rest").check()
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("Import posts", exact=True)).to_be_visible()
    run_jobs()
    problems = page.get_by_role("table", name="Problems in the manifest")
    expect(problems.get_by_role("row").nth(1)).to_contain_text("2partsThis is missing.")
    expect_no_serious_axe_violations(page)
    visit.picture("posts-import-told", full_page=True)
    page.get_by_role("link", name="See the posts").click()
    expect(page.get_by_role("link", name="ad-1")).to_be_visible()
    assert list(Post.objects.values_list("external_id", flat=True)) == ["ad-1"]


def test_a_failed_import_is_tried_again_as_it_is_or_with_the_corrected_file(
    page_as: VisitAs, world: World, run_jobs: Run, tmp_path: Path
) -> None:
    line = {"external_id": "ad-1", "parts": [{"kind": "image", "asset": "chair.jpg"}]}
    manifest = _write(tmp_path, "posts.jsonl", json.dumps(line).encode())
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/posts/import")
    under_way = page.get_by_role("progressbar", name="Import posts")
    _chooser_by_key(page, "m").set_files(manifest)
    page.get_by_role("button", name="Start the import").click()
    expect(under_way).to_be_visible()
    run_jobs()
    expect(page.get_by_role("table", name="Problems in the manifest")).to_contain_text("chair.jpg")

    _chooser_by_key(page, "f").set_files(_write(tmp_path, "chair.jpg", samples.picture(640, 480)))
    expect(page.get_by_text("1 file handled")).to_be_visible()
    page.get_by_role("button", name="Try again").click()
    expect(under_way).to_be_visible()
    run_jobs()
    expect(page.get_by_role("link", name="See the posts")).to_be_visible()
    assert Post.objects.get().external_id == "ad-1"

    # The same name, chosen again with other bytes in it.
    manifest.write_text(json.dumps({**line, "external_id": "ad-2"}), encoding="utf-8")
    _chooser_by_key(page, "m").set_files(manifest)
    page.get_by_role("button", name="Start the import").click()
    expect(under_way).to_be_visible()
    run_jobs()
    expect(page.get_by_role("link", name="See the posts")).to_be_visible()
    assert set(Post.objects.values_list("external_id", flat=True)) == {"ad-1", "ad-2"}


def _post_make(world: World, run_jobs: Run) -> Post:
    """A post of one picture and two texts, brought in through the API."""
    caller, base = Caller(world.person("engineer")), f"/api/projects/{world.project.pk}"
    caller.post(f"{base}/assets/", {"file": samples.upload(samples.picture(640, 480), "chair.jpg")})
    post = {
        "external_id": "ad-1",
        "language": "he",
        "parts": [
            {"kind": "image", "asset": "chair.jpg"},
            {"kind": "caption", "text": "כיסא למכירה"},
            {"kind": "comment", "text": "Is it still there?"},
        ],
    }
    caller.post(f"{base}/imports/", {"file": samples.manifest([post])})
    run_jobs()
    return Post.objects.get()


def test_w04_no_clear_byte_is_loaded_before_somebody_asks_and_what_was_seen_is_noted(
    page_as: VisitAs, world: World, run_jobs: Run
) -> None:
    post = _post_make(world, run_jobs)
    visit = page_as("reviewer")
    loaded: list[str] = []

    def note(request: Request) -> None:
        if "/media/" in request.url:
            loaded.append(request.url.rsplit("/", 1)[-1])

    visit.page.on("request", note)
    page = visit.open(f"/p/{world.project.pk}/posts")
    expect(page.get_by_role("link", name="ad-1")).to_be_visible()
    page.get_by_role("link", name="ad-1").click()
    show = page.get_by_role("button", name="Show image")
    expect(show).to_be_visible()
    picture_loaded(page.locator("[data-covered] img"))
    assert set(loaded) == {"cover"}
    visit.picture("post-covered")
    tap(page, "1")
    picture_loaded(page.get_by_role("img", name="Image"))
    assert set(loaded) == {"cover", "display"}
    expect_no_serious_axe_violations(page)
    with look_ended(page):
        tap(page, "1")
    seen = Reveal.objects.get()
    assert (seen.post_id, seen.person, seen.purpose) == (post.pk, world.person("reviewer"), "browse")
    assert seen.is_over


def test_k03_a_post_is_hidden_from_everybody_without_looking_at_it(
    page_as: VisitAs, world: World, run_jobs: Run
) -> None:
    post = _post_make(world, run_jobs)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/posts/{post.pk}")
    page.get_by_role("button", name="May be illegal to hold").click()
    page.get_by_role("button", name="Hide it").click()
    expect(page.get_by_role("heading", name="No posts yet")).to_be_visible()
    post.refresh_from_db()
    assert post.is_hidden


def _chooser_by_key(page: Page, key: str) -> FileChooser:
    with page.expect_file_chooser() as opened:
        page.keyboard.press(key)
    return opened.value
