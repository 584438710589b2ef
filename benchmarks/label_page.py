"""How soon an annotator can work: opening the label page, and having the next post after an answer.

Runs the real pages over a PostgreSQL and gunicorn of its own, in a headless Chromium without a graphics card.
*Cold* is a fresh browser that holds nothing yet, *again* a reload with its cache. The page is usable when the
picture is drawn, the first question stands, and a frame was painted with both. The *next* post counts from the
keystroke that sends the answer to the frame that shows the other post with its picture; two are always fetched
ahead, and a pause of ``PAUSE`` seconds stands for looking at the post. Run it by ``make bench NAME=label_page``;
``POSTS``, ``OPENINGS``, ``PAUSE`` and ``SEED`` change its size.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Response, expect

from benchmarks.canvas import SEED, browsing, pictures_enlarge
from benchmarks.queueing.material import Material, material_make, tasks_add
from benchmarks.queueing.serving import serving

POSTS = int(os.environ.get("POSTS", "40"))
OPENINGS = int(os.environ.get("OPENINGS", "7"))
PAUSE = float(os.environ.get("PAUSE", "1.0"))
PORT = int(os.environ.get("BENCH_PORT", "8773"))
_PUBLISHED = {
    "product": "Label Studio 1.23 (published figures, not run here)",
    "javascript_bytes": 1_840_000,
    "usable_cold_ms": 2800,
    "next_ms": 630,
}
_WANTED = {"javascript_bytes": 350_000, "usable_cold_ms": 1000, "next_ms": 100}

# Looks at every frame, from the first: whether the picture is drawn and the question stands, and for which post.
_WATCH = """
(() => {
  const seen = {usableAt: null, sentAt: null, nextAt: null, post: null};
  window.__seen = seen;
  const shown = () => {
    const picture = document.querySelector('[data-drawing]')?.parentElement?.querySelector('img');
    const post = document.querySelector('[data-page-title] span')?.textContent ?? '';
    const stands = [...document.querySelectorAll('button')].some((button) => button.textContent.startsWith('No'));
    return picture?.complete && picture.naturalWidth > 0 && post !== '' && stands ? post : null;
  };
  const look = () => {
    const post = shown();
    if (post !== null && seen.usableAt === null) seen.usableAt = performance.now();
    if (post !== null && seen.sentAt !== null && seen.nextAt === null && post !== seen.post) {
      seen.nextAt = performance.now();
    }
    if (post !== null && seen.sentAt === null) seen.post = post;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.ctrlKey) { seen.sentAt = performance.now(); seen.nextAt = null; }
  }, {capture: true});
})()
"""
_WHEN = """
(what) => new Promise((done) => {
  const look = () => (window.__seen[what] === null ? requestAnimationFrame(look) : done(window.__seen[what]));
  look();
})
"""


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    with (
        tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder,
        serving(Path(folder) / "home", port=PORT) as server,
    ):
        material = material_make(2)
        tasks_add(material, first=1, count=POSTS + 5, overlap=2)
        pictures_enlarge()
        cold = [opened(server.address, material)[0] for _ in range(OPENINGS)]
        usable, again, nexts, code = worked(server.address, material)
    figures: dict[str, Any] = {
        "javascript_bytes": code,
        "usable_cold_ms": round(statistics.median([*cold, usable])),
        "usable_cold_worst_ms": round(max([*cold, usable])),
        "usable_again_ms": round(statistics.median(again)),
        "next_p50_ms": round(statistics.median(nexts), 1),
        "next_p95_ms": round(_share(nexts, 0.95), 1),
    }
    report = {
        "name": "label_page",
        "posts": POSTS,
        "openings": OPENINGS,
        "seed": SEED,
        **figures,
        "wanted": _WANTED,
        "peer": _PUBLISHED,
        "times_faster_cold": round(_PUBLISHED["usable_cold_ms"] / figures["usable_cold_ms"], 1),
        "times_faster_next": round(_PUBLISHED["next_ms"] / figures["next_p50_ms"], 1),
        "processors": len(os.sched_getaffinity(0)),
        "load_average": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(report))


def opened(address: str, material: Material) -> tuple[float, int]:
    """Open the page in a browser that holds nothing; return when it was usable, ms, and its code's bytes."""
    with browsing(address, material, 0) as (page, _):
        return _open(page, address, material)


def worked(address: str, material: Material) -> tuple[float, list[float], list[float], int]:
    """Open the page, reload it some times, answer every post; return the milliseconds of each, and the code's bytes."""
    with browsing(address, material, 1) as (page, _):
        usable, code = _open(page, address, material)
        again = []
        for _ in range(OPENINGS):
            page.reload()
            again.append(_usable_at(page))
        return usable, again, [_answer(page) for _ in range(POSTS)], code


def _open(page: Page, address: str, material: Material) -> tuple[float, int]:
    sizes: list[int] = []

    def count(response: Response) -> None:
        if response.request.resource_type == "script":
            sizes.append(int(response.header_value("content-length") or 0))

    page.on("response", count)
    page.add_init_script(_WATCH)
    page.goto(f"{address}/p/{material.project_id}/label")
    usable = _usable_at(page)
    page.remove_listener("response", count)
    return usable, sum(sizes)


def _usable_at(page: Page) -> float:
    return float(page.evaluate(_WHEN, "usableAt"))


def _answer(page: Page) -> float:
    """Answer No, look for a while, send it, and return the milliseconds until the next post was painted."""
    page.keyboard.press("1")
    expect(page.get_by_text("All answered")).to_be_visible()
    page.wait_for_timeout(1000 * PAUSE)
    page.keyboard.press("Control+Enter")
    page.evaluate(_WHEN, "nextAt")
    took = float(page.evaluate("window.__seen.nextAt - window.__seen.sentAt"))
    page.evaluate("window.__seen.sentAt = null")
    return took


def _share(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[max(math.ceil(share * len(ordered)) - 1, 0)]


if __name__ == "__main__":
    main()
