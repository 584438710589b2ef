"""Posts with every sort of part for the workspace's tests, and what a hand does on them."""

from __future__ import annotations

import io
from fractions import Fraction
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Locator, Page, Response
from sklearn.datasets import load_sample_image

from core.content.models import Post
from tests.annotation import material
from tests.core.content import samples
from tests.e2e.material import work_off
from tests.world import Caller, World

ARABIC = "👩‍👩‍👧 مرحبا بالعالم، هذا إعلان قديم."
CAPTION = "Selling my grandfather's old camera 📷, works fine. Café e\u0301té!"
# Neither constant nor near 25 a second: a frame rate times a time gives the wrong frame almost everywhere.
TIMES = [Fraction(ms, 1000) for ms in (0, 33, 67, 100, 200, 233, 267, 500, 533, 567, 600, 633, 900, 933)]


def post_bring_in(world: World, folder: Path, *, name: str = "full", parts: str = "ivact") -> Post:
    """Import one post through the API, rendered by a worker.

    ``parts`` names what it holds, in order: an (i)mage, a (v)ideo of variable frame rate, (a)udio, a (c)aption,
    an Arabic commen(t).
    """
    call = Caller(world.person("engineer"))
    made: list[dict[str, Any]] = []
    for letter in parts:
        if letter == "c":
            made.append({"kind": "caption", "text": CAPTION})
        elif letter == "t":
            made.append({"kind": "comment", "text": ARABIC, "language": "ar"})
        else:
            kind, file = _media(letter, folder, name)
            sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
            assert sent.status_code in {200, 201}, sent.content
            made.append({"kind": kind, "asset": file.name})
    line = {"external_id": name, "language": "en", "source": "market", "parts": made}
    sent = call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest([line])})
    assert sent.status_code == 202, sent.content
    work_off()
    return Post.objects.get(project=world.project, external_id=name)


def _media(letter: str, folder: Path, name: str) -> tuple[str, io.BytesIO]:
    if letter == "i":
        buffer = io.BytesIO()
        Image.fromarray(load_sample_image("china.jpg")).save(buffer, "JPEG", quality=90)
        return "image", samples.upload(buffer.getvalue(), f"{name}.jpg")
    if letter == "a":
        return "audio", samples.upload(samples.sound(3.0), f"{name}.wav")
    path = folder / f"{name}.mp4"
    samples.video(path, times=TIMES, size=(320, 240), with_sound=True)
    return "video", samples.upload(path.read_bytes(), f"{name}.mp4")


def ask_about(world: World, *posts: Post, overlap: int = 2) -> None:
    """Make a task for each of the posts, in this order."""
    for post in posts:
        material.tasks_make(world, material.release_once(world), [post], overlap=overlap)


def part(page: Page, label: str) -> Locator:
    """The part of the post with this name."""
    return page.get_by_role("region", name=label, exact=True)


def drag(page: Page, area: Locator, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag over an element, between places given as shares of its size."""
    area.scroll_into_view_if_needed()
    box = area.bounding_box()
    assert box is not None
    points = [(box["x"] + x * box["width"], box["y"] + y * box["height"]) for x, y in (start, end)]
    page.mouse.move(*points[0])
    page.mouse.down()
    page.mouse.move((points[0][0] + points[1][0]) / 2, (points[0][1] + points[1][1]) / 2, steps=4)
    page.mouse.move(*points[1], steps=4)
    page.mouse.up()


def select_words(page: Page, text: Locator, words: str) -> None:
    """Select words of a text with the mouse, from their first letter to their last."""
    text.scroll_into_view_if_needed()
    places = text.evaluate(
        """(element, words) => {
          const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(words);
            if (at < 0) continue;
            const place = (offset, end) => {
              const range = document.createRange();
              range.setStart(node, offset);
              range.setEnd(node, end);
              const box = range.getClientRects()[0];
              return box;
            };
            const rtl = getComputedStyle(element).direction === 'rtl';
            const whole = place(at, at + words.length);
            const middle = (whole.top + whole.bottom) / 2;
            return rtl
              ? [[whole.right - 0.5, middle], [whole.left + 0.5, middle]]
              : [[whole.left + 0.5, middle], [whole.right - 0.5, middle]];
          }
          return null;
        }""",
        words,
    )
    assert places is not None, f"{words!r} is not in the text"
    (x0, y0), (x1, y1) = places
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, y0, steps=3)
    page.mouse.move(x1, y1, steps=3)
    page.mouse.up()


def answer_sent(page: Page) -> Any:
    """Wait, around what sends it, for the server's word on an answer; other posts may be asked for meanwhile."""
    return answers_sent(page, 1)


def answers_sent(page: Page, count: int) -> Any:
    """Wait, around what sends them, until the server has taken ``count`` answers, or said why it does not."""
    tasks: set[str] = set()

    def is_last(response: Response) -> bool:
        if not response.url.endswith("/label/exchange/"):
            return False
        answer = (response.request.post_data_json or {}).get("answer")
        if answer is not None:
            tasks.add(answer["lease_id"])
        return answer is not None and len(tasks) >= count

    return page.expect_response(is_last)
