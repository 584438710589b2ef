from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from policies import services
from policies.impact_registry import impact_source_register, impact_source_remove, impact_sources
from policies.models import Campaign, Release
from policies.selectors import meanings
from tests.core.queue.queue_rows import posts_make
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.policy_material import demo_clauses, demo_revision
from tests.policies.recorded_answers import RecordedAnswers
from tests.policies.releases import draft_made, published, release_made
from tests.world import World


def _saved(page: Page) -> None:
    expect(page.get_by_role("complementary", name="About this draft").get_by_role("status")).to_contain_text(
        "Saved"
    )


def test_a_policy_expert_writes_a_first_release_and_a_colleague_lets_it_out(
    page_as: VisitAs, world: World
) -> None:
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/policies")
    visit.picture("policies-empty")
    page.keyboard.press("n")
    page.get_by_label("Title").fill("House rules")
    expect(page.get_by_label("Key")).to_have_value("house-rules")
    page.get_by_role("button", name="Start writing").click()

    page.get_by_role("button", name="Add a clause").click()
    page.get_by_role("dialog").get_by_label("Title").fill("Weapons sale")
    page.get_by_role("dialog").get_by_role("button", name="Add the clause").click()
    outline = page.get_by_role("navigation", name="Outline")
    expect(outline.get_by_role("button", name="Weapons sale")).to_be_visible()
    expect(outline.get_by_text("New", exact=True)).to_have_count(0)  # in a first release everything is
    page.get_by_role("textbox", name="Question").fill("Does the post offer a weapon?")
    page.get_by_label("Definition", exact=True).last.fill(
        "A post that **offers** a working weapon.\n\n- a price\n- a place"
    )
    visit.picture("release-editor-writing")
    page.keyboard.press("Escape")
    _saved(page)
    page.get_by_role("button", name="Add an example").click()
    page.get_by_label("Example 1: the post").fill("Revolver, cash only, behind the school")
    page.get_by_label("Example 1: why").fill("A firearm, cash and a place.")
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()
    expect_no_serious_axe_violations(page)
    visit.picture("release-editor")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_text("Nobody has reviewed it yet.")).to_be_visible()

    release = Release.objects.get()
    colleague = page_as("policy_editor2")
    other = colleague.open("/")
    door = other.get_by_role("link", name="Work on policies")
    expect(door).to_contain_text("1 draft waits for your review")
    colleague.picture("home-policy-expert")
    door.click()
    other.get_by_role("link", name="House rules").click()
    colleague.picture("policy-to-review")
    other.get_by_role("link", name="Review the draft").click()
    other.get_by_role("button", name="Review").click()
    other.get_by_label("Note to the authors").fill("Clear.")
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_role("complementary", name="Review")).to_contain_text("Policy Editor2 approved")

    page.get_by_role("button", name="Publish").click()  # appears by itself
    visit.picture("release-publish")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Publish for good").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release 1")
    assert meanings(release.pk) == {"weapons-sale": 1}


def test_a_second_draft_is_asked_about_the_why_is_shown_and_a_draft_is_discarded(
    page_as: VisitAs, world: World
) -> None:
    first = release_made(world, clauses=demo_clauses())
    draft = demo_revision(world, first)
    reason = draft.clauses.get(key="scam").change_reason
    visit = page_as("policy_editor")
    page = visit.open(f"/p/{world.project.pk}/policies/{first.policy_id}")
    page.keyboard.press("n")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Draft from release 1 by Policy Editor")
    visit.picture("policy-second-draft")
    dialog.get_by_role("button", name="Keep it as it is").click()
    assert Release.objects.filter(state="draft").count() == 1

    page.get_by_role("link", name="Open the draft").click()
    page.get_by_text("Changes", exact=True).click()
    expect(page.get_by_role("region", name="Changes")).to_contain_text(f"The author’s why: {reason}")
    visit.picture("release-changes-why")
    page.get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_text("The draft is discarded.")).to_be_visible()
    expect(page.get_by_role("link", name="Draft from release 1")).to_have_count(0)
    assert Release.objects.get(pk=draft.pk).state == "discarded"


def test_a_released_policy_reads_like_a_page_by_day_and_by_night(page_as: VisitAs, world: World) -> None:
    release = release_made(world, clauses=demo_clauses())
    for dark in (False, True):
        visit = page_as("annotator", dark=dark, width=1440, height=900)
        page = visit.open(f"/p/{world.project.pk}/releases/{release.pk}")
        expect(page.get_by_role("heading", name="Weapons sale")).to_be_visible()
        visit.picture(f"release-reading-{'dark' if dark else 'light'}")
        page.get_by_role("navigation", name="Clauses").get_by_role("link", name="Scam").click()
        expect(
            page.get_by_role("navigation", name="Clauses").get_by_role("link", name="Scam")
        ).to_have_attribute("aria-current", "location")
        visit.picture(f"release-reading-clause-{'dark' if dark else 'light'}")
        expect_no_serious_axe_violations(page)
        visit.open(f"/p/{world.project.pk}/policies/{release.policy_id}")
        visit.picture(f"policy-{'dark' if dark else 'light'}")
        expect_no_serious_axe_violations(page)


