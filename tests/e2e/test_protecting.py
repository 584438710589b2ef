"""What people choose for themselves, what they have seen, and the ways out of work."""

from __future__ import annotations

import json
from pathlib import Path

from playwright.sync_api import expect

from core.queue.models import Lease, Reveal
from tests.e2e.browsing import expect_no_serious_axe_violations, look_ended, tap
from tests.e2e.comparing import pairs_bring_in
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import CAPTION, ask_about, part, post_bring_in
from tests.world import Caller, World


def stated(world: World, folder: Path, *, severity: int, category: str = "violence", **options: str) -> None:
    """Bring a post in whose harm its project expects, and ask about it."""
    post = post_bring_in(world, folder, **options)
    expect_harm(world, severity=severity, category=category)
    ask_about(world, post)


def expect_harm(world: World, *, severity: int, category: str) -> None:
    """Say what the project's posts are where nothing else is known."""
    call = Caller(world.person("manager"))
    address = f"/api/projects/{world.project.pk}/protection/"
    settings = call.get(address).json()["project"]
    settings["expects"] = {"severity": severity, "categories": [category]}
    sent = call.put(address, settings)
    assert sent.status_code == 200, sent.content


def choose(world: World, **said: object) -> None:
    """Put the annotator's own choices, as the page would."""
    sent = Caller(world.person("annotator")).put("/api/me/protection/", said)
    assert sent.status_code == 200, sent.content


