"""Two authors and a reviewer take a draft from its first comment to its release."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from core.accounts.services import languages_set
from core.queue.models import Reveal
from policies import services
from policies.models import Release
from policies.selectors import clause_lineage
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.material import posts_bring_in
from tests.e2e.policy_material import demo_clauses
from tests.policies.releases import draft_made, edited, fresh, published, release_made
from tests.world import World


def _draft(world: World) -> Release:
    return draft_made(world, (first := release_made(world, clauses=demo_clauses())).policy, based_on=first)


def _saved(page: Page) -> None:
    expect(page.get_by_role("complementary", name="About this draft").get_by_role("status")).to_contain_text(
        "Saved"
    )


def _tab(page: Page, name: str) -> None:
    group = page.get_by_role("radiogroup", name="What to show beside the text")
    group.get_by_text(re.compile(f"^{name}")).click()


def test_a_reviewer_comments_and_suggests_and_the_author_takes_it_in(page_as: VisitAs, world: World) -> None:
    draft = _draft(world)
    services.comment_write(
        world.actor("policy_editor2"),
        release_id=draft.pk,
        clause_key="spam",
        at="blocks/definition",
        text="Is a **chain letter** bulk?\n\n<img src=x onerror=alert(1)>",
    )
    services.suggestion_make(
        world.actor("policy_editor2"),
        release_id=draft.pk,
        clause_key="spam",
        at="question",
        proposed="Is the post unwanted bulk, or bait?",
        why="A pause where people read on too fast.",
    )
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=spam")
    expect(page.get_by_role("button", name="1 open about definition")).to_be_visible()
    _tab(page, "Comments")
    card = page.get_by_role("article", name="Comment on Definition")
    expect(card).to_contain_text("<img src=x onerror=alert(1)>")
    expect(card.locator("img")).to_have_count(0)
    visit.picture("writing-comments")
    expect_no_serious_axe_violations(page)
    card.get_by_role("button", name="Answer").click()
    card.get_by_role("textbox").fill("Yes, once it is copied.")
    page.keyboard.press("Control+Enter")
    expect(card).to_contain_text("Yes, once it is copied.")
    card.get_by_role("button", name="Settle").click()
    expect(card).to_have_count(0)
    suggested = page.get_by_role("article", name="Suggestion for Question")
    expect(suggested.locator("ins")).to_contain_text(",")
    suggested.get_by_role("button", name="Accept").click()
    expect(page.get_by_label("Question", exact=True)).to_have_value("Is the post unwanted bulk, or bait?")
    assert draft.clauses.get(key="spam").question == "Is the post unwanted bulk, or bait?"

    page.keyboard.press("Alt+h")
    versions = page.get_by_role("list", name="Saved versions")
    expect(versions.get_by_role("listitem")).to_have_count(2)
    versions.get_by_role("button", name=re.compile("Taken over from release 1")).click()
    expect(page.get_by_role("region", name="Since version 1")).to_contain_text("Question")
    visit.picture("writing-history")
    page.get_by_role("button", name="Put version 1 back").click()
    expect(page.get_by_label("Question", exact=True)).to_have_value("Is the post unwanted bulk or bait?")
    _saved(page)
    assert draft.clauses.get(key="spam").question == "Is the post unwanted bulk or bait?"


def test_two_authors_see_each_other_and_what_the_other_saves(page_as: VisitAs, world: World) -> None:
    draft = _draft(world)
    one = page_as("policy_editor", width=1440, height=900)
    two = page_as("policy_editor2", width=1440, height=900)
    mine = one.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=spam")
    theirs = two.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=scam")
    expect(mine.get_by_role("list", name="Also here")).to_contain_text("Policy Editor2")
    one.picture("writing-two-authors")
    theirs.get_by_label("Title", exact=True).fill("Fraud and scams")
    _saved(theirs)
    outline = mine.get_by_role("navigation", name="Outline")
    expect(outline).to_contain_text("Fraud and scams")
    # What is taken out under somebody's hands is not lost.
    two.expect_complaint("404")
    two.expect_complaint("409")
    services.clause_delete(
        world.actor("policy_editor"),
        release_id=draft.pk,
        key="scam",
        version=draft.clauses.get(key="scam").version,
    )
    theirs.get_by_label("Question", exact=True).fill("Does it want money under a lie?")
    panel = theirs.get_by_role("alert", name="Text without a place")
    expect(panel).to_contain_text("while you wrote")
    two.picture("writing-text-without-a-place")
    panel.get_by_role("button", name="Add it again").click()
    expect(panel).to_have_count(0)
    assert draft.clauses.get(key="scam").question == "Does it want money under a lie?"


def test_blocks_move_by_hand_and_by_key_and_codes_are_picked(page_as: VisitAs, world: World) -> None:
    draft = _draft(world)
    visit = page_as("policy_editor", width=1920, height=1080, dark=True)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=scam")
    names = [block["type"] for block in draft.clauses.get(key="scam").blocks]
    first = page.get_by_role("region", name="Definition", exact=True)
    first.get_by_label("Definition", exact=True).last.focus()
    page.keyboard.press("Alt+Shift+ArrowDown")
    _saved(page)
    assert [block["type"] for block in draft.clauses.get(key="scam").blocks][:2] == [names[1], names[0]]
    grip = first.get_by_title("Drag definition to another place")
    first.hover()
    grip.drag_to(page.get_by_role("region", name="Use when", exact=True), target_position={"x": 60, "y": 4})
    page.keyboard.press("Control+s")
    _saved(page)
    assert [block["type"] for block in draft.clauses.get(key="scam").blocks] == names
    page.get_by_role("button", name="Map to an outside taxonomy").click()
    page.get_by_role("menuitem", name=re.compile("^S2 ")).click()
    expect(page.get_by_role("region", name="Outside taxonomies")).to_contain_text("Non-violent crimes")
    _saved(page)
    visit.picture("writing-dark-1920")
    assert draft.clauses.get(key="scam").codes[-1] == {"taxonomy": "mlcommons", "code": "S2"}


def test_a_clause_is_split_and_another_retired_and_the_release_says_so(
    page_as: VisitAs, world: World
) -> None:
    draft = _draft(world)
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=scam")
    outline = page.get_by_role("navigation", name="Outline")
    outline.get_by_role("button", name="Move, split, merge or retire this clause").click()
    page.get_by_role("menuitem", name="Split…").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Title of part 1").fill("Phishing")
    dialog.get_by_label("Title of part 2").fill("Fake shops")
    dialog.get_by_label("Why").fill("Two questions in one.")
    visit.picture("writing-split")
    expect_no_serious_axe_violations(page)
    dialog.get_by_role("button", name="Split into 2").click()
    expect(outline).to_contain_text("from Scam")
    expect(page.get_by_role("region", name="No longer asked")).to_contain_text(
        "Split into “Phishing” and “Fake shops”."
    )
    outline.get_by_role("button", name=re.compile("^Spam")).click()
    outline.get_by_role("button", name="Move, split, merge or retire this clause").click()
    page.get_by_role("menuitem", name="Retire…").click()
    page.get_by_role("dialog").get_by_label("Why").fill("The platform filters it.")
    page.get_by_role("dialog").get_by_role("button", name="Retire it").click()
    gone = page.get_by_role("region", name="No longer asked")
    expect(gone).to_contain_text("The platform filters it.")
    visit.picture("writing-no-longer-asked")
    gone.get_by_role("button", name="Bring back Spam").click()
    expect(gone.get_by_role("button", name="Bring back Spam")).to_have_count(0)

    side = page.get_by_role("region", name="Reviewers")
    side.get_by_role("button", name="Ask people by name").click()
    side.get_by_role("checkbox", name="Policy Editor2").check()
    side.get_by_role("button", name="Ask them").click()
    expect(side).to_contain_text("Policy Editor2 has not answered")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_role("complementary", name="About this draft")).to_contain_text(
        "One has not answered yet."
    )
    visit.picture("writing-in-review")

    colleague = page_as("policy_editor2", width=1440, height=900)
    other = colleague.open(f"/p/{world.project.pk}/releases/{draft.pk}")
    other.get_by_role("button", name="Comment or suggest").click()
    form = other.get_by_role("form", name="Comment or suggest")
    form.get_by_label("About").select_option("question")
    form.get_by_text("Suggest a text").click()
    form.get_by_label("The text as you would have it").fill("Is a weapon offered here?")
    form.get_by_label("Why").fill("Shorter.")
    form.get_by_role("button", name="Suggest").click()
    expect(other.get_by_role("article", name="Suggestion for Question")).to_contain_text("Shorter.")
    colleague.picture("review-with-a-suggestion")
    expect_no_serious_axe_violations(other)
    other.get_by_role("article", name="Suggestion for Question").get_by_role(
        "button", name="Take it back"
    ).click()
    other.get_by_role("button", name="Review", exact=True).click()
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_role("region", name="Reviewers")).to_contain_text("approved this text")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish for good").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release 2")
    second = fresh(draft)
    assert second.based_on is not None
    assert [(row.key, row.to_keys) for row in clause_lineage(second, second.based_on)] == [
        ("scam", ("phishing", "fake-shops"))
    ]

    reader = page_as("annotator", width=1440, height=900)
    read = reader.open(f"/p/{world.project.pk}/releases/{draft.pk}")
    expect(read.get_by_role("region", name="No longer asked")).to_contain_text("Two questions in one.")
    expect(read.get_by_text("Split from “Scam”.").first).to_be_visible()


def test_a_reader_reads_in_their_language_and_is_told_what_is_older(page_as: VisitAs, world: World) -> None:
    draft = _draft(world)
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=spam")
    for label, tag in (("Name the language it is written in", "en"), ("Add a language", "fr")):
        page.get_by_role("button", name=label).click()
        page.get_by_role("textbox", name=label).fill(tag)
        page.get_by_role("button", name="Use it").click()
    page.get_by_role("textbox", name="Title in French").fill("Pourriel")
    page.get_by_role("textbox", name="Question in French").fill("Est-ce un envoi en masse ?")
    _saved(page)
    visit.picture("writing-french")
    expect_no_serious_axe_violations(page)
    page.get_by_role("group", name="Language").get_by_role("button", name="English").click()
    page.get_by_label("Question", exact=True).fill("Is the post unwanted bulk?")
    expect(page.get_by_role("group", name="Language")).to_contain_text("1 stale")
    page.get_by_role("group", name="Language").get_by_role("button", name=re.compile("French")).click()
    expect(page.get_by_text("Older than its source")).to_be_visible()
    visit.picture("writing-french-stale")
    _saved(page)

    clause = draft.clauses.get(key="spam")
    edited(world, draft, "spam", _document(clause), "semantic")
    second = published(world, draft)
    languages_set(world.actor("annotator"), languages=["fr"])
    reader = page_as("annotator", width=1440, height=900)
    read = reader.open(f"/p/{world.project.pk}/releases/{second.pk}")
    expect(read.get_by_role("heading", name="Pourriel")).to_be_visible()
    expect(read.get_by_text("Older than its source: question.")).to_be_visible()
    reader.picture("release-reading-french")
    read.get_by_label("Read in").select_option("")
    expect(read.get_by_role("heading", name="Spam")).to_be_visible()


def _document(clause: object) -> dict[str, object]:
    from policies.domain.clause_documents import clause_json
    from policies.selectors.clauses import clause_document_of

    return clause_json(clause_document_of(clause))  # type: ignore[arg-type]


def test_an_example_shows_a_file_that_stays_covered_until_asked_for(
    page_as: VisitAs, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Which posts measure follows from their ids, which are random: one in five would keep the draft back.
    monkeypatch.setattr("policies.selectors.example_media.posts_held_out", lambda *_: set())
    posts_bring_in(world)
    draft = _draft(world)
    visit = page_as("policy_editor", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/releases/{draft.pk}?clause=spam")
    page.get_by_role("button", name="Example 1: show a file", exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name=re.compile("post-0")).click()
    dialog.get_by_role("button", name=re.compile("Use this one")).click()
    page.get_by_label("Example 1, file 1: what is in it").fill("A stack of flyers")
    _saved(page)
    example = page.get_by_role("group", name="Example 1", exact=True)
    expect(example.get_by_role("button", name="Show the file of example 1")).to_be_visible()
    visit.picture("writing-example-media")

    clause = draft.clauses.get(key="spam")
    edited(world, draft, "spam", _document(clause), "editorial")
    second = published(world, draft)
    reader = page_as("annotator", width=1440, height=900)
    read = reader.open(f"/p/{world.project.pk}/releases/{second.pk}")
    shown = read.get_by_role("button", name="Show the file of example 1")
    shown.scroll_into_view_if_needed()
    expect(read.locator("figure")).to_contain_text("A stack of flyers")
    assert Reveal.objects.count() == 0
    reader.picture("release-reading-covered")
    shown.click()
    expect(read.get_by_role("img", name="A stack of flyers")).to_be_visible()
    assert Reveal.objects.get().purpose == "browse"
    read.get_by_role("button", name="Cover the file of example 1").click()
    expect(shown).to_be_visible()


def test_the_required_approvals_are_a_managers_to_say(page_as: VisitAs, world: World) -> None:
    first = release_made(world, clauses=demo_clauses())
    visit = page_as("manager", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/policies/{first.policy_id}")
    page.get_by_label("Approvals a release needs").fill("2")
    expect(page.get_by_text("people who did not write it.")).to_be_visible()
    visit.picture("policy-approvals")
    reader = page_as("policy_editor")
    read = reader.open(f"/p/{world.project.pk}/policies/{first.policy_id}")
    expect(read.get_by_text("A release needs the approval of 2 people who did not write it.")).to_be_visible()