def test_a_change_is_decided_compared_costed_and_asked_again(
    page_as: VisitAs, world: World, recorded: RecordedAnswers
) -> None:
    first = release_made(world, clauses=demo_clauses())
    for number, post in enumerate(posts_make(world, 6)):
        recorded.answers.append((post, "scam", 1, number % 3 + 1, 95_000))
    draft = demo_revision(world, first)
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=scam")
    expect(page.get_by_role("radio", name="Changes meaning")).to_be_checked()
    expect(page.get_by_role("complementary", name="About this draft")).to_contain_text(
        "6 answers stop holding"
    )
    visit.picture("release-editor-decision")
    expect_no_serious_axe_violations(page)

    page.get_by_label("Avoid when", exact=True).last.fill("- A warning about a scam that quotes it.")
    expect(page.get_by_text("The text changed after you decided.")).to_be_visible()
    page.get_by_role("radio", name="Changes meaning").check()
    _saved(page)
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()

    page.keyboard.press("Alt+2")
    expect(page.get_by_role("heading", name="Scam")).to_be_visible()
    visit.picture("release-changes")
    expect(page.get_by_role("region", name="Changes")).to_contain_text("6 would be asked again")
    page.keyboard.press("j")
    expect(page.locator("[data-change]:focus")).to_contain_text("Scam")
    page.keyboard.press("v")
    visit.picture("release-changes-sides")
    expect_no_serious_axe_violations(page)
    page.get_by_text("Impact", exact=True).click()
    expect(page.get_by_role("region", name="Impact")).to_contain_text("stop holding")
    visit.picture("release-impact")
    expect_no_serious_axe_violations(page)

    second = published(world, draft)
    visit.open(f"/p/{world.project.pk}/releases/{second.pk}?view=impact")
    page.get_by_role("button", name="Ask these again").click()
    page.get_by_role("radio", name="A random sample, to know how many would change").check()
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("Of 6 stale posts it asks 6")
    visit.picture("campaign-start")
    page.get_by_role("radio", name="All 6 that are stale, the worst first").check()
    page.get_by_role("button", name="Start the campaign").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("community@2 against community@1")
    visit.picture("campaign")
    expect_no_serious_axe_violations(page)
    visit.open(f"/p/{world.project.pk}/campaigns")
    visit.picture("campaigns")
    expect_no_serious_axe_violations(page)
    assert Campaign.objects.get().clause_keys == ["scam"]


def test_two_authors_of_one_clause_see_both_texts_and_lose_neither(page_as: VisitAs, world: World) -> None:
    first = release_made(world, clauses=demo_clauses())
    draft = draft_made(world, first.policy, based_on=first)
    visit = page_as("policy_editor", width=1440, height=900, dark=True)
    visit.expect_complaint("409")
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=spam")
    expect(page.get_by_role("textbox", name="Question")).to_have_value("Is the post unwanted bulk or bait?")
    spam = draft.clauses.get(key="spam")
    services.clause_edit(
        world.actor("policy_editor2"),
        release_id=draft.pk,
        key="spam",
        version=spam.version,
        document={**demo_clauses()["spam"], "question": "Is it bulk?"},
    )
    page.get_by_role("textbox", name="Question").fill("Is it bait?")
    panel = page.get_by_role("alert", name="Two versions of this clause")
    expect(panel).to_contain_text("Is it bait?")
    expect(panel).to_contain_text("Is it bulk?")
    visit.picture("release-editor-conflict")
    expect_no_serious_axe_violations(page)
    panel.get_by_role("button", name="Keep mine").click()
    _saved(page)
    assert draft.clauses.get(key="spam").question == "Is it bait?"


def test_clauses_are_moved_and_nested_by_keys(page_as: VisitAs, world: World) -> None:
    first = release_made(world, clauses=demo_clauses())
    draft = draft_made(world, first.policy, based_on=first)
    page = page_as("policy_editor").open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=scam")
    outline = page.get_by_role("navigation", name="Outline").get_by_role("listitem")
    expect(outline.nth(1)).to_contain_text("Scam")
    page.keyboard.press("Alt+ArrowUp")
    expect(outline.nth(0)).to_contain_text("Scam")
    page.keyboard.press("Alt+ArrowDown")
    expect(outline.nth(1)).to_contain_text("Scam")
    page.keyboard.press("Alt+Shift+ArrowRight")
    expect(outline.nth(1)).to_have_attribute("style", "padding-inline-start: 14px;")
    assert draft.clauses.get(key="scam").parent_key == "weapons-sale"


@pytest.fixture
def recorded() -> Any:
    """Answers held in memory in place of those of the real apps."""
    others = impact_sources()
    for source in others:
        impact_source_remove(source.name)
    source = RecordedAnswers()
    impact_source_register(source)
    yield source
    impact_source_remove(source.name)
    for other in others:
        impact_source_register(other)
