"""The page of one model: how good it is, whether it suggests, and from which chance of harm on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from active_learning.models import InputMeasure, ModelVersion, Promotion
from annotation.models import Suggestion
from policies.selectors import release_current
from tests.active_learning.material import decide as decide_post
from tests.annotation.material import post_make, release_changed, release_once
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import head_says, models_bring_in, quick_encoders
from tests.e2e.material import work_off
from tests.world import World


def decide(page: Page, button: str, reason: str) -> None:
    """Press a button, say why, and wait for the server."""
    page.get_by_role("button", name=button).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Why").fill(reason)
    with page.expect_response(re.compile("/api/models/.*/(promotion|rollback|withdrawal)/")) as answered:
        dialog.get_by_role("button", name=button).click()
    assert answered.value.status == 200, answered.value.text()
    expect(dialog).to_have_count(0)


def panel(page: Page, title: str) -> Locator:
    """The panel under a title."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, exact=True))


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1920)])
def test_a_manager_promotes_states_a_threshold_and_goes_back(
    world: World, page_as: VisitAs, dark: bool, width: int
) -> None:
    made = models_bring_in(world)
    visit = page_as("manager", dark=dark, width=width)
    look = f"{'dark' if dark else 'light'}-{width}"
    page = visit.open(f"/p/{world.project.pk}/models")
    rows = page.get_by_role("table", name="Models").locator("tbody tr")
    expect(rows.nth(0)).to_contain_text("Promoted")
    expect(rows.nth(1)).to_contain_text("Was promoted")
    visit.picture(f"models-{look}")
    rows.nth(1).get_by_role("link", name="spam, version 1").click()
    expect(
        page.get_by_text("Version 2 is promoted for this clause. This one suggests nothing.")
    ).to_be_visible()

    decide(page, "Promote", "Version 2 calls gardens spam.")
    expect(page.get_by_text("This one suggests nothing")).to_have_count(0)
    history = page.get_by_role("table", name="Decisions").locator("tbody tr")
    expect(history.first).to_contain_text("Version 2 calls gardens spam.")
    with quick_encoders():
        work_off()

    page.get_by_role("textbox", name="At least").fill("90")
    page.get_by_role("button", name="Work out the threshold").click()
    found = page.get_by_role("group", name="What was worked out")
    expect(found).to_contain_text("0.905")
    found.get_by_role("textbox", name="Why this threshold").fill("Annotators trust it too much.")
    visit.picture(f"model-threshold-{look}")
    expect_no_serious_axe_violations(page)
    with page.expect_response("**/threshold/") as stored:
        found.get_by_role("button", name="Suggest from it on").click()
    assert stored.value.status == 200, stored.value.text()
    expect(page.get_by_text("Harm is suggested from a chance of 0.905 on")).to_be_visible()
    with quick_encoders():
        work_off()
    newest = Suggestion.objects.order_by("post_id", "-pk").distinct("post_id")
    assert {one.source_id for one in newest if one.answer == "yes" and (one.confidence or 0) < 0.905} == set()

    decide(page, "Go back to version 2", "Too little is suggested.")
    expect(page.get_by_text("Version 2 is promoted for this clause.")).to_be_visible()
    assert [(one.kind, str(one.model_id)) for one in Promotion.objects.order_by("ordinal")][2:] == [
        ("promoted", made["earlier"]),
        ("threshold", made["earlier"]),
        ("rolled_back", made["model"]),
    ]
    visit.picture(f"model-gone-back-{look}")


def test_a_threshold_that_cannot_be_reached_says_why(world: World, page_as: VisitAs) -> None:
    made = models_bring_in(world)
    visit = page_as("engineer")
    visit.expect_complaint("409")
    page = visit.open(f"/p/{world.project.pk}/models/{made['model']}")
    page.get_by_role("textbox", name="At least").fill("100")
    page.get_by_role("button", name="Work out the threshold").click()
    expect(
        page.get_by_role("alert").filter(has_text="No threshold gives a precision of 100 %")
    ).to_be_visible()
    visit.picture("model-threshold-refused-light-1280")


