from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Evidence
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations, tap
from tests.e2e.chromium import FRONTEND
from tests.e2e.conftest import VisitAs
from tests.e2e.drawing import ask_for_drawings, click, painted, place, stroke
from tests.e2e.labelling import answer_sent, part, post_bring_in, select_words
from tests.world import World

WIDTH, HEIGHT = 640, 427


def opened(page_as: VisitAs, world: World, **options: Any) -> tuple[Visit, Page]:
    """The workspace of an annotator with a harmful answer given, so that everything else may be drawn."""
    visit = page_as("annotator", **options)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("Shift+2")
    return visit, page


def sent(page: Page) -> list[dict[str, Any]]:
    """Answer the other question, submit, and read back what the server stored."""
    page.keyboard.press("n")
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    return [piece.data for piece in Evidence.objects.filter(verdict__clause_key="hate").order_by("ordinal")]


def near(value: float, share: float, size: int) -> bool:
    """Whether a stored coordinate lies where the hand was, to two and a half pixels."""
    return value == pytest.approx(share * size, abs=2.5)


def points_near(points: list[list[float]], shares: list[tuple[float, float]]) -> bool:
    """Whether corners lie where the hand clicked."""
    return len(points) == len(shares) and all(
        near(x, a, WIDTH) and near(y, b, HEIGHT) for (x, y), (a, b) in zip(points, shares, strict=True)
    )


