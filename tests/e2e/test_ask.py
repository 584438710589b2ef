from __future__ import annotations

from playwright.sync_api import expect

from core.queue.models import Slot, Task
from tests.annotation.material import release_make
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.comparing import PAIRS
from tests.e2e.conftest import VisitAs
from tests.e2e.material import posts_bring_in
from tests.preferences import material as pairs
from tests.world import World


def test_a_manager_asks_about_some_posts_and_then_about_the_rest(page_as: VisitAs, world: World) -> None:
    posts_bring_in(world)  # six posts, three of them with a picture
    release_make(world)
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/ask")
    page.get_by_role("checkbox", name="Spam").uncheck()
    page.get_by_role("combobox", name="Posts").click()
    page.get_by_role("option", name="With a part: image").click()
    page.get_by_label("Answers to each task").fill("2")
    page.get_by_label("At most so many posts").fill("2")
    page.get_by_role("button", name="Ask for labels").click()
    told = page.get_by_role("status").filter(has_text="waiting for people")
    expect(told).to_contain_text("2 tasks are waiting for people now.")
    visit.picture("ask-asked")
    expect_no_serious_axe_violations(page)
    assert [list(task.clause_keys) for task in Task.objects.all()] == [["hate"], ["hate"]]
    assert Slot.objects.count() == 4

    page.get_by_label("At most so many posts").fill("")
    page.get_by_role("button", name="Ask for labels").click()
    expect(told).to_contain_text("1 task is waiting for people now.")
    visit.expect_complaint("400")
    page.get_by_role("button", name="Ask for labels").click()
    expect(page.get_by_role("alert")).to_contain_text("all that match have these tasks already")
    assert Task.objects.count() == 3

    page.get_by_role("link", name="Overview").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Ask for answers")


def test_an_engineer_asks_for_judgments_with_the_keyboard_alone(page_as: VisitAs, world: World) -> None:
    pairs.release_once(world)
    assert pairs.import_run(world, list(PAIRS)).state == "succeeded"
    page = page_as("engineer").open("/")
    page.keyboard.press("g")
    page.keyboard.press("k")
    expect(page.get_by_role("heading", level=1, name="Ask for answers")).to_be_focused()
    kinds = page.get_by_role("radiogroup", name="What to ask for")
    kinds.get_by_role("radio", name="Labels of posts").focus()
    page.keyboard.press("ArrowRight")
    axes = page.get_by_role("group", name="Axes to ask").get_by_role("checkbox")
    expect(axes).to_have_count(2)
    axes.first.focus()
    page.keyboard.press("Space")
    expect(axes.first).not_to_be_checked()
    page.get_by_label("Answers to each task").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="waiting")).to_contain_text("3 tasks are waiting")
    assert {tuple(task.clause_keys) for task in Task.objects.all()} == {("harmless",)}
    assert set(Task.objects.values_list("kind", flat=True)) == {"compare"}


def test_a_release_without_such_clauses_says_so_and_offers_nothing_to_send(
    page_as: VisitAs, world: World
) -> None:
    release_make(world)
    page = page_as("manager").open(f"/p/{world.project.pk}/ask")
    page.get_by_text("Judgments of pairs").click()
    expect(page.get_by_text("No clause of this release is a criterion")).to_be_visible()
    expect(page.get_by_role("button", name="Ask for judgments")).to_have_count(0)
