from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World

DOORS = {
    "annotator": ["Label posts", "Compare responses"],
    "reviewer": ["Review disagreements", "Check suspects", "Label posts", "Compare responses"],
    "policy_editor": ["Work on policies", "Review disagreements"],
    "engineer": ["Bring in posts", "Ask for answers", "Run a round", "Build a dataset"],
    "manager": ["Manage members", "Work on policies", "Ask for answers", "Watch jobs"],
}


@pytest.mark.parametrize("role", DOORS)
def test_the_home_page_opens_the_doors_of_the_role_and_no_others(role: str, page_as: VisitAs) -> None:
    page = page_as(role).open("/")
    doors = page.locator("section li a")
    expect(doors).to_have_count(len(DOORS[role]))
    for at, name in enumerate(DOORS[role]):
        expect(doors.nth(at)).to_contain_text(name)


def test_the_rail_shows_only_what_the_role_may_open(page_as: VisitAs) -> None:
    page = page_as("annotator").open("/")
    rail = page.get_by_role("navigation", name="Pages")
    expect(rail.get_by_role("link", name="Label")).to_be_visible()
    expect(rail.get_by_role("link", name="Members")).to_have_count(0)
    expect(rail.get_by_role("link", name="Datasets")).to_have_count(0)


@pytest.mark.parametrize("role", DOORS)
def test_every_place_the_rail_names_opens_for_the_role_it_is_shown_to(
    role: str, page_as: VisitAs, world: World
) -> None:
    visit = page_as(role)
    page = visit.open(f"/p/{world.project.pk}")
    rail = page.get_by_role("navigation", name="Pages")
    for name in rail.get_by_role("link").all_inner_texts():
        rail.get_by_role("link", name=name.strip(), exact=True).click()
        expect(rail.locator("[aria-current=page]")).to_have_text(name)
        visit.settle()
        expect(page.get_by_role("alert")).to_have_count(0)  # a refused read says so in an alert


def test_the_question_mark_shows_the_shortcuts_that_work_here(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/members")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Add or invite somebody")
    expect(dialog).to_contain_text("Switch between light and dark")
    visit.picture("shortcut-help")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


def test_two_keys_in_a_row_go_to_a_page_and_the_focus_lands_on_its_heading(page_as: VisitAs) -> None:
    page = page_as("manager").open("/")
    page.keyboard.press("g")
    page.keyboard.press("m")
    heading = page.get_by_role("heading", level=1, name="Members")
    expect(heading).to_be_visible()
    expect(heading).to_be_focused()


def test_letters_typed_into_a_field_are_text_and_not_shortcuts(page_as: VisitAs, world: World) -> None:
    page = page_as("manager").open(f"/p/{world.project.pk}/members")
    page.keyboard.press("n")
    field = page.get_by_label("E-mail")
    expect(field).to_be_focused()
    page.keyboard.type("gone?@n.example")
    expect(field).to_have_value("gone?@n.example")
    expect(page.get_by_role("dialog")).to_have_count(1)


def test_the_skip_link_is_the_first_stop_and_leads_to_the_page(page_as: VisitAs) -> None:
    page = page_as("annotator").open("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_dark_and_light_are_switched_by_key_and_remembered(page_as: VisitAs) -> None:
    visit = page_as("annotator")
    page = visit.open("/")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.keyboard.press("Control+Shift+l")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    assert page.evaluate(background) != light
    page.reload()
    visit.settle()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_a_project_of_others_looks_like_one_that_is_not_there(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    theirs = visit.open(f"/p/{world.other_project.pk}").locator("main").inner_text()
    nowhere = visit.open("/p/01900000-0000-7000-8000-000000000000").locator("main").inner_text()
    assert theirs == nowhere
    assert "nothing at this address" in theirs


def test_a_manager_begins_a_project_and_pauses_it(page_as: VisitAs, world: World) -> None:
    visit = page_as("manager")
    page = visit.open("/")
    page.keyboard.press("n")
    page.get_by_label("Name", exact=True).fill("Été à la mer")
    expect(page.get_by_label("Short name")).to_have_value("ete-a-la-mer")
    visit.picture("project-new")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Begin the project").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Été à la mer")
    page.keyboard.press("e")
    page.get_by_role("combobox", name="State").click()
    page.get_by_role("option", name="Paused", exact=False).click()
    visit.picture("project-change")
    page.get_by_role("button", name="Change the project").last.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Paused")
