from __future__ import annotations

import pytest

from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.pages import PAGES, PageToCheck
from tests.world import World

_LOOKS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
_PAGES = pytest.mark.parametrize("target", PAGES, ids=lambda page: page.name)


@_LOOKS
@_PAGES
def test_axe_finds_nothing_serious_on_any_page(
    target: PageToCheck, dark: bool, world: World, page_as: VisitAs
) -> None:
    visit = page_as(target.person, dark=dark)
    page = visit.open(target.address(world))
    visit.picture(f"{target.name}-{'dark' if dark else 'light'}-1280")
    expect_no_serious_axe_violations(page)


@_PAGES
def test_no_page_scrolls_sideways_and_each_says_what_it_is(
    target: PageToCheck, world: World, page_as: VisitAs
) -> None:
    visit = page_as(target.person, width=1920, height=1080)
    page = visit.open(target.address(world))
    visit.picture(f"{target.name}-light-1920")
    assert page.locator("h1").count() == 1
    assert page.title() != "Concord"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
