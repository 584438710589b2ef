from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect
from pytest_django import Settings

from core.jobs.models import Job
from preferences.models import Comparison
from tests.core.endpoints.stub import Heard, Said
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.preferences.sampling import MODEL, model_at, prompts_make, replying
from tests.world import World


def test_an_engineer_asks_a_model_sees_it_fail_and_goes_on(
    page_as: VisitAs, world: World, settings: Settings, run_jobs: Callable[[], list[Job]]
) -> None:
    prompts_make(world, 4)
    reply = replying(question_1=["The same.", "The same."])
    works = False

    def script(heard: Heard, number: int) -> Said:
        return reply(heard, number) if works else Said(status=401)

    with model_at(world, settings, script, price_in=1, price_out=2, concurrency=1):
        visit = page_as("engineer")
        page = visit.open(f"/p/{world.project.pk}/comparisons")
        page.keyboard.press("m")
        expect(page.get_by_text("No model was asked yet")).to_be_visible()
        expect_no_serious_axe_violations(page)
        visit.picture("sampling-empty-light-1280")
        page.keyboard.press("n")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Responses a prompt").fill("2")
        dialog.get_by_label("System text").fill("Be brief.")
        expect(dialog.get_by_text("8 calls")).to_be_visible()
        visit.picture("sampling-dialog-light-1280")
        expect_no_serious_axe_violations(page)
        dialog.get_by_role("button", name="Start").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(MODEL)
        expect(page.get_by_role("progressbar")).to_be_visible()
        visit.picture("sampling-running-light-1280")
        assert run_jobs()[-1].state == "failed"
        expect(page.get_by_text("The endpoint answered with status 401", exact=False)).to_be_visible()
        visit.picture("sampling-failed-light-1280", full_page=True)
        works = True
        page.keyboard.press("r")
        expect(page.get_by_role("progressbar")).to_be_visible()
        assert run_jobs()[-1].state == "succeeded"
    expect(page.get_by_text("Reply 2 to Question 3?")).to_be_visible()
    expect(page.get_by_text("said what was there already").first).to_be_visible()
    expect(page.get_by_text("3 pairs")).to_be_visible()
    expect_no_serious_axe_violations(page)
    visit.picture("sampling-done-light-1280", full_page=True)
    assert Comparison.objects.filter(external_id__startswith="sampled:").count() == 3
    dark = page_as("manager", dark=True)
    page = dark.open(f"/p/{world.project.pk}/comparisons/sampling")
    expect(page.get_by_role("table", name="Models that were asked").get_by_role("row")).to_have_count(2)
    expect_no_serious_axe_violations(page)
    dark.picture("sampling-dark-1280")
