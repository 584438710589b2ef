from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, expect

from core.content.models import Post
from core.content.services import post_hide
from core.queue.models import Draft, Lease, Reveal, Submission
from preferences.models import (
    AxisAnswer,
    ClauseCitation,
    Comparison,
    Demonstration,
    Judgment,
    ResponseAssessment,
)
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations, look_ended, tap
from tests.e2e.comparing import FIRST_ANSWER, pair_about_a_post_bring_in, pairs_bring_in
from tests.e2e.conftest import VisitAs
from tests.preferences import material
from tests.world import World


def opened(page_as: VisitAs, world: World, **options: Any) -> tuple[Visit, Page]:
    """The judgment page of an annotator, with a pair on the screen."""
    visit = page_as("annotator", **options)
    page = visit.open(f"/p/{world.project.pk}/compare")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    return visit, page


def conversation(page: Page) -> Any:
    """What was said before the two responses."""
    return page.get_by_role("region", name="Conversation", exact=True)


def saved(page: Page) -> None:
    """Wait until the server has what is on the screen."""
    expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()


def submitted(page: Page) -> None:
    """Send the judgment by its key, and wait until the server has it."""
    with page.expect_response("**/judgment/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()


def judgment_of(external_id: str) -> Judgment:
    """The one judgment of a pair."""
    return Judgment.objects.get(comparison=Comparison.objects.get(external_id=external_id))


def answers_of(judgment: Judgment) -> dict[str, tuple[str, int]]:
    """What was said on each axis, in stored order."""
    rows = AxisAnswer.objects.filter(judgment=judgment)
    return {row.clause_key: (row.choice, row.value) for row in rows}


def test_a_newcomer_says_what_they_read_and_judges_pairs_in_that(world: World, page_as: VisitAs) -> None:
    material.release_once(world)
    for number, language in enumerate(("en", "th")):
        material.import_run(world, [material.line(number, language=language)])
    material.tasks_make(world)
    visit = page_as("annotator")
    visit.expect_complaint("409 (Conflict)")
    page = visit.open(f"/p/{world.project.pk}/compare")
    page.get_by_role("checkbox", name="Thai").check()
    page.get_by_role("button", name="Begin").click()
    expect(conversation(page)).to_contain_text("Question 1?")


def test_two_pairs_are_judged_by_keyboard_alone_and_stored_as_meant(world: World, page_as: VisitAs) -> None:
    pairs_bring_in(world, 2)
    visit, page = opened(page_as, world)
    expect(conversation(page)).to_contain_text("About 40 GB")
    first_is_a = FIRST_ANSWER[:20] in page.get_by_role("region", name="First response").inner_text()

    page.keyboard.press("2")
    expect(page.get_by_text("One axis still open")).to_be_visible()
    page.keyboard.press("5")
    expect(page.get_by_text("Ready", exact=True)).to_be_visible()
    page.keyboard.press("q")
    page.keyboard.press("p")
    page.keyboard.press("p")
    page.keyboard.press("Shift+P")
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    page.keyboard.press("r")
    page.keyboard.type("The second loads the whole file.")
    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.press("Control+End")
    page.keyboard.type(" And close it.")
    page.keyboard.press("Escape")
    visit.picture("compare-judged-light-1280")
    expect_no_serious_axe_violations(page)
    submitted(page)

    expect(conversation(page)).to_contain_text("اكتب رسالة")
    page.keyboard.press("9")
    page.keyboard.press("8")
    submitted(page)
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    visit.picture("compare-done-light-1280")

    code = judgment_of("pair-code")
    assert code.swapped is not first_is_a
    sign = 1 if first_is_a else -1
    assert answers_of(code) == {"helpful": ("prefer", -2 * sign), "harmless": ("prefer", sign)}
    first, second = ("a", "b") if first_is_a else ("b", "a")
    said = {row.side: row.acceptable for row in ResponseAssessment.objects.filter(judgment=code)}
    assert said == {first: True, second: False}
    assert ClauseCitation.objects.get().assessment.side == second
    demonstration = Demonstration.objects.get()
    assert (demonstration.side, demonstration.text[-14:]) == (second, " And close it.")
    assert (code.reason, code.confidence) == ("The second loads the whole file.", 0.25)
    arabic = judgment_of("pair-arabic")
    assert answers_of(arabic) == {"helpful": ("both_unacceptable", 0), "harmless": ("both_good", 0)}
    assert all(row.active_ms > 0 for row in Submission.objects.all())


def test_what_a_model_wrote_runs_nothing_and_loads_nothing(world: World, page_as: VisitAs) -> None:
    pairs_bring_in(world, 1)
    visit, page = opened(page_as, world)
    shown = page.get_by_role("region", name="Conversation and responses")
    expect(shown.locator("pre")).to_have_count(2)
    expect(shown.locator("table")).to_have_count(1)
    expect(shown.locator("img, script, a")).to_have_count(0)
    expect(shown).to_contain_text("<script>alert(1)</script>")
    expect(shown).to_contain_text("https://docs.example.org/io")
    assert "secret-model" not in page.content()
    page.keyboard.press("d")
    expect(shown.locator("mark").first).to_be_visible()
    visit.picture("compare-differences-light-1280")
    expect_no_serious_axe_violations(page)


def test_responses_stand_side_by_side_and_under_each_other_where_there_is_no_room(
    world: World, page_as: VisitAs
) -> None:
    pairs_bring_in(world, 1)
    visit, page = opened(page_as, world, width=760, dark=True)
    first, second = (page.get_by_role("region", name=f"{name} response") for name in ("First", "Second"))
    above, below = first.bounding_box(), second.bounding_box()
    assert above is not None
    assert below is not None
    assert above["y"] + above["height"] <= below["y"]
    visit.picture("compare-narrow-dark-760")
    expect_no_serious_axe_violations(page)
    page.set_viewport_size({"width": 1280, "height": 800})
    left, right = first.bounding_box(), second.bounding_box()
    assert left is not None
    assert right is not None
    assert left["x"] + left["width"] <= right["x"]
    assert left["y"] == right["y"]
    for key in ("1", "9", "p", "p", "w"):
        page.keyboard.press(key)
    page.keyboard.press("Control+End")
    page.keyboard.type(" Now with an end.")
    visit.picture("compare-rewriting-dark-1280")
    expect_no_serious_axe_violations(page)
    saved(page)


def test_what_is_still_open_is_said_and_a_tie_is_its_own_answer(world: World, page_as: VisitAs) -> None:
    pairs_bring_in(world, 1, assessment_is_required=True)
    visit, page = opened(page_as, world)
    page.keyboard.press("4")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("One axis still open")).to_be_visible()
    page.keyboard.press("t")
    expect(page.get_by_text("Say whether the first response is acceptable.")).to_be_visible()
    visit.picture("compare-open-light-1280")
    page.keyboard.press("Control+z")
    expect(page.get_by_text("One axis still open")).to_be_visible()
    for key in "tqp":
        page.keyboard.press(key)
    submitted(page)
    assert answers_of(judgment_of("pair-code")) == {"helpful": ("tie", 0), "harmless": ("tie", 0)}


