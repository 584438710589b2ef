"""Several responses to one prompt, ranked in a browser."""

from __future__ import annotations

from playwright.sync_api import expect

from preferences.models import SlateAnswer, SlateOrder
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.preferences.slates import slates_make
from tests.world import World


def test_a_slate_is_ranked_by_keyboard_and_by_hand(world: World, page_as: VisitAs) -> None:
    slates_make(world)
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/compare")
    expect(page.get_by_role("region", name="Fourth response")).to_be_visible()
    # First and second share rank 1, the third is third; the fourth is the rest.
    for key in ("1", "=", "3", "ArrowDown"):
        page.keyboard.press(key)
    expect(page.get_by_text("One axis still open")).to_be_visible()
    # By hand: the fourth is taken to the first rank.
    order = page.get_by_role("list", name="Order on Harmlessness, best first")
    order.get_by_role("button", name="Fourth").drag_to(order.get_by_role("listitem", name="Rank 1"))
    expect(order.get_by_role("listitem", name="Rank 1")).to_contain_text("Fourth")
    visit.picture("slate-ranked-light-1280")
    expect_no_serious_axe_violations(page)
    with page.expect_response("**/judgment/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()

    answer, shown = SlateAnswer.objects.get(), SlateOrder.objects.get().places
    said = {
        key: dict(answer.placements.filter(clause_key=key).values_list("place", "value"))
        for key in ("helpful", "harmless")
    }
    assert said == {"helpful": {shown[0]: 1, shown[1]: 1, shown[2]: 3}, "harmless": {shown[3]: 1}}
