from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from annotation.models import Evidence, Suggestion, SuggestionReport, Verdict
from annotation.services.suggestions import Proposer, SuggestionDraft, suggestions_record
from core.content.models import Post
from core.queue.models import Submission
from tests.annotation import material
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent, ask_about, post_bring_in
from tests.world import World


def suggested(world: World, folder: Path, *, timing: str = "at_once") -> tuple[Post, Suggestion]:
    """A picture with a caption, for which a detector proposes an answer and three boxes."""
    post = post_bring_in(world, folder, parts="ic")
    ask_about(world, post)
    boxes = [
        {"kind": "box", "part": 0, "x": x, "y": 60, "width": 120, "height": 150, "confidence": sure}
        for x, sure in ((40, 0.91), (220, 0.72), (420, 0.55))
    ]
    release = material.release_once(world)
    found = material.suggest(world, release, post, answer="yes", severity=2, marks=boxes)
    material.rules(world, timing=timing)
    return post, found


def opened(page_as: VisitAs, world: World, **options: object) -> tuple[Visit, Page]:
    visit = page_as("annotator", **options)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    return visit, page


def test_suggestions_are_accepted_rejected_changed_and_undone_by_keyboard(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    _, suggestion = suggested(world, tmp_path)
    visit, page = opened(page_as, world)
    panel = page.get_by_role("region", name="Suggested for “Hate”")
    bar = page.get_by_role("region", name="Suggestions", exact=True)
    expect(bar).to_contain_text("4 suggestions")
    expect(panel.get_by_role("listitem")).to_have_count(4)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    layer = page.locator("[data-drawing]")
    expect(layer).to_have_attribute("aria-label", "Image: 0 boxes")
    visit.picture("suggestions-open-light-1280")
    expect_no_serious_axe_violations(page)

    page.keyboard.press("Alt+n")
    page.keyboard.press("Alt+y")  # the answer
    expect(page.get_by_role("radio", name="Yes", checked=True)).to_be_visible()
    page.keyboard.press("Alt+y")  # the first box
    expect(layer).to_have_attribute("aria-label", "Image: 1 box")
    page.keyboard.press("Alt+w")  # not the second
    expect(bar).to_contain_text("1 suggestion")
    page.keyboard.press("Control+z")
    expect(bar).to_contain_text("2 suggestions")
    page.keyboard.press("Alt+Shift+y")
    expect(bar).to_contain_text("Every suggestion is decided on")
    expect(layer).to_have_attribute("aria-label", "Image: 3 boxes")
    page.keyboard.press("Control+z")
    page.keyboard.press("Alt+n")
    page.keyboard.press("Alt+w")
    expect(bar).to_contain_text("1 suggestion")
    visit.picture("suggestions-decided-light-1280")
    page.keyboard.press("x")
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("n")
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    report = SuggestionReport.objects.get()
    assert [one["outcome"] for one in report.items] == ["accepted", "changed", "rejected", "ignored"]
    assert Evidence.objects.get().data["origin"] == f"suggestion:{suggestion.pk}#0"
    assert Verdict.objects.get(clause_key="hate").is_assisted is True


def click_at(layer: Locator, x: float, y: float) -> None:
    """Click on a place of the picture, given in its own pixels."""
    box = layer.bounding_box()
    assert box is not None
    # The photograph is 640 by 427.
    layer.click(position={"x": x * box["width"] / 640, "y": y * box["height"] / 427})


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1920, True)])
def test_a_suggested_shape_is_pointed_at_in_the_picture_and_decided_on_beside_it(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, dark: bool
) -> None:
    _, suggestion = suggested(world, tmp_path)
    visit, page = opened(page_as, world, width=width, dark=dark)
    layer = page.locator("[data-drawing]")
    bar = page.get_by_role("region", name="Suggestions", exact=True)
    flag = page.get_by_role("toolbar", name="Suggested by detector 2, 0.72")
    click_at(layer, 280, 140)
    expect(flag).to_be_visible()
    row = page.locator("[data-item][data-current]")
    expect(row).to_have_attribute("data-item", f"{suggestion.pk}#1")
    visit.picture(f"suggestions-pointed-at-{'dark' if dark else 'light'}-{width}")
    expect_no_serious_axe_violations(page)
    inside, around = flag.bounding_box(), layer.bounding_box()
    assert inside is not None and around is not None
    assert around["y"] <= inside["y"] and inside["y"] + inside["height"] <= around["y"] + around["height"]

    flag.get_by_role("button", name="Accept").click()
    expect(flag).to_be_hidden()
    expect(layer).to_have_attribute("aria-label", "Image: 1 box")
    # It is the person's own now: chosen, moved by keys, and gone with one step back each.
    page.keyboard.press("Alt+ArrowRight")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(layer).to_have_attribute("aria-label", "Image: 0 boxes")
    expect(bar).to_contain_text("4 suggestions")

    page.keyboard.press("Escape")
    page.keyboard.press("v")
    click_at(layer, 480, 140)
    page.keyboard.press("Alt+w")
    expect(bar).to_contain_text("3 suggestions")
    click_at(layer, 600, 400)
    expect(page.get_by_role("toolbar", name="Suggested by")).to_have_count(0)
    click_at(layer, 100, 140)
    page.keyboard.press("Escape")
    expect(page.get_by_role("toolbar", name="Suggested by")).to_have_count(0)


