from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from active_learning.domain.held_out import is_held_out
from active_learning.models import PostMap
from core.content.models import Post
from core.queue.models import Slot, Task
from tests.e2e.browsing import change_answered, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import map_bring_in, quick_encoders, round_bring_in
from tests.e2e.material import work_off
from tests.world import Caller, World


def the_map(page: Page) -> Locator:
    return page.get_by_role("application", name=re.compile("^Map of"))


def place_on_screen(page: Page, shown: PostMap, at: int) -> tuple[float, float]:
    """Where the page draws a post while the whole map is in sight: fitted into its frame, 22 pixels of room around."""
    box = the_map(page).bounding_box()
    assert box is not None
    spans = [max(values) - min(values) for values in (shown.xs, shown.ys)]
    scale = min((box["width"] - 44) / max(spans[0], 1e-3), (box["height"] - 44) / max(spans[1], 1e-3))
    middles = [(max(values) + min(values)) / 2 for values in (shown.xs, shown.ys)]
    return (
        box["x"] + box["width"] / 2 + (shown.xs[at] - middles[0]) * scale,
        box["y"] + box["height"] / 2 + (shown.ys[at] - middles[1]) * scale,
    )


def open_post(shown: PostMap) -> int:
    """The place in the lists of a post that people can be asked about."""
    asked = set(Task.objects.values_list("post_id", flat=True))
    decided = set(Post.objects.filter(external_id__lt="post-0072").values_list("pk", flat=True))
    return next(
        at
        for at, post_id in enumerate(shown.post_ids)
        if post_id not in asked and post_id not in decided and not is_held_out(post_id)
    )


def lasso_around(page: Page, x: float, y: float, *, reach: float) -> None:
    corners = [(-reach, -reach), (reach, -reach), (reach, reach), (-reach, reach)]
    page.mouse.move(x + corners[0][0], y + corners[0][1])
    page.mouse.down()
    for dx, dy in corners[1:]:
        page.mouse.move(x + dx, y + dy, steps=4)
    page.mouse.up()


def test_an_engineer_lassoes_posts_and_an_annotator_gets_one_of_them_next(
    world: World, page_as: VisitAs
) -> None:
    shown = PostMap.objects.get(pk=map_bring_in(world)["map"])
    Slot.objects.filter(task__source="round").update(state="withdrawn")
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/map")
    expect(page.get_by_text("112 encoded posts.")).to_be_visible()
    page.get_by_role("radiogroup", name="What the pointer does").get_by_text("Lasso").click()
    at = open_post(shown)
    the_map(page).scroll_into_view_if_needed()
    lasso_around(page, *place_on_screen(page, shown, at), reach=90)
    rows = page.get_by_role("table", name="Chosen posts").locator("tbody tr")
    expect(page.get_by_role("table", name="Chosen posts")).to_contain_text(re.compile(r"post-\d+"))
    visit.answered()
    visit.picture("map-lassoed-light-1280", full_page=True)
    expect_no_serious_axe_violations(page)
    assert rows.count() > 1
    with change_answered(page, "/tasks/") as response:
        page.get_by_role("button", name=re.compile("^Ask people about these")).click()
    told: dict[str, Any] = response.value.json()
    expect(
        page.get_by_text(re.compile(r"People are asked about \d+ posts? before other work"))
    ).to_be_visible()
    tasks = Task.objects.filter(source="map", source_id=shown.pk)
    assert told["asked"] == tasks.count() > 0
    asked = set(tasks.values_list("post_id", flat=True))
    assert shown.post_ids[at] in asked
    assert not any(is_held_out(post_id) for post_id in asked if post_id)
    expect(page.get_by_text("Nothing is chosen")).to_be_visible()
    taken = (
        Caller(world.person("annotator"))
        .post(f"/api/projects/{world.project.pk}/queue/next/", {"kind": "label"})
        .json()
    )
    assert taken["task"]["post_id"] in {str(post_id) for post_id in asked}


