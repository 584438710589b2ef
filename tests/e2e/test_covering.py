"""Posts are covered until somebody asks: what is fetched before, and the ways to look."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Request, expect

from annotation.models import Verdict
from core.queue.models import Reveal
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations, picture_loaded, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, ask_about, drag, part, post_bring_in
from tests.world import World

FREE_BEFORE_A_LOOK = {"cover", "peaks", "frame_table"}


class Fetched:
    """The renditions a page has asked for, in order."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.names: list[str] = []
        page.on("request", self._note)

    def _note(self, request: Request) -> None:
        if "/media/" in request.url:
            self.names.append(request.url.split("?")[0].rstrip("/").split("/")[-1])

    @property
    def full(self) -> list[str]:
        return [name for name in self.names if name not in FREE_BEFORE_A_LOOK]

    def comes_to(self, *wanted: str) -> None:
        """Wait until these are asked for in full, and fail on any other."""
        while set(self.full) < set(wanted):
            self.page.wait_for_timeout(20)
        assert set(self.full) == set(wanted)


def opened(page_as: VisitAs, world: World, **options: object) -> tuple[Visit, Page, Fetched]:
    visit = page_as("annotator", **options)
    fetched = Fetched(visit.page)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    return visit, page, fetched


def frame_of(page: Page, label: str) -> Locator:
    return part(page, label).locator("[data-covered], [data-mode]").first


def test_the_first_paint_fetches_nothing_but_covers_and_outlines(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=name) for name in ("first", "second")]
    ask_about(world, *posts)
    visit, page, fetched = opened(page_as, world)
    picture_loaded(part(page, "Image").locator("img").first)
    visit.answered()
    assert "cover" in fetched.names
    assert fetched.full == []
    drag(page, page.locator("[data-drawing]").first, (0.2, 0.2), (0.6, 0.6))
    visit.answered()
    assert fetched.full == []
    visit.picture("covering-first-light-1280")


def test_w06_a_post_is_decided_by_its_words_with_nothing_uncovered(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ivct"))
    visit, page, fetched = opened(page_as, world)
    page.keyboard.press("1")
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    visit.answered()
    assert Verdict.objects.count() == 2
    assert fetched.full == []
    assert not Reveal.objects.exists()


def test_a_held_key_shows_and_letting_go_covers(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit, page, fetched = opened(page_as, world)
    frame = frame_of(page, "Image")
    page.keyboard.down("h")
    expect(frame).to_have_attribute("data-mode", "hold")
    page.wait_for_timeout(400)  # as long as a hand that does not only tap
    fetched.comes_to("display")
    visit.picture("covering-held-light-1280")
    page.keyboard.up("h")
    expect(frame).to_have_attribute("data-covered", "true")
    expect(part(page, "Image").locator("img")).to_have_count(1)
    button = page.get_by_role("button", name="Hold to look at Image")
    button.hover()
    page.mouse.down()
    expect(frame).to_have_attribute("data-mode", "hold")
    page.mouse.move(5, 5)
    page.mouse.up()
    expect(frame).to_have_attribute("data-covered", "true")
    button.focus()
    page.keyboard.down("Space")
    expect(frame).to_have_attribute("data-mode", "hold")
    page.keyboard.up("Space")
    expect(frame).to_have_attribute("data-covered", "true")


@pytest.mark.parametrize("dark", [False, True])
def test_the_lens_shows_a_piece_is_moved_by_keys_and_drawn_under(
    world: World, page_as: VisitAs, tmp_path: Path, dark: bool
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit, page, _ = opened(page_as, world, dark=dark)
    page.keyboard.press("2")
    page.keyboard.press("Shift+l")
    frame = frame_of(page, "Image")
    expect(frame).to_have_attribute("data-mode", "lens")
    layer = frame.locator("[data-lens]")
    before = layer.evaluate("element => getComputedStyle(element).clipPath")
    assert before.startswith("circle(80px")
    for key in ("ArrowRight", "Shift+ArrowDown", "+"):
        page.keyboard.press(key)
    expect(layer).to_have_css("clip-path", re.compile(r"^circle\(100px"))
    after = layer.evaluate("element => getComputedStyle(element).clipPath")
    assert after.split(" at ")[1] != before.split(" at ")[1]
    page.keyboard.press("*")
    expect(layer).to_have_attribute("data-lens", "square")
    drag(page, page.locator("[data-drawing]"), (0.3, 0.3), (0.6, 0.7))
    expect(page.locator("[data-drawing]")).to_have_attribute("aria-label", "Image: 1 box")
    visit.picture(f"covering-lens-{'dark' if dark else 'light'}-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Escape")
    expect(frame).not_to_have_attribute("data-mode", "lens")
    expect(frame).to_have_attribute("data-covered", "true")


def test_a_video_is_fetched_only_while_it_is_asked_for(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="v"))
    visit, page, fetched = opened(page_as, world)
    page.keyboard.press("ArrowRight")
    visit.answered()
    assert fetched.full == []
    tap(page, "h")
    expect(part(page, "Video").locator("video")).to_be_attached()
    page.keyboard.press("Shift+h")
    expect(part(page, "Video").locator("video")).to_have_count(0)
    tap(page, "h")
    expect(part(page, "Video").locator("[data-frame]")).to_have_attribute("data-frame", "1")


def test_small_frames_of_a_video_come_before_the_video_itself(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="v"))
    visit, page, fetched = opened(page_as, world)
    page.keyboard.press("Shift+j")
    expect(page.get_by_alt_text("Key frames of Video")).to_be_visible()
    fetched.comes_to("film_strip")
    visit.picture("covering-frames-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Shift+j")
    expect(page.get_by_role("button", name="Key frames")).to_be_visible()


def test_w05_no_sound_is_fetched_before_it_is_allowed(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="a"))
    visit, page, fetched = opened(page_as, world)
    visit.answered()
    assert fetched.full == []
    page.get_by_role("button", name="Allow sound").click()
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    fetched.comes_to("proxy")