def test_every_tool_draws_on_a_covered_picture_and_the_server_has_it_exactly(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    visit, page = opened(page_as, world)
    layer = page.locator("[data-drawing]")
    page.keyboard.press("b")
    stroke(page, layer, (0.05, 0.05), (0.2, 0.2))
    page.keyboard.press("Shift+b")
    stroke(page, layer, (0.3, 0.1), (0.45, 0.2))
    page.mouse.move(*place(layer, (0.4, 0.3)), steps=3)
    click(page, layer, (0.35, 0.3))
    page.keyboard.press("Shift+c")
    stroke(page, layer, (0.6, 0.1), (0.8, 0.3))
    page.keyboard.press("a")
    click(page, layer, (0.1, 0.5), (0.3, 0.45), (0.25, 0.7), (0.2, 0.8))
    page.keyboard.press("Backspace")
    click(page, layer, (0.1, 0.5))
    page.keyboard.press("Shift+a")
    click(page, layer, (0.4, 0.5), (0.5, 0.6), (0.6, 0.45))
    page.keyboard.press("Enter")
    page.keyboard.press("d")
    click(page, layer, (0.9, 0.1))
    page.keyboard.press("r")
    stroke(page, layer, (0.7, 0.6), (0.9, 0.6), (0.9, 0.8))
    page.keyboard.press("Shift+e")
    click(page, layer, (0.8, 0.6))
    expect(layer).to_have_attribute("aria-label", "Image: 7 marks")
    visit.picture("drawing-every-tool-light-1280")
    expect_no_serious_axe_violations(page)
    box, tilted, ellipse, polygon, line, point, mask = sent(page)
    assert [piece["kind"] for piece in (box, tilted, ellipse, polygon, line, point, mask)] == [
        "box",
        "box",
        "ellipse",
        "polygon",
        "polyline",
        "point",
        "mask",
    ]
    assert near(box["x"], 0.05, WIDTH) and near(box["width"], 0.15, WIDTH)
    assert tilted["rotation"] == pytest.approx(24, abs=1.5)
    assert near(ellipse["x"], 0.7, WIDTH) and near(ellipse["radius_y"], 0.1, HEIGHT)
    assert points_near(polygon["points"], [(0.1, 0.5), (0.3, 0.45), (0.25, 0.7)])
    assert points_near(line["points"], [(0.4, 0.5), (0.5, 0.6), (0.6, 0.45)])
    assert near(point["x"], 0.9, WIDTH) and near(point["y"], 0.1, HEIGHT)
    assert mask["size"] == [HEIGHT, WIDTH]
    assert painted(mask, (0.72, 0.6)) and painted(mask, (0.9, 0.75))
    assert not painted(mask, (0.8, 0.6)) and not painted(mask, (0.5, 0.5))


def test_shapes_are_moved_reshaped_turned_ordered_and_copied(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    visit, page = opened(page_as, world)
    layer = page.locator("[data-drawing]")
    stroke(page, layer, (0.1, 0.2), (0.3, 0.4))
    stroke(page, layer, (0.2, 0.3), (0.4, 0.5))  # moves it by a fifth each way
    page.keyboard.press("Control+d")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Alt+Shift+ArrowDown")
    page.keyboard.press("Alt+r")
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    click(page, layer, (0.6, 0.2), (0.8, 0.2), (0.8, 0.5), (0.6, 0.2))
    page.keyboard.press("v")
    stroke(page, layer, (0.8, 0.5), (0.7, 0.7))
    stroke(page, layer, (0.7, 0.2), (0.7, 0.1))
    page.keyboard.press("Shift+PageDown")
    visit.picture("drawing-reshaped-light-1280")
    polygon, box, copy = sent(page)
    assert points_near(polygon["points"], [(0.6, 0.2), (0.7, 0.1), (0.8, 0.2), (0.7, 0.7)])
    assert near(box["x"], 0.3, WIDTH) and near(box["y"], 0.4, HEIGHT)
    assert copy["rotation"] == 5
    assert copy["width"] == box["width"]
    assert copy["height"] == box["height"] + 1


def test_one_pixel_can_be_boxed_at_3200_percent(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    visit, page = opened(page_as, world)
    tap(page, "h")
    layer = page.locator("[data-drawing]")
    x, y = place(layer, (0.5, 0.5))
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(40):
        page.mouse.wheel(0, -240)
    page.keyboard.up("Control")
    expect(page.get_by_role("button", name="Zoom: 3,200 %")).to_be_visible()
    # 32 screen pixels a pixel: a drag of 64 by 32 is two pixels by one.
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 40, y + 20, steps=3)
    page.mouse.move(x + 64, y + 32, steps=3)
    page.mouse.up()
    visit.picture("drawing-3200-percent-light-1280")
    page.keyboard.press("y")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 100, y - 50, steps=3)
    page.mouse.up()
    page.keyboard.press("b")
    stroke_by(page, (x, y), (64, 32))
    page.keyboard.press("0")
    expect(page.get_by_role("button", name="Zoom: 3,200 %")).to_have_count(0)
    first, second = sent(page)
    assert (first["width"], first["height"]) == (2, 1)
    assert first["x"] == pytest.approx(WIDTH / 2, abs=0.6)
    assert second["x"] - first["x"] == pytest.approx(100 / 32, abs=0.11)
    assert second["y"] - first["y"] == pytest.approx(50 / 32, abs=0.11)


def stroke_by(page: Page, start: tuple[float, float], by: tuple[float, float]) -> None:
    """Drag by so many pixels of the screen."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(start[0] + by[0] / 2, start[1] + by[1] / 2, steps=3)
    page.mouse.move(start[0] + by[0], start[1] + by[1], steps=3)
    page.mouse.up()


def test_what_is_hidden_is_sent_all_the_same(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    _, page = opened(page_as, world)
    layer = page.locator("[data-drawing]")
    page.keyboard.press("r")
    stroke(page, layer, (0.2, 0.3), (0.4, 0.3))
    page.keyboard.press("Shift+y")
    page.keyboard.press("Escape")
    stroke(page, layer, (0.2, 0.7), (0.4, 0.7))
    page.keyboard.press("Shift+v")
    page.keyboard.press("Shift+t")
    expect(page.get_by_role("button", name="Hide all marks")).to_have_attribute("aria-pressed", "true")
    first, second = sent(page)
    assert painted(first, (0.3, 0.3)) and painted(second, (0.3, 0.7))


def test_one_verdict_rests_on_marks_in_several_parts(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    post = post_bring_in(world, tmp_path, parts="iic")
    ask_for_drawings(world, post)
    visit, page = opened(page_as, world, width=1920, height=1080)
    first, second = page.locator("[data-drawing]").all()
    stroke(page, first, (0.1, 0.1), (0.4, 0.4))
    stroke(page, second, (0.5, 0.5), (0.9, 0.9))
    select_words(page, part(page, "Caption").locator("[data-text]"), "old camera")
    evidence = page.get_by_role("region", name="Evidence")
    expect(evidence.get_by_role("listitem")).to_have_count(3)
    evidence.get_by_role("button", name="Box in Image 2", exact=True).click()
    page.get_by_role("button", name="Cut off").click()
    page.get_by_label("Note on this mark").fill("The hand of the seller.")
    page.keyboard.press("Enter")
    visit.picture("drawing-several-parts-light-1920")
    expect_no_serious_axe_violations(page)
    box, other, span = sent(page)
    parts = [str(one.pk) for one in post.parts.order_by("position")]
    assert [box["part_id"], other["part_id"], span["part_id"]] == parts
    assert (other["is_truncated"], other["note"]) == (True, "The hand of the seller.")
    assert span["quote"] == "old camera"


def test_shapes_can_be_placed_and_shaped_with_the_keyboard_alone(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    _, page = opened(page_as, world)
    for key in ("b", "Shift+c", "a", "d"):
        page.keyboard.press(key)
        page.keyboard.press("Shift+Enter")
        page.keyboard.press("Alt+ArrowLeft")
    page.keyboard.press("x")
    page.keyboard.press("Delete")
    ellipse, polygon, point = sent(page)
    assert (ellipse["kind"], ellipse["x"]) == ("ellipse", WIDTH / 2 - 1)
    assert len(polygon["points"]) == 4
    assert (point["x"], point["y"]) == (WIDTH / 2 - 1, pytest.approx(HEIGHT / 2, abs=0.1))


def test_an_outline_under_way_is_finished_by_submitting(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    _, page = opened(page_as, world)
    page.keyboard.press("n")
    page.keyboard.press("1")
    page.keyboard.press("ArrowUp")
    layer = page.locator("[data-drawing]")
    stroke(page, layer, (0.1, 0.1), (0.3, 0.3))
    page.keyboard.press("a")
    click(page, layer, (0.5, 0.5), (0.7, 0.5), (0.6, 0.8))
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    kinds = Evidence.objects.filter(verdict__clause_key="hate").values_list("kind", flat=True)
    assert list(kinds) == ["box", "polygon"]


def test_snapping_puts_a_corner_on_another(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="i"))
    _, page = opened(page_as, world)
    layer = page.locator("[data-drawing]")
    stroke(page, layer, (0.1, 0.1), (0.3, 0.3))
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+u")
    stroke(page, layer, (0.305, 0.305), (0.6, 0.7))
    stroke(page, layer, (0.45, 0.75), (0.995, 0.995))
    first, second, third = sent(page)
    assert second["x"] == pytest.approx(first["x"] + first["width"], abs=0.05)
    assert second["y"] == pytest.approx(first["y"] + first["height"], abs=0.05)
    assert third["x"] + third["width"] == WIDTH
    assert third["y"] + third["height"] == HEIGHT


def test_the_label_page_loads_less_than_350_kb_of_code(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    """Measured as it travels, compressed: every script the page asked for, drawing included."""
    ask_for_drawings(world, post_bring_in(world, tmp_path, parts="ic"))
    visit = page_as("annotator")
    asked: set[str] = set()
    visit.page.on("request", lambda request: asked.add(urlsplit(request.url).path))
    visit.open(f"/p/{world.project.pk}/label")
    stroke(visit.page, visit.page.locator("[data-drawing]"), (0.1, 0.1), (0.4, 0.4))
    expect(visit.page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()
    visit.answered()
    scripts = {FRONTEND / "dist" / path.lstrip("/") for path in asked if path.endswith(".js")}
    sizes = {script.name: len(gzip.compress(script.read_bytes(), 9)) for script in scripts}
    assert 100_000 < sum(sizes.values()) < 350_000, sizes
