from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from exports.domain.columns import ListOf
from exports.domain.kinds import KINDS
from exports.domain.lint import kind_problems
from exports.domain.splits import SPLITS
from exports.formats.arrow import EXCLUSIONS, schema_of
from exports.writers.jsonl import JsonlFile
from exports.writers.parquet import ParquetShards
from exports.writers.pieces import Piece, Section
from exports.writers.refusal import RowRefused, require_after

PICTURE_ROWS = 16
"""So many rows with pictures are held before they are packed."""


@dataclass(frozen=True)
class WrittenFile:
    """A finished file: where it lies now, its path in the version, its kind and split if it holds rows."""

    local: Path
    path: str
    rows: int
    kind: str = ""
    split: str = ""


class RowFiles:
    """All row files of a version under construction: Parquet, JSONL and what was left out.

    They are put together from pieces, in the order of their rows; how the rows were cut into pieces cannot be seen.
    ``picture`` returns the bytes of a picture by SHA-256, for kinds that hold some; those are Parquet alone.
    """

    def __init__(
        self, folder: Path, kinds: tuple[str, ...], *, picture: Callable[[str], bytes] | None = None
    ) -> None:
        for kind in kinds:
            for problem in kind_problems(kind):
                raise RowRefused(kind, "", "", problem)
        self._folder = folder
        self._picture = picture
        self._parquet: dict[tuple[str, str], ParquetShards] = {}
        self._jsonl: dict[tuple[str, str], JsonlFile] = {}
        self._exclusions: dict[str, ParquetShards] = {}
        self._last: dict[tuple[str, bool], str] = {}
        self._reached: dict[tuple[str, bool], str] = {}
        self._kinds = kinds

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, at: TracebackType | None
    ) -> None:
        for file in self._jsonl.values():
            file.finish()
        for shards in (*self._parquet.values(), *self._exclusions.values()):
            shards.__exit__(kind, raised, at)

    def take(self, piece: Piece) -> None:
        """Write the rows of the next piece.

        Raises
        ------
        RowRefused
            When they do not come after those before.
        """
        for section in piece.sections:
            of = (section.kind, not section.split)
            # Splits of one kind lie between each other; where its rows begin and end is known of all of them.
            self._reached[of] = max(self._reached.get(of, ""), section.last)
            require_after(self._last.get(of, ""), section.kind, section.first)
            if section.split:
                self._take_rows(piece, section)
            else:
                for batch in piece.batches(section):
                    self._exclusions_of(section.kind).take(batch)
        self._last |= self._reached

    def _take_rows(self, piece: Piece, section: Section) -> None:
        key = (section.kind, section.split)
        has_pictures = KINDS[section.kind].has_pictures
        if key not in self._parquet:
            name = f"{section.kind}.{section.split}"
            few = {"batch_rows": PICTURE_ROWS} if has_pictures else {}
            self._parquet[key] = ParquetShards(self._folder, name=name, schema=schema_of(section.kind), **few)
            if not has_pictures:
                self._jsonl[key] = JsonlFile(self._folder / f"{name}.jsonl", KINDS[section.kind].columns)
        if has_pictures:
            for values in piece.values(section):
                self._parquet[key].add(self._with_bytes(section.kind, values))
            return
        for batch in piece.batches(section):
            self._parquet[key].take(batch)
        self._jsonl[key].take(piece.text(section), rows=section.rows)

    def _with_bytes(self, kind: str, values: dict[str, Any]) -> dict[str, Any]:
        """Return the row with its pictures in place of their SHA-256."""
        if self._picture is None or not KINDS[kind].has_pictures:
            return values
        found = dict(values)
        for column in KINDS[kind].own:
            if column.type == "binary":
                found[column.name] = self._picture(values[column.name])
            elif column.type == ListOf("image"):
                found[column.name] = [
                    {"bytes": self._picture(sha256), "path": sha256} for sha256 in values[column.name]
                ]
        return found

    def files(self) -> list[WrittenFile]:
        """Return the finished files in the order a version lists them; call it after the ``with`` block."""
        found: list[WrittenFile] = []
        for kind in self._kinds:
            for split in SPLITS:
                found += self._row_files(kind, split)
        for kind, shards in sorted(self._exclusions.items()):
            found += _named(shards, f"exclusions/{kind}")
        return found

    def _row_files(self, kind: str, split: str) -> list[WrittenFile]:
        shards = self._parquet.get((kind, split))
        if shards is None:
            return []
        text = self._jsonl.get((kind, split))
        files = _named(shards, f"{kind}/{split}", kind, split)
        if text is None:
            return files
        return [*files, WrittenFile(text.path, KINDS[kind].jsonl_path(split), text.rows)]

    def _exclusions_of(self, kind: str) -> ParquetShards:
        if kind not in self._exclusions:
            self._exclusions[kind] = ParquetShards(self._folder, name=f"{kind}.exclusions", schema=EXCLUSIONS)
        return self._exclusions[kind]


def _named(shards: ParquetShards, stem: str, kind: str = "", split: str = "") -> list[WrittenFile]:
    of = len(shards.shards)
    return [
        WrittenFile(shard.path, f"{stem}-{number:05d}-of-{of:05d}.parquet", shard.rows, kind, split)
        for number, shard in enumerate(shards.shards)
    ]
