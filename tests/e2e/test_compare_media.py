from __future__ import annotations

from fractions import Fraction
from pathlib import Path

from playwright.sync_api import Page, expect

from core.queue.models import Reveal
from preferences.models import Judgment
from tests.core.content import samples
from tests.e2e.browsing import expect_no_serious_axe_violations, tap
from tests.e2e.conftest import VisitAs
from tests.e2e.material import work_off
from tests.preferences import material
from tests.world import Caller, World

PAUSED = "() => [...document.querySelectorAll('video')].map(video => video.paused)"
TIMES = "() => [...document.querySelectorAll('video')].map(video => Math.round(video.currentTime))"


def films_bring_in(world: World, folder: Path) -> None:
    """Ask about a question with a picture that two videos answer."""
    call = Caller(world.person("engineer"))
    files = {"asked.jpg": samples.picture(480, 320)}
    for number, name in enumerate(("secret-one.mp4", "secret-two.mp4")):
        path = folder / name
        samples.video(path, times=[Fraction(index, 5) for index in range(40 + 20 * number)], size=(320, 192))
        files[name] = path.read_bytes()
    for name, data in files.items():
        sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": samples.upload(data, name)})
        assert sent.status_code in {200, 201}, sent.content
    work_off()
    material.release_once(world)
    line = {
        "external_id": "films",
        "prompt": [
            {
                "role": "user",
                "content": "Turn the picture into a short film.",
                "media": [{"kind": "image", "asset": "asked.jpg"}],
            }
        ],
        "responses": [
            {
                "text": "It lasts $t = \\frac{d}{v}$ seconds.",
                "media": [{"kind": "video", "asset": name}],
                "model": f"model-{name}",
            }
            for name in ("secret-one.mp4", "secret-two.mp4")
        ],
    }
    assert material.import_run(world, [line]).state == "succeeded"
    material.tasks_make(world)


def shown(page: Page, key: str, count: int) -> None:
    """Uncover by its key, once the server has noted it."""
    with page.expect_response("**/reveals/"):
        tap(page, key)
    expect(page.locator("video")).to_have_count(count)


def test_two_videos_are_uncovered_moved_together_and_judged_by_keyboard(
    world: World, page_as: VisitAs, tmp_path: Path
) -> None:
    films_bring_in(world, tmp_path)
    visit = page_as("annotator")
    page = visit.open(f"/p/{world.project.pk}/compare")
    expect(page.get_by_role("button", name="Show video of the second response")).to_be_visible()
    assert not Reveal.objects.filter(purpose="compare").exists()
    visit.picture("compare-media-covered-light-1280")
    shown(page, "e", 1)
    shown(page, "i", 2)
    page.wait_for_function(
        "() => [...document.querySelectorAll('video')].every(video => video.readyState > 0)"
    )
    page.keyboard.press("m")
    expect(page.get_by_role("button", name="Move together")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(".")
    page.wait_for_function(f"() => String(({TIMES})()) === '2,2'")
    page.evaluate("() => { document.querySelector('video').currentTime = 1 }")
    page.wait_for_function(f"() => String(({TIMES})()) === '1,1'")
    page.keyboard.press("u")
    page.wait_for_function(f"() => String(({PAUSED})()) === 'false,false'")
    page.evaluate("() => document.querySelectorAll('video')[1].pause()")
    page.wait_for_function(f"() => String(({PAUSED})()) === 'true,true'")
    expect(page.locator("math mfrac")).to_have_count(2)
    page.get_by_role("region", name="First response").scroll_into_view_if_needed()
    visit.picture("compare-media-light-1280")
    expect_no_serious_axe_violations(page)
    page.keyboard.press("2")
    page.keyboard.press("8")
    with page.expect_response("**/judgment/") as response:
        page.keyboard.press("Control+Enter")
    assert response.value.status == 201, response.value.text()
    assert Judgment.objects.count() == 1
    looks = Reveal.objects.filter(purpose="compare", mode="hold") | Reveal.objects.filter(
        purpose="compare", mode="full"
    )
    assert {look.post.is_material for look in looks if look.post is not None} == {True}
