from __future__ import annotations

from playwright.sync_api import expect

from core.queue.models import Review, Submission
from preferences.models import ComparisonDecision
from preferences.services.settling import judgments_settle
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.preferences import material
from tests.world import World


def test_a_reviewer_judges_beside_others_and_decides_an_axis_whose_gap_stands_among_the_unclear_rules(
    world: World, page_as: VisitAs
) -> None:
    material.release_make(world)
    material.comparisons_make(world)
    material.tasks_make(world, overlap=2)
    broken = {"position": "first", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}
    rewrite = {"position": "first", "text": "Answer 0 of one, but better."}
    said = material.document(
        3, responses=[broken], rewrites=[rewrite], reason="It tells how.", confidence=0.75
    )
    material.judge(world, "annotator", answer=said)
    material.judge(world, "annotator2", answer=material.document(2), swapped=True)
    judgments_settle()
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    page.get_by_role("radiogroup", name="What to review").get_by_text("Comparisons").click()
    table = page.get_by_role("group", name="What each person said")
    for words in ("B, much", "A, clearly", "It tells how.", "Saw B first", "Breaks Weapons", "People differ"):
        expect(table.get_by_text(words).first).to_be_visible()
    assert "secret-model" not in page.content()
    visit.picture("review-pairs-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("x")
    page.keyboard.press("w")
    own = page.get_by_role("region", name="Your own judgment")
    expect(own).to_be_visible()
    page.keyboard.press("2")
    visit.picture("review-pairs-amending-light-1280")
    with page.expect_response("**/reviews/") as answered:
        page.keyboard.press("Control+Enter")
    assert answered.value.status == 201, answered.value.text()
    amendment = Submission.objects.get(person=world.person("reviewer"))
    assert Review.objects.get().amendment_id == amendment.pk
    assert amendment.supersedes_id is None
    expect(page.get_by_text("Done just now")).to_be_visible()
    page.get_by_role("list", name="Done just now").get_by_role("button").click()
    expect(table.get_by_text("A reviewer's")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Say it in a sentence.")).to_be_visible()
    page.keyboard.type("Nothing on half an answer.")
    visit.picture("review-pairs-deciding-light-1280")
    with page.expect_response("**/adjudications/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()
    decision = ComparisonDecision.objects.get(method="adjudicated")
    assert (decision.outcome, decision.strength, decision.reason_code) == ("a", -3.0, "guideline_gap")
    page = visit.open(f"/p/{world.project.pk}/unclear")
    page.get_by_role("button", name="Helpfulness").click()
    expect(page.get_by_text("Nothing on half an answer.")).to_be_visible()