def test_of_two_who_decide_at_once_the_later_sees_what_holds_now(world: World, page_as: VisitAs) -> None:
    made = models_bring_in(world)
    visit = page_as("engineer")
    visit.expect_complaint("409")
    page = visit.open(f"/p/{world.project.pk}/models/{made['earlier']}")
    page.get_by_role("button", name="Promote").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Why").fill("It is better.")
    Promotion.objects.create(
        project=world.project,
        clause_key="spam",
        ordinal=3,
        kind="withdrawn",
        reason="Nothing should be suggested.",
        decided_by=world.person("manager"),
    )
    dialog.get_by_role("button", name="Promote").click()
    expect(dialog.get_by_text("Somebody decided about this clause’s model meanwhile.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("No model of this clause is promoted")).to_be_visible()
    expect(page.get_by_role("table", name="Decisions")).to_contain_text("Nothing should be suggested.")


def test_a_model_of_a_passed_meaning_is_silent_and_says_so(world: World, page_as: VisitAs) -> None:
    made = models_bring_in(world)
    release = release_current(world.project.pk)
    assert release is not None
    release_changed(world, release, clause_key="spam", question="Is it advertising at all?")
    page = page_as("manager").open(f"/p/{world.project.pk}/models/{made['model']}")
    expect(page.get_by_text("Promoted, silent")).to_be_visible()
    expect(page.get_by_text("The clause means something else in the release in effect")).to_be_visible()
    expect(page.get_by_role("button", name="Work out the threshold")).to_have_count(0)


def test_the_calibration_can_be_read_as_a_table_and_a_reviewer_decides_nothing(
    world: World, page_as: VisitAs
) -> None:
    made = models_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/models/{made['model']}")
    page.get_by_text("The numbers", exact=True).click()
    table = page.get_by_role("table", name="Harmful posts by predicted chance of harm")
    expect(table.get_by_role("row").nth(1)).to_contain_text("0 to 10 %")
    slices = page.get_by_role("table", name="Figures by slice").locator("tbody tr")
    expect(slices).to_have_count(3)
    expect(slices.nth(1)).to_contain_text("Language en")
    for name in ("Promote", "Take away", "Work out the threshold", "Go back to version 1"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1920), (False, 480)])
def test_drift_is_shown_with_what_it_means(world: World, page_as: VisitAs, dark: bool, width: int) -> None:
    made = models_bring_in(world)
    visit = page_as("manager", dark=dark, width=width)
    page = visit.open(f"/p/{world.project.pk}/models/{made['model']}")
    look = f"{'dark' if dark else 'light'}-{width}"
    agreement = panel(page, "Agreement with people")
    expect(agreement).to_contain_text("Too few decisions to tell: 28 of at least 30.")
    expect(agreement).to_contain_text(re.compile(r"On held-out posts it was \d+ %"))
    posts = panel(page, "New posts")
    changed = posts.get_by_role("alert")
    expect(changed).to_contain_text(
        "New posts are of another kind, and the model gives them other chances of harm."
    )
    expect(posts).to_contain_text("Stability index 0.36")
    expect(posts).to_contain_text("told apart in 76 % of 1,000")
    posts.get_by_text("The numbers of posts").click()
    table = posts.get_by_role("table", name="Posts by chance of harm, before and since")
    expect(table.get_by_role("row").nth(1)).to_contain_text("420")
    posts.get_by_text("The numbers of posts").click()
    agreement.scroll_into_view_if_needed()
    visit.picture(f"model-drift-{look}", full_page=True)
    expect_no_serious_axe_violations(page)


def test_agreement_that_falls_is_said_and_what_did_not_change_is_called_as_expected(
    world: World, page_as: VisitAs
) -> None:
    made = models_bring_in(world)
    model = ModelVersion.objects.get(pk=made["model"])
    InputMeasure.objects.create(
        model=model, bins=[210, 82, 40, 18, 16, 10, 9, 15, 31, 69], apart_hits=512, apart_total=1000
    )
    for number in range(3):
        post = post_make(world, with_image=False)
        head_says(world, model, post, harmful=True)
        decide_post(world, release_once(world), post, "yes" if number == 0 else "no")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/models/{made['model']}")
    agreement = panel(page, "Agreement with people")
    alarm = agreement.get_by_role("alert")
    expect(alarm).to_contain_text("People agree with the model less often than expected.")
    expect(alarm).to_contain_text("They agreed in 48 % of the newest 31 decisions")
    posts = panel(page, "New posts")
    expect(posts).to_contain_text("As expected")
    expect(posts).to_contain_text("New posts are like those of the training.")
    expect(posts.get_by_role("alert")).to_have_count(0)
    alarm.scroll_into_view_if_needed()
    visit.picture("model-drift-agreement-light-1280")


def test_a_model_of_which_little_is_known_says_so(world: World, page_as: VisitAs) -> None:
    made = models_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/models/{made['earlier']}")
    expect(panel(page, "Agreement with people")).to_contain_text(
        re.compile("Too few decisions to tell: \\d of at least 30.")
    )
    expect(panel(page, "New posts")).to_contain_text("Nothing measured yet")
