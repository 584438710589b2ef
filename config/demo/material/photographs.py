"""Real photographs that come inside installed packages, varied so that no two pictures of the demo are alike."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from PIL import Image, ImageDraw, ImageEnhance, ImageFont

_NAMES = {
    "skimage": (
        "data",
        "astronaut.png brick.png camera.png cell.png chelsea.png coffee.png coins.png grass.png gravel.png "
        "hubble_deep_field.jpg ihc.png moon.png motorcycle_left.png motorcycle_right.png page.png retina.jpg "
        "rocket.jpg text.png",
    ),
    "sklearn": ("datasets/images", "china.jpg flower.jpg"),
}
_SIZE = (640, 480)
_TAG = (246, 214, 92)
_PANEL = (150, 38, 38)


@dataclass(frozen=True)
class Mark:
    """A rectangle in pixels of the finished picture."""

    x: int
    y: int
    width: int
    height: int


def photograph_paths() -> list[Path]:
    """Return the photographs' files, without importing the packages they come in."""
    paths = []
    for package, (folder, names) in _NAMES.items():
        spec = find_spec(package)
        if spec is None or not spec.submodule_search_locations:
            continue
        home = Path(spec.submodule_search_locations[0]) / folder
        paths += [home / name for name in names.split() if (home / name).exists()]
    return paths


def variations(paths: list[Path], source: random.Random) -> Iterator[Image.Image]:
    """Yield crops of the photographs without end, each turned, mirrored or lit a little differently."""
    opened = [Image.open(path, formats=["PNG", "JPEG"]).convert("RGB") for path in paths]
    while True:
        for picture in source.sample(opened, len(opened)):
            share = source.uniform(0.55, 0.95)
            width, height = int(picture.width * share), int(picture.height * share)
            left, top = source.randint(0, picture.width - width), source.randint(0, picture.height - height)
            crop = picture.crop((left, top, left + width, top + height)).resize(
                _SIZE, Image.Resampling.LANCZOS
            )
            if source.random() < 0.5:
                crop = crop.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
            crop = ImageEnhance.Brightness(crop).enhance(source.uniform(0.75, 1.2))
            yield ImageEnhance.Color(crop).enhance(source.uniform(0.6, 1.3))


def tag_paste(picture: Image.Image, words: str, source: random.Random) -> Mark:
    """Paste a sales tag with ``words`` somewhere onto the picture; return where it is."""
    font = ImageFont.load_default(26)
    draw = ImageDraw.Draw(picture)
    left, top, right, bottom = draw.textbbox((0, 0), words, font=font)
    width, height = int(right - left) + 36, int(bottom - top) + 30
    x, y = source.randint(10, picture.width - width - 10), source.randint(10, picture.height - height - 10)
    draw.rounded_rectangle((x, y, x + width, y + height), 8, fill=_TAG, outline=(60, 50, 10), width=3)
    draw.text((x + 18 - left, y + 15 - top), words, fill=(40, 34, 6), font=font)
    return Mark(x, y, width, height)


def panel_paste(picture: Image.Image, source: random.Random) -> Mark:
    """Paste a red panel, the demo's harmless stand-in for graphic content; return where it is."""
    width, height = source.randint(130, 230), source.randint(100, 180)
    x, y = source.randint(0, picture.width - width), source.randint(0, picture.height - height)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((x, y, x + width - 1, y + height - 1), fill=_PANEL)
    for step in range(0, width, 26):
        draw.line((x + step, y, x + max(0, step - height // 3), y + height - 1), fill=(186, 66, 60), width=6)
    return Mark(x, y, width, height)
