from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from annotation.models import Decision
from annotation.selectors import decisions_current
from core.accounts.models import User
from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import ask_about, part, post_bring_in
from tests.world import World


def disagreement(world: World, folder: Path, name: str = "disputed") -> None:
    """Two people answer one post differently, one of them with marks."""
    post = post_bring_in(world, folder, name=name, parts="ict")
    ask_about(world, post)
    caption = post.parts.get(kind="caption")
    span: dict[str, Any] = {"kind": "text_span", "part_id": str(caption.pk), "start": 0, "end": 7}
    boxes = [material.box(post, x=40, y=40, width=300, height=200), span]
    yes = material.document("yes", severity=3, evidence=boxes)
    yes["verdicts"][0] |= {"reason": "It points at a group.", "confidence": 1.0}
    material.answer(world, "annotator", yes)
    material.answer(world, "annotator2", material.document("no"))


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_a_reviewer_decides_by_keyboard_and_the_next_case_comes(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    User.objects.filter(pk=world.person("annotator2").pk).update(is_simulated=True)
    disagreement(world, tmp_path, "first-case")
    disagreement(world, tmp_path, "second-case")
    visit = page_as("reviewer", width=width, height=height, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/review")
    answers = page.get_by_role("list", name="Answers")
    expect(answers.get_by_role("listitem")).to_have_count(2)
    expect(answers.get_by_text("Simulated")).to_be_visible()
    expect(answers.get_by_text("It points at a group.")).to_be_visible()
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in page.content()
    expect(page.locator("[data-drawing]")).to_have_attribute("aria-label", "Image: 1 box")
    expect(part(page, "Caption").locator("mark")).to_have_text("Selling")
    tap(page, "h")
    expect(page.locator("section img")).to_be_visible()
    look = f"{'dark' if dark else 'light'}-{width}"
    visit.picture(f"review-{look}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("2")
    page.keyboard.press("Shift+2")
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Say it in a sentence.")).to_be_visible()
    page.keyboard.type("The rule does not say whether groups of friends count.")
    with page.expect_response("**/adjudications/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()
    cases = page.get_by_role("navigation", name="Cases")
    expect(cases.get_by_role("list").first.get_by_role("listitem")).to_have_count(1)
    decided = cases.get_by_role("list", name="Decided just now")
    expect(decided).to_contain_text("Decided by you")
    decided.get_by_role("button").click()
    expect(page.get_by_role("heading", name="Decisions so far")).to_be_visible()
    expect(page.get_by_text("groups of friends")).to_be_visible()
    decision = decisions_current(world.project.pk, clause_keys=["hate"]).get()
    assert (decision.answer, decision.severity, decision.method) == ("yes", 2, "adjudicated")
    assert (decision.reason_code, decision.decided_by) == ("guideline_gap", world.person("reviewer"))
    assert "groups of friends" in decision.reason


def test_agreement_is_shown_per_rule_and_what_is_undefined_explains_itself(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    for number in range(6):
        post = material.post_make(world, external_id=f"p{number}", with_image=False)
        ask_about(world, post)
        material.answer(world, "annotator", material.document("yes" if number < 3 else "no"))
        material.answer(world, "annotator2", material.document("yes" if number < 2 else "no"))
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    page.get_by_text("Agreement", exact=True).click()
    expect(page.get_by_role("row", name="Hate")).to_contain_text("0.686")
    expect(page.get_by_role("row", name="Spam")).to_contain_text("Everybody gave the same answer every time")
    visit.picture("review-agreement-light-1280")
    expect_no_serious_axe_violations(page)


def test_the_rule_is_read_on_the_spot_and_the_arrows_still_walk_the_cases(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    for number in range(2):
        disagreement(world, tmp_path, name=f"disputed-{number}")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    current = page.get_by_role("navigation", name="Cases").locator("[aria-current]")
    expect(current).to_contain_text("Hate")
    expect(current).to_contain_text("Selling my grandfather")
    page.get_by_text("Agreement", exact=True).click()
    page.get_by_text("Disagreements", exact=True).click()
    first = current.inner_text()
    page.keyboard.press("ArrowDown")
    expect(current).not_to_have_text(first)
    expect(page.get_by_role("button", name="Read the rule")).to_be_visible()
    page.keyboard.press("g")
    rule = page.get_by_role("group", name="The rule: Hate")
    expect(rule).to_contain_text("An attack on people for a protected trait.")
    visit.picture("review-rule")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("g")
    expect(rule).to_have_count(0)


def test_a_majoritys_cases_are_shown_when_nothing_is_undecided(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    post = post_bring_in(world, tmp_path, name="carried", parts="ict")
    ask_about(world, post, overlap=3)
    for name, answer in (("annotator", "no"), ("annotator2", "no"), ("reviewer2", "yes")):
        document = material.document(answer)
        if answer == "yes":
            document = material.document("yes", severity=3, evidence=[material.box(post)])
            document["verdicts"][0] |= {"reason": "It points at a group."}
        material.answer(world, name, document)
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    expect(page.get_by_text("Nothing is undecided. These are cases that a majority carried.")).to_be_visible()
    expect(page.get_by_role("list", name="Answers").get_by_role("listitem")).to_have_count(3)
    visit.picture("review-carried")
    page.get_by_role("checkbox", name="Undecided only").check()
    expect(page.get_by_text("Nothing waits for a decision")).to_be_visible()


def test_an_empty_review_says_what_would_appear(world: World, page_as: VisitAs) -> None:
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    expect(page.get_by_text("Nothing waits for a decision")).to_be_visible()
    visit.picture("review-empty-light-1280")
    assert Decision.objects.count() == 0
