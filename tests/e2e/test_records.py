"""Numbers of an impact that lead to what they count, and the way back to where one was."""

from __future__ import annotations

from playwright.sync_api import expect

from policies.selectors import ReleaseView
from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World

POSTS = 56
"""More than one page of a list."""


def _changed(world: World) -> tuple[ReleaseView, ReleaseView]:
    """Posts in two languages were answered; then one of the two questions means something else."""
    first = material.release_make(world)
    posts = [
        material.post_make(
            world,
            with_image=False,
            text=f"Offer {at}",
            external_id=f"offer-{at:02}",
            language="de" if at < 6 else "en",
        )
        for at in range(POSTS)
    ]
    material.tasks_make(world, first, posts, overlap=1)
    for at in range(POSTS):
        material.answer(world, "annotator", material.document("yes" if at % 4 == 0 else "no"))
    return first, material.release_changed(world, first, clause_key="hate", question="Does it threaten?")


def test_a_count_leads_to_its_records_and_back_to_where_it_stood(world: World, page_as: VisitAs) -> None:
    first, second = _changed(world)
    visit = page_as("policy_editor", width=1280, height=480)
    impact_path = f"/p/{world.project.pk}/releases/{second.id}?view=impact&against={first.id}"
    page = visit.open(impact_path)
    impact = page.get_by_role("region", name="Impact")
    expect(impact.get_by_role("link", name=f"{POSTS} answers")).to_be_attached()
    impact.evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    scrolled = impact.evaluate("pane => pane.scrollTop")
    assert scrolled > 0
    impact.get_by_role("link", name=f"{POSTS} answers").click()

    rows = page.get_by_role("table", name="Answers").locator("tbody tr")
    expect(rows).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(rows).to_have_count(POSTS)
    expect(rows.first).to_contain_text("Offer 55")
    visit.picture("records-answers")
    expect_no_serious_axe_violations(page)
    rows.nth(52).get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("offer-03")
    page.go_back()
    expect(rows).to_have_count(POSTS)

    page.get_by_role("combobox", name="Language").click()
    page.get_by_role("option", name="German (6)").click()
    expect(rows).to_have_count(6)
    page.get_by_role("combobox", name="Severity").click()
    page.get_by_role("option", name="Medium (2)").click()
    expect(page.get_by_role("search").get_by_role("status")).to_have_text("2 answers")
    expect(rows).to_have_count(2)
    assert "language=de" in page.url
    assert "severity=2" in page.url
    page.get_by_text("Decisions (56)").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Decisions that stop holding")
    expect(page.get_by_role("table", name="Decisions").locator("tbody tr")).to_have_count(50)
    page.go_back()
    expect(impact).to_be_visible()
    expect(impact.get_by_role("link", name=f"{POSTS} answers")).to_be_in_viewport()


def test_a_list_that_cannot_be_read_says_so_and_an_empty_one_too(world: World, page_as: VisitAs) -> None:
    first, second = _changed(world)
    visit = page_as("reviewer", dark=True)
    visit.expect_complaint("records")
    lists = f"**/api/releases/{second.id}/records/?*"
    visit.page.route(lists, lambda route: route.fulfill(status=503, json={}))
    path = f"/p/{world.project.pk}/releases/{second.id}/records?against={first.id}&noun=answers"
    page = visit.open(path)
    expect(page.get_by_role("alert")).to_contain_text("The server could not answer.")
    visit.page.unroute(lists)
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("table", name="Answers").locator("tbody tr")).to_have_count(50)
    page = visit.open(f"{path}&language=fr")
    expect(page.get_by_text("Nothing is like that")).to_be_visible()
    visit.picture("records-empty-dark")
    expect_no_serious_axe_violations(page)
