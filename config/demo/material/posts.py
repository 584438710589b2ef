"""Posts of the demo: parts drawn together, and what is true of each under every clause."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PIL import Image

from config.demo.material.clips import RATES, Clip, sound_make, video_make
from config.demo.material.photographs import panel_paste, tag_paste
from config.demo.material.words import HARMS, LANGUAGES, comment_draw, unclear_draw, wording_draw

_SEVERITIES = {"spam": None}
_TAG_WORDS = ("RIFLE 250", "CROSSBOW 80", "KNIVES 15", "PISTOL 300")
_SHAPES = ("image", "image", "image", "image", "images", "video", "audio", "text", "text", "text")


@dataclass
class Draft:
    """A post being drawn."""

    external_id: str
    language: str
    topic: str
    parts: list[dict[str, Any]] = field(default_factory=list)
    marks: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, kind: str, **content: Any) -> int:
        """Add a part; return its position."""
        self.parts.append({"kind": kind, **content})
        return len(self.parts) - 1

    def mark(self, clause_key: str, **region: Any) -> None:
        """Note where a violation shows."""
        self.marks.setdefault(clause_key, []).append(region)


class MediaBox:
    """Writes media files one after the other and remembers them."""

    def __init__(self, folder: Path, stills: Iterator[Image.Image], source: random.Random) -> None:
        self.folder, self.stills, self.source = folder, stills, source
        self.files: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)

    def still(self) -> Image.Image:
        """Return the next varied photograph."""
        return next(self.stills).copy()

    def picture(self, image: Image.Image) -> str:
        """Write a picture; return its file name."""
        path = self._next("jpg")
        image.save(path, quality=84)
        return path.name

    def video(self, *, has_panel: bool) -> tuple[str, Clip]:
        """Write a clip; return its file name and what is in it."""
        path = self._next("mp4")
        rate = RATES[len(self.files) % len(RATES)]
        seconds = self.source.uniform(2.5, 4.5)
        clip = video_make(
            path, self.still(), rate=rate, seconds=seconds, has_panel=has_panel, source=self.source
        )
        return path.name, clip

    def sound(self) -> str:
        """Write a sound; return its file name."""
        path = self._next(("mp3", "ogg", "wav")[len(self.files) % 3])
        return sound_make(path, seconds=self.source.uniform(2.0, 5.0), source=self.source).name

    def _next(self, ending: str) -> Path:
        path = self.folder / f"m{len(self.files):04d}.{ending}"
        self.files.append(path)
        return path


def post_draw(number: int, media: MediaBox, source: random.Random) -> Draft:
    """Draw post ``number``: half of all posts are harmless, the others break one clause, a few break two."""
    topic = "benign" if source.random() < 0.45 else source.choice(HARMS)
    draft = Draft(f"post-{number:04d}", LANGUAGES[number % len(LANGUAGES)], topic)
    shape = source.choice(_SHAPES)
    if topic == "graphic-content" and shape in {"text", "audio"}:
        shape = source.choice(["image", "video"])
    _media_add(draft, shape, media, source)
    _words_add(draft, "transcript" if shape == "audio" else "caption" if shape != "text" else "text", source)
    for _ in range(source.choice([0, 0, 1, 2])):
        draft.add("comment", text=comment_draw(draft.language, source), language=draft.language)
    return draft


def message_draw(number: int, source: random.Random) -> Draft:
    """Draw message ``number``: words alone, two in five of them spam."""
    topic = source.choices(("spam", "benign", "scam"), (40, 50, 10))[0]
    draft = Draft(f"message-{number:04d}", LANGUAGES[number % len(LANGUAGES)], topic)
    _words_add(draft, "text", source)
    return draft


def _media_add(draft: Draft, shape: str, media: MediaBox, source: random.Random) -> None:
    if shape in {"image", "images"}:
        for index in range(1 if shape == "image" else 2):
            still = media.still()
            mark = None
            if draft.topic == "weapons-sale" and index == 0:
                mark = tag_paste(still, source.choice(_TAG_WORDS), source)
            elif draft.topic == "graphic-content" and index == 0:
                mark = panel_paste(still, source)
            position = draft.add("image", asset=media.picture(still))
            if mark is not None:
                box = {"x": mark.x, "y": mark.y, "width": mark.width, "height": mark.height}
                draft.mark(draft.topic, kind="box", part=position, **box)
    elif shape == "video":
        name, clip = media.video(has_panel=draft.topic == "graphic-content")
        position = draft.add("video", asset=name)
        if clip.panel_us is not None:
            start, end = clip.panel_us
            draft.mark("graphic-content", kind="time_range", part=position, start_us=start, end_us=end)
    elif shape == "audio":
        draft.add("audio", asset=media.sound())


def _words_add(draft: Draft, kind: str, source: random.Random) -> None:
    if draft.topic == "benign" and source.random() < 0.12:
        draft.add(kind, text=unclear_draw(draft.language, source), language=draft.language)
        draft.mark("language-quality", kind="whole_post")
        return
    wording = wording_draw(draft.language, draft.topic, source)
    position = draft.add(kind, text=wording.text, language=draft.language)
    if draft.topic == "scam" and wording.span is not None:
        draft.mark("scam", kind="text_span", part=position, start=wording.span[0], end=wording.span[1])


def truth_of(draft: Draft, source: random.Random) -> dict[str, Any]:
    """Return the true answer to every verdict clause."""
    clauses: dict[str, Any] = {
        key: {"answer": "violates" if key == draft.topic else "allowed", "evidence": []} for key in HARMS
    }
    if draft.topic in clauses:
        clauses[draft.topic]["evidence"] = draft.marks.get(draft.topic, [])
        clauses[draft.topic]["severity"] = _SEVERITIES.get(draft.topic, source.choice([1, 2, 2, 3]))
    is_unclear = "language-quality" in draft.marks
    clauses["language-quality"] = {"answer": "unclear" if is_unclear else "clear", "evidence": []}
    return {"external_id": draft.external_id, "clauses": clauses}
