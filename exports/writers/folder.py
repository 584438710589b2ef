from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from exports.domain.building import Excluded, Row
from exports.domain.columns import ListOf
from exports.domain.kinds import KINDS
from exports.domain.lint import kind_problems, row_problems
from exports.domain.splits import SPLITS
from exports.formats.arrow import EXCLUSIONS, schema_of
from exports.writers.jsonl import JsonlFile
from exports.writers.parquet import ParquetShards

PICTURE_ROWS = 16
"""So many rows with pictures are held before they are packed."""


class RowRefused(Exception):
    """A row breaks a rule that every row of a version must keep."""

    def __init__(self, kind: str, example_id: str, item_id: str, problem: str) -> None:
        super().__init__(f"{kind} row {example_id}: {problem}")
        self.kind, self.example_id, self.item_id, self.problem = kind, example_id, item_id, problem


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

    Every row is checked against the rules before it is written, and must come after the last one of its kind
    by ``example_id``: so no identifier stands twice, and versions can be compared by reading them in step.
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
        self._last_row: dict[str, str] = {}
        self._last_excluded: dict[str, str] = {}
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

    def add(self, item: Row | Excluded) -> None:
        """Write a row or note an exclusion.

        Raises
        ------
        RowRefused
            Naming the row and the rule.
        """
        if isinstance(item, Excluded):
            _require_order(self._last_excluded, item.kind, item.example_id, item.item_id)
            self._exclusions_of(item.kind).add(
                {"example_id": item.example_id, "item_id": item.item_id, "reason": str(item.reason)}
            )
            return
        example_id, item_id = item.values["example_id"], item.values["item_id"]
        for problem in row_problems(item.kind, item.values):
            raise RowRefused(item.kind, str(example_id), str(item_id), problem)
        _require_order(self._last_row, item.kind, example_id, item_id)
        key = (item.kind, item.split)
        if key not in self._parquet:
            name = f"{item.kind}.{item.split}"
            has_pictures = KINDS[item.kind].has_pictures
            few = {"batch_rows": PICTURE_ROWS} if has_pictures else {}
            self._parquet[key] = ParquetShards(self._folder, name=name, schema=schema_of(item.kind), **few)
            if not has_pictures:
                self._jsonl[key] = JsonlFile(self._folder / f"{name}.jsonl")
        self._parquet[key].add(self._with_bytes(item.kind, item.values))
        if key in self._jsonl:
            self._jsonl[key].add(item.values)

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


def _require_order(last: dict[str, str], kind: str, example_id: str, item_id: str) -> None:
    if example_id <= last.get(kind, ""):
        raise RowRefused(kind, example_id, item_id, "it does not come after the row before it.")
    last[kind] = example_id
