from __future__ import annotations

import re

from playwright.sync_api import expect

from active_learning.models import Scan, Suspect
from annotation.selectors import decisions_current
from core.accounts.selectors import pseudonyms
from tests.e2e.browsing import expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import boxes_bring_in, crowd_bring_in, decisions_bring_in, sets_bring_in
from tests.world import World


def test_an_engineer_chooses_by_keyboard_what_a_scan_looks_at(world: World, page_as: VisitAs) -> None:
    decisions_bring_in(world)
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/scans")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog", name="Start a noise scan")
    for name in ("Each clause alone", "Clauses together", "Several people’s answers", "Drawn boxes"):
        expect(dialog.get_by_role("checkbox", name=name)).to_be_checked()
    for name in ("Each clause alone", "Clauses together", "Drawn boxes"):
        dialog.get_by_role("checkbox", name=name).focus()
        page.keyboard.press("Space")
    visit.picture("start-scan-looks")
    expect_no_serious_axe_violations(page)
    dialog.get_by_role("button", name="Start the scan").focus()
    with page.expect_response("**/scans/") as started:
        page.keyboard.press("Enter")
    assert started.value.status == 202, started.value.text()
    assert Scan.objects.get().looks == ["people"]


def test_the_doubtful_clauses_of_a_post_are_reviewed_one_after_the_other_by_key(
    world: World, page_as: VisitAs
) -> None:
    made = sets_bring_in(world)
    first, second = Suspect.objects.filter(kind="set").select_related("post").order_by("rank")[:2]
    assert first.post_id == second.post_id
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}")
    rows = page.get_by_role("table", name="Posts whose answers make an unlikely set").locator("tbody tr")
    expect(rows.first).to_contain_text(first.post.external_id)
    expect(rows.first).to_contain_text(second.clause_key)
    page.keyboard.press("r")
    side = page.get_by_role("region", name="The doubted answer")
    together = side.get_by_role("region", name="The post’s answers together")
    expect(together.get_by_text("Doubtful")).to_have_count(2)
    visit.picture("set-review-keys")
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    with page.expect_response("**/review/") as response:
        page.keyboard.press("r")
    assert response.value.status == 200, response.value.text()
    expect(current).to_contain_text(
        re.compile(f"{first.post.external_id}.*{second.clause_key}", re.IGNORECASE)
    )
    first.refresh_from_db()
    assert first.outcome == "confirmed"


def test_an_answer_against_a_strong_consensus_is_found_wrong_or_right_by_key(
    world: World, page_as: VisitAs
) -> None:
    made = crowd_bring_in(world)
    first, second = Suspect.objects.filter(kind="vote").select_related("post").order_by("rank")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}?kind=vote")
    name = pseudonyms(world.project.pk)[world.person("annotator").pk].pseudonym
    rows = page.get_by_role("table", name="Answers against a strong consensus").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(name)
    page.keyboard.press("r")
    side = page.get_by_role("region", name="The doubted answer")
    expect(side).to_contain_text(f"Said by {name}")
    expect(side).to_contain_text("2 of 3 said so")
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    for key, following in (("w", second), ("r", None)):
        with page.expect_response("**/review/") as response:
            page.keyboard.press(key)
        assert response.value.status == 200, response.value.text()
        if following is not None:
            expect(current).to_contain_text(following.post.external_id)
    expect(page.get_by_text("Every suspect of this kind is reviewed")).to_be_visible()
    newest = decisions_current(world.project.pk, clause_keys=["spam"])
    assert newest.get(post=first.post).pk == first.decision_id
    assert (newest.get(post=second.post).answer, newest.get(post=second.post).method) == (
        "yes",
        "adjudicated",
    )
    assert world.person("annotator").email not in page.content()


def test_what_is_wrong_with_a_box_is_shown_and_said_by_key(world: World, page_as: VisitAs) -> None:
    made = boxes_bring_in(world)
    badly, missing = Suspect.objects.filter(kind="region").order_by("why__region__problem").reverse()
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}?kind=region")
    rows = page.get_by_role("table", name="Boxes others see otherwise").locator("tbody tr")
    expect(rows).to_have_count(2)
    page.keyboard.press("r")
    side = page.get_by_role("region", name="The doubted answer")
    cases = page.get_by_role("navigation", name="Suspects to review")
    cases.get_by_role("button", name=re.compile("Box badly placed")).click()
    expect(side).to_contain_text("300 × 260 at 300, 130")
    expect(side).to_contain_text("300 × 260 at 120, 90")
    expect(side.get_by_text("Dashed: as it was drawn.")).to_be_visible()
    expect(page.get_by_role("region", name="The post")).to_have_count(1)
    tap(page, "h")
    expect(page.get_by_role("region", name="The post").get_by_role("img", name="Image")).to_be_visible()
    visit.picture("box-review-keys")
    expect_no_serious_axe_violations(page)
    for key, said in (("w", "Drew none here"), ("r", None)):
        with page.expect_response("**/review/") as response:
            page.keyboard.press(key)
        assert response.value.status == 200, response.value.text()
        if said is not None:
            expect(side).to_contain_text(said)
    expect(page.get_by_text("Every suspect of this kind is reviewed")).to_be_visible()
    for suspect, outcome in ((badly, "changed"), (missing, "confirmed")):
        suspect.refresh_from_db()
        assert suspect.outcome == outcome
