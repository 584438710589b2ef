"""How fluently a picture with 2,000 boxes, or with 200 painted areas, is panned, zoomed and worked on.

Runs the real pages over a PostgreSQL and gunicorn of its own, puts the marks into a draft, and opens it in a
headless Chromium without a graphics card, held to two processors. Frames are counted by the page itself while
it zooms in and out about the middle, then while it is moved about, each for ``SECONDS``; one wheel event a
frame. Processor time is that of all the browser's processes, so that figures taken on a busy machine can be
judged. Run it by ``make bench NAME=canvas``; ``BOXES``, ``MASKS``, ``SECONDS`` and ``SEED`` change its size.
"""

from __future__ import annotations

import io
import json
import os
import random
import statistics
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from PIL import Image
from playwright.sync_api import Page, Route, expect, sync_playwright

from benchmarks.queueing.material import CLAUSE_KEY, Material, material_make, tasks_add
from benchmarks.queueing.serving import serving

BOXES = int(os.environ.get("BOXES", "2000"))
MASKS = int(os.environ.get("MASKS", "200"))
SECONDS = float(os.environ.get("SECONDS", "4"))
SEED = int(os.environ.get("SEED", "7"))
PORT = int(os.environ.get("BENCH_PORT", "8771"))
WIDTH, HEIGHT = 4000, 3000
_MOVES = 60

_WHEEL = """
async ({seconds, zoom}) => {
  const layer = document.querySelector('[data-drawing]');
  const frame = layer.getBoundingClientRect();
  const at = {clientX: frame.left + frame.width / 2, clientY: frame.top + frame.height / 2};
  const times = [];
  let step = 0;
  await new Promise((done) => {
    const tick = (now) => {
      times.push(now);
      if (now - times[0] > seconds * 1000) return done();
      step += 1;
      const way = Math.sin(step / 20);
      const options = zoom
        ? {deltaY: way * 40, ctrlKey: true}
        : {deltaX: way * 30, deltaY: Math.cos(step / 13) * 20};
      layer.dispatchEvent(new WheelEvent('wheel', {...at, ...options, bubbles: true, cancelable: true}));
      requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  return times.slice(1).map((time, index) => time - times[index]);
}
"""


def main() -> None:
    """Measure, and print the figures as one JSON object in the last line."""
    with (
        tempfile.TemporaryDirectory(prefix="concord-bench-", ignore_cleanup_errors=True) as folder,
        serving(Path(folder) / "home", port=PORT) as server,
    ):
        material = material_make(2)
        tasks_add(material, first=1, count=1, overlap=2)
        pictures_enlarge()
        figures = {
            "boxes": measured(server.address, material, 0, boxes(BOXES, random.Random(SEED))),
            "masks": measured(server.address, material, 1, masks(MASKS, random.Random(SEED))),
        }
    report = {
        "name": "canvas",
        "boxes": BOXES,
        "masks": MASKS,
        "picture": [WIDTH, HEIGHT],
        "seed": SEED,
        "wanted_fps": 30,
        **{f"{kind}_{key}": value for kind, found in figures.items() for key, value in found.items()},
        "processors": len(os.sched_getaffinity(0)),
        "load_average": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(report))


def pictures_enlarge() -> None:
    """Give every picture the size of a camera's."""
    from core.content.models import Asset

    Asset.objects.filter(kind="image").update(width=WIDTH, height=HEIGHT)


def boxes(count: int, dice: random.Random) -> list[dict[str, Any]]:
    """Return shapes all over the picture, from 20 to 400 pixels wide."""
    found = []
    for _ in range(count):
        width, height = dice.randint(20, 400), dice.randint(20, 300)
        x, y = dice.randint(0, WIDTH - width), dice.randint(0, HEIGHT - height)
        found.append({"kind": "box", "x": x, "y": y, "width": width, "height": height})
    return found


def masks(count: int, dice: random.Random) -> list[dict[str, Any]]:
    """Return painted ovals with ragged edges, from 100 to 700 pixels wide."""
    from annotation.domain.masks import runs_pack

    found = []
    for _ in range(count):
        radius_x, radius_y = dice.randint(50, 350), dice.randint(50, 350)
        middle_x = dice.randint(radius_x, WIDTH - radius_x - 1)
        middle_y = dice.randint(radius_y, HEIGHT - radius_y - 1)
        runs, at = [], 0
        for x in range(middle_x - radius_x, middle_x + radius_x):
            half = int(radius_y * (1 - ((x - middle_x) / radius_x) ** 2) ** 0.5) - dice.randint(0, 3)
            if half > 0:
                start = x * HEIGHT + middle_y - half
                runs += [start - at, 2 * half]
                at = start + 2 * half
        runs.append(WIDTH * HEIGHT - at)
        found.append({"kind": "mask", "size": [HEIGHT, WIDTH], "counts": runs_pack(runs)})
    return found


