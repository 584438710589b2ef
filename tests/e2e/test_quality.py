from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from annotation.domain import people
from annotation.selectors import decisions_current
from core.accounts.selectors import pseudonyms
from core.queue.models import Review, Submission
from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import ask_about, post_bring_in
from tests.world import World


def answered(world: World, folder: Path, name: str) -> None:
    """Two people answer a post: one draws a box, the other nearly the same one, and grades it milder."""
    post = post_bring_in(world, folder, name=name, parts="ic")
    ask_about(world, post)
    for person, x, severity in (("annotator", 40, 3), ("annotator2", 52, 1)):
        marks = [material.box(post, x=x, y=40, width=300, height=200)]
        material.answer(world, person, material.document("yes", severity=severity, evidence=marks))


def named(world: World, name: str) -> str:
    return pseudonyms(world.project.pk)[world.person(name).pk].pseudonym


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_a_reviewer_accepts_amends_and_gives_back(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, height: int, dark: bool
) -> None:
    answered(world, tmp_path, "first-post")
    answered(world, tmp_path, "second-post")
    visit = page_as("reviewer", width=width, height=height, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/review")
    page.get_by_text("Answers", exact=True).click()
    waiting = page.get_by_role("navigation", name="Answers to review").get_by_role("listitem")
    expect(waiting).to_have_count(4)
    expect(page.get_by_role("list", name="Answers").get_by_role("listitem")).to_have_count(2)
    differences = page.get_by_role("region", name="Differences")
    expect(differences).to_contain_text("Low, 1 mark")
    expect(differences).to_contain_text("Box: 2 of 2 people, edges within 6 px")
    tap(page, "h")
    expect(page.locator("section img")).to_be_visible()
    visit.picture(f"review-answers-{'dark' if dark else 'light'}-{width}")
    expect_no_serious_axe_violations(page)

    with page.expect_response("**/reviews/") as accepted:
        page.keyboard.press("Control+Enter")
    assert accepted.value.status == 201, accepted.value.text()
    expect(waiting).to_have_count(3)
    expect(differences).to_be_visible()
    page.keyboard.press("e")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Say it in a sentence.")).to_be_visible()
    page.keyboard.type("Look at the corner on the left.")
    with page.expect_response("**/reviews/") as returned:
        page.keyboard.press("Control+Enter")
    assert returned.value.status == 201, returned.value.text()
    expect(waiting).to_have_count(2)
    expect(differences).to_be_visible()
    page.keyboard.press("w")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Change an answer first, or accept it as it is.")).to_be_visible()
    amended = page.get_by_role("radiogroup", name="Hate", exact=True)
    amended.get_by_role("radio", name="No").click()
    visit.picture(f"review-amend-{'dark' if dark else 'light'}-{width}")
    with page.expect_response("**/reviews/") as sent:
        page.keyboard.press("Control+Enter")
    assert sent.value.status == 201, sent.value.text()
    expect(waiting).to_have_count(1)
    assert sorted(Review.objects.values_list("outcome", flat=True)) == ["accepted", "amended", "returned"]
    assert Submission.objects.filter(person=world.person("reviewer"), supersedes__isnull=False).count() == 1
    for name in ("annotator", "annotator2"):
        assert world.person(name).email not in page.content()


def test_the_choice_of_answers_narrows_by_person_and_by_share(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    answered(world, tmp_path, "first-post")
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/review")
    page.get_by_text("Answers", exact=True).click()
    waiting = page.get_by_role("navigation", name="Answers to review").get_by_role("listitem")
    expect(waiting).to_have_count(2)
    page.get_by_role("combobox", name="Annotator").click()
    page.get_by_role("option", name=named(world, "annotator2")).click()
    expect(waiting).to_have_count(1)
    expect(waiting).to_contain_text(named(world, "annotator2"))


@pytest.mark.parametrize("dark", [False, True])
def test_a_manager_reads_how_people_answer_and_a_person_reads_their_own(
    world: World, page_as: VisitAs, monkeypatch: pytest.MonkeyPatch, dark: bool
) -> None:
    monkeypatch.setattr(people, "ANSWERS_MIN", 6)
    release = material.release_make(world, {"hate": material.HATE})
    posts = [material.post_make(world, with_image=False) for _ in range(24)]
    material.tasks_make(world, release, posts, overlap=3)
    for index in range(24):
        truth = "yes" if index % 2 else "no"
        for name, given in (("annotator", truth), ("annotator2", truth), ("reviewer", "yes")):
            verdicts = material.document(given, severity=1 + index % 3)["verdicts"][:1]
            material.answer(world, name, {"verdicts": verdicts}, active_ms=20_000 + index * 1_000)
    visit = page_as("manager", dark=dark)
    page = visit.open(f"/p/{world.project.pk}/annotators")
    row = page.get_by_role("row", name=named(world, "annotator"), exact=False).first
    expect(row).to_contain_text("%")
    look = "dark" if dark else "light"
    visit.picture(f"annotators-{look}-1280")
    expect_no_serious_axe_violations(page)
    page.get_by_role("link", name=named(world, "reviewer"), exact=True).click()
    expect(page.get_by_role("heading", name=named(world, "reviewer"))).to_be_visible()
    expect(page.get_by_role("table", name="Hate")).to_contain_text("Harmless")
    visit.picture(f"annotator-{look}-1280")
    expect_no_serious_axe_violations(page)

    own = page_as("annotator", dark=dark)
    page = own.open(f"/p/{world.project.pk}/my-results")
    expect(page.get_by_role("table", name="Results by rule")).to_contain_text("Hate")
    for name in ("annotator2", "reviewer"):
        assert named(world, name) not in page.content()
    own.picture(f"my-results-{look}-1280")


def test_what_was_given_back_stands_on_the_own_page_and_opens_its_task(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    answered(world, tmp_path, "first-post")
    submission = Submission.objects.get(person=world.person("annotator"))
    Review.objects.create(
        project=world.project,
        submission=submission,
        reviewer=world.person("reviewer"),
        outcome="returned",
        comment="Look at the corner on the left.",
    )
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/my-results")
    expect(page.get_by_text("Look at the corner on the left.")).to_be_visible()
    visit.picture("my-results-returned-light-1280")
    page.get_by_role("link", name="first-post").click()
    expect(page.locator("[data-drawing]")).to_be_visible()
    assert decisions_current(world.project.pk, clause_keys=["hate"]).count() == 1
