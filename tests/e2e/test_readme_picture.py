"""The picture of the workspace in the README: a real photograph, the demo's policy, marks made by hand."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image
from playwright.sync_api import expect

from config.demo.material.photographs import Mark, photograph_paths, tag_paste
from core.content.models import Post
from policies.selectors import release_get
from tests.annotation.material import tasks_make
from tests.core.content import samples
from tests.e2e.browsing import tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import drag, part, select_words
from tests.e2e.material import work_off
from tests.e2e.policy_material import demo_clauses
from tests.policies.releases import release_made
from tests.world import Caller, World

CAPTION = (
    "Cleared out the attic: crossbow, works like new, 80 cash. Send a gift card first and I keep it for you."
)
COMMENT = "هل هي متوفرة؟ أستطيع القدوم مساء السبت 🙂"


def _photograph() -> tuple[bytes, Mark]:
    """Return a photograph with a sales tag on it, and where the tag is."""
    path = next(path for path in photograph_paths() if "coffee" in path.name)
    picture = Image.open(path).convert("RGB").resize((1280, 853), Image.Resampling.LANCZOS)
    mark = tag_paste(picture, "CROSSBOW 80", random.Random(5))
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=92)
    return buffer.getvalue(), mark


def test_a_post_is_marked_in_two_parts_for_two_rules_as_the_readme_shows(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    photograph, tag = _photograph()
    call, path = Caller(world.person("engineer")), f"/api/projects/{world.project.pk}"
    call.post(f"{path}/assets/", {"file": samples.upload(photograph, "attic.jpg")})
    parts = [
        {"kind": "image", "asset": "attic.jpg"},
        {"kind": "caption", "text": CAPTION},
        {"kind": "comment", "text": COMMENT, "language": "ar"},
    ]
    line = {"external_id": "listing-2041", "language": "en", "source": "marketplace", "parts": parts}
    call.post(f"{path}/imports/", {"file": samples.manifest([line])})
    work_off()
    release = release_get(release_made(world, key="community-safety", clauses=demo_clauses()).pk)
    keys = [key for key, clause in release.clauses.items() if clause.kind == "verdict"]
    tasks_make(world, release, [Post.objects.get(external_id="listing-2041")], clause_keys=keys)

    visit = page_as("annotator", width=1440, height=900)
    page = visit.open(f"/p/{world.project.pk}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    tap(page, "h")
    page.keyboard.press("1")
    page.keyboard.press("Shift+2")
    start = (tag.x / 1280 - 0.015, tag.y / 853 - 0.02)
    end = ((tag.x + tag.width) / 1280 + 0.015, (tag.y + tag.height) / 853 + 0.02)
    drag(page, page.locator("[data-drawing]").first, start, end)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")
    page.keyboard.press("Shift+2")
    select_words(page, part(page, "Caption").locator("[data-text]"), "Send a gift card first")
    expect(page.get_by_text("Box in Image")).to_have_count(0)
    expect(page.locator("header").get_by_text("Saved", exact=True)).to_be_visible()
    visit.picture("workspace")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    visit.picture("workspace-dark")
