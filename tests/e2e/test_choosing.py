"""Several marks at once: chosen by hand and by key, moved, ordered, given away, copied and deleted as one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Evidence
from tests.annotation import material
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.drawing import DRAWN, click, painted, place, stroke
from tests.e2e.labelling import answer_sent, post_bring_in
from tests.world import World

WIDTH, HEIGHT = 640, 427


def opened(page_as: VisitAs, world: World, tmp_path: Path, **options: Any) -> tuple[Visit, Page]:
    """Two questions that both take boxes and painted areas, the first answered so that it may be drawn for."""
    spam = material.SPAM | {"evidence_kinds": ["box", "mask"], "modalities": ["text", "image"]}
    release = material.release_make(world, {"hate": DRAWN, "spam": spam})
    material.tasks_make(world, release, [post_bring_in(world, tmp_path, parts="i")])
    visit = page_as("annotator", **options)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Shift+2")
    return visit, page


def stored(page: Page, second: str) -> dict[str, list[dict[str, Any]]]:
    """Answer the second question, submit, and read back by question what the server stored."""
    page.keyboard.press("n")
    page.keyboard.press(second)
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    found: dict[str, list[dict[str, Any]]] = {"hate": [], "spam": []}
    for piece in Evidence.objects.order_by("ordinal").select_related("verdict"):
        found[piece.verdict.clause_key].append(piece.data)
    return found


def test_boxes_are_chosen_by_shift_band_and_key_and_changed_as_one_step(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    visit, page = opened(page_as, world, tmp_path)
    layer = page.locator("[data-drawing]")
    for left in (0.1, 0.4, 0.7):
        page.keyboard.press("Escape")
        stroke(page, layer, (left, 0.1), (left + 0.1, 0.25))
    page.keyboard.press("v")
    bar = page.get_by_role("toolbar", name="Selected marks")
    click(page, layer, (0.15, 0.15))
    page.keyboard.down("Shift")
    click(page, layer, (0.45, 0.15))
    page.keyboard.up("Shift")
    expect(bar.get_by_role("status")).to_have_text("2 marks selected")
    stroke(page, layer, (0.15, 0.15), (0.2, 0.55))  # both go down together
    page.keyboard.press("Escape")
    expect(bar).to_have_count(0)
    stroke(page, layer, (0.05, 0.9), (0.6, 0.4))
    expect(bar.get_by_role("status")).to_have_text("2 marks selected")
    page.mouse.move(*place(layer, (0.05, 0.05)))
    page.mouse.down()
    page.mouse.move(*place(layer, (0.9, 0.8)), steps=4)
    visit.picture("choosing-band-light-1280")
    page.mouse.up()
    expect(bar.get_by_role("status")).to_have_text("3 marks selected")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+a")
    expect(bar.get_by_role("status")).to_have_text("3 marks selected")
    visit.picture("choosing-three-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Control+d")
    expect(layer).to_have_attribute("aria-label", "Image: 6 boxes")
    page.keyboard.press("Delete")
    expect(layer).to_have_attribute("aria-label", "Image: 3 boxes")
    page.keyboard.press("Control+z")
    expect(layer).to_have_attribute("aria-label", "Image: 6 boxes")
    page.keyboard.press("Control+z")
    expect(layer).to_have_attribute("aria-label", "Image: 3 boxes")
    first, second, third = stored(page, "1")["hate"]
    assert first["y"] == pytest.approx(0.5 * HEIGHT, abs=3) and second["y"] == pytest.approx(
        0.5 * HEIGHT, abs=3
    )
    assert first["x"] == pytest.approx(0.15 * WIDTH, abs=3) and second["x"] == pytest.approx(
        0.45 * WIDTH, abs=3
    )
    assert third["y"] == pytest.approx(0.1 * HEIGHT, abs=3)


def test_marks_are_given_to_another_question_and_painted_areas_united(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    visit, page = opened(page_as, world, tmp_path, dark=True, width=1920, height=1080)
    layer = page.locator("[data-drawing]")
    page.keyboard.press("r")
    for left in (0.1, 0.5):
        page.keyboard.press("Escape")
        stroke(page, layer, (left, 0.2), (left + 0.2, 0.2))
    page.keyboard.press("b")
    page.keyboard.press("Escape")
    stroke(page, layer, (0.3, 0.6), (0.5, 0.8))
    page.keyboard.press("v")
    click(page, layer, (0.2, 0.2))
    page.keyboard.press("Alt+x")
    bar = page.get_by_role("toolbar", name="Selected marks")
    expect(bar.get_by_role("status")).to_have_text("2 marks selected")
    visit.picture("choosing-areas-dark-1920")
    page.keyboard.press("Shift+g")
    expect(layer).to_have_attribute("aria-label", "Image: 2 marks")
    page.keyboard.press("Control+a")
    bar.get_by_role("button", name="Give to another question").click()
    page.get_by_role("menuitem", name="2 Spam").click()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("1")
    found = stored(page, "2")
    assert found["hate"] == []
    mask, box = found["spam"]
    assert (mask["kind"], box["kind"]) == ("mask", "box")
    assert painted(mask, (0.2, 0.2)) and painted(mask, (0.6, 0.2)) and not painted(mask, (0.4, 0.2))
