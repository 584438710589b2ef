from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from active_learning.models import ScanFinding, Suspect
from annotation.models import GoldItem
from annotation.selectors import decisions_current
from core.accounts.selectors import pseudonyms
from core.queue.models import Task
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.learning_material import careless_bring_in, findings_bring_in
from tests.world import World


def found_by(page: Page, kind: str) -> None:
    """Choose what kind of finding the page shows."""
    page.get_by_role("radiogroup", name="What the scan found").get_by_text(re.compile(kind)).click()


def test_a_reviewer_settles_near_duplicates_with_different_answers_by_key(
    world: World, page_as: VisitAs
) -> None:
    made = findings_bring_in(world)
    first, second = Suspect.objects.filter(kind="duplicate").select_related("post").order_by("rank")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/scans/{made['scan']}")
    found_by(page, "Duplicates 2")
    rows = page.get_by_role("table", name="Near-duplicates with different answers").locator("tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text("100 % alike")
    page.keyboard.press("r")
    expect(page.get_by_role("region", name="The post", exact=True)).to_contain_text("The doubted post: No")
    twin = page.get_by_role("region", name="Its twin")
    expect(twin).to_contain_text("100 % alike: Yes")
    expect(twin).to_contain_text(first.why["twin"]["external_id"])
    expect_no_serious_axe_violations(page)
    current = page.get_by_role("navigation", name="Suspects to review").locator("[aria-current]")
    for key, following in (("t", second), ("w", None)):
        with page.expect_response("**/review/") as response:
            page.keyboard.press(key)
        assert response.value.status == 200, response.value.text()
        if following is not None:
            expect(current).to_contain_text(following.post.external_id)
    expect(page.get_by_text("Every suspect of this kind is reviewed")).to_be_visible()
    newest = decisions_current(world.project.pk, clause_keys=["spam"])
    assert newest.get(post_id=first.why["twin"]["post_id"]).answer == "no"
    assert newest.get(post=first.post).method == "unanimous"
    assert newest.get(post=second.post).answer == "yes"
    assert set(Suspect.objects.filter(kind="duplicate").values_list("outcome", flat=True)) == {"changed"}


def test_leaks_outliers_and_contradicted_gold_are_told_and_acted_on(world: World, page_as: VisitAs) -> None:
    made = findings_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/scans/{made['scan']}")
    found_by(page, "Leakage")
    leaks = page.get_by_role("table", name="Near-duplicates across the held-out set").locator("tbody tr")
    expect(leaks.filter(has_text="tulip-measures")).to_contain_text("tulip-teaches")
    found_by(page, "Outliers")
    strange = (
        page.get_by_role("table", name="Posts like none decided")
        .locator("tbody tr")
        .filter(has_text="strange")
    )
    with page.expect_response("**/task/") as asked:
        strange.get_by_role("button", name="Ask somebody").click()
    assert asked.value.status == 201, asked.value.text()
    expect(strange).to_contain_text("People are asked")
    finding = ScanFinding.objects.get(kind="outlier", post__external_id="strange")
    assert Task.objects.get(source_id=finding.pk).clause_keys == ["spam"]
    found_by(page, "Gold 1")
    gold = page.get_by_role("table", name="Gold that is contradicted").locator("tbody tr")
    expect(gold).to_contain_text(re.compile(r"gold-wrong.*Heads: Yes \d+ %, No \d+ %"))
    gold.get_by_role("button", name="Retire").click()
    dialog = page.get_by_role("dialog", name="Retire this gold")
    dialog.get_by_label("Why").fill("It is spam.")
    expect_no_serious_axe_violations(page)
    with page.expect_response("**/retire/") as retired:
        dialog.get_by_role("button", name="Retire it").click()
    assert retired.value.status == 200, retired.value.text()
    expect(gold).to_contain_text("Retired")
    assert GoldItem.objects.get().retired_because == "It is spam."


def test_who_does_not_keep_gold_is_offered_none(world: World, page_as: VisitAs) -> None:
    made = findings_bring_in(world)
    page = page_as("engineer").open(f"/p/{world.project.pk}/scans/{made['scan']}?kind=gold")
    kinds = page.get_by_role("radiogroup", name="What the scan found")
    expect(kinds.get_by_text(re.compile("Outliers"))).to_be_visible()
    expect(kinds.get_by_text(re.compile("Gold"))).to_have_count(0)
    expect(page.get_by_role("table", name="Suspects")).to_be_visible()
    assert "gold-wrong" not in page.content()


def test_who_marks_everything_stands_first_with_evidence(world: World, page_as: VisitAs) -> None:
    made = careless_bring_in(world)
    page = page_as("reviewer").open(f"/p/{world.project.pk}/scans/{made['scan']}")
    found_by(page, "People")
    rows = page.get_by_role("table", name="Annotators on spam").locator("tbody tr")
    names = pseudonyms(world.project.pk)
    expect(rows.first).to_contain_text(names[world.person("annotator").pk].pseudonym)
    expect(rows.first).to_contain_text(re.compile(r"Yes: 100 %\s*86 % to 100 %"))
    expect(rows.first).to_contain_text("others 25 % on these posts")
    expect(rows.first).to_contain_text("6 of 24 like most others")
    expect(rows.first).to_contain_text("Marks everything Yes")
    expect(page.get_by_text("1 person to look at first.")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Gold")).to_be_visible()
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in page.content()
    engineer = page_as("engineer").open(f"/p/{world.project.pk}/scans/{made['scan']}?kind=people")
    expect(engineer.get_by_role("columnheader", name="Agrees beyond chance")).to_be_visible()
    expect(engineer.get_by_role("columnheader", name="Gold")).to_have_count(0)
