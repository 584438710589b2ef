"""The rule changes under people at work: they are told once, and see the changed words beside the question."""

from __future__ import annotations

from playwright.sync_api import expect

from core.jobs.models import Job
from policies.services import campaign_start
from policies.services.campaign_tasks import campaign_make_tasks
from policies.services.taking_effect import JOB_KIND, open_tasks_move
from tests.annotation import material
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent
from tests.preferences import material as pairs
from tests.world import World


def test_what_changed_stands_beside_the_question_and_is_told_once(world: World, page_as: VisitAs) -> None:
    first = material.release_make(world)
    posts = [material.post_make(world, with_image=False) for _ in range(3)]
    material.tasks_make(world, first, posts, overlap=1)
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("1")
    page.keyboard.press("1")
    with answer_sent(page):
        page.keyboard.press("Control+Enter")
    second = material.release_changed(world, first, clause_key="spam", question="Does it advertise unasked?")
    assert Job.objects.filter(kind=JOB_KIND).exists()
    open_tasks_move(release_id=second.id, progress=lambda _: None)
    campaign = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.id,
        against_id=first.id,
    )
    campaign_make_tasks(campaign_id=campaign.pk, requested_by_id=None, progress=lambda _: None)
    # What the page fetched ahead is still held under the first release; it is finished as it is.
    heading, newer = page.get_by_role("heading", level=1), page.get_by_text(second.label, exact=True)
    submit = page.get_by_role("button", name="Submit")
    for _ in posts:
        expect(submit).to_be_visible()
        if newer.count() > 0:
            break
        shown = heading.inner_text()
        page.keyboard.press("1")
        page.keyboard.press("1")
        with answer_sent(page):
            page.keyboard.press("Control+Enter")
        expect(heading).not_to_have_text(shown)
    told = page.get_by_text("The rule changed:")
    expect(told).to_contain_text("These mean something else than before: “Spam”.")
    if page.get_by_text("Asked again: the rule changed").count() == 0:
        page.get_by_role("button", name="Spam").first.click()
    page.keyboard.press("g")
    changed = page.get_by_role("region", name="What changed")
    expect(changed.locator("ins").first).to_be_visible()
    expect(changed.locator("del").first).to_be_visible()
    visit.picture("rule-changed-light-1280")
    expect_no_serious_axe_violations(page)
    visit.answered()  # also to what says that it was told
    elsewhere = page_as("annotator")
    with elsewhere.page.expect_response(lambda response: "/rule-changes/" in response.url) as asked:
        other = elsewhere.open(f"/p/{world.project.pk}/label")
    assert asked.value.json()["is_told"] is True
    expect(other.get_by_role("button", name="Submit")).to_be_visible()
    expect(other.get_by_text("The rule changed:")).to_have_count(0)


def test_a_judge_of_pairs_is_told_once_and_sees_the_changed_axis(world: World, page_as: VisitAs) -> None:
    first = pairs.release_make(world)
    pairs.comparisons_make(world, 2)
    pairs.tasks_make(world, overlap=1)
    for _ in range(2):
        pairs.judge(world, "annotator")
    second = pairs.release_changed(world, first, clause_key="helpful", question="Which one solves it?")
    ordered = campaign_start(
        world.actor("policy_editor"),
        project_id=world.project.pk,
        release_id=second.id,
        against_id=first.id,
    )
    campaign_make_tasks(campaign_id=ordered.pk, requested_by_id=None, progress=lambda _: None)
    visit = page_as("annotator")
    with visit.page.expect_response(lambda response: response.request.method == "PUT") as kept:
        page = visit.open(f"/p/{world.project.pk}/compare")
    assert (kept.value.status, f"/rule-changes/{second.id}/" in kept.value.url) == (204, True)
    told = page.get_by_text("The rule changed:")
    expect(told).to_contain_text("These mean something else than before: “Helpfulness”.")
    page.get_by_role("button", name="See the rule").click()
    changed = page.get_by_role("region", name="What changed")
    expect(changed.locator("ins").first).to_be_visible()
    expect(changed.locator("del").first).to_be_visible()
    visit.picture("rule-changed-compare-light-1280")
    expect_no_serious_axe_violations(page)
    elsewhere = page_as("annotator", dark=True)
    with elsewhere.page.expect_response(lambda response: "/rule-changes/" in response.url) as asked:
        other = elsewhere.open(f"/p/{world.project.pk}/compare")
    assert asked.value.json() == {"former": None, "is_told": True}
    expect(other.get_by_role("button", name="Submit")).to_be_visible()
    expect(other.get_by_text("The rule changed:")).to_have_count(0)
