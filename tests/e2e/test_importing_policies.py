"""From a document to a release, in a browser: what a policy expert does on the first day."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from policies.models import Release
from policies.selectors import meanings
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.policy_material import demo_clauses
from tests.policies.releases import release_made
from tests.world import World

RULES = """# Neighbourhood rules

Be kind to each other.

## Weapons

Do not sell weapons. This includes:

- firearms and their parts
- fighting knives

Kitchen knives are allowed when they are sold as tools.

### Examples

- “Revolver, cash only, behind the school”

## Fireworks

Do not sell fireworks in pictures or videos.

## Appeals

Write to the team if we were wrong.
"""
SHARED = Path(__file__).resolve().parents[3] / "shared/data/policies"


def _row(page: Page, title: str) -> None:
    page.get_by_role("navigation", name="Proposed clauses").get_by_role("button", name=title).click()


def test_a_document_becomes_a_release_by_keyboard_in_a_minute(
    page_as: VisitAs, world: World, tmp_path: Path
) -> None:
    visit = page_as("policy_editor", width=1280, height=900)
    page = visit.open(f"/p/{world.project.pk}/policies")
    page.keyboard.press("i")
    expect(page.get_by_role("heading", name="Bring in a policy")).to_be_visible()
    visit.settle()
    expect(page.get_by_role("button", name="Choose files")).to_be_visible()
    expect_no_serious_axe_violations(page)
    rules = tmp_path / "neighbourhood.md"
    rules.write_text(RULES, encoding="utf-8")
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("f")
    chooser.value.set_files(rules)
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text("neighbourhood.md")
    page.keyboard.press("Control+Enter")

    outline = page.get_by_role("navigation", name="Proposed clauses")
    expect(outline.get_by_role("checkbox", checked=True)).to_have_count(2)
    expect(page.get_by_label("Title").first).to_have_value("Neighbourhood rules")
    expect(page.get_by_label("Notes of the draft")).to_have_value("Be kind to each other.")
    text = page.get_by_role("region", name="The text of Weapons")
    expect(text).to_contain_text("Revolver, cash only, behind the school")
    expect(page.get_by_role("article")).to_contain_text("speaks of exceptions and became “avoid when”")
    expect_no_serious_axe_violations(page)
    visit.picture("policy-import-proposal")

    page.keyboard.press("j")
    expect(page.get_by_role("region", name="The text of Fireworks")).to_be_visible()
    page.get_by_role("article").get_by_label("Key").fill("Fire works")
    expect(page.get_by_text("Use lower-case letters and digits, joined by hyphens.")).to_be_visible()
    expect(page.get_by_role("button", name="Write the draft")).to_be_disabled()
    page.get_by_role("article").get_by_label("Key").fill("fireworks-sale")
    page.keyboard.press("Escape")
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("j")
    expect(page.get_by_role("article")).to_contain_text("It says what happens around the rules")
    page.keyboard.press("x")
    expect(outline.get_by_role("checkbox", checked=True)).to_have_count(3)
    page.keyboard.press("x")
    expect(page.get_by_role("status").last).to_contain_text(
        "2 clauses of 3; nothing is missing for a release"
    )
    page.keyboard.press("Control+Enter")

    expect(page.get_by_role("button", name="Hand in for review")).to_be_enabled()
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()
    visit.picture("policy-import-draft")
    page.get_by_role("button", name="Hand in for review").click()
    expect(page.get_by_role("button", name="Take back to write")).to_be_visible()
    release = Release.objects.get()
    colleague = page_as("policy_editor2")
    other = colleague.open(f"/p/{world.project.pk}/releases/{release.pk}")
    other.get_by_role("button", name="Review").click()
    other.get_by_role("button", name="Approve").click()
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("button", name="Publish for good").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Release 1")
    assert meanings(release.pk) == {"weapons": 1, "fireworks-sale": 1}


def test_pasted_text_is_read_and_clauses_are_merged(page_as: VisitAs, world: World) -> None:
    visit = page_as("policy_editor", width=1280, height=900)
    page = visit.open(f"/p/{world.project.pk}/policies/import")
    page.get_by_label("What it is called").fill("House rules")
    page.get_by_label("Text", exact=True).fill("## Weapons\n\nNo weapons.\n\n## Knives\n\nNo knives.\n")
    page.get_by_role("button", name="Look at what it becomes").click()
    _row(page, "Knives")
    page.get_by_role("button", name="Merge into the clause above").click()
    expect(page.get_by_role("region", name="The text of Weapons")).to_contain_text("No knives.")
    page.get_by_role("button", name="Write the draft").click()
    expect(page.get_by_role("button", name="Hand in for review")).to_be_visible()
    assert list(Release.objects.get().clauses.values_list("key", flat=True)) == ["weapons"]


def test_files_that_cannot_be_read_say_why_and_leave_the_choice_as_it_was(
    page_as: VisitAs, world: World, tmp_path: Path
) -> None:
    visit = page_as("policy_editor")
    visit.expect_complaint("400")
    page = visit.open(f"/p/{world.project.pk}/policies/import")
    broken = tmp_path / "broken.json"
    broken.write_text('{"a":\n', encoding="utf-8")
    page.locator("input[type=file]").set_input_files(broken)
    page.get_by_role("button", name="Look at what it becomes").click()
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Nothing in these files became a clause.")
    expect(alert).to_contain_text("broken.json:2")
    expect(page.get_by_role("list", name="Chosen files")).to_contain_text("broken.json")


def test_the_renderings_of_a_clause_are_read_copied_and_taken_away(page_as: VisitAs, world: World) -> None:
    release = release_made(world, clauses=demo_clauses())
    visit = page_as("annotator", width=1920, height=1080)
    page = visit.open(f"/p/{world.project.pk}/releases/{release.pk}")
    page.get_by_role("link", name="Renderings").click()
    expect(page.get_by_role("region", name="gpt-oss-safeguard prompt")).to_contain_text("tokens")
    visit.settle()
    visit.picture("renderings-release")
    page.keyboard.press("j")
    prompt = page.get_by_role("region", name="gpt-oss-safeguard prompt")
    expect(prompt.get_by_label("Text: gpt-oss-safeguard prompt")).to_contain_text("# Criteria")
    expect(prompt).to_contain_text("(400 to 600 advised)")
    visit.settle()
    visit.picture("renderings-clause")
    page.keyboard.press("4")
    expect(page.get_by_role("region", name="gpt-oss-safeguard prompt")).to_have_count(0)
    expect(page.get_by_label("Text: CoPE labeler")).to_contain_text("#### Includes")
    page.keyboard.press("5")
    page.get_by_text("Llama Guard", exact=True).click()
    expect(page.get_by_label("Text: Llama Guard")).to_contain_text("<BEGIN UNSAFE CONTENT CATEGORIES>")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Llama Guard").click()
    assert "<END UNSAFE CONTENT CATEGORIES>" in page.evaluate("navigator.clipboard.readText()")
    with page.expect_download() as download:
        page.get_by_role("link", name="JSON").click()
    assert download.value.suggested_filename == "community@1.json"
    assert json.loads(Path(download.value.path()).read_text())["policy"]["key"] == "community"
    with page.expect_download() as download:
        page.get_by_role("link", name="Pack").click()
    with zipfile.ZipFile(io.BytesIO(Path(download.value.path()).read_bytes())) as archive:
        assert "community@1/policy.md" in archive.namelist()


@pytest.mark.shared_data
@pytest.mark.parametrize(("dark", "width"), [(False, 1280), (True, 1920)])
def test_real_rules_and_packs_arrive_as_drafts(
    page_as: VisitAs, world: World, dark: bool, width: int
) -> None:
    if not SHARED.exists():
        pytest.skip("the shared data folder is not here")
    visit = page_as("policy_editor", width=width, height=1000, dark=dark)
    page = visit.open(f"/p/{world.project.pk}/policies/import")
    rules = sorted((SHARED / "github-site-policy/Policies/acceptable-use-policies").glob("*.md"))
    page.locator("input[type=file]").set_input_files(rules)
    expect(page.get_by_role("list", name="Chosen files").get_by_role("listitem")).to_have_count(len(rules))
    visit.picture(f"policy-import-files-{width}")
    page.keyboard.press("Control+Enter")
    _row(page, "Bullying and Harassment")
    expect(page.get_by_role("status").last).to_contain_text("nothing is missing for a release")
    visit.picture(f"policy-import-github-{width}")
    visit.picture(f"policy-import-github-{width}-whole", full_page=True)
    page.get_by_role("button", name="Write the draft").click()
    expect(page.get_by_text("Nothing is missing. It can be handed in.")).to_be_visible()
    visit.picture(f"policy-import-github-draft-{width}")
    page.goto(page.url.split("?")[0] + "/renderings?clause=bullying-and-harassment")
    visit.settle()
    expect(page.get_by_label("Text: CoPE labeler")).to_contain_text("#### Excludes")
    visit.picture(f"policy-renderings-{width}")
