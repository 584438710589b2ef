from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from core.accounts.services import login_link_issue
from tests.e2e.conftest import VisitAs
from tests.world import World

PASSWORD = "harbour-lantern-42-tide"


@pytest.fixture
def annotator_with_password(world: World) -> str:
    """The annotator's address; they set `PASSWORD` earlier."""
    person = world.person("annotator")
    person.set_password(PASSWORD)
    person.save()
    return person.email


def test_a_person_signs_in_by_password_with_the_keyboard_alone(
    annotator_with_password: str, page_as: VisitAs
) -> None:
    visit = page_as("anon")
    page = visit.open("/sign-in")
    expect(page.get_by_label("E-mail")).to_be_focused()
    page.keyboard.type(annotator_with_password)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    visit.expect_complaint("401")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Annotator")
    expect(page.get_by_role("link", name="Label posts")).to_be_visible()


def test_a_wrong_password_is_answered_with_a_sentence_and_nobody_is_in(
    annotator_with_password: str, page_as: VisitAs
) -> None:
    visit = page_as("anon")
    visit.expect_complaint("400")
    visit.expect_complaint("401")
    page = visit.open("/sign-in")
    page.get_by_label("E-mail").fill(annotator_with_password)
    page.get_by_label("Password", exact=True).fill("not the password at all")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    visit.picture("sign-in-refused")
    page.goto("/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_signing_in_stays_at_the_address_one_came_for(annotator_with_password: str, page_as: VisitAs) -> None:
    visit = page_as("anon")
    visit.expect_complaint("401")
    page = visit.open("/settings")
    page.get_by_label("E-mail").fill(annotator_with_password)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Settings")


def test_a_login_link_signs_in_once_and_a_first_password_can_be_set(world: World, page_as: VisitAs) -> None:
    visit = page_as("anon")
    page = visit.page
    link = login_link_issue(world.person("annotator"))
    page.goto(urlsplit(link).path)
    page.get_by_role("button").click()
    expect(page.get_by_role("link", name="Label posts")).to_be_visible()
    page.goto("/settings")
    page.get_by_role("textbox", name="New password").fill(PASSWORD)
    page.get_by_role("button", name="Set a password").click()
    expect(page.get_by_text("Your password is set.")).to_be_visible()
    assert (
        type(world.person("annotator")).objects.get(pk=world.person("annotator").pk).check_password(PASSWORD)
    )


def test_signing_out_ends_the_session(page_as: VisitAs) -> None:
    visit = page_as("annotator")
    visit.expect_complaint("401")
    page = visit.open("/")
    page.get_by_role("button", name="Annotator", exact=False).filter(has_text="Annotator").last.click()
    page.get_by_role("menuitem", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto("/settings")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
