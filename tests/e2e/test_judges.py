from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from pytest_django import Settings

from core.jobs.models import Job
from preferences.services.settling import judgments_settle
from tests.core.endpoints.endpoints import endpoint_row
from tests.core.endpoints.stub import Heard, Said, stub_serving
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.preference_rows import comparisons_bring_in
from tests.world import World


def script(heard: Heard, number: int) -> Said:
    """Prefers the better model by its number in the text; of every fifth prompt always what stands first."""
    first, second = (heard.user.split(f"<{name} ")[1].split("` answer")[0] for name in ("first", "second"))
    one, other = (int(text.split("answer ")[1].split("`")[0].split(" of ")[1]) for text in (first, second))
    if int(first.split("answer ")[1].split(" ")[0]) % 5 == 0:
        return Said("first 1")
    return Said("first 2" if one < other else "second 2")


def test_an_engineer_asks_a_judge_and_sends_people_where_it_doubts(
    page_as: VisitAs, world: World, settings: Settings, run_jobs: Callable[[], list[Job]]
) -> None:
    comparisons_bring_in(world)
    judgments_settle()
    with stub_serving(script) as stub:
        settings.ENDPOINT_HOSTS = frozenset({stub.base_url.removeprefix("http://").removesuffix("/v1")})
        endpoint_row(world, base_url=stub.base_url, price_in=1, price_out=2)
        visit = page_as("manager")
        page = visit.open(f"/p/{world.project.pk}/judges")
        expect(page.get_by_text("No judge has answered yet")).to_be_visible()
        visit.picture("judges-empty-light-1280")
        page.keyboard.press("n")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("calls", exact=False).first).to_be_visible()
        visit.picture("judges-start-light-1280")
        expect_no_serious_axe_violations(page)
        dialog.get_by_role("button", name="Start").click()
        expect(page.get_by_role("progressbar")).to_be_visible()
        visit.picture("judges-running-light-1280")
        assert run_jobs()[-1].state == "succeeded"
    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.get_by_text("κ with people")).to_be_visible()
    page.get_by_role("combobox", name="Which comparisons").click()
    page.get_by_role("option", name="Otherwise when turned").click()
    expect(page.get_by_role("table", name="Comparisons", exact=True).get_by_role("row")).to_have_count(6)
    visit.picture("judges-run-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    dark = page_as("manager", dark=True)
    page = dark.open(f"/p/{world.project.pk}/judges")
    expect(page.get_by_role("table", name="Judges").get_by_role("row")).to_have_count(2)
    dark.picture("judges-dark-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    page.keyboard.press("a")
    expect(
        page.get_by_text("asked about now", exact=False).or_(page.get_by_text("one more person.")).first
    ).to_be_visible()
    dark.picture("judges-asked-dark-1280")
