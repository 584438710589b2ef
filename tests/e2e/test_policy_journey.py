"""The whole way of a rule in a browser: from a document to a release, from its change to the campaign's last answer.

Every step is what a person does on the page that is made for it: a policy expert, a colleague who reviews, an
annotator, an engineer. Nothing is done behind their backs but what workers do.
"""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from annotation.models import Decision
from core.queue.models import Submission, Task
from exports.models import Version
from policies.models import Campaign, Release
from policies.selectors import meanings, release_get
from tests.annotation import material
from tests.e2e.browsing import Visit, expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent
from tests.e2e.material import work_off
from tests.world import Caller, World

POSTS = 12
SAMPLE = 11
"""What is asked of twelve to know the share that changed to within ten points."""

RULES = """# Market rules

## Weapons

Do not offer weapons. This includes:

- firearms and their parts
- fighting knives

Kitchen knives are allowed when they are sold as tools.

### Examples

- “Revolver, cash only, behind the school”

## Fireworks

Do not offer fireworks in pictures or in words.
"""
MEANT = "- Paintings, films and games that show weapons are not meant."


def test_from_a_document_to_the_last_answer_of_a_campaign(page_as: VisitAs, world: World) -> None:
    expert = page_as("policy_editor", width=1280, height=900)
    colleague = page_as("policy_editor2")
    first = _first_release(expert, colleague, world)

    posts = [
        material.post_make(
            world, with_image=False, text=f"Offer {at}: an old sword", external_id=f"offer-{at:02}"
        )
        for at in range(POSTS)
    ]
    material.tasks_make(world, release_get(first.pk), posts, overlap=1)
    annotator = page_as("annotator", width=1440, height=900)
    work = annotator.open(f"/p/{world.project.pk}/label")
    for _ in range(POSTS):
        _answer(work, "2", "2")  # no, and no
    expect(work.get_by_text("Nothing waits for you here")).to_be_visible()
    before = _given()
    assert len(before) == POSTS

    second = _second_release(expert, colleague, world, first)
    campaign = _sample_ordered(expert, world, second)
    dataset = _dataset_that_waits(world, second)
    engineer = page_as("engineer")
    engineer.expect_complaint("409")
    _version_is_refused(engineer, world, dataset)

    page = expert.page
    work = annotator.open(f"/p/{world.project.pk}/label")
    expect(work.get_by_text("The rule changed:")).to_contain_text(
        "These mean something else than before: “Weapons”."
    )
    for number in range(SAMPLE):
        _asked_again(annotator, work, is_first=number == 0)
        if number == 9:  # ten answers are a pace
            expert.open(f"/p/{world.project.pk}/campaigns/{campaign.pk}")
            _progress(page, 10, SAMPLE)
            expect(page.get_by_text("Done in about")).to_be_visible()
            expect(page.get_by_text(re.compile(r"answers a day"))).to_be_visible()
            expert.picture("journey-campaign-under-way")
    expect(work.get_by_text("Nothing waits for you here")).to_be_visible()

    _all_is_asked(expert, world, campaign)
    work = annotator.open(f"/p/{world.project.pk}/label")
    _asked_again(annotator, work, is_first=False)
    expect(work.get_by_text("Nothing waits for you here")).to_be_visible()
    _campaign_is_finished(expert, world, campaign)

    asked = Task.objects.filter(source="campaign", source_id=campaign.pk)
    assert {task.post_id for task in asked} == {post.pk for post in posts}
    assert {tuple(task.clause_keys) for task in asked} == {("weapons",)}
    renewed = Decision.objects.filter(clause_key="weapons", meaning_revision=2)
    assert {(row.post_id, row.answer) for row in renewed} == {(post.pk, "yes") for post in posts}
    assert set(_given()) & set(before) == set(before), "what was submitted stays what it was"
    assert {key: value for key, value in _given().items() if key in before} == before
    _version_is_built(engineer, world, dataset)


def _given() -> dict[Any, tuple[Any, ...]]:
    """Every submission as it stands in the database."""
    rows = Submission.objects.values_list(
        "pk", "document", "document_sha256", "task_id", "slot_id", "created_at"
    )
    return {row[0]: row[1:] for row in rows}


