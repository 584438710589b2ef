"""A person at the workspace: shows a video, steps and plays, draws, and reads off the pixels which frame it is."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Locator, Page, expect, sync_playwright

from benchmarks.framing.project import Project
from tests.e2e.chromium import FLAGS, chromium_find
from tests.e2e.filming import clock, number_on_screen, scrub, stands_on
from tests.e2e.labelling import answer_sent, drag, part

# Notes when a key went down, and when after it a frame stood on the screen that whoever decoded it vouched for.
_WATCH = """part => {
  const clock = part.querySelector('[data-frame]');
  let since = null, from = null;
  window.stepTimes = [];
  addEventListener('keydown', () => { since = performance.now(); from = clock.dataset.frame; }, true);
  new MutationObserver(() => {
    if (since === null || clock.dataset.sure !== 'true' || clock.dataset.frame === from) return;
    const begun = since;
    since = null;
    requestAnimationFrame(() => window.stepTimes.push(performance.now() - begun));
  }).observe(clock, {attributes: true});
}"""


@contextmanager
def signed_in(address: str, project: Project) -> Iterator[Page]:
    """A browser in which the annotator is signed in."""
    chromium = chromium_find()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.program), args=list(FLAGS), env={**chromium.environment}
        )
        context = browser.new_context(
            base_url=address, viewport={"width": 1280, "height": 900}, reduced_motion="reduce"
        )
        context.set_default_timeout(30_000)
        expect.set_options(timeout=30_000)
        name, value = project.session
        context.add_cookies([{"name": name, "value": value, "url": address}])
        yield context.new_page()
        browser.close()


def workspace_open(page: Page, project: Project) -> None:
    """Open the workspace with its next task, and answer so that marks may be made."""
    page.goto(f"/p/{project.id}/label")
    expect(page.get_by_role("button", name="Submit")).to_be_visible()
    page.keyboard.press("2")


def marked_frames(page: Page, name: str, dice: random.Random, marks: int) -> list[int]:
    """Draw ``marks`` boxes on frames reached by clicks, keys and playing; returns the number read before each."""
    film = part(page, name)
    film.get_by_role("button", name=f"Show {name}").click()
    stands_on(film, 0)
    read = []
    for index in range(marks):
        scrub(page, film, dice.uniform(0.02, 0.98))
        if index % 3 == 2:
            page.keyboard.press("Space")
            page.wait_for_timeout(dice.randint(120, 400))
            page.keyboard.press("k")
        for _ in range(dice.randint(0, 4)):
            page.keyboard.press(dice.choice(["ArrowLeft", "ArrowRight"]))
        expect(clock(film)).to_have_attribute("data-sure", "true")
        read.append(number_on_screen(film))
        page.keyboard.press("Escape")
        page.keyboard.press("b")
        left, top = dice.uniform(0.05, 0.5), dice.uniform(0.05, 0.5)
        drag(page, film.locator("[data-drawing]"), (left, top), (left + 0.3, top + 0.3))
    film.get_by_role("button", name=f"Cover {name}").click()
    return read


def submitted(page: Page) -> None:
    """Send the answer, and wait until the server has it."""
    with answer_sent(page) as sent:
        page.keyboard.press("Control+Enter")
    if not sent.value.ok:
        raise SystemExit(f"The answer was refused: {sent.value.text()[:500]}")


def opening_times(page: Page, project: Project, name: str) -> dict[str, float]:
    """Seconds until the workspace of a video stands, until its first frame is proven, and to a frame far inside."""
    page.goto("/")
    page.wait_for_load_state("networkidle")
    start = time.perf_counter()
    page.goto(f"/p/{project.id}/label")
    film = part(page, name)
    expect(clock(film)).to_be_visible()
    stands = time.perf_counter() - start
    start = time.perf_counter()
    film.get_by_role("button", name=f"Show {name}").click()
    stands_on(film, 0)
    shown = time.perf_counter() - start
    start = time.perf_counter()
    scrub(page, film, 0.73)
    expect(clock(film)).not_to_have_attribute("data-frame", "0")
    expect(clock(film)).to_have_attribute("data-sure", "true")
    return {"workspace_s": stands, "first_frame_s": shown, "far_frame_s": time.perf_counter() - start}


def step_times(page: Page, name: str, steps: int) -> list[float]:
    """Milliseconds from a key to the proven frame on the screen, for single steps both ways after some to warm up."""
    film: Locator = part(page, name)
    for key in ["ArrowRight"] * 10 + ["ArrowLeft"] * 10:
        page.keyboard.press(key)
        expect(clock(film)).to_have_attribute("data-sure", "true")
    page.wait_for_timeout(500)
    film.evaluate(_WATCH)
    for key in ["ArrowRight"] * steps + ["ArrowLeft"] * steps:
        page.keyboard.press(key)
        page.wait_for_timeout(60)
    times: list[Any] = page.evaluate("window.stepTimes")
    return [float(value) for value in times]
