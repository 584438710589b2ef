"""Fifty pairs by the keyboard alone: what the server holds afterwards is what was meant."""

from __future__ import annotations

from playwright.sync_api import expect

from preferences.models import AxisAnswer, Judgment, ResponseAssessment
from tests.e2e.conftest import VisitAs
from tests.preferences import material
from tests.world import World

PAIRS = 50
KEYS = ("1", "2", "3", "4", "5", "6", "7", "8", "9")
MEANT = {
    **{str(step): ("prefer", step - 4) for step in (1, 2, 3, 5, 6, 7)},
    "4": ("tie", 0),
    "8": ("both_good", 0),
    "9": ("both_unacceptable", 0),
}


def test_a_person_judges_fifty_pairs_with_the_keyboard_alone(world: World, page_as: VisitAs) -> None:
    material.release_once(world)
    lines = [material.line(number) for number in range(PAIRS)]
    assert material.import_run(world, lines).state == "succeeded"
    material.tasks_make(world)
    page = page_as("annotator").open(f"/p/{world.project.pk}/compare")
    meant: dict[str, tuple[str, str]] = {}
    for turn in range(PAIRS):
        expect(page.get_by_text("2 axes still open")).to_be_visible()
        first = page.get_by_role("region", name="First response").inner_text()
        number = first.split("Answer ")[1].split(" of ")[0]
        helpful, harmless = KEYS[turn % 9], KEYS[(turn * 2 + 3) % 9]
        for key in (helpful, harmless, "q", "p"):
            page.keyboard.press(key)
        with page.expect_response("**/judgment/") as response:
            page.keyboard.press("Control+Enter")
        assert response.value.status == 201, response.value.text()
        meant[f"pair-{number}"] = (helpful, harmless)
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()

    assert len(meant) == PAIRS == Judgment.objects.count()
    assert ResponseAssessment.objects.filter(acceptable=True).count() == 2 * PAIRS
    for row in AxisAnswer.objects.select_related("judgment__comparison"):
        judgment = row.judgment
        key = meant[judgment.comparison.external_id][row.clause_key == "harmless"]
        choice, shown = MEANT[key]
        assert (row.choice, row.value) == (choice, -shown if judgment.swapped else shown)
