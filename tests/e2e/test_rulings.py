"""From two people who answer apart to a ruling, and to the next person who is shown it and cites it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from active_learning.domain.held_out import is_held_out
from annotation.models import Citation, Decision
from core.content.models import Post
from core.jobs.models import Job
from core.queue.models import Reveal
from policies.models import Precedent, Release
from tests.annotation import material
from tests.annotation.ruling_material import precedent_made
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, ask_about, post_bring_in
from tests.exports.datasets import Exporter
from tests.world import Caller, World

WHY = "Selling family things names nobody; no group is meant."


def open_post_bring_in(world: World, folder: Path, name: str) -> Post:
    """A picture with a caption and a comment, by which nobody is measured."""
    number = 0
    while is_held_out((post := post_bring_in(world, folder, name=f"{name}-{number}", parts="ict")).pk):
        number += 1
    return post


def split_bring_in(world: World, folder: Path, name: str = "disputed") -> Post:
    """Two people answer such a post apart."""
    post = open_post_bring_in(world, folder, name)
    ask_about(world, post)
    material.answer(world, "annotator", material.document("yes"))
    material.answer(world, "annotator2", material.document("no"))
    return post


@pytest.mark.parametrize(("width", "height", "dark"), [(1280, 800, False), (1920, 1080, True)])
def test_what_splits_people_is_settled_and_the_next_person_cites_it(
    world: World,
    page_as: VisitAs,
    tmp_path: Path,
    run_jobs: Callable[[], list[Job]],
    width: int,
    height: int,
    dark: bool,
) -> None:
    look = f"{'dark' if dark else 'light'}-{width}"
    screen = {"width": width, "height": height, "dark": dark}
    post = split_bring_in(world, tmp_path)
    project = f"/p/{world.project.pk}"

    expert = page_as("policy_editor", **screen)
    page = expert.open(f"{project}/unclear")
    ranks = page.get_by_role("navigation", name="Rules, the least clear first").get_by_role("listitem")
    expect(ranks.first).to_contain_text("Hate")
    expect(page.get_by_role("row", name="Answered apart")).to_contain_text("1 of 1: 100")
    expect(page.get_by_text("1 No, 1 Yes")).to_be_visible()
    page.get_by_role("button", name="Look at the post").click()
    expect(page.get_by_role("button", name="Show image")).to_be_visible()
    expert.picture(f"unclear-{look}")
    expect_no_serious_axe_violations(page)
    page.get_by_role("button", name="Settle it with a ruling").click()

    expect(page.get_by_text("2 answers: 1 Yes, 1 No. Undecided.")).to_be_visible()
    record = page.get_by_role("button", name="Record the ruling")
    expect(record).to_be_disabled()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_label("Why").fill(WHY)
    expert.picture(f"settle-{look}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("You made this ruling. Somebody else approves it.")).to_be_visible()
    expect(page.get_by_role("button", name="Approve it")).to_have_count(0)
    decision = Decision.objects.filter(post=post, clause_key="hate").order_by("-id")[0]
    assert (decision.method, decision.answer, decision.reason) == ("ruled", "no", WHY)

    other = page_as("policy_editor2", **screen)
    page = other.open(f"{project}/precedents")
    page.get_by_role("table").get_by_role("link", name="No", exact=True).click()
    page.get_by_role("button", name="Approve it").click()
    expect(page.get_by_text("Approved", exact=True).first).to_be_visible()
    other.picture(f"precedent-{look}")
    expect_no_serious_axe_violations(page)

    later = open_post_bring_in(world, tmp_path, "later")
    ask_about(world, later, overlap=1)
    visit = page_as("annotator", **screen)
    page = visit.open(f"{project}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("Alt+g")
    aside = page.get_by_role("complementary", name="Rulings on Hate")
    expect(aside.get_by_role("listitem")).to_have_count(1)
    expect(aside).to_contain_text(WHY)
    expect(aside).to_contain_text("alike by the picture")
    page.keyboard.press("Enter")
    show = aside.get_by_role("button", name="Show image")
    expect(show).to_be_visible()
    assert not Reveal.objects.filter(post=post, mode="full").exists()
    show.click()
    expect(show).to_have_count(0)
    page.keyboard.press("Alt+c")
    expect(aside.get_by_role("button", name="Cited")).to_be_visible()
    visit.picture(f"rulings-beside-{look}")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("Alt+g")
    page.keyboard.press("1")
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    assert Reveal.objects.filter(post=post, person=world.person("annotator"), mode="full").exists()
    citation = Citation.objects.get()
    assert citation.precedent == Precedent.objects.get()
    assert (citation.verdict.post, citation.verdict.clause_key) == (later, "hate")

    page = other.open(f"{project}/precedents")
    expect(page.get_by_role("row").nth(1)).to_contain_text("1 time")
    other.picture(f"precedents-{look}")
    exporter = Exporter(world, Caller(world.person("engineer")), run_jobs)
    version = exporter.build(
        exporter.create("cited", ["votes"], splits={"train": 1, "validation": 0, "test": 0})
    )
    cited = [row["precedents"] for row in exporter.rows(version, "votes") if row["precedents"]]
    assert cited == [[str(citation.precedent_id)]]


def test_a_precedent_is_retired_with_a_reason_and_found_by_a_text(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    release = material.release_once(world)
    precedent_made(world, release, open_post_bring_in(world, tmp_path, "ruled"), reason=WHY)
    visit = page_as("policy_editor")
    page = visit.open(f"/p/{world.project.pk}/precedents")
    page.keyboard.press("/")
    page.keyboard.type("selling my grandfather's camera")
    row = page.get_by_role("table", name="Precedents like the text").get_by_role("row").nth(1)
    expect(row).to_contain_text("alike by words")
    row.get_by_role("link").click()
    page.get_by_role("button", name="Retire it").click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Retire it")).to_be_disabled()
    dialog.get_by_label("Why").fill("The clause says so itself by now.")
    dialog.get_by_role("button", name="Retire it").click()
    expect(page.get_by_text("The clause says so itself by now.")).to_be_visible()
    expect(page.get_by_role("button", name="Retire it")).to_have_count(0)


def test_a_question_is_answered_by_the_ruling_on_its_post(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    post = open_post_bring_in(world, tmp_path, "asked")
    ask_about(world, post, overlap=1)
    caller = Caller(world.person("annotator"))
    base = f"/api/projects/{world.project.pk}"
    lease = caller.post(f"{base}/label/exchange/", {"take": 1}).json()["next"][0]["lease"]["id"]
    asked = {"kind": "question", "text": "Is a camera a group?", "clause_key": "hate"}
    assert caller.post(f"/api/leases/{lease}/notes/", asked).status_code == 201
    page = page_as("policy_editor").open(f"/p/{world.project.pk}/questions")
    page.get_by_role("button", name="Settle it with a ruling").click()
    page.get_by_role("radio", name="No", exact=True).check()
    page.get_by_label("Why").fill(WHY)
    with page.expect_response("**/answer/") as response:
        page.get_by_role("button", name="Record the ruling").click()
    assert response.value.status == 201, response.value.text()
    mine = page_as("annotator").open(f"/p/{world.project.pk}/mine")
    expect(mine.get_by_text(f"Hate: No. {WHY}")).to_be_visible()


def test_what_splits_people_is_written_into_a_draft_of_the_rule(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    split_bring_in(world, tmp_path)
    visit = page_as("policy_editor")
    page = visit.open(f"/p/{world.project.pk}/unclear")
    page.get_by_role("button", name="Write this into the rule").click()
    page.get_by_role("menuitem", name="As an example").click()
    page.wait_for_url("**/releases/**")
    example = page.get_by_text("Selling my grandfather's old camera").first
    expect(example).to_be_visible()
    expect(page.get_by_text("Saved").first).to_be_visible()
    visit.picture("written-into-light-1280", full_page=True)
    draft = Release.objects.get(number=None)
    blocks = draft.clauses.get(key="hate").blocks
    (item,) = next(block for block in blocks if block["type"] == "examples")["items"]
    assert item["text"].startswith("Selling my grandfather's old camera")
    assert len(item["media"]) == 1
    assert "write=" not in page.url
