"""Evenly spaced small pictures of a video whose length is not known beforehand."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

from core.content.rendering.exchange import Made
from core.content.rendering.images import save

_COLUMNS = 10


class FilmStrip:
    """Keeps every n-th frame; whenever there are twice as many as wanted, every second is dropped and n doubles.

    Parameters
    ----------
    tiles
        Pictures wanted; a long video ends with at least this many and fewer than twice as many.
    """

    def __init__(self, *, tiles: int) -> None:
        self._tiles = tiles
        self._step = 1
        self._kept: list[tuple[int, Image.Image]] = []

    def wants(self, index: int) -> bool:
        """Say whether frame ``index`` is to be added."""
        return index % self._step == 0

    def add(self, index: int, tile: Image.Image) -> None:
        """Keep a frame that `wants` asked for."""
        self._kept.append((index, tile))
        if len(self._kept) >= 2 * self._tiles:
            self._step *= 2
            self._kept = [kept for kept in self._kept if kept[0] % self._step == 0]

    def save(self, folder: Path) -> Made:
        """Write all pictures as one, row by row; the facts say which frame stands where."""
        width = max(tile.width for _, tile in self._kept)
        height = max(tile.height for _, tile in self._kept)
        columns = min(_COLUMNS, len(self._kept))
        rows = -(-len(self._kept) // columns)
        sheet = Image.new("RGB", (columns * width, rows * height))
        for place, (_, tile) in enumerate(self._kept):
            sheet.paste(tile, (place % columns * width, place // columns * height))
        made = save(sheet, folder, "film_strip", "JPEG", quality=75)
        made.facts.update(
            {
                "columns": columns,
                "tile_width": width,
                "tile_height": height,
                "frames": [index for index, _ in self._kept],
            }
        )
        return made
