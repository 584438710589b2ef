from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from active_learning.models import Round, Scan, Suspect
from annotation.selectors import decisions_current
from core.queue.models import Task
from tests.e2e.browsing import expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import (
    DOUBTED,
    WRONG,
    decisions_bring_in,
    quick_encoders,
    round_bring_in,
    scan_bring_in,
    scan_run_now,
)
from tests.e2e.material import work_off
from tests.world import World


def figure(page: Page, label: str) -> str:
    """The number the page shows under this label."""
    return page.locator("dl > div", has=page.get_by_text(label, exact=True)).locator("dd").first.inner_text()


def test_an_engineer_starts_a_round_and_sees_what_it_chose_and_why(world: World, page_as: VisitAs) -> None:
    decisions_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/rounds")
    expect(page.get_by_text("No rounds yet")).to_be_visible()
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Start a round")
    clause = dialog.get_by_role("combobox", name="Clause")
    clause.click()
    page.get_by_role("option", name="Spam").click()
    expect(dialog.get_by_text("Posts whose two likeliest answers are closest.")).to_be_visible()
    dialog.get_by_role("textbox", name="Posts to choose").fill("10")
    dialog.get_by_role("textbox", name="People per post").fill("2")
    visit.picture("round-start-light-1280")
    expect_no_serious_axe_violations(page)
    dialog.get_by_role("button", name="Start the round").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spam")
    expect(page.get_by_text("Queued").first).to_be_visible()
    with quick_encoders():
        work_off()
    expect(page.get_by_role("heading", name="What it chose")).to_be_visible()
    rows = page.get_by_role("table", name="Chosen posts").locator("tbody tr")
    expect(rows).to_have_count(10)
    expect(rows.filter(has_text="Random")).to_have_count(2)
    expect(rows.first).to_contain_text(re.compile(r"Nearest .*(Yes|No) \d+ % alike"))
    expect(page.get_by_role("img", name="Macro F1 against the number of answers")).to_be_visible()
    assert figure(page, "Chosen") == "10"
    found = Round.objects.get()
    assert (found.clause_key, found.strategy, found.budget, found.overlap) == ("spam", "margin", 10, 2)
    assert Task.objects.filter(source="round", source_id=found.pk, slots=2).count() == 10


def test_an_engineer_shares_a_rounds_posts_out_by_keyboard(world: World, page_as: VisitAs) -> None:
    decisions_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/rounds")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Start a round")
    for _ in range(2):
        add = dialog.get_by_role("button", name="Add a share")
        add.focus()
        page.keyboard.press("Enter")
    values = dialog.get_by_role("textbox", name="Language")
    values.first.focus()
    page.keyboard.type("en")
    least = dialog.get_by_role("textbox", name="At least")
    expect(least).to_have_count(1)
    least.fill("80")
    dialog.get_by_role("textbox", name="At most").first.fill("60")
    visit.picture("round-shares-light-1280")
    expect_no_serious_axe_violations(page)
    visit.expect_complaint("400")
    dialog.get_by_role("button", name="Start the round").click()
    expect(
        dialog.get_by_role("alert").filter(has_text="least share must not be above its most")
    ).to_be_visible()
    assert not Round.objects.exists()
    dialog.get_by_role("textbox", name="At most").first.fill("90")
    dialog.get_by_role("button", name="Start the round").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Round on")
    found = Round.objects.get()
    assert [(row["axis"], row["value"], row["least"], row["most"]) for row in found.quotas] == [
        ("language", "en", 0.8, 0.9),
        ("language", None, 0.0, 0.5),
    ]
    expect(
        page.get_by_text("Language en: 80 % to 90 %; Language of any other value: at most 50 %")
    ).to_be_visible()


def test_the_learning_curve_can_be_read_as_a_table(world: World, page_as: VisitAs) -> None:
    made = round_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/rounds/{made['round']}")
    page.get_by_text("The numbers").first.click()
    table = page.get_by_role("table", name="Macro F1 by number of answers")
    expect(table.get_by_role("columnheader")).to_have_text(["Answers", "Margin", "Random"])
    curve = Round.objects.get().metrics["curves"]["margin"]
    last = table.get_by_role("row").last
    expect(last).to_contain_text(str(curve[-1]["answers"]))
    expect(last).to_contain_text(f"{curve[-1]['macro_f1']:.3f}")


def test_an_engineer_starts_a_scan_by_keyboard(world: World, page_as: VisitAs) -> None:
    decisions_bring_in(world, wrong=WRONG)
    page = page_as("engineer").open(f"/p/{world.project.pk}/scans")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Start a noise scan")
    dialog.get_by_role("checkbox", name="Hate").focus()
    page.keyboard.press("Space")
    dialog.get_by_role("button", name="Start the scan").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Scan of spam")
    with quick_encoders():
        work_off()
    rows = page.get_by_role("table", name="Suspects").locator("tbody tr")
    expect(rows.first).to_contain_text("To review")
    assert Scan.objects.get().clause_keys == ["spam"]
    assert rows.count() == Suspect.objects.count() > 0