def test_what_a_model_thought_comes_after_the_answer_and_no_byte_before(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    _, suggestion = suggested(world, tmp_path, timing="after_answer")
    visit = page_as("annotator")
    bodies: list[str] = []
    visit.page.on(
        "response",
        lambda found: bodies.append(found.text()) if "/api/" in found.url and found.status == 200 else None,
    )
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.press("1")
    expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()
    visit.answered()
    assert bodies
    assert not [body for body in bodies if str(suggestion.pk) in body or "detector" in body]
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("A model answered 1 of 1 question otherwise.")).to_be_visible()
    page.locator("[data-clause=hate]").get_by_role("button").first.click()
    thought = page.get_by_role("region", name="What the model thought")
    expect(thought.get_by_text("unlike you")).to_be_visible()
    visit.picture("suggestions-second-look-light-1280")
    thought.get_by_role("button", name="Accept: Yes · Medium").click()
    thought.get_by_role("button", name="Accept: Box in Image").first.click()
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert Submission.objects.count() == 2
    (report,) = SuggestionReport.objects.all()
    assert [one["outcome"] for one in report.items] == ["accepted", "accepted", "ignored", "ignored"]


def test_after_a_second_look_the_answer_may_stay(world: World, page_as: VisitAs, tmp_path: Path) -> None:
    suggested(world, tmp_path, timing="after_answer")
    visit, page = opened(page_as, world, dark=True, width=1920)
    page.keyboard.press("1")
    page.keyboard.press("n")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("A model answered 1 of 1 question otherwise.")).to_be_visible()
    page.keyboard.press("Alt+Shift+w")
    visit.picture("suggestions-second-look-dark-1920")
    with page.expect_response("**/suggestions/") as told:
        page.keyboard.press("Control+Enter")
    assert told.value.status == 200
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert Submission.objects.count() == 1
    assert {one["outcome"] for one in SuggestionReport.objects.get().items} == {"rejected"}


