from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotation.models import GoldItem
from core.accounts.selectors import pseudonyms
from core.queue.models import Pause, QualityRules
from tests.annotation import material
from tests.annotation.gold_material import draws_fix, gold_item, rules_set
from tests.e2e.browsing import change_answered, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.world import World


def named(world: World, name: str) -> str:
    return pseudonyms(world.project.pk)[world.person(name).pk].pseudonym


def gold_answered(world: World, monkeypatch: pytest.MonkeyPatch) -> GoldItem:
    """Gold that four people answered, and nobody as known; more that the annotator got right."""
    release = material.release_make(world)
    posts = [material.post_make(world, external_id=f"post-{number}") for number in range(8)]
    material.tasks_make(world, release, posts[2:], overlap=8)
    rules_set(world, gold_share=0.1, shows_gold_results=True, overlap=2)
    hard = gold_item(world, release, post=posts[0], explanation="It names a group and demeans it.")
    draws_fix(monkeypatch, *([0.0] * 4))
    for name in ("annotator", "annotator2", "reviewer", "reviewer2"):
        material.answer(world, name, material.document("no"))
    gold_item(world, release, post=posts[1], document=material.document("no"))
    draws_fix(monkeypatch, 0.0)
    material.answer(world, "annotator", material.document("no"))
    material.answer(world, "annotator", material.document("yes"))
    return hard


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_a_reviewer_keeps_gold_and_answers_an_appeal(
    world: World,
    page_as: VisitAs,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    width: int,
    height: int,
    dark: bool,
) -> None:
    look = f"{'dark' if dark else 'light'}-{width}"
    hard = gold_answered(world, monkeypatch)
    reviewer = page_as("reviewer", width=width, height=height, dark=dark)
    page = reviewer.open(f"/p/{world.project.pk}/annotators/{named(world, 'annotator')}")
    expect(page.get_by_role("heading", name="On gold")).to_be_visible()
    reviewer.picture(f"annotator-gold-{look}", full_page=True)
    page.get_by_role("button", name="Pause their work").click()
    page.get_by_label("Why").fill("Let us look at two posts about satire together.")
    page.get_by_role("dialog").get_by_role("button", name="Pause their work").click()
    expect(page.get_by_role("dialog")).to_have_count(0)

    annotator = page_as("annotator", width=width, height=height, dark=dark)
    own = annotator.open(f"/p/{world.project.pk}/label")
    expect(own.get_by_text("Your work here is paused")).to_be_visible()
    annotator.picture(f"label-paused-{look}")
    own.get_by_role("link", name="Read why, and answer").click()
    expect(own.get_by_text("Your work here is paused")).to_be_visible()
    expect(own.get_by_text("Differs on Hate")).to_be_visible()
    annotator.picture(f"my-pause-{look}", full_page=True)
    expect_no_serious_axe_violations(own)
    own.get_by_label("What should they know?").fill("I had not seen example 2 of the clause.")
    own.get_by_role("button", name="Ask for another look").click()
    expect(own.get_by_text("Your words are with the reviewers.")).to_be_visible()

    page = reviewer.open(f"/p/{world.project.pk}/gold")
    expect(page.get_by_text("Nobody gets it: look at the gold, or at the rule")).to_be_visible()
    expect(page.get_by_text("I had not seen example 2 of the clause.")).to_be_visible()
    reviewer.picture(f"gold-{look}", full_page=True)
    expect_no_serious_axe_violations(page)
    page.get_by_label("A sentence to them").fill("Thank you. Go on, and ask when in doubt.")
    page.get_by_role("button", name="Let them go on").click()
    expect(page.get_by_role("heading", name="Paused")).to_have_count(0)
    assert Pause.objects.get().ended_at is not None
    row = page.get_by_role("row").filter(has_text="post-0")
    row.get_by_role("button", name="Retire").click()
    page.get_by_label("Why").fill("Two answers can be defended.")
    page.get_by_role("button", name="Retire it").click()
    expect(page.get_by_role("row").filter(has_text="post-0")).to_have_count(0)
    hard.refresh_from_db()
    assert hard.retired_because == "Two answers can be defended."


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_a_manager_sets_how_the_project_asks(
    world: World, page_as: VisitAs, width: int, height: int, dark: bool
) -> None:
    material.release_make(world)
    visit = page_as("manager", width=width, height=height, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/quality")
    page.get_by_label("Answers a clause").fill("2")
    page.get_by_label("Where people disagree, at most").fill("4")
    page.get_by_label("Answers to Hate").fill("3")
    page.get_by_label("One more where people disagree on Spam").uncheck()
    page.get_by_label("Share of gold").fill("5")
    expect(page.get_by_role("status").filter(has_text="answers a post")).to_contain_text("About 3.16 answers")
    visit.picture(f"quality-{'dark' if dark else 'light'}-{width}", full_page=True)
    expect_no_serious_axe_violations(page)
    with change_answered(page, "/quality/") as saved:
        page.get_by_role("button", name="Save").click()
    assert saved.value.status == 200, saved.value.text()
    rules = QualityRules.objects.get()
    assert (rules.overlap, rules.answers_most, rules.gold_share) == (2, 4, 0.05)
    assert rules.clauses == {
        "hate": {"overlap": 3, "asks_more": True},
        "spam": {"overlap": None, "asks_more": False},
    }


def test_a_decided_case_is_made_gold_from_review(world: World, page_as: VisitAs) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world, with_image=False)], overlap=3)
    for name, answer in (("annotator", "yes"), ("annotator2", "yes"), ("reviewer2", "no")):
        material.answer(world, name, material.document(answer))
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    page.get_by_role("button", name="Make gold").click()
    expect(page.get_by_text("Filled in with what is decided on this post.")).to_be_visible()
    page.get_by_label("Why it is so, Hate").fill("It demeans a group in plain words.")
    visit.picture("make-gold-light-1280")
    with change_answered(page, "/gold/") as made:
        page.get_by_role("button", name="Make it gold").click()
    assert made.value.status == 201, made.value.text()
    known = {row.clause_key: row.answer for row in GoldItem.objects.get().answers.all()}
    assert known == {"hate": "yes", "spam": "no"}


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_gold_is_made_by_hand_from_a_posts_page(
    world: World, page_as: VisitAs, width: int, height: int, dark: bool
) -> None:
    look = f"{'dark' if dark else 'light'}-{width}"
    material.release_make(world)
    post = material.post_make(world, external_id="market-17", with_image=False)
    visit = page_as("policy_editor", width=width, height=height, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/posts/{post.pk}")
    page.get_by_role("button", name="Make gold").click()
    expect(page.get_by_text("Nothing is decided on this post yet")).to_be_visible()
    page.get_by_role("combobox", name="Right answer to Hate").click()
    page.get_by_role("option", name="Yes").click()
    page.get_by_role("combobox", name="Severity of Hate").click()
    page.get_by_role("option", name="High").click()
    page.get_by_label("Why it is so, Hate").fill("The caption names a group and demeans it.")
    visit.picture(f"make-gold-by-hand-{look}")
    expect_no_serious_axe_violations(page)
    with change_answered(page, "/gold/") as made:
        page.get_by_role("button", name="Make it gold").click()
    assert made.value.status == 201, made.value.text()
    (answer,) = GoldItem.objects.get().answers.all()
    assert (answer.clause_key, answer.answer, answer.severity) == ("hate", "yes", 3)
    assert answer.reason == "The caption names a group and demeans it."
    page.get_by_role("button", name="Make gold").click()
    expect(page.get_by_text("This post is gold already.")).to_be_visible()


def test_gold_by_hand_may_hold_for_what_the_clause_meant_before(world: World, page_as: VisitAs) -> None:
    first = material.release_make(world)
    material.release_changed(world, first, clause_key="hate", question="Does the post demean a group?")
    post = material.post_make(world, external_id="market-18", with_image=False)
    visit = page_as("policy_editor")
    page = visit.open(f"/p/{world.project.pk}/posts/{post.pk}")
    page.get_by_role("button", name="Make gold").click()
    page.get_by_role("combobox", name="Right answer to Hate").click()
    page.get_by_role("option", name="No").click()
    page.get_by_role("combobox", name="Holds for, Hate").click()
    page.get_by_role("option", name="Meanings 1 and 2").click()
    visit.picture("make-gold-earlier-light-1280")
    with change_answered(page, "/gold/") as made:
        page.get_by_role("button", name="Make it gold").click()
    assert made.value.status == 201, made.value.text()
    (answer,) = GoldItem.objects.get().answers.all()
    assert (answer.clause_key, answer.meaning_from, answer.meaning_to) == ("hate", 1, None)


def test_ones_own_answer_is_made_gold_from_the_label_room(world: World, page_as: VisitAs) -> None:
    release = material.release_make(world)
    material.tasks_make(world, release, [material.post_make(world, with_image=False)], overlap=2)
    given = material.answer(world, "reviewer", material.document("yes"))
    page = page_as("reviewer").open(f"/p/{world.project.pk}/label?lease={given.lease_id}")
    page.get_by_role("button", name="More for this post").click()
    page.get_by_role("menuitem", name="Make it gold, with my answer").click()
    expect(page.get_by_text("Filled in with your own answer.")).to_be_visible()
    with change_answered(page, "/gold/") as made:
        page.get_by_role("button", name="Make it gold").click()
    assert made.value.status == 201, made.value.text()
    hate = GoldItem.objects.get().answers.get(clause_key="hate")
    assert (hate.answer, len(hate.evidence)) == ("yes", 1)
