from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from core.content.models import Post
from core.queue.models import Note, Submission
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, ask_about, post_bring_in
from tests.world import World


def test_an_answer_is_found_again_corrected_and_the_next_post_follows(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    posts = [post_bring_in(world, tmp_path, name=f"post-{number}", parts="c") for number in range(2)]
    ask_about(world, *posts)
    page = page_as("annotator").open(f"/p/{world.project.pk}/label")
    expect(page.locator("h1")).to_contain_text("post-0")
    for _ in range(2):
        page.keyboard.press("1")
        page.keyboard.press("n")
    with answer_sent(page):
        page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).to_contain_text("post-1")
    first = Submission.objects.get()

    page.goto(page.url.replace("/label", "/mine"))
    page.get_by_role("link", name="post-0").click()
    expect(page.get_by_text("You have answered this post before")).to_be_visible()
    page.keyboard.press("2")
    page.keyboard.press("w")
    page.keyboard.press("Shift+1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.json()["answer"]["supersedes_id"] == str(first.pk)
    expect(page.locator("h1")).to_contain_text("post-1")
    assert Submission.objects.get(supersedes=first).slot_id == first.slot_id


def test_a_question_reaches_the_policy_experts_and_its_answer_comes_back(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    ask_about(world, post_bring_in(world, tmp_path, parts="c"))
    page = page_as("annotator").open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("Shift+q")
    page.get_by_label("Your question").fill("Is a toy still a camera?")
    page.get_by_role("button", name="Ask", exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert Note.objects.get().clause_key == "hate"

    expert = page_as("policy_editor").open(f"/p/{world.project.pk}/questions")
    expect(expert.get_by_text("Is a toy still a camera?")).to_be_visible()
    expert.get_by_label("Your answer").fill("Yes, it is.")
    expert.get_by_role("button", name="Answer", exact=True).click()
    expect(expert.get_by_text("No question is open")).to_be_visible()

    page.goto(page.url.replace("/label", "/mine"))
    expect(page.get_by_text("Yes, it is.")).to_be_visible()


def test_a_post_that_may_be_illegal_is_gone_for_everybody_and_the_next_one_stands_there(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    """K03: also from what another annotator's page had fetched ahead."""
    posts = [post_bring_in(world, tmp_path, name=f"post-{number}", parts="c") for number in range(3)]
    ask_about(world, *posts)
    visit = page_as("annotator")
    visit.expect_complaint("404")  # what was in view of the post is told a moment after it was hidden
    page = visit.open(f"/p/{world.project.pk}/label")
    other = page_as("annotator2").open(f"/p/{world.project.pk}/label")
    expect(other.locator("h1")).to_contain_text("post-0")
    expect(page.locator("h1")).to_contain_text("post-0")
    page.get_by_role("button", name="Skip").click()
    page.get_by_role("button", name="Skip the post").click()
    expect(page.locator("h1")).to_contain_text("post-1")
    page.keyboard.press("Shift+i")
    page.get_by_role("button", name="Hide it").click()
    expect(page.locator("h1")).to_contain_text("post-2")
    assert Post.objects.get(external_id="post-1").is_hidden

    for _ in range(2):
        other.keyboard.press("1")
        other.keyboard.press("n")
    with answer_sent(other) as response:
        other.keyboard.press("Control+Enter")
    assert len(response.value.json()["over"]) == 1, response.value.request.post_data
    expect(other.locator("h1")).not_to_contain_text("post-0")