def test_a_text_stands_behind_a_line_until_it_is_read(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    choose(world, consents=[{"category": "violence", "up_to": 4}])
    stated(world, tmp_path, severity=3, parts="c")
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    caption = part(page, "Caption")
    expect(caption).to_contain_text(f"Caption, {len(CAPTION)} characters, hidden")
    assert CAPTION not in page.content()
    visit.picture("protecting-text-line-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.down("h")
    expect(caption.locator("[data-text]")).to_contain_text(CAPTION)
    page.wait_for_timeout(350)
    page.keyboard.up("h")
    expect(caption.locator("[data-text]")).to_have_count(0)
    tap(page, "h")
    expect(caption.locator("[data-text]")).to_contain_text(CAPTION)
    assert Reveal.objects.exclude(mode="handed").count() == 2


def test_the_texts_of_a_pair_stand_behind_a_line_and_its_room_has_the_same_way_out(
    world: World, page_as: VisitAs
) -> None:
    choose(world, cover={"text_covered": True})
    pairs_bring_in(world)
    visit = page_as("annotator", dark=True)
    page = visit.open(f"/p/{world.project.pk}/compare")
    expect(page.get_by_text("characters, hidden")).to_be_visible()
    expect(page.get_by_role("region", name="First response")).to_have_count(0)
    visit.picture("protecting-compare-line-dark-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("v")
    expect(page.get_by_role("region", name="First response")).to_be_visible()
    page.keyboard.press("v")
    expect(page.get_by_role("region", name="First response")).to_have_count(0)
    assert Reveal.objects.exclude(mode="handed").get().purpose == "compare"
    page.keyboard.press("Shift+r")
    expect(page.get_by_role("heading", name="You have stopped")).to_be_visible()
    assert not Lease.objects.filter(state="held").exists()


def test_a_kind_that_is_switched_off_is_not_handed_out(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    stated(world, tmp_path, severity=1, parts="c")
    visit = page_as("annotator")
    page = visit.open("/protection")
    with page.expect_response(lambda answer: answer.request.method == "PUT") as sent:
        page.get_by_role("switch", name="Violence").click()
    assert sent.value.status == 200
    expect(page.get_by_text("Saved, and in force.")).to_be_visible()
    expect(page.locator("[data-kind=violence]")).to_contain_text("none of it")
    visit.picture("protecting-own-choice-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert not Lease.objects.exists()
    visit.open("/protection")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_role("switch", name="Violence").click()
    visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_a_level_is_tried_on_a_drawing_and_holds_for_the_next_post(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    stated(world, tmp_path, severity=1, parts="i")
    visit = page_as("annotator", dark=True)
    page = visit.open("/protection")
    preview = page.locator("[data-preview]")
    expect(preview).to_have_attribute("data-preview", "covered")
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.get_by_text("Softened", exact=True).click()
    expect(preview).to_have_attribute("data-preview", "soft")
    visit.picture("protecting-own-softened-dark-1280")
    visit.open(f"/p/{world.project.pk}/label")
    frame = part(page, "Image").locator("[data-mode]").first
    expect(frame).to_have_attribute("data-mode", "soft")
    tap(page, "h")
    expect(frame).to_have_attribute("data-mode", "full")
    tap(page, "h")
    expect(frame).to_have_attribute("data-mode", "soft")
    visit.picture("protecting-label-softened-dark-1280")


def test_a_spent_budget_closes_the_room_calmly(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    budget = {"per": "day", "category": "", "severity_from": 0, "unit": "items", "limit": 0}
    choose(world, budgets=[budget])
    stated(world, tmp_path, severity=1, parts="c")
    for dark, width in ((False, 1280), (True, 1920)):
        visit = page_as("annotator", dark=dark, width=width)
        page = visit.open(f"/p/{world.project.pk}/label")
        expect(page.get_by_text("That is enough for now")).to_be_visible()
        expect(page.get_by_text("New work opens")).to_be_visible()
        visit.picture(f"protecting-closed-{'dark' if dark else 'light'}-{width}")
        expect_no_serious_axe_violations(page)


def test_a_look_says_what_time_is_left_and_is_covered_when_that_is_used_up(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    choose(world, budgets=[{"per": "day", "category": "", "severity_from": 1, "unit": "seconds", "limit": 8}])
    stated(world, tmp_path, severity=1, parts="ic")
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    page.get_by_role("button", name="Show Image").click()
    expect(page.get_by_role("timer")).to_contain_text("left to look at posts like this")
    visit.picture("protecting-time-left-light-1280")
    expect(page.get_by_role("timer")).to_have_count(0)
    expect(page.get_by_role("button", name="Show Image")).to_be_visible()
    expect(page.get_by_text("is used up for now, so it is covered again").first).to_be_visible()
    visit.picture("protecting-time-used-up-light-1280")
    assert sum(Reveal.objects.exclude(mode="handed").values_list("seconds", flat=True)) >= 7


def test_a_break_one_takes_closes_the_room_and_can_be_ended(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    stated(world, tmp_path, severity=1, parts="c")
    visit = page_as("annotator")
    page = visit.open("/protection")
    page.get_by_role("button", name="15 min").click()
    expect(page.get_by_text("Your break has begun.")).to_be_visible()
    visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("heading", name="You are on a break")).to_be_visible()
    visit.picture("protecting-break-light-1280")
    page.get_by_role("button", name="End the break").click()
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_what_a_manager_sets_holds_and_its_support_card_is_shown(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    stated(world, tmp_path, severity=1, parts="c")
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/protection")
    page.get_by_role("button", name="Add a limit").first.click()
    page.get_by_label("Limit 1: how many").first.fill("0")
    page.get_by_role("button", name="Save for this project").click()
    expect(page.get_by_text("The project's protection is saved.")).to_be_visible()
    page.get_by_role("button", name="Add a card").click()
    card = page.get_by_role("group", name="Card 1")
    card.get_by_label("Title").fill("Somebody to talk to")
    card.get_by_label("Text").fill("Every day, also at night.")
    card.get_by_label("Contact").fill("Extension 4411")
    card.get_by_label("Links").fill("Write to them https://help.example.org/write")
    page.get_by_role("button", name="Save for the organization").click()
    expect(page.get_by_text("The organization's protection is saved.")).to_be_visible()
    visit.picture("protecting-project-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    annotator = page_as("annotator")
    own = annotator.open("/rest")
    expect(own.get_by_role("heading", name="Somebody to talk to")).to_be_visible()
    expect(own.get_by_role("link", name="Write to them")).to_have_attribute(
        "href", "https://help.example.org/write"
    )
    annotator.picture("protecting-rest-light-1280")


def test_stopping_gives_everything_back_and_asks_nothing(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=name, parts="c") for name in ("first", "second")]
    ask_about(world, *posts)
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="I need to stop")).to_be_visible()
    page.keyboard.press("Shift+r")
    expect(page.get_by_role("heading", name="You have stopped")).to_be_visible()
    assert not Lease.objects.filter(state="held").exists()
    visit.picture("protecting-stopped-light-1280")
    expect_no_serious_axe_violations(page)


def test_what_one_has_seen_stands_on_a_page_and_goes_along_as_a_file(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    stated(world, tmp_path, severity=2, parts="ic")
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    tap(page, "h")
    expect(part(page, "Image").locator("[data-mode=full]")).to_be_visible()
    page.wait_for_timeout(1200)
    with look_ended(page):
        tap(page, "h")
    visit.open("/exposure")
    expect(page.get_by_role("heading", name="By kind and severity")).to_be_visible()
    row = page.get_by_role("row", name="Violence")
    expect(row).to_contain_text("moderate")
    visit.picture("protecting-exposure-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="As JSON").click()
    rows = json.loads(Path(taken.value.path()).read_text(encoding="utf-8"))
    assert "full" in json.dumps(rows)
    with page.expect_download() as table:
        page.get_by_role("link", name="As CSV").click()
    assert "violence" in Path(table.value.path()).read_text(encoding="utf-8")
    visit.open("/")
    expect(page.get_by_label("Your day so far")).to_contain_text("in 1 post")
    visit.picture("protecting-home-light-1280")
