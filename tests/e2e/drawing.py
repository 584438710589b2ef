"""What a hand does on a picture, and the policy whose one question takes everything that can be drawn."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

from core.content.models import Post
from tests.annotation import material
from tests.world import World

Share = tuple[float, float]
"""A place in a picture as shares of its width and height."""

DRAWN = material.HATE | {
    "evidence_kinds": [
        "whole_post",
        "part",
        "box",
        "ellipse",
        "polygon",
        "polyline",
        "point",
        "mask",
        "text_span",
    ]
}


def ask_for_drawings(world: World, *posts: Post) -> None:
    """Make a task for each of the posts that takes every kind of mark."""
    release = material.release_make(world, {"hate": DRAWN, "spam": material.SPAM})
    for post in posts:
        material.tasks_make(world, release, [post])


def place(area: Locator, at: Share) -> tuple[float, float]:
    """Where a share of an element is on the page."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    return box["x"] + at[0] * box["width"], box["y"] + at[1] * box["height"]


def click(page: Page, area: Locator, *points: Share) -> None:
    """Click at each of the places in turn."""
    for point in points:
        page.mouse.click(*place(area, point))


def stroke(page: Page, area: Locator, *points: Share) -> None:
    """Press at the first place and go through the others."""
    page.mouse.move(*place(area, points[0]))
    page.mouse.down()
    for point in points[1:]:
        page.mouse.move(*place(area, point), steps=5)
    page.mouse.up()


def painted(mask: dict[str, Any], at: Share) -> bool:
    """Whether a mask of the label document paints the pixel at a share of its picture."""
    from annotation.domain.masks import mask_intervals

    height, width = mask["size"]
    position = int(at[0] * width) * height + int(at[1] * height)
    return any(start <= position < end for start, end in mask_intervals((height, width), mask["counts"]))
