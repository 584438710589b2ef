"""Vectors of a pool as files: shards that are written once and mapped into memory, in a folder of a bounded size.

A folder holds one encoder's vectors of one project. Its index names the shards that count and is replaced as a whole
once their files are on the disk, so what is half written is never read. Whoever changes a folder holds its lock; who
has mapped a shard keeps it, also when its file is taken away. All of it can be deleted at any time.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from active_learning.learners.arrays import Indices
from active_learning.learners.rows import Column, Halves, Shard

ROWS_A_SHARD = 65_536
SMALL_MOST = 8
"""So many shards with less than half of the rows they may have; with one more they are written as one."""

FORMAT = 1
_HEADER_BYTES, _LISTED_BYTES = 128, 256
_INDEX, _LOCK = "index.json", "lock"
Names = NDArray[np.bytes_]
"""Items' names of 16 bytes each."""


@dataclass(frozen=True)
class NamedShard:
    """A shard and the names of its rows, (rows,); ``title`` names its files, empty for one that is in memory alone."""

    title: str
    names: Names
    shard: Shard


def shard_of(names: Names, vectors: Halves, widths: Sequence[int]) -> NamedShard:
    """Return vectors (rows, dim) as a shard in memory, cut into columns of these widths; zeros alone are left out."""
    columns, start = [], 0
    for width in widths:
        halves = vectors[:, start : start + width]
        if halves.any():
            columns.append(Column(start, np.ascontiguousarray(halves)))
        start += width
    return NamedShard("", names, Shard(len(names), tuple(columns)))


def names_of(ids: Iterable[uuid.UUID]) -> Names:
    """Return the names of items that have identifiers."""
    return np.frombuffer(b"".join(one.bytes for one in ids), dtype="S16")


def places_of(shards: Sequence[NamedShard], wanted: Names) -> Indices:
    """Return where each wanted row stands, counted through all shards; −1 where it is in none."""
    held = np.concatenate([wanted[:0], *(one.names for one in shards)])
    if not len(held):
        return np.full(len(wanted), -1, dtype=np.int64)
    order = np.argsort(held, kind="stable")
    near = order[np.searchsorted(held, wanted, sorter=order).clip(max=len(held) - 1)]
    places: Indices = np.where(held[near] == wanted, near, -1)
    return places


