"""A person changes a key, uses it, and finds it in the help; on every machine they sign in on."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import ask_about, post_bring_in
from tests.world import World


def row(page: Page, command: str) -> Locator:
    return page.locator(f'[data-command="{command}"]')


def room_opened(page: Page, world: World) -> None:
    expect(page.get_by_role("button", name="Submit")).to_be_visible()


def test_a_key_is_changed_used_found_in_the_help_and_given_back(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit = page_as("annotator")
    page = visit.open("/keys")
    page.get_by_role("searchbox", name="Search commands").fill("skip this post")
    skip = row(page, "label.skip")
    skip.get_by_role("button", name="Change").click()
    page.keyboard.press("g")
    expect(skip.get_by_role("alert")).to_have_text(
        "G is the key of “Read the rule, or close it”. Give that another key first."
    )
    visit.picture("keys-refused-light-1280")
    page.keyboard.press("Shift+P")
    expect(skip).to_contain_text("yours")
    expect(skip).to_contain_text("ShiftP")
    page.get_by_role("searchbox", name="Search commands").fill("")
    expect(row(page, "label.tool-box")).to_be_visible()
    for command in (
        "compare.skip",
        "review.next-part",
        "deciding.send",
        "reviewing.accepted",
        "suspects.right",
    ):
        expect(row(page, command)).to_be_visible()
    expect(row(page, "go.home")).to_be_visible()
    expect_no_serious_axe_violations(page)
    visit.picture("keys-all-light-1280")

    room = page_as("annotator")  # another machine: nothing of the first is there but the person
    page = room.open(f"/p/{world.project.pk}/label")
    room_opened(page, world)
    page.keyboard.press("s")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="Keyboard shortcuts")
    entry = help_.locator("dl > div", has_text="Skip this post and say why")
    expect(entry.locator("kbd")).to_have_text(["Shift", "P"])
    page.keyboard.press("Escape")
    expect(help_).to_have_count(0)
    page.keyboard.press("Shift+P")
    expect(page.get_by_role("dialog")).to_be_visible()
    room.picture("keys-used-light-1280")

    page = visit.open("/keys")
    row(page, "label.skip").get_by_role("button", name="Reset").click()
    expect(row(page, "label.skip").locator("kbd")).to_have_text(["S"])


def test_hints_and_tooltips_show_a_persons_own_key(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit = page_as("annotator", dark=True, width=1920)
    page = visit.open("/keys")
    for command, key in (("label.rule", "F8"), ("label.tool-select", "F9"), ("label.answer-2", "Alt+q")):
        row(page, command).get_by_role("button", name="Change").click()
        page.keyboard.press(key)
        expect(row(page, command)).to_contain_text("yours")
    visit.picture("keys-own-dark-1920")
    page = visit.open(f"/p/{world.project.pk}/label")
    room_opened(page, world)
    expect(page.get_by_role("button", name="Select, move and reshape (F9)")).to_be_visible()
    expect(page.get_by_role("button", name="Read the rule")).to_contain_text("F8")
    page.keyboard.press("Alt+q")
    expect(page.get_by_role("radio", checked=True).first).to_contain_text("AltQ")
    page.keyboard.press("F8")
    expect(page.get_by_role("button", name="Close the rule").first).to_be_visible()


def test_the_keys_of_the_review_page_are_a_persons_own_too(world: World, page_as: VisitAs) -> None:
    visit = page_as("reviewer", dark=True)
    page = visit.open("/keys")
    following = row(page, "review.next")
    following.get_by_role("button", name="Change").click()
    page.keyboard.press("n")  # of the form on either tab: it would be taken from it
    expect(following.get_by_role("alert")).to_have_text(
        "N is the key of “Write what should be known”. Give that another key first."
    )
    page.keyboard.press("F8")
    expect(following).to_contain_text("yours")
    accepting = row(page, "reviewing.accepted")
    accepting.get_by_role("button", name="Change").click()
    page.keyboard.press("1")  # chooses an answer on the other tab, which is never there at once
    expect(accepting).to_contain_text("yours")
    visit.picture("keys-review-dark-1280")
    page = visit.open(f"/p/{world.project.pk}/review")
    expect(page.get_by_text("Nothing waits for a decision")).to_be_visible()
    page.keyboard.press("?")
    entry = page.get_by_role("dialog", name="Keyboard shortcuts").locator("dl > div", has_text="Next case")
    expect(entry.locator("kbd")).to_have_text(["F8"])


def test_languages_read_are_chosen_in_the_settings(world: World, page_as: VisitAs) -> None:
    visit = page_as("annotator")
    page = visit.open("/settings")
    page.get_by_role("combobox", name="Languages you read").fill("arab")
    page.get_by_role("option", name="Arabic", exact=True).click()
    expect(page.get_by_text("It holds from the next post on")).to_be_visible()
    page = visit.open("/settings")
    expect(page.get_by_text("Arabic", exact=True)).to_be_visible()
    visit.picture("languages-light-1280")


def test_the_lens_and_the_text_cursor_have_keys_of_a_persons_own(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="ic"))
    visit = page_as("annotator")
    page = visit.open("/keys")
    smaller = row(page, "lens.smaller")
    smaller.get_by_role("button", name="Change").click()
    page.keyboard.press("s")  # of the room the lens is opened in: it would skip the post
    expect(smaller.get_by_role("alert")).to_have_text(
        "S is the key of “Skip this post and say why”. Give that another key first."
    )
    for command, key in (("lens.smaller", "F8"), ("lens.leave", "F9"), ("text.mark", "F7")):
        if command != "lens.smaller":
            row(page, command).get_by_role("button", name="Change").click()
        page.keyboard.press(key)
        expect(row(page, command)).to_contain_text("yours")
    visit.picture("keys-lens-light-1280")

    page = visit.open(f"/p/{world.project.pk}/label")
    room_opened(page, world)
    page.keyboard.press("Shift+L")
    rim = page.locator("span[data-shape]")
    expect(rim).to_be_visible()
    before = rim.evaluate("element => element.offsetWidth")
    page.keyboard.press("F8")
    expect(rim).not_to_have_css("width", f"{before}px")
    page.keyboard.press("Escape")  # the lens has another key now
    expect(rim).to_be_visible()
    page.keyboard.press("F9")
    expect(rim).to_have_count(0)
