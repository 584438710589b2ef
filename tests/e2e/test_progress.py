from __future__ import annotations

from playwright.sync_api import expect

from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World


def test_the_overview_says_how_far_each_clause_language_order_and_person_is(
    world: World, page_as: VisitAs
) -> None:
    release = material.release_make(world)
    posts = [material.post_make(world, language=language) for language in ("de", "ar", "")]
    material.tasks_make(world, release, posts)
    material.answer(world, "annotator", material.document())
    material.answer(world, "annotator2", material.document("yes"))
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}")
    table = page.get_by_role("table", name="Progress by clause")
    expect(table.get_by_role("row", name="Hate")).to_contain_text("2 of 6")
    visit.picture("progress-clause-light-1280", full_page=True)
    page.get_by_role("radiogroup", name="Progress by").get_by_text("Language").click()
    expect(page.get_by_role("row", name="German")).to_be_visible()
    expect(page.get_by_role("row", name="Unknown")).to_be_visible()
    page.get_by_role("radiogroup", name="Progress by").get_by_text("Person").click()
    people = page.get_by_role("table", name="Progress by person")
    expect(people.get_by_role("row")).to_have_count(3)
    visit.picture("progress-people-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