def test_a_reviewer_goes_through_suspects_by_keyboard_and_decisions_change(
    world: World, page_as: VisitAs
) -> None:
    release = decisions_bring_in(world, wrong=WRONG)
    scan_run_now(world, release, ["spam"])
    first, second, third = Suspect.objects.select_related("post").order_by("rank")[:3]
    total = Suspect.objects.count()
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/suspects")
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    expect(current).to_contain_text(first.post.external_id)
    for key, following in (("w", second), ("r", third), ("d", None)):
        with page.expect_response("**/review/") as response:
            page.keyboard.press(key)
        assert response.value.status == 200, response.value.text()
        if following is not None:
            expect(current).to_contain_text(following.post.external_id)
    expect(page.get_by_text(f"{total - 3} to review, 2 reviewed")).to_be_visible()
    expect(page.get_by_text(re.compile(r"50 % wrong, \d+ % to \d+ %, 95 % interval"))).to_be_visible()
    for suspect in (first, second, third):
        suspect.refresh_from_db()
    assert [row.outcome for row in (first, second, third)] == ["changed", "confirmed", "dismissed"]
    decision = decisions_current(world.project.pk, clause_keys=["spam"]).get(post=first.post)
    assert (decision.answer, decision.method) == (first.likely, "adjudicated")
    assert decision.decided_by == world.person("reviewer")
    kept = decisions_current(world.project.pk, clause_keys=["spam"]).get(post=second.post)
    assert (kept.answer, kept.method) == (second.given, "unanimous")


@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1920)])
def test_a_harmful_answer_is_not_stored_before_its_severity_is_said(
    world: World, page_as: VisitAs, dark: bool, width: int
) -> None:
    made = scan_bring_in(world)
    doubted = Suspect.objects.get(scan_id=made["scan"], clause_key="hate", post__external_id=DOUBTED)
    visit = page_as("reviewer", dark=dark, width=width)
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}/review")
    cases = page.get_by_role("navigation", name="Suspects to review")
    cases.get_by_role("button", name=re.compile(f"{DOUBTED}.*hate", re.IGNORECASE)).click()
    side = page.get_by_role("region", name="The doubted answer")
    expect(side.get_by_role("listitem").filter(has_text="agrees with others")).to_have_count(2)
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in page.content()
    expect(page.get_by_role("button", name="Show image")).to_be_visible()
    tap(page, "h")
    expect(page.get_by_role("region", name="The post").get_by_role("img", name="Image")).to_be_visible()
    page.keyboard.press("w")
    expect(side.get_by_text("Yes needs a severity.")).to_be_visible()
    visit.picture(f"suspect-severity-{'dark' if dark else 'light'}-{width}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Escape")
    expect(side.get_by_text("Yes needs a severity.")).to_have_count(0)
    assert Suspect.objects.get(pk=doubted.pk).outcome == "pending"
    page.keyboard.press("w")
    expect(side.get_by_text("Yes needs a severity.")).to_be_visible()
    with page.expect_response("**/review/") as response:
        page.keyboard.press("3")
    assert response.value.status == 200, response.value.text()
    decision = decisions_current(world.project.pk, clause_keys=["hate"]).get(post=doubted.post)
    assert (decision.answer, decision.severity, decision.method) == ("yes", 3, "adjudicated")


def test_a_suspect_somebody_else_reviewed_is_passed_over(world: World, page_as: VisitAs) -> None:
    release = decisions_bring_in(world, wrong=WRONG)
    scan_run_now(world, release, ["spam"])
    first, second = Suspect.objects.select_related("post").order_by("rank")[:2]
    visit = page_as("reviewer")
    visit.expect_complaint("409")
    page = visit.open(f"/p/{world.project.pk}/suspects")
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    expect(current).to_contain_text(first.post.external_id)
    Suspect.objects.filter(pk=first.pk).update(outcome="confirmed")
    page.keyboard.press("w")
    expect(page.get_by_text("Somebody has reviewed this suspect already")).to_be_visible()
    expect(current).to_contain_text(second.post.external_id)
    assert (
        decisions_current(world.project.pk, clause_keys=["spam"]).get(post=first.post).answer == first.given
    )


def test_who_may_not_run_models_is_offered_no_round(world: World, page_as: VisitAs) -> None:
    page = page_as("reviewer").open(f"/p/{world.project.pk}/rounds")
    expect(page.get_by_text("An engineer of the project starts them")).to_be_visible()
    expect(page.get_by_role("button", name="Start a round")).to_have_count(0)
