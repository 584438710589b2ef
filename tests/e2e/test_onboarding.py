"""A newcomer learns by a project's onboarding set, with the keyboard alone; a reviewer keeps it and lets them in."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from annotation.models import GoldItem
from annotation.services import onboarding_set
from core.queue.models import OnboardingRun, QualityRules
from tests.annotation import material
from tests.annotation.gold_material import gold_item
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent
from tests.world import World


def gold_make(world: World) -> None:
    """Two posts of gold, the first with “yes” known, and work behind them."""
    release = material.release_make(world)
    for name, known in (("learn-1", "yes"), ("learn-2", "no")):
        post = material.post_make(world, external_id=name, with_image=False)
        gold_item(
            world,
            release,
            post=post,
            document=material.document(known),
            explanation=f"The words decide it: {known}.",
        )
    work = [material.post_make(world, external_id=f"work-{at}", with_image=False) for at in range(3)]
    material.tasks_make(world, release, work, overlap=8)


def say_no(page: Page) -> None:
    """Answer both clauses with “no” and send it, by keys."""
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    with answer_sent(page):
        page.keyboard.press("Control+Enter")


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_a_newcomer_learns_first_and_a_reviewer_lets_them_in(
    world: World, page_as: VisitAs, width: int, height: int, dark: bool
) -> None:
    look = f"{'dark' if dark else 'light'}-{width}"
    gold_make(world)
    reviewer = page_as("reviewer", width=width, height=height, dark=dark)
    page = reviewer.open(f"/p/{world.project.pk}/gold")
    for name in ("learn-2", "learn-1"):
        page.get_by_role("combobox", name="Add a post").click()
        page.get_by_role("option", name=name).click()
    page.get_by_role("button", name="learn-1 earlier").click()
    page.get_by_label("Tries").fill("1")
    page.get_by_role("switch", name="Ask everybody, also who is past it").check()
    reviewer.picture(f"onboarding-set-{look}", full_page=True)
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Save the onboarding").click()
    expect(page.get_by_text("Newcomers answer this set first.")).to_be_visible()
    assert QualityRules.objects.get().onboarding_tries == 1

    annotator = page_as("annotator", width=width, height=height, dark=dark)
    own = annotator.open(f"/p/{world.project.pk}/label")
    expect(own.get_by_text("Introduction: 1 of 2")).to_be_visible()
    expect(own.get_by_role("heading", name="learn-1")).to_be_visible()
    annotator.picture(f"onboarding-post-{look}")
    say_no(own)
    expect(own.get_by_text("The words decide it: yes.")).to_be_visible()
    expect(own.get_by_role("row").filter(has_text="Hate")).to_contain_text("Yes, Medium")
    expect(own.get_by_role("button", name="1. Known marks (1)")).to_be_visible()
    expect(own.get_by_role("button", name="Go on")).to_be_focused()
    annotator.picture(f"onboarding-lesson-{look}")
    expect_no_serious_axe_violations(own)
    own.keyboard.press("Enter")
    expect(own.get_by_text("Introduction: 2 of 2")).to_be_visible()
    say_no(own)
    expect(own.get_by_text("As known.", exact=True)).to_be_visible()
    expect(own.get_by_role("button", name="See how it went")).to_be_focused()
    own.keyboard.press("Enter")
    expect(own.get_by_role("heading", name="A reviewer looks at it")).to_be_visible()
    expect(own.get_by_text("You answered 1 of 2 posts as known")).to_be_visible()
    annotator.picture(f"onboarding-waits-{look}", full_page=True)
    expect_no_serious_axe_violations(own)

    page = reviewer.open(f"/p/{world.project.pk}/gold")
    expect(page.get_by_text("Waits for a word")).to_be_visible()
    reviewer.picture(f"onboarding-people-{look}", full_page=True)
    expect_no_serious_axe_violations(page)
    page.get_by_label("A sentence to them").fill("We read the first one together.")
    page.get_by_role("button", name="Let them through").click()
    expect(page.get_by_text("Through", exact=True)).to_be_visible()
    assert OnboardingRun.objects.get().state == "passed"

    own = annotator.open(f"/p/{world.project.pk}/label")
    expect(own.get_by_role("heading", name="work-")).to_be_visible()
    expect(own.get_by_text("Introduction:")).to_have_count(0)


def test_with_a_try_left_it_is_tried_again_and_passed(world: World, page_as: VisitAs) -> None:
    gold_make(world)
    items = list(GoldItem.objects.order_by("post__external_id").values_list("pk", flat=True))
    onboarding_set(
        world.actor("reviewer"),
        world.project.pk,
        item_ids=items[:1],
        pass_share=1.0,
        tries=2,
        asks_everyone=True,
    )
    annotator = page_as("annotator")
    own = annotator.open(f"/p/{world.project.pk}/label")
    say_no(own)
    own.get_by_role("button", name="See how it went").press("Enter")
    expect(own.get_by_role("heading", name="Not yet")).to_be_visible()
    expect(own.get_by_text("one try is left.")).to_be_visible()
    annotator.picture("onboarding-not-yet")
    onboarding_set(world.actor("reviewer"), world.project.pk, item_ids=items[1:], pass_share=1.0, tries=2)
    own.get_by_role("button", name="Try again").press("Enter")
    expect(own.get_by_role("heading", name="learn-2")).to_be_visible()
    say_no(own)
    own.get_by_role("button", name="See how it went").press("Enter")
    expect(own.get_by_role("heading", name="You are through the introduction")).to_be_visible()
    annotator.picture("onboarding-passed")
    own.keyboard.press("Enter")
    expect(own.get_by_role("heading", name="work-")).to_be_visible()
