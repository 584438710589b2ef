from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from annotation.models import Decision
from annotation.selectors import decisions_current
from core.accounts.models import User
from tests.annotation import material
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import ask_about, part, post_bring_in
from tests.world import World


@pytest.fixture
def page_as(page_as: VisitAs) -> Iterator[VisitAs]:
    """As everywhere, and at the end wait for what the pages still ask, before the tables are emptied."""
    visits: list[Visit] = []

    def open_as(name: str, **options: Any) -> Visit:
        visits.append(page_as(name, **options))
        return visits[-1]

    yield open_as
    for visit in visits:
        visit.page.wait_for_load_state("networkidle")


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
    page.keyboard.press("h")
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
    expect(page.get_by_role("navigation", name="Cases").get_by_role("listitem")).to_have_count(1)
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


def test_an_empty_review_says_what_would_appear(world: World, page_as: VisitAs) -> None:
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    expect(page.get_by_text("Nothing waits for a decision")).to_be_visible()
    visit.picture("review-empty-light-1280")
    assert Decision.objects.count() == 0
