"""A conversation is judged, gone on with and walked in a browser, by keyboard."""

from __future__ import annotations

from playwright.sync_api import expect

from preferences.models import NextTurn
from tests.e2e.browsing import change_answered, expect_no_serious_axe_violations
from tests.e2e.comparing import pairs_bring_in
from tests.e2e.conftest import VisitAs
from tests.e2e.preference_rows import conversation_bring_in
from tests.world import World


def test_whoever_judged_a_turn_picks_a_response_and_writes_what_comes_next(
    world: World, page_as: VisitAs
) -> None:
    pairs_bring_in(world, 2)
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/compare")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    for key in ("2", "4"):
        page.keyboard.press(key)
    with page.expect_response("**/judgment/"):
        page.keyboard.press("Control+Shift+Enter")
    dialog = page.get_by_role("dialog", name="Go on with the conversation")
    expect(dialog.get_by_role("radio", name="First response")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(dialog.get_by_role("radio", name="Second response")).to_be_checked()
    dialog.get_by_label("What the person says next").fill("And on Windows?")
    dialog.get_by_label("What you would answer").fill("The same way.")
    visit.picture("go-on-light-1280")
    expect_no_serious_axe_violations(page)
    with change_answered(page, "/turn/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()
    expect(dialog).to_be_hidden()
    turn = NextTurn.objects.get()
    assert turn.prompt.messages[-1]["content"] == "And on Windows?"
    assert turn.reply is not None


def test_a_conversation_is_walked_by_keyboard_and_gone_on_with(world: World, page_as: VisitAs) -> None:
    known = conversation_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/conversations/{known['conversation']}")
    tree = page.get_by_role("navigation", name="Turns and branches")
    current = tree.locator("[aria-current=true]")
    expect(current).to_contain_text("Name a fruit.")
    for key, words in (
        ("ArrowRight", "A pear."),
        ("ArrowRight", "And a nut?"),
        ("b", "Why a pear?"),
        ("ArrowLeft", "A pear."),
        ("w", "Another one."),
        ("ArrowLeft", "A plum."),
    ):
        page.keyboard.press(key)
        expect(current).to_contain_text(words)
    visit.picture("conversation-light-1280")
    page.keyboard.press("n")
    page.get_by_label("What the person says next").fill("Why a plum?")
    with change_answered(page, "/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()
    expect(current).to_contain_text("Why a plum?")
    expect(page.get_by_role("heading", name="Needs responses")).to_be_visible()
    expect_no_serious_axe_violations(page)
