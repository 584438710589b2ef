"""A morning's work: thirty mixed posts of real media, from the first to the last by keyboard alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from annotation.models import Evidence, Verdict
from core.content.models import Asset, Post
from core.queue.models import Submission
from tests.annotation import material
from tests.core.content import samples
from tests.e2e.browsing import tap
from tests.e2e.conftest import VisitAs
from tests.e2e.labelling import answer_sent
from tests.e2e.material import work_off
from tests.world import Caller, World

_MEDIA = Path(__file__).resolve().parents[3] / "shared" / "data" / "media-demo"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not _MEDIA.is_dir(), reason="the shared data folder is not beside this checkout"),
]

POSTS = 30
CAPTION = "Look what I found on the beach this morning"
COMMENT = "Where was that? I want to go there too"
_VIDEOS = ("flower.mp4", "flower.webm", "friday.mp4", "opencv_cup.mp4")
_SOUNDS = ("countdown.mp3", "guitar.ogg", "t-rex-roar.mp3")
_PICTURES = ("astronaut.png", "bee.jpg", "camera.png", "coffee.png", "coins.png", "hand.jpg", "page.png")
_RULE = material.HATE | {
    "evidence_kinds": ["whole_post", "part", "box", "ellipse", "time_range", "frame", "text_span"]
}
KINDS = ("picture", "film", "words", "sound", "mixed")


def _bring_in(world: World) -> list[str]:
    """Import thirty posts of five sorts through the API; return what each is of, in order."""
    call = Caller(world.person("engineer"))
    for folder, names in (("videos", _VIDEOS), ("audio", _SOUNDS), ("images", _PICTURES)):
        for name in names:
            file = samples.upload((_MEDIA / folder / name).read_bytes(), name)
            sent = call.post(f"/api/projects/{world.project.pk}/assets/", {"file": file})
            assert sent.status_code in {200, 201}, sent.content
    lines: list[dict[str, Any]] = []
    kinds = [KINDS[number % len(KINDS)] for number in range(POSTS)]
    for number, kind in enumerate(kinds):
        picture = {"kind": "image", "asset": _PICTURES[number % len(_PICTURES)]}
        film = {"kind": "video", "asset": _VIDEOS[number % len(_VIDEOS)]}
        sound = {"kind": "audio", "asset": _SOUNDS[number % len(_SOUNDS)]}
        caption = {"kind": "caption", "text": CAPTION, "language": "en"}
        comment = {"kind": "comment", "text": COMMENT, "language": "en"}
        parts = {
            "picture": [picture, caption],
            "film": [film, caption],
            "words": [caption, comment],
            "sound": [sound, caption],
            "mixed": [film, picture, caption, comment],
        }[kind]
        lines.append({"external_id": f"post-{number:02}", "language": "en", "parts": parts})
    sent = call.post(f"/api/projects/{world.project.pk}/imports/", {"file": samples.manifest(lines)})
    assert sent.status_code == 202, sent.content
    work_off()
    return kinds


def _count_what_hands_do(page: Page) -> None:
    """Let the page count keys that go down, each with its modifiers as one, and whatever a mouse would do."""
    page.evaluate(
        """() => {
          window.done = {keys: 0, pointers: 0};
          const partial = new Set(['Shift', 'Control', 'Alt', 'Meta']);
          addEventListener('keydown', (event) => { if (!partial.has(event.key)) window.done.keys += 1; }, true);
          for (const kind of ['pointerdown', 'mousedown', 'wheel', 'touchstart'])
            addEventListener(kind, () => { window.done.pointers += 1; }, true);
        }"""
    )


def _keys_so_far(page: Page) -> int:
    done = page.evaluate("window.done")
    assert done["pointers"] == 0, "by the keyboard alone"
    return int(done["keys"])


def _go_to(page: Page, name: str) -> None:
    """Go to the part of this name by the key for the next one."""
    active = page.locator("section[data-part][data-active]")
    for _ in range(6):
        if active.get_attribute("aria-label") == name:
            return
        page.keyboard.press("m")
    raise AssertionError(f"{name} was not reached")


def _mark_picture(page: Page) -> None:
    """Put a box into the middle and move it by keys."""
    page.keyboard.press("b")
    page.keyboard.press("Shift+Enter")
    for _ in range(3):
        page.keyboard.press("Alt+ArrowRight")


def _mark_film(page: Page, steps: int) -> None:
    """Ask to see the film, step to a frame, mark it."""
    tap(page, "h")
    for _ in range(steps):
        page.keyboard.press("ArrowRight")
    expect(page.locator("[data-frame]")).to_have_attribute("data-frame", str(steps))
    expect(page.locator("[data-frame]")).to_have_attribute("data-sure", "true")
    page.keyboard.press("f")


def _mark_words(page: Page) -> None:
    """Mark the first two words."""
    page.keyboard.press("t")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Control+Shift+ArrowRight")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")


def _mark_sound(page: Page) -> None:
    """Mark a stretch, from the beginning some steps on."""
    page.keyboard.press("i")
    for _ in range(5):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("o")


def _answer(page: Page, number: int, kind: str) -> None:
    """Answer yes, with evidence in every sort of part the post has; in every fourth post nothing is found."""
    if number % 4 == 3:
        page.keyboard.press("Alt+Enter")
        return
    page.keyboard.press("2")
    page.keyboard.press(f"Shift+{number % 3 + 1}")
    if kind in {"film", "mixed"}:
        _go_to(page, "Video")
        _mark_film(page, number % 5 + 1)
    if kind in {"picture", "mixed"}:
        _go_to(page, "Image")
        _mark_picture(page)
    if kind == "sound":
        _go_to(page, "Audio")
        _mark_sound(page)
    if kind in {"words", "mixed"}:
        _go_to(page, "Caption")
        _mark_words(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("1")


def _wanted(number: int, kind: str) -> set[str]:
    if number % 4 == 3:
        return set()
    return {
        "picture": {"box"},
        "film": {"frame"},
        "words": {"text_span"},
        "sound": {"time_range"},
        "mixed": {"frame", "box", "text_span"},
    }[kind]


def test_thirty_mixed_posts_are_labelled_by_keyboard_alone(world: World, page_as: VisitAs) -> None:
    kinds = _bring_in(world)
    release = material.release_make(world, {"hate": _RULE, "spam": material.SPAM})
    for number in range(POSTS):
        post = Post.objects.get(project=world.project, external_id=f"post-{number:02}")
        material.tasks_make(world, release, [post], overlap=1)
    page = page_as("annotator").open(f"/p/{world.project.pk}/label")
    _count_what_hands_do(page)
    presses: dict[str, list[int]] = {}
    for number, kind in enumerate(kinds):
        before = _keys_so_far(page)
        expect(page.locator("h1")).to_contain_text(f"post-{number:02}")
        _answer(page, number, kind)
        with answer_sent(page) as response:
            page.keyboard.press("Control+Enter")
        assert response.value.ok, (number, kind, response.value.text())
        presses.setdefault("harmless" if number % 4 == 3 else kind, []).append(_keys_so_far(page) - before)
    expect(page.get_by_text("Nothing waits for you here")).to_be_visible()
    assert set(presses["harmless"]) == {2}, "one key for all questions, and on"
    assert {kind: max(counts) for kind, counts in presses.items()} == {
        "harmless": 2,
        "picture": 10,
        "film": 9,
        "words": 10,
        "sound": 12,
        "mixed": 24,
    }

    assert Submission.objects.filter(person=world.person("annotator")).count() == POSTS
    for number, kind in enumerate(kinds):
        verdict = Verdict.objects.get(post__external_id=f"post-{number:02}", clause_key="hate")
        assert verdict.answer == ("no" if number % 4 == 3 else "yes"), (number, kind)
        found = {piece.kind: piece.data for piece in verdict.evidence.all()}
        assert set(found) == _wanted(number, kind), (number, kind)
        _exact(number, found)
    assert Evidence.objects.filter(kind="text_span").count() >= 6


def _exact(number: int, found: dict[str, dict[str, Any]]) -> None:
    """What was stored is where the keys went: the frame stepped to, the words marked, a box inside its picture."""
    if frame := found.get("frame"):
        assert frame["frame"] == number % 5 + 1
        assert frame["pts_us"] > 0
        assert frame["asset_sha256"] in set(
            Asset.objects.filter(kind="video").values_list("sha256", flat=True)
        )
    if span := found.get("text_span"):
        assert CAPTION[span["start"] : span["end"]] == span["quote"] == "Look what"
    if box := found.get("box"):
        asset = Asset.objects.get(sha256=box["asset_sha256"])
        assert asset.width is not None
        assert asset.height is not None
        assert 0 <= box["x"] < box["x"] + box["width"] <= asset.width
        assert 0 <= box["y"] < box["y"] + box["height"] <= asset.height
        assert box["x"] + box["width"] / 2 > asset.width / 2, "moved to the right of the middle"
    if stretch := found.get("time_range"):
        assert 0 == stretch["start_us"] < stretch["end_us"]