def _first_release(expert: Visit, colleague: Visit, world: World) -> Release:
    """A document is brought in, one of its clauses is edited, a colleague asked by name approves, it is released."""
    page = expert.open(f"/p/{world.project.pk}/policies")
    page.keyboard.press("i")
    page.get_by_label("What it is called").fill("Market rules")
    page.get_by_label("Text", exact=True).fill(RULES)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("status").last).to_contain_text("nothing is missing for a release")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()

    _clause(page, "Fireworks")
    page.get_by_label("Definition", exact=True).last.fill(
        "Do not offer fireworks, neither in pictures nor in words."
    )
    _saved(page)
    reviewers = page.get_by_role("region", name="Reviewers")
    reviewers.get_by_role("button", name="Ask people by name").click()
    reviewers.get_by_label("Policy Editor2").check()
    reviewers.get_by_role("button", name="Ask them").click()
    expect(reviewers).to_contain_text("Policy Editor2 has not answered")
    release = Release.objects.get()
    _released(expert, colleague, world, release)
    assert meanings(release.pk) == {"weapons": 1, "fireworks": 1}
    return release


def _second_release(expert: Visit, colleague: Visit, world: World, first: Release) -> Release:
    """One clause changes its meaning, another its wording; what that costs is read before it is released."""
    page = expert.open(f"/p/{world.project.pk}/policies/{first.policy_id}")
    page.keyboard.press("n")
    _clause(page, "Weapons")
    avoid = page.get_by_label("Avoid when", exact=True).last
    avoid.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(f"\n{MEANT}")
    decision = page.get_by_text("Does the meaning change?").locator("xpath=ancestor::section")
    expect(decision).to_contain_text("The rule proposes Changes meaning")
    expect(decision.get_by_role("listitem").first).to_contain_text("avoid when")
    expert.picture("journey-proposal")
    decision.get_by_role("radio", name="Changes meaning").check()
    decision.get_by_label("Why").fill("Offers of paintings were marked.")
    _saved(page)
    _clause(page, "Fireworks")
    page.get_by_label("Definition", exact=True).last.fill(
        "Do not offer fireworks, neither in picture nor in word."
    )
    expect(decision).to_contain_text("The rule proposes")
    decision.get_by_role("radio", name="Wording only").check()
    decision.get_by_label("Why").fill("Plainer words.")
    _saved(page)
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()
    draft = Release.objects.get(state="draft")

    page.keyboard.press("Alt+2")
    changes = page.get_by_role("region", name="Changes")
    expect(changes).to_contain_text(f"Of {2 * POSTS} decisions under release 1")
    expect(changes.locator("ins").filter(has_text="Paintings, films and games").first).to_be_visible()
    changes.get_by_role("link", name=f"{POSTS} would be asked again", exact=True).click()
    _listed(expert, f"{POSTS} decisions", heading="Decisions that are asked again")
    page.go_back()
    expect(changes).to_be_visible()
    page.keyboard.press("Alt+3")
    impact = page.get_by_role("region", name="Impact")
    weapons = impact.locator("section").filter(has_text="meaning 1 → 2")
    expect(weapons).to_contain_text(f"{POSTS} answers")
    expect(weapons).to_contain_text(f"{POSTS} decisions")
    expect(impact).to_contain_text(f"median of {POSTS} measured answers")
    expect(impact).not_to_contain_text("Fireworks")
    weapons.get_by_role("link", name=f"{POSTS} answers").click()
    _listed(expert, f"{POSTS} answers", heading="Answers that stop holding")
    page.go_back()
    expect(impact).to_be_visible()
    _released(expert, colleague, world, draft)
    assert meanings(draft.pk) == {"weapons": 2, "fireworks": 1}
    return draft


def _listed(visit: Visit, total: str, *, heading: str) -> None:
    """The list behind a count holds as many rows as it said."""
    page = visit.page
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    expect(page.get_by_role("search").get_by_role("status")).to_have_text(total)
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(POSTS)
    expect(rows.first).to_contain_text("Offer")
    visit.picture(f"journey-{heading.split()[0].lower()}-listed")
    expect_no_serious_axe_violations(page)


def _sample_ordered(expert: Visit, world: World, second: Release) -> Campaign:
    page = expert.open(f"/p/{world.project.pk}/releases/{second.pk}?view=impact")
    page.get_by_role("button", name="Ask these again").click()
    page.get_by_role("radio", name="A random sample, to know how many would change").check()
    page.get_by_role("combobox", name="How exactly").click()
    page.get_by_role("option", name=re.compile("10 points")).click()
    told = page.get_by_role("dialog").get_by_role("status")
    expect(told).to_contain_text(f"Of {POSTS} stale posts it asks {SAMPLE}")
    page.get_by_role("button", name="Start the campaign").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("market-rules@2 against market-rules@1")
    work_off()
    _progress(page, 0, SAMPLE)
    return Campaign.objects.get()


