from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from preferences.models import Comparison
from tests.e2e.browsing import expect_no_serious_axe_violations
from tests.e2e.conftest import VisitAs
from tests.e2e.material import work_off
from tests.e2e.preference_rows import apart_bring_in, comparisons_bring_in
from tests.preferences import material
from tests.world import World


def file_of(folder: Path, lines: list[Any]) -> Path:
    """A file to bring in."""
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


def test_an_engineer_brings_in_comparisons_and_finds_one_by_its_model(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/comparisons")
    page.get_by_role("button", name="Bring in comparisons").first.click()
    page.locator("input[type=file]").set_input_files(
        file_of(tmp_path, [material.line(number) for number in range(3)])
    )
    page.get_by_role("button", name="Start the import").click()
    expect(page.get_by_text("Import comparisons")).to_be_visible()
    work_off()
    expect(page.get_by_text("3 comparisons added.")).to_be_visible()
    expect_no_serious_axe_violations(page)
    visit.picture("comparisons-imported-light-1280")
    page.get_by_role("link", name="Look at them").click()
    page.keyboard.press("/")
    page.keyboard.type("MODEL-TWO")
    expect(page.get_by_role("row")).to_have_count(4)
    page.keyboard.type("x")
    expect(page.get_by_text("No comparison matches")).to_be_visible()
    assert Comparison.objects.filter(project=world.project).count() == 3


def test_a_bad_file_names_its_lines_and_brings_in_nothing(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    visit = page_as("engineer")
    page = visit.open(f"/p/{world.project.pk}/comparisons/import")
    same = {"text": "The same twice."}
    lines = [material.line(1), {"prompt": "?", "responses": [same, same]}, material.line(1)]
    page.locator("input[type=file]").set_input_files(file_of(tmp_path, lines))
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("Import comparisons")).to_be_visible()
    work_off()
    problems = page.get_by_role("list", name="What to put right").get_by_role("listitem")
    expect(problems).to_have_count(2)
    expect(problems.first).to_contain_text("Line 2:")
    expect(problems.last).to_contain_text("already stands in line 1")
    visit.picture("comparisons-refused-light-1280")
    assert not Comparison.objects.filter(project=world.project).exists()


def test_a_reviewer_reads_who_said_what_about_a_comparison(world: World, page_as: VisitAs) -> None:
    comparison = comparisons_bring_in(world)["comparison"]
    visit = page_as("reviewer")
    page = visit.open(f"/p/{world.project.pk}/comparisons")
    page.get_by_role("link", name="pair-00").click()
    expect(page).to_have_url(
        f"{visit.page.url.split('/p/')[0]}/p/{world.project.pk}/comparisons/{comparison}"
    )
    expect(page.get_by_role("heading", name="Response A")).to_be_visible()
    expect(page.get_by_text("harbour-7b").first).to_be_visible()
    expect(page.get_by_role("table", name="Judgments").get_by_role("row")).to_have_count(3)
    expect(page.get_by_text(world.person("annotator").email)).to_have_count(0)


def test_ratings_change_with_the_axis_by_key_and_say_what_cannot_be_compared(
    world: World, page_as: VisitAs
) -> None:
    apart_bring_in(world)
    visit = page_as("manager")
    page = visit.open(f"/p/{world.project.pk}/ratings")
    expect(page.get_by_text("Not comparable.")).to_be_visible()
    expect(page.get_by_role("table", name="Leaderboard of group 2")).to_be_visible()
    expect(page.get_by_text("Which response helps the person more?")).to_be_visible()
    page.keyboard.press("]")
    expect(page.get_by_text("Which response does less harm?")).to_be_visible()
    page.keyboard.press("[")
    expect(page.get_by_text("Which response helps the person more?")).to_be_visible()
