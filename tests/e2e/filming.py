"""Striped clips in the workspace's tests, and how to read from the screen which frame it shows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from core.content.models import Post
from tests.annotation import material
from tests.core.content import samples
from tests.core.content.striped import Clip, clip_write
from tests.e2e.material import work_off
from tests.world import Caller, World

EVERY_KIND = ["whole_post", "part", "box", "polygon", "point", "time_range", "frame", "track"]

# Reads the sixteen stripes off what lies on the screen: the canvas where the decoder painted, else the player.
READ_NUMBER = """part => {
  const painted = part.querySelector('canvas[data-painted][data-on]');
  const source = painted ?? part.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = 256; canvas.height = 8;
  const context = canvas.getContext('2d', {willReadFrequently: true});
  context.drawImage(source, 0, 0, 256, 8);
  const row = context.getImageData(0, 4, 256, 1).data;
  let number = 0;
  for (let bit = 0; bit < 16; bit += 1) if (row[(bit * 16 + 8) * 4] > 127) number |= 1 << bit;
  return number;
}"""


def clips_bring_in(world: World, folder: Path, clips: Sequence[Clip], *, name: str = "clips") -> Post:
    """Import one post of these videos, rendered by a worker, and ask about it for every kind of evidence."""
    call = Caller(world.person("engineer"))
    for clip in clips:
        file = samples.upload(clip_write(clip, folder).read_bytes(), clip.name)
        sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
        assert sent.status_code in {200, 201}, sent.content
    parts = [{"kind": "video", "asset": clip.name, "label": clip.name} for clip in clips]
    line = {"external_id": name, "language": "en", "source": "market", "parts": parts}
    sent = call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest([line])})
    assert sent.status_code == 202, sent.content
    work_off()
    post = Post.objects.get(project=world.project, external_id=name)
    clause = {**material.HATE, "evidence_kinds": EVERY_KIND}
    release = material.release_make(world, {"hate": clause, "spam": material.SPAM})
    material.tasks_make(world, release, [post])
    return post


def clock(part: Locator) -> Locator:
    """Where a video says which frame it shows."""
    return part.locator("[data-frame]")


def stands_on(part: Locator, frame: int) -> None:
    """Wait until the video shows this frame, and whoever decoded it said so."""
    expect(clock(part)).to_have_attribute("data-frame", str(frame))
    expect(clock(part)).to_have_attribute("data-sure", "true")


def number_on_screen(part: Locator) -> int:
    """The number of the frame, read from the pixels."""
    number: int = part.evaluate(READ_NUMBER)
    return number


def scrub(page: Page, part: Locator, share: float) -> None:
    """Click a place of the time line, as a share of its length."""
    slider = part.get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