def measured(address: str, material: Material, person: int, shapes: list[dict[str, Any]]) -> dict[str, Any]:
    """Open a task with these marks in its draft as one of the annotators, and work on it."""
    with browsing(address, material, person) as (page, browser):
        page.goto(f"{address}/p/{material.project_id}/label")
        expect(page.get_by_role("button", name="Submit")).to_be_visible(timeout=60_000)
        draft_put(page, address, material, person, shapes)
        started = time.perf_counter()
        page.reload()
        expect(page.locator("[data-drawing]")).to_have_attribute(
            "aria-label", f"Image: {len(shapes)} {'boxes' if shapes[0]['kind'] == 'box' else 'marks'}"
        )
        opened_s = time.perf_counter() - started
        page.keyboard.press("h")
        page.wait_for_timeout(1500)
        figures: dict[str, Any] = {"opened_s": round(opened_s, 2)}
        for name, zoom in (("zoom", True), ("pan", False)):
            if not zoom:
                page.keyboard.press("z")
                page.keyboard.press("z")
            cpu = cpu_s(browser)
            gaps = page.evaluate(_WHEEL, {"seconds": SECONDS, "zoom": zoom})
            figures |= {
                f"{name}_fps": round(1000 * len(gaps) / sum(gaps), 1),
                f"{name}_p95_ms": round(statistics.quantiles(gaps, n=20)[-1], 1),
                f"{name}_cpu_ms_per_frame": round(1000 * (cpu_s(browser) - cpu) / len(gaps), 1),
            }
        page.keyboard.press("0")
        figures["drag_ms_per_move"] = dragged(page)
        return figures


def dragged(page: Page) -> float:
    """Draw a box among the others, and return the milliseconds each move of the hand took."""
    layer = page.locator("[data-drawing]").bounding_box()
    assert layer is not None
    page.keyboard.press("b")
    page.mouse.move(layer["x"] + 5, layer["y"] + 5)
    page.mouse.down()
    page.mouse.move(layer["x"] + 20, layer["y"] + 20)
    started = time.perf_counter()
    for move in range(_MOVES):
        page.mouse.move(layer["x"] + 20 + 4 * move, layer["y"] + 20 + 3 * move)
    took = time.perf_counter() - started
    page.mouse.up()
    return round(1000 * took / _MOVES, 1)


def draft_put(
    page: Page, address: str, material: Material, person: int, shapes: list[dict[str, Any]]
) -> None:
    """Save a draft with the marks for the task the person holds, as the page does."""
    from core.content.models import Part
    from core.queue.models import Lease

    lease = Lease.objects.get(person_id=uuid.UUID(material.people[person].person_id), state="held")
    image = Part.objects.select_related("asset").get(post=lease.task.post_id, kind="image")
    assert image.asset is not None
    where = {"part_id": str(image.pk), "asset_sha256": image.asset.sha256}
    verdict = {"answer": "yes", "severity": 1, "confidence": None, "reason": "", "clauseKey": CLAUSE_KEY}
    records: list[dict[str, Any]] = [{"type": "verdict", "id": f"verdict:{CLAUSE_KEY}", **verdict}]
    for order, shape in enumerate(shapes):
        mark = {"type": "evidence", "id": f"evidence:m{order}", "clauseKey": CLAUSE_KEY, "order": order}
        records.append({**mark, "data": {**where, **shape}})
    document = {"format": "concord.draft.1", "records": records, "active_ms": 1000}
    answer = page.request.put(
        f"{address}/api/leases/{lease.pk}/draft/",
        data={"document": document, "version": 0},
        headers={"X-CSRFToken": material.people[person].csrf, "Referer": address},
    )
    assert answer.ok, answer.text()


@contextmanager
def browsing(address: str, material: Material, person: int) -> Iterator[tuple[Page, psutil.Process]]:
    """Yield a signed-in page of 1920 × 1080 in a browser of its own, and the browser's first process."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from tests.e2e.chromium import FLAGS, chromium_find

    chromium = chromium_find()
    picture = picture_bytes()

    def show(route: Route) -> None:
        route.fulfill(body=picture, content_type="image/jpeg")

    with sync_playwright() as playwright:
        before = {child.pid for child in psutil.Process().children(recursive=True)}
        browser = playwright.chromium.launch(
            executable_path=str(chromium.program),
            args=list(FLAGS),
            env={**os.environ, **chromium.environment},
        )
        fresh = [child for child in psutil.Process().children(recursive=True) if child.pid not in before]
        context = browser.new_context(viewport={"width": 1920, "height": 1080})
        cookies = {"sessionid": material.people[person].session, "csrftoken": material.people[person].csrf}
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.route("**/renditions/**", show)
        page.route("**/media/**", show)
        yield page, fresh[0]
        browser.close()


def picture_bytes() -> bytes:
    """Return a photograph's worth of detail, at the size the pages show it."""
    dice = random.Random(SEED)
    small = Image.frombytes("RGB", (80, 60), dice.randbytes(80 * 60 * 3))
    buffer = io.BytesIO()
    small.resize((1600, 1200), Image.Resampling.BICUBIC).save(buffer, "JPEG", quality=85)
    return buffer.getvalue()


def cpu_s(browser: psutil.Process) -> float:
    """Processor seconds of the browser and everything it started."""
    total = 0.0
    for process in [browser, *browser.children(recursive=True)]:
        try:
            times = process.cpu_times()
        except psutil.Error:
            continue
        total += times.user + times.system
    return total


if __name__ == "__main__":
    main()