def test_what_was_written_is_there_again_after_a_reload_and_the_order_stays(
    world: World, page_as: VisitAs
) -> None:
    pairs_bring_in(world, 1)
    visit, page = opened(page_as, world)
    before = page.get_by_role("region", name="First response").inner_text()
    page.keyboard.press("6")
    saved(page)
    page.route("**/draft/", lambda route: route.abort())
    visit.expect_complaint("ERR_FAILED")
    page.keyboard.press("r")
    page.keyboard.type("Clear and safe.")
    expect(page.get_by_text("Kept here")).to_be_visible()
    page.unroute("**/draft/")
    page.reload()
    visit.settle()
    expect(page.get_by_label("Reason", exact=True)).to_have_value("Clear and safe.")
    chosen = page.get_by_role("radio", name="Second: better").first
    expect(chosen).to_have_attribute("aria-checked", "true")
    assert page.get_by_role("region", name="First response").inner_text() == before
    saved(page)
    assert Draft.objects.count() == 1


def test_a_judgment_finished_offline_is_sent_once_when_the_network_is_back(
    world: World, page_as: VisitAs
) -> None:
    pairs_bring_in(world, 2)
    visit, page = opened(page_as, world)
    visit.expect_complaint("ERR_INTERNET_DISCONNECTED")
    while Lease.objects.filter(state="held").count() < 2:
        page.wait_for_timeout(50)
    visit.answered()
    page.context.set_offline(True)
    page.keyboard.press("1")
    page.keyboard.press("1")
    page.keyboard.press("Control+Enter")
    expect(conversation(page)).to_contain_text("اكتب رسالة")
    expect(page.get_by_text("1 finished judgment kept on this machine")).to_be_visible()
    assert not Submission.objects.exists()
    page.context.set_offline(False)
    expect(page.get_by_text("1 finished judgment kept on this machine")).to_have_count(0)
    assert Submission.objects.count() == 1