def test_posts_are_chosen_and_asked_about_by_keyboard_alone(world: World, page_as: VisitAs) -> None:
    shown = PostMap.objects.get(pk=map_bring_in(world)["map"])
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/map")
    card = page.locator("section").filter(has=page.get_by_role("heading", name="Post in focus"))
    the_map(page).focus()
    page.keyboard.press("ArrowRight")
    first = card.get_by_role("link")
    expect(first).to_have_text(re.compile(r"post-\d+"))
    before = first.inner_text()
    page.keyboard.press("ArrowRight")
    expect(first).not_to_have_text(before)
    page.keyboard.press("Space")
    expect(page.get_by_role("heading", name="Chosen: 1 post")).to_be_visible()
    page.keyboard.press("e")
    expect(page.get_by_role("heading", name="Chosen: 50 posts")).to_be_visible()
    page.keyboard.press("x")
    expect(page.get_by_text("Nothing is chosen")).to_be_visible()
    area = page.get_by_role("button", name=re.compile("^Choose area 1,"))
    area.focus()
    page.keyboard.press("Enter")
    size = shown.areas.count(0)
    expect(page.get_by_role("heading", name=f"Chosen: {size} posts")).to_be_visible()
    ask = page.get_by_role("button", name=f"Ask people about these {size}")
    ask.focus()
    with change_answered(page, "/tasks/") as response:
        page.keyboard.press("Enter")
    assert response.value.status in {201, 409}, response.value.text()
    asked = set(Task.objects.filter(source="map").values_list("post_id", flat=True))
    of_area = {post_id for post_id, number in zip(shown.post_ids, shown.areas, strict=True) if number == 0}
    assert asked <= of_area
    if response.value.status == 201:
        assert len(asked) == response.value.json()["asked"] > 0


def test_a_map_is_laid_out_from_the_page(world: World, page_as: VisitAs) -> None:
    round_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/rounds")
    page.get_by_role("button", name="Choose on the map").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Map")
    page.get_by_role("button", name="Lay out the map").click()
    dialog = page.get_by_role("dialog", name="Lay out the map")
    expect(dialog.get_by_text("All 112 posts are encoded.")).to_be_visible()
    visit.picture("map-start-light-1280")
    dialog.get_by_role("button", name="Lay out the map").click()
    expect(page.get_by_role("progressbar", name="Laying out the map")).to_be_visible()
    with quick_encoders():
        work_off()
    expect(the_map(page)).to_be_visible()
    legend = page.get_by_role("list", name="Legend: Answer")
    expect(legend.get_by_role("listitem")).to_contain_text(["No", "Yes", "Not decided", "Chosen here"])


@pytest.mark.parametrize(("dark", "width"), [(True, 1440), (False, 390)])
def test_a_map_tells_what_its_marks_mean_in_every_colouring(
    world: World, page_as: VisitAs, dark: bool, width: int
) -> None:
    shown = PostMap.objects.get(pk=map_bring_in(world)["map"])
    visit = page_as("reviewer", dark=dark, width=width)
    page = visit.open(f"/p/{world.project.pk}/map")
    name = f"{'dark' if dark else 'light'}-{width}"
    for mode, said in (
        ("Answered or not", "Measures models"),
        ("Chance of harm", "80 to 100 %"),
        ("Chosen by a round", "By the newest round"),
        ("Media", "Text only"),
    ):
        page.get_by_role("combobox", name="Colour by").click()
        page.get_by_role("option", name=mode).click()
        expect(page.get_by_role("list", name=f"Legend: {mode}")).to_contain_text(said)
        if mode == "Chance of harm":
            visit.picture(f"map-harm-{name}", full_page=True)
    the_map(page).scroll_into_view_if_needed()
    x, y = place_on_screen(page, shown, 0)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    expect(page.get_by_role("link", name=re.compile(r"^post-\d+$")).first).to_be_visible()
    visit.answered()
    visit.picture(f"map-focus-{name}", full_page=True)
    expect_no_serious_axe_violations(page)
    # Reviewers may look and choose, not ask.
    expect(page.get_by_role("button", name="Lay out anew")).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Choose area 1,")).click()
    expect(page.get_by_role("heading", name=re.compile("^Chosen: "))).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Ask people"))).to_have_count(0)
