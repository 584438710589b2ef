from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Evidence, Verdict
from core.accounts.models import Project
from core.queue.models import Draft, Lease, Reveal, Submission
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import (
    ARABIC,
    CAPTION,
    answer_sent,
    ask_about,
    drag,
    part,
    post_bring_in,
    select_words,
)
from tests.world import World


def opened(page_as: VisitAs, world: World, **options: Any) -> tuple[Visit, Page]:
    """The workspace of an annotator, with a task on the screen."""
    visit = page_as("annotator", **options)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    return visit, page


def saved(page: Page) -> None:
    """Wait until the server has what is on the screen."""
    expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()


def submitted(page: Page, *, left: str) -> None:
    """Send the answers, and wait until the server has them and the next post (or the end) is on the screen."""
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    expect(page.locator("h1")).not_to_contain_text(left)


def test_a_box_drawn_on_a_covered_image_and_text_selected_by_mouse_are_stored_exactly(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    post = post_bring_in(world, tmp_path, parts="ict")
    ask_about(world, post)
    visit, page = opened(page_as, world)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.keyboard.press("2")
    page.keyboard.press("Shift+3")
    layer = page.locator("[data-drawing]").first
    drag(page, layer, (0.25, 0.2), (0.75, 0.6))
    select_words(page, part(page, "Comment").locator("[data-text]"), "بالعالم")
    select_words(page, part(page, "Caption").locator("[data-text]"), "📷")
    assert not [url for url in asked_for if url.endswith(("/display", "/original"))]
    visit.picture("workspace-marked-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    submitted(page, left="full")
    hate = Verdict.objects.get(clause_key="hate")
    assert (hate.answer, hate.severity) == ("yes", 3)
    box, arabic, camera = Evidence.objects.filter(verdict=hate)
    image = post.parts.get(kind="image")
    assert image.asset is not None
    width, height = image.asset.width, image.asset.height
    assert width and height
    assert box.part_id == image.pk
    assert box.data["asset_sha256"] == image.asset.sha256
    for key, share, size in (
        ("x", 0.25, width),
        ("y", 0.2, height),
        ("width", 0.5, width),
        ("height", 0.4, height),
    ):
        assert box.data[key] == pytest.approx(share * size, abs=2.5)
    assert ARABIC[arabic.data["start"] : arabic.data["end"]] == "بالعالم" == arabic.data["quote"]
    assert CAPTION[camera.data["start"] : camera.data["end"]] == "📷"
    assert camera.data["end"] - camera.data["start"] == 1
    assert Submission.objects.get().active_ms > 0


def test_media_is_shown_only_after_the_reveal_is_logged(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit, page = opened(page_as, world)
    picture = page.locator("section img")
    expect(picture).to_have_attribute("src", rendition("cover"))
    tap(page, "h")
    expect(picture).to_have_attribute("src", rendition("display"))
    look = Reveal.objects.get()
    assert (look.person, look.mode) == (world.person("annotator"), "full")
    visit.picture("workspace-revealed-light-1280")
    tap(page, "h")
    expect(picture).to_have_attribute("src", rendition("cover"))
    expect(page.get_by_role("button", name="Show Image")).to_be_visible()


def rendition(name: str) -> re.Pattern[str]:
    """A pattern for addresses that end in a rendition's name."""

    return re.compile(f"/{name}$")


def test_text_is_marked_with_the_keyboard_alone(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ct"))
    _, page = opened(page_as, world)
    page.keyboard.press("2")
    page.keyboard.press("Shift+2")
    page.keyboard.press("t")
    page.keyboard.press("Control+Shift+ArrowRight")
    expect(page.get_by_text("“Selling”")).to_be_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    page.keyboard.press("t")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    page.keyboard.type("A slur, in the caption.")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.press("n")
    page.keyboard.press("1")
    submitted(page, left="full")
    hate = Verdict.objects.get(clause_key="hate")
    assert (hate.reason, hate.confidence) == ("A slur, in the caption.", 1.0)
    first, second = [piece.data for piece in Evidence.objects.filter(verdict=hate)]
    assert (first["quote"], first["start"], first["end"]) == ("Selling", 0, 7)
    # One letter as people see it: a family of three, five code points.
    assert (second["quote"], second["start"], second["end"]) == ("👩‍👩‍👧", 0, 5)


def test_undo_takes_back_whole_gestures(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="i"))
    _, page = opened(page_as, world)
    page.keyboard.press("2")
    layer = page.locator("[data-drawing]")
    drag(page, layer, (0.1, 0.1), (0.4, 0.4))
    expect(layer).to_have_attribute("aria-label", "Image: 1 box")
    drag(page, layer, (0.25, 0.25), (0.45, 0.45))
    drag(page, layer, (0.6, 0.1), (0.9, 0.4))
    expect(layer).to_have_attribute("aria-label", "Image: 2 boxes")
    for _ in range(2):
        page.keyboard.press("Control+z")
    expect(layer).to_have_attribute("aria-label", "Image: 1 box")
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    expect(layer).to_have_attribute("aria-label", "Image: 2 boxes")
    page.keyboard.press("Delete")
    expect(layer).to_have_attribute("aria-label", "Image: 1 box")


def test_what_is_missing_is_said_before_anything_is_sent(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="c"))
    visit, page = opened(page_as, world)
    page.keyboard.press("2")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Choose a severity.")).to_be_visible()
    expect(page.get_by_text("Mark what in the post makes you answer this way.")).to_be_visible()
    expect(page.get_by_text("2 questions still open")).to_be_visible()
    visit.picture("workspace-missing-light-1280")
    assert Submission.objects.count() == 0


def test_f35_a_killed_tab_loses_nothing_even_when_the_server_never_heard_of_it(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit, page = opened(page_as, world)
    visit.expect_complaint("ERR_FAILED")
    page.route("**/draft/", lambda route: route.abort())
    page.keyboard.press("2")
    page.keyboard.press("e")
    page.keyboard.type("Because of the flag.")
    page.keyboard.press("Escape")
    drag(page, page.locator("[data-drawing]"), (0.1, 0.1), (0.4, 0.4))
    expect(page.get_by_text("Kept here")).to_be_visible()
    assert Draft.objects.count() == 0
    page.unroute("**/draft/")
    page.reload()
    visit.settle()
    expect(page.locator("[data-drawing]")).to_have_attribute("aria-label", "Image: 1 box")
    page.get_by_role("button", name="Hate").click()
    expect(page.get_by_label("Reason")).to_have_value("Because of the flag.")
    saved(page)
    assert Draft.objects.count() == 1


def test_f35_an_answer_finished_offline_is_sent_once_when_the_network_is_back(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    first = post_bring_in(world, tmp_path, name="first", parts="c")
    second = post_bring_in(world, tmp_path, name="second", parts="c")
    ask_about(world, first, second)
    visit, page = opened(page_as, world)
    visit.expect_complaint("ERR_INTERNET_DISCONNECTED")
    expect(page.locator("h1")).to_contain_text("first")
    while Lease.objects.filter(state="held").count() < 2:
        page.wait_for_timeout(50)
    visit.answered()
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("second")
    expect(page.get_by_text("1 finished answer kept on this machine")).to_be_visible()
    assert Submission.objects.count() == 0
    page.context.set_offline(False)
    expect(page.get_by_text("1 finished answer kept on this machine")).to_have_count(0)
    assert Submission.objects.count() == 1
    assert Verdict.objects.count() == 2


def test_f35_an_answer_finished_after_the_login_expired_is_sent_once_after_the_next(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=name, parts="c") for name in ("first", "second")]
    ask_about(world, *posts)
    visit, page = opened(page_as, world)
    visit.expect_complaint("401")
    expect(page.locator("h1")).to_contain_text("first")
    visit.answered()
    [signed_in] = [one for one in page.context.cookies() if one["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert Submission.objects.count() == 0
    # As signing in again sets it.
    name, value, domain = signed_in["name"], signed_in["value"], signed_in["domain"]
    page.context.add_cookies([{"name": name, "value": value, "domain": domain, "path": "/"}])
    visit.open(f"/p/{world.project.pk}/label")
    expect(page.locator("h1")).to_contain_text("second")
    visit.settle()
    assert Submission.objects.get().document["verdicts"][0]["answer"] == "no"


def test_f36_two_tabs_never_overwrite_each_other_in_silence(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="c"))
    _, page = opened(page_as, world)
    other_visit, other = opened(page_as, world)
    other_visit.expect_complaint("409")
    page.keyboard.press("2")
    saved(page)
    other.keyboard.press("1")
    expect(other.get_by_text("worked on in another tab or on another device")).to_be_visible()
    other_visit.picture("workspace-conflict-light-1280")
    other.get_by_role("button", name="Take the other one").click()
    other.keyboard.press("ArrowUp")
    answer = other.locator("[data-clause=hate]").get_by_role("radio", name="Yes")
    expect(answer).to_have_attribute("aria-checked", "true")


def test_f10_a_late_answer_is_kept_and_marked(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="c"))
    visit, page = opened(page_as, world)
    visit.expect_complaint("409")
    visit.answered()
    Lease.objects.update(state="expired")
    Project.objects.filter(pk=world.project.pk).update(state="paused")
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Your hold on this post has ended")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("1")
    submitted(page, left="full")
    expect(page.get_by_text("This project hands out no work right now")).to_be_visible()
    visit.picture("workspace-paused-light-1280")
    assert Submission.objects.get().is_late
    assert Verdict.objects.count() == 2


def test_skipping_says_why_declining_needs_no_reason_and_the_end_is_said(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=name, parts="c") for name in ("first", "second")]
    ask_about(world, *posts)
    visit, page = opened(page_as, world)
    page.keyboard.press("s")
    page.get_by_label("The rules do not cover this").check()
    visit.picture("workspace-skip-light-1280")
    with page.expect_response("**/release/"):
        page.get_by_role("button", name="Skip the post").click()
    expect(page.locator("h1")).to_contain_text("second")
    with page.expect_response("**/release/"):
        page.keyboard.press("Shift+d")
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    visit.picture("workspace-empty-light-1280")
    states = Lease.objects.order_by("created_at").values_list("state", "reason")
    assert list(states) == [("skipped", "The rules do not cover this"), ("declined", "")]


@pytest.mark.parametrize(
    ("width", "height", "dark"),
    [(1280, 800, False), (1280, 800, True), (1920, 1080, False), (1920, 1080, True)],
)
def test_the_whole_post_stands_together_and_its_rule_is_one_key_away(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    ask_about(world, post_bring_in(world, tmp_path))
    visit, page = opened(page_as, world, width=width, height=height, dark=dark)
    for label in ("Image", "Video", "Audio", "Caption", "Comment"):
        expect(part(page, label)).to_be_attached()
    page.keyboard.press("2")
    look = f"{'dark' if dark else 'light'}-{width}"
    visit.picture(f"workspace-{look}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("g")
    rule = page.get_by_role("complementary", name="The rule: Hate")
    expect(rule).to_contain_text("An attack on people for a protected trait.")
    visit.picture(f"workspace-rule-{look}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Escape")
    expect(rule).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