class VectorFolder:
    """One encoder's vectors of one project.

    Parameters
    ----------
    root
        Folder of all of them, which together stay below ``most_bytes``: what was used longest ago makes room.
    path
        Where this one lies in it.
    widths
        How many numbers each side of a vector has.
    """

    def __init__(self, root: Path, path: str, widths: Sequence[int], *, most_bytes: int) -> None:
        self._root, self._folder = root, root / path
        self._widths, self._most_bytes = list(widths), most_bytes

    def read(self, unwanted: Names) -> list[NamedShard]:
        """Return what is stored, mapped into memory; rows of ``unwanted`` names leave the files first."""
        if not self._folder.is_dir():
            return []
        with _locked(self._folder):
            index = self._cleaned()
            kept = [self._without(index, shard, unwanted) for shard in self._mapped(index)]
            shards = self._joined(index, [shard for shard in kept if shard is not None])
            self._store(index, shards)
            return shards

    def add(self, names: Names, vectors: Halves) -> NamedShard:
        """Store rows, those that are not stored yet, and return all; in memory alone where they find no room."""
        shard = shard_of(names, vectors, self._widths)
        if not self._has_room(_size(shard)):
            return shard
        # A full disk, or somebody deletes the folder: then it is read anew the next time.
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with _locked(self._folder):
                index = self._cleaned()
                stored = self._mapped(index)
                is_new = ~np.isin(names, np.concatenate([names[:0], *(one.names for one in stored)]))
                if is_new.any():
                    written = self._written(index, shard_of(names[is_new], vectors[is_new], self._widths))
                    self._store(index, [*stored, written])
                    return written if is_new.all() else shard
        return shard

    def _cleaned(self) -> dict[str, Any]:
        """Return the index; files that it does not name are taken away, all where there is none to go by."""
        index: Any = None
        with suppress(OSError, ValueError):
            index = json.loads((self._folder / _INDEX).read_bytes())
        if not isinstance(index, dict) or (index.get("format"), index.get("widths")) != (
            FORMAT,
            self._widths,
        ):
            index = {"format": FORMAT, "widths": self._widths, "next": 1, "shards": []}
        named = {_INDEX, _LOCK}
        for row in index["shards"]:
            named |= {_names_file(row["title"]), *(_column_file(row["title"], at) for at in row["columns"])}
        for file in self._folder.iterdir():
            if file.name not in named:
                file.unlink(missing_ok=True)
        return index

    def _mapped(self, index: dict[str, Any]) -> list[NamedShard]:
        """Return the shards whose files are whole; others are forgotten, and their rows stored anew some day."""
        found = []
        for row in index["shards"]:
            with suppress(OSError, ValueError):
                found.append(self._mapped_one(row))
        return found

    def _mapped_one(self, row: dict[str, Any]) -> NamedShard:
        title, rows = row["title"], row["rows"]
        names = np.load(self._folder / _names_file(title), allow_pickle=False)
        columns = []
        for start in row["columns"]:
            path = self._folder / _column_file(title, start)
            halves = np.load(path, mmap_mode="r", allow_pickle=False)
            columns.append(Column(start, halves))
        if len(names) != rows or any(
            column.halves.shape[0] != rows or column.halves.dtype != np.float16 for column in columns
        ):
            raise ValueError("The files of a shard do not belong together.")
        return NamedShard(title, names, Shard(rows, tuple(columns)))

    def _without(self, index: dict[str, Any], shard: NamedShard, unwanted: Names) -> NamedShard | None:
        """Return the shard without unwanted rows, written anew where it had any; None where nothing is left."""
        is_kept = ~np.isin(shard.names, unwanted)
        if is_kept.all():
            return shard
        if not is_kept.any():
            return None
        columns = tuple(Column(one.start, one.halves[is_kept]) for one in shard.shard.columns)
        return self._written(index, NamedShard("", shard.names[is_kept], Shard(int(is_kept.sum()), columns)))

    def _joined(self, index: dict[str, Any], shards: list[NamedShard]) -> list[NamedShard]:
        """Return the shards, small ones written as one where they are many."""
        small = [one for one in shards if one.shard.rows < ROWS_A_SHARD // 2]
        if len(small) <= SMALL_MOST:
            return shards
        few: list[NamedShard] = []
        while small and sum(one.shard.rows for one in few) + small[0].shard.rows <= ROWS_A_SHARD:
            few.append(small.pop(0))
        starts = sorted({column.start for one in few for column in one.shard.columns})
        columns = tuple(Column(start, _stacked(few, start)) for start in starts)
        names = np.concatenate([one.names for one in few])
        joined = self._written(index, NamedShard("", names, Shard(len(names), columns)))
        gone = {one.title for one in few}
        return [*(one for one in shards if one.title not in gone), joined]

    def _written(self, index: dict[str, Any], shard: NamedShard) -> NamedShard:
        """Write a shard's files and return it mapped; it does not count before the index names it."""
        title = f"{index['next']:06d}"
        index["next"] += 1
        _save(self._folder / _names_file(title), shard.names)
        for column in shard.shard.columns:
            _save(self._folder / _column_file(title, column.start), column.halves)
        return self._mapped_one(_described(title, shard))

    def _store(self, index: dict[str, Any], shards: Sequence[NamedShard]) -> None:
        """Have exactly these shards count from now on; what was used last is known by the index's time."""
        listed = [_described(shard.title, shard) for shard in shards]
        if listed == index["shards"] and (self._folder / _INDEX).is_file():
            os.utime(self._folder / _INDEX)
            return
        index["shards"] = listed
        draft = self._folder / f"{_INDEX}.part"
        with draft.open("w", encoding="ascii") as file:
            json.dump(index, file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._folder / _INDEX)
        self._cleaned()

    def _has_room(self, size_bytes: int) -> bool:
        """Whether so many bytes more fit; folders that were used longest ago are taken away for it."""
        if _size_below(self._folder) + size_bytes > self._most_bytes:
            return False
        others = [index.parent for index in self._root.glob(f"*/*/{_INDEX}") if index.parent != self._folder]
        others.sort(key=_used_at)
        while _size_below(self._root) + size_bytes > self._most_bytes:
            if not others:
                return False
            folder_delete(others.pop(0))
        return True


def folder_delete(folder: Path) -> None:
    """Take a folder of vectors away, unless somebody is changing it."""
    try:
        with _locked(folder, waits=False):
            shutil.rmtree(folder, ignore_errors=True)
    except OSError:
        return


def folders_of(root: Path, project: str) -> list[tuple[str, list[int]]]:
    """Return the folders of a project, each as its path below ``root`` and its widths."""
    found = []
    for index in sorted((root / project).glob(f"*/{_INDEX}")):
        with suppress(OSError, ValueError, KeyError, TypeError):
            widths = [int(width) for width in json.loads(index.read_bytes())["widths"]]
            found.append((f"{project}/{index.parent.name}", widths))
    return found


@contextmanager
def _locked(folder: Path, *, waits: bool = True) -> Iterator[None]:
    """Hold the folder's lock, which the kernel frees however the process ends.

    Raises
    ------
    BlockingIOError
        Somebody else holds it, and it is not waited for.
    FileNotFoundError
        The folder is gone.
    """
    path = folder / _LOCK
    while True:
        with path.open("a") as file:
            fcntl.flock(file, fcntl.LOCK_EX if waits else fcntl.LOCK_EX | fcntl.LOCK_NB)
            # Who waited for a folder that was taken away meanwhile holds the lock of nothing.
            if path.exists() and path.stat().st_ino == os.fstat(file.fileno()).st_ino:
                yield
                return


def _described(title: str, shard: NamedShard) -> dict[str, Any]:
    return {
        "title": title,
        "rows": shard.shard.rows,
        "columns": [column.start for column in shard.shard.columns],
    }


def _names_file(title: str) -> str:
    return f"{title}.names.npy"


def _column_file(title: str, start: int) -> str:
    return f"{title}.{start}.npy"


def _save(path: Path, array: NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _stacked(shards: Sequence[NamedShard], start: int) -> Halves:
    """Return one column of all the shards; zeros for those that lack it."""
    held = [next((one for one in shard.shard.columns if one.start == start), None) for shard in shards]
    width = next(column.halves.shape[1] for column in held if column is not None)
    return np.concatenate(
        [
            np.zeros((shard.shard.rows, width), dtype=np.float16) if column is None else column.halves
            for shard, column in zip(shards, held, strict=True)
        ]
    )


def _size(shard: NamedShard) -> int:
    """Return how many bytes a shard's files take, with what the index says of it."""
    arrays = [shard.names, *(column.halves for column in shard.shard.columns)]
    return _LISTED_BYTES + sum(array.nbytes + _HEADER_BYTES for array in arrays)


def _size_below(root: Path) -> int:
    total = 0
    for folder, _, files in os.walk(root):
        for name in files:
            with suppress(OSError):
                total += (Path(folder) / name).stat().st_size
    return total


def _used_at(folder: Path) -> float:
    with suppress(OSError):
        return (folder / _INDEX).stat().st_mtime
    return 0.0