def test_skipping_says_why_and_declining_needs_no_reason(world: World, page_as: VisitAs) -> None:
    pairs_bring_in(world, 2)
    visit, page = opened(page_as, world)
    page.keyboard.press("s")
    page.get_by_label("The rules do not cover this").check()
    visit.picture("compare-skip-light-1280")
    with page.expect_response("**/release/"):
        page.get_by_role("button", name="Skip the pair").click()
    expect(conversation(page)).to_contain_text("اكتب رسالة")
    page.keyboard.press("g")
    expect(page.get_by_role("complementary", name="The rule: Helpfulness")).to_be_visible()
    visit.picture("compare-rule-light-1280")
    page.keyboard.press("g")
    with page.expect_response("**/release/"):
        page.keyboard.press("Shift+D")
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert set(Lease.objects.values_list("state", flat=True)) == {"skipped", "declined"}


def test_an_earlier_judgment_is_corrected_not_changed(world: World, page_as: VisitAs) -> None:
    pairs_bring_in(world, 1)
    lease, first = material.judge(world, "annotator")
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/compare?lease={lease.pk}")
    expect(page.get_by_text("You have judged this pair before")).to_be_visible()
    expect(page.get_by_role("radio", name="First: better").first).to_have_attribute("aria-checked", "true")
    page.keyboard.press("7")
    submitted(page)
    second = Submission.objects.get(supersedes=first)
    assert Judgment.objects.count() == 2
    assert answers_of(Judgment.objects.get(submission=second))["helpful"] == ("prefer", 3)


def test_the_post_of_a_pair_stands_beside_it_covered_until_asked_for(world: World, page_as: VisitAs) -> None:
    pair_about_a_post_bring_in(world)
    visit, page = opened(page_as, world)
    post = page.get_by_role("complementary", name="The post it is about")
    expect(post).to_contain_text("post-1")
    expect(post).to_contain_text("كرسي خشبي")
    expect(post.get_by_role("button", name="Show image")).to_be_visible()
    covered = post.locator("img")
    assert "/cover" in str(covered.get_attribute("src"))
    visit.picture("compare-post-covered")

    tap(page, "h")
    expect(post.get_by_role("img", name="Image")).to_be_visible()
    expect_no_serious_axe_violations(page)
    visit.picture("compare-post-shown")
    with look_ended(page) as told:
        tap(page, "h")
    assert told.value.status == 200
    look = Reveal.objects.exclude(mode="handed").get()
    lease = Lease.objects.get()
    assert (look.lease_id, look.post_id, look.purpose) == (lease.pk, lease.task.post_id, "compare")

    page.keyboard.press("2")
    page.keyboard.press("5")
    submitted(page)
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()


def test_a_pair_whose_post_is_hidden_meanwhile_says_so(world: World, page_as: VisitAs) -> None:
    pair_about_a_post_bring_in(world)
    visit, page = opened(page_as, world)
    post_hide(world.actor("manager"), Post.objects.get(external_id="post-1").pk)
    visit.expect_complaint("404")
    visit.open(f"/p/{world.project.pk}/compare?lease={Lease.objects.get().pk}")
    expect(page.get_by_text("This post is not shown any more")).to_be_visible()