def test_suggested_words_stretches_and_frames_lie_where_they_are_meant(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    post = post_bring_in(world, tmp_path, parts="vc")
    ask_about(world, post)
    release = material.release_once(world)
    marks = [
        {"kind": "time_range", "part": 0, "start_frame": 2, "end_frame": 6},
        {
            "kind": "box",
            "part": 0,
            "frame": 0,
            "x": 20,
            "y": 30,
            "width": 90,
            "height": 80,
            "confidence": 0.66,
        },
        {"kind": "text_span", "part": 1, "start": 0, "end": 7},
    ]
    found = material.suggest(world, release, post, answer="yes", severity=1, marks=marks)
    region = found.marks[0]["region"]
    assert (region["start_us"], region["end_us"], found.marks[1]["region"]["pts_us"]) == (67_000, 500_000, 0)
    material.rules(world)
    visit, page = opened(page_as, world)
    words = page.locator("mark[data-suggested]")
    expect(words).to_have_text("Selling")
    expect(page.get_by_role("group", name="Suggested in time").get_by_role("button")).to_have_count(2)
    visit.picture("suggestions-in-time-light-1280")
    words.click()
    flag = page.get_by_role("toolbar", name="Suggested by detector 2")
    expect(flag).to_have_count(1)
    visit.picture("suggestions-in-text-light-1280")
    expect_no_serious_axe_violations(page)
    flag.get_by_role("button", name="Accept").click()
    expect(page.locator("mark[data-suggested]")).to_have_count(0)
    expect(page.locator("mark[data-number]")).to_have_text("Selling")
    lane = page.get_by_role("group", name="Suggested in time")
    lane.get_by_role("button").first.click()
    expect(flag).to_be_visible()
    visit.picture("suggestions-in-lane-light-1280")
    flag.get_by_role("button", name="Reject").click()
    expect(lane.get_by_role("button")).to_have_count(1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Escape")
    # Going to the box goes to its frame, and the bar stands beside it in the picture.
    page.get_by_role("slider", name="Position in Video").press("End")
    expect(flag).to_have_count(0)
    box = page.locator(f"[data-item='{found.pk}#1'][data-current]")
    for _ in range(4):
        page.keyboard.press("Alt+n")
        if box.count():
            break
    expect(page.locator("[data-drawing]")).to_have_attribute("aria-label", "Video, frame 0: 0 boxes")
    expect(flag).to_be_visible()
    visit.picture("suggestions-on-frame-light-1280")
    page.keyboard.press("Alt+Shift+y")
    page.keyboard.press("n")
    page.keyboard.press("1")
    with answer_sent(page) as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 200, response.value.text()
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert {one["outcome"] for one in SuggestionReport.objects.get().items} == {"accepted"}
    assert {piece.kind for piece in Evidence.objects.all()} == {"time_range", "box", "text_span"}


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1920, True)])
def test_an_agents_reasons_are_plain_words_beside_its_suggestion(
    world: World, page_as: VisitAs, tmp_path: Path, width: int, dark: bool
) -> None:
    post = post_bring_in(world, tmp_path, parts="ic")
    ask_about(world, post)
    reason = (
        "<img src=x onerror=alert(1)> The caption names a **group** and calls it vermin.\n"
        + "So it goes. " * 40
    )
    suggestions_record(
        world.actor("engineer"),
        world.project,
        release=material.release_once(world),
        proposer=Proposer("agent", "agent/helper"),
        drafts=[SuggestionDraft(post.pk, "hate", "yes", 0.8, 2, reason=reason.strip())],
    )
    material.rules(world)
    visit, page = opened(page_as, world, width=width, dark=dark)
    row = page.get_by_role("region", name="Suggested for “Hate”").get_by_role("listitem")
    expect(row).to_contain_text("Reason written by agent/helper. Nobody has checked it.")
    expect(row.get_by_text("<img src=x onerror=alert(1)> The caption names a **group**")).to_be_visible()
    expect(row.locator("img")).to_have_count(0)
    visit.picture(f"suggestions-reason-{'dark' if dark else 'light'}-{width}")
    expect_no_serious_axe_violations(page)
    more = row.get_by_role("button", name="Show all of it")
    more.focus()
    page.keyboard.press("Enter")
    expect(row.get_by_role("button", name="Show less")).to_have_attribute("aria-expanded", "true")
    visit.picture(f"suggestions-reason-open-{'dark' if dark else 'light'}-{width}")
