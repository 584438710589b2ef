"""Texts and images to encode."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

DATA = Path(os.environ.get("DATA", "../shared/data"))
_WORDS = (
    "river",
    "bread",
    "lamp",
    "train",
    "music",
    "chair",
    "winner",
    "prize",
    "click",
    "deal",
    "garden",
    "walk",
)


def passages(count: int, *, seed: int) -> list[str]:
    """Return texts in an order drawn by ``seed``: comments people wrote, or drawn words where these are not at hand."""
    random = np.random.default_rng(seed)
    found = _comments()
    if not found:
        lengths = random.lognormal(3.0, 0.9, count).astype(int).clip(1, 200)
        return [" ".join(random.choice(_WORDS, length)) for length in lengths]
    return [found[place] for place in random.integers(0, len(found), count)]


def _comments() -> list[str]:
    path = DATA / "toxic-spans" / "comments.csv"
    if not path.is_file():
        return []
    csv.field_size_limit(1 << 24)
    with path.open(encoding="utf-8", newline="") as file:
        return [row["comment_text"] for row in csv.DictReader(file)]


def images_drawn(count: int, *, seed: int) -> list[bytes]:
    """Return JPEG files of 640 × 480 with some structure."""
    random = np.random.default_rng(seed)
    files = []
    for _ in range(count):
        pixels = random.integers(0, 255, (31, 41, 3), dtype=np.uint8)
        buffer = io.BytesIO()
        Image.fromarray(pixels).resize((640, 480)).save(buffer, "JPEG", quality=85)
        files.append(buffer.getvalue())
    return files