def _asked_again(visit: Visit, page: Page, *, is_first: bool) -> None:
    """One post of the campaign: the changed question alone, the old answer beside it, what changed one key away."""
    expect(page.get_by_text("Asked again: the rule changed")).to_be_visible()
    expect(page.get_by_text("Answered before this rule changed")).to_be_visible()
    if is_first:
        expect(page.get_by_text("Does the post fall under “Fireworks”?")).to_have_count(0)
        page.keyboard.press("g")
        changed = page.get_by_role("region", name="What changed")
        expect(changed.locator("ins").filter(has_text="Paintings, films and games").first).to_be_visible()
        visit.picture("journey-asked-again")
        expect_no_serious_axe_violations(page)
        page.keyboard.press("g")
    _answer(page, "1")  # yes


def _all_is_asked(expert: Visit, world: World, campaign: Campaign) -> None:
    """The sample is answered: its share and the bound are told, and one click asks what is left."""
    page = expert.open(f"/p/{world.project.pk}/campaigns/{campaign.pk}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Finished")
    expect(page.get_by_text(f"{SAMPLE} of {SAMPLE} decisions that were made anew")).to_contain_text(
        f"Of all {POSTS} stale ones, between"
    )
    expert.picture("journey-sample-answered")
    page.get_by_role("button", name="Ask more").click()
    page.get_by_role("menuitem", name=f"All {POSTS}").click()
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Finished")
    work_off()
    _progress(page, SAMPLE, POSTS)


def _campaign_is_finished(expert: Visit, world: World, campaign: Campaign) -> None:
    page = expert.open(f"/p/{world.project.pk}/campaigns/{campaign.pk}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Finished")
    _progress(page, POSTS, POSTS)
    expect(page.get_by_text("Everything that was stale has been asked.")).to_be_visible()
    expert.picture("journey-campaign-finished")
    expect_no_serious_axe_violations(page)


def _progress(page: Page, given: int, wanted: int) -> None:
    """The campaign's page, which asks by itself, says so many answers."""
    expect(page.get_by_text(re.compile(rf"^{given} of {wanted} answers"))).to_be_visible()


def _dataset_that_waits(world: World, release: Release) -> str:
    """An engineer's dataset of this release that wants all of its re-labelling."""
    definition = {"campaigns_share": 1.0, "release_id": str(release.pk)}
    made = Caller(world.person("engineer")).post(
        f"/api/projects/{world.project.pk}/datasets/",
        {"name": "market", "title": "Market", "kinds": ["labels"], "definition": definition},
    )
    assert made.status_code == 201, made.content
    return str(made.json()["id"])


def _version_is_refused(engineer: Visit, world: World, dataset: str) -> None:
    page = engineer.open(f"/p/{world.project.pk}/datasets/{dataset}")
    page.get_by_role("button", name="Build").first.click()
    expect(page.get_by_text("weapons has 0")).to_be_visible()
    engineer.picture("journey-version-waits")
    assert not Version.objects.exists()


def _version_is_built(engineer: Visit, world: World, dataset: str) -> None:
    page = engineer.open(f"/p/{world.project.pk}/datasets/{dataset}")
    with page.expect_response(
        lambda response: response.request.method == "POST" and "versions" in response.url
    ):
        page.get_by_role("button", name="Build").first.click()
    work_off()
    version = Version.objects.get()
    assert (version.state, version.gate, version.release_label) == ("ready", {}, "market-rules@2")


def _released(expert: Visit, colleague: Visit, world: World, release: Release) -> None:
    """Handed in, approved by a colleague who finds it on their own pages, published for good."""
    page, other = expert.page, colleague.page
    if str(release.pk) not in page.url or "view=" in page.url:
        expert.open(f"/p/{world.project.pk}/releases/{release.pk}")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_role("button", name="Take back to write")).to_be_visible()
    colleague.open("/")
    other.get_by_role("link", name="Work on policies").click()
    other.get_by_role("link", name="Market rules").click()
    other.get_by_role("link", name="Review the draft").click()
    other.get_by_role("button", name="Review").click()
    other.get_by_role("button", name="Approve").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Approved")
    page.get_by_role("button", name="Publish").click()  # appears by itself
    page.get_by_role("button", name="Publish for good").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release")


def _answer(page: Page, *keys: str) -> None:
    """Answer the open post by keys, wait until the server has it and the post has made room for the next."""
    post = page.get_by_text(re.compile(r"^Offer \d+: an old sword$"))
    shown = post.inner_text()
    for key in keys:
        page.keyboard.press(key)
    with answer_sent(page):
        page.keyboard.press("Control+Enter")
    expect(page.get_by_text(shown, exact=True)).to_have_count(0)


def _clause(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Outline").get_by_role("listitem").filter(has_text=title).click()
    expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value(title)


def _saved(page: Page) -> None:
    expect(page.get_by_role("complementary", name="About this draft").get_by_role("status")).to_contain_text(
        "Saved"
    )
