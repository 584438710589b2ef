from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from active_learning.models import Suspect
from annotation.selectors import decisions_current
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import findings_bring_in
from tests.world import World


def found_by(page: Page, kind: str) -> None:
    """Choose what kind of finding the page shows."""
    page.get_by_role("radiogroup", name="What the scan found").get_by_text(re.compile(kind)).click()


def test_a_reviewer_settles_near_duplicates_with_different_answers_by_key(
    world: World, page_as: VisitAs
) -> None:
    made = findings_bring_in(world)
    first, second = Suspect.objects.filter(kind="duplicate").select_related("post").order_by("rank")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}")
    found_by(page, "Duplicates 2")
    rows = page.get_by_role("table", name="Near-duplicates with different answers").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("100 % alike")
    page.keyboard.press("r")
    expect(page.get_by_role("region", name="The post", exact=True)).to_contain_text("The doubted post: No")
    twin = page.get_by_role("region", name="Its twin")
    expect(twin).to_contain_text("100 % alike: Yes")
    expect(twin).to_contain_text(first.why["twin"]["external_id"])
    expect_no_serious_axe_violations(page)
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    for key, following in (("t", second), ("w", None)):
        with page.expect_response("**/review/") as response:
            page.keyboard.press(key)
        assert response.value.status == 200, response.value.text()
        if following is not None:
            expect(current).to_contain_text(following.post.external_id)
    expect(page.get_by_text("Every suspect of this kind is reviewed")).to_be_visible()
    newest = decisions_current(world.project.pk, clause_keys=["spam"])
    assert newest.get(post_id=first.why["twin"]["post_id"]).answer == "no"
    assert newest.get(post=first.post).method == "unanimous"
    assert newest.get(post=second.post).answer == "yes"
    assert set(Suspect.objects.filter(kind="duplicate").values_list("outcome", flat=True)) == {"changed"}
