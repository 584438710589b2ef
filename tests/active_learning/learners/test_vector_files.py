"""Shards of vectors: what is whole is read, what is not is made again, and all of it keeps to its size."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from active_learning.learners import vector_files
from active_learning.learners.rows import ShardedRows
from active_learning.learners.vector_files import NamedShard, VectorFolder, folder_delete

WIDTHS = [5, 3]
NOBODY = np.zeros(0, dtype="S16")


def folder(root: Path, path: str = "project/encoder", *, most_bytes: int = 1 << 30) -> VectorFolder:
    return VectorFolder(root, path, WIDTHS, most_bytes=most_bytes)


def names(*numbers: int) -> Any:
    return np.array([f"{number:016d}".encode() for number in numbers], dtype="S16")


def vectors(*numbers: int, has_second_side: bool = True) -> Any:
    drawn = [np.random.default_rng(number).normal(size=sum(WIDTHS)) for number in numbers]
    rows = np.array(drawn, dtype=np.float16).reshape(len(numbers), sum(WIDTHS))
    if not has_second_side:
        rows[:, WIDTHS[0] :] = 0
    return rows


def stored(shards: list[NamedShard]) -> dict[int, list[float]]:
    rows = ShardedRows([shard.shard for shard in shards], sum(WIDTHS))
    held = [int(name) for shard in shards for name in shard.names]
    return dict(zip(held, rows[:].tolist(), strict=True))


def expected(*numbers: int) -> dict[int, list[float]]:
    rows = vectors(*numbers).astype(np.float32)
    return dict(zip(numbers, rows.tolist(), strict=True))


def files(root: Path) -> set[str]:
    return {path.name for path in root.glob("*/*/*") if path.name not in {"index.json", "lock"}}


def test_what_was_added_is_read_again_to_the_last_bit(tmp_path: Path) -> None:
    folder(tmp_path).add(names(1, 2), vectors(1, 2))
    folder(tmp_path).add(names(3), vectors(3))
    assert stored(folder(tmp_path).read(NOBODY)) == expected(1, 2, 3)


def test_a_side_that_no_row_has_takes_no_file(tmp_path: Path) -> None:
    folder(tmp_path).add(names(1, 2), vectors(1, 2, has_second_side=False))
    assert files(tmp_path) == {"000001.names.npy", "000001.0.npy"}
    (shard,) = folder(tmp_path).read(NOBODY)
    rows = ShardedRows([shard.shard], sum(WIDTHS))
    assert rows[:].tolist() == vectors(1, 2, has_second_side=False).astype(np.float32).tolist()


def test_rows_are_read_by_slice_position_and_part_as_from_an_array() -> None:
    array = np.random.default_rng(1).normal(size=(9, 8)).astype(np.float16)
    shards = [
        vector_files.shard_of(names(*range(len(piece))), piece, WIDTHS) for piece in np.split(array, [2, 7])
    ]
    rows, plain = ShardedRows([shard.shard for shard in shards], 8), array.astype(np.float32)
    assert rows.shape == (9, 8)
    for key in (slice(1, 8), np.array([8, 0, 3, 3]), [2], np.arange(9) % 2 == 0, 4, np.int64(7)):
        assert np.array_equal(rows[key], plain[key])
    part = rows.part(np.array([6, 1, 8]))
    assert np.array_equal(part[:], plain[[6, 1, 8]])
    assert np.array_equal(part.part(np.array([2]))[:], plain[[8]])


def test_unwanted_rows_leave_the_files(tmp_path: Path) -> None:
    folder(tmp_path).add(names(1, 2), vectors(1, 2))
    folder(tmp_path).add(names(3), vectors(3))
    assert stored(folder(tmp_path).read(names(2, 3))) == expected(1)
    bytes_of = vectors(2).tobytes()
    assert all(bytes_of not in path.read_bytes() for path in tmp_path.glob("*/*/*"))
    assert files(tmp_path) == {"000003.names.npy", "000003.0.npy", "000003.5.npy"}
    assert stored(folder(tmp_path).read(NOBODY)) == expected(1)


def test_who_has_mapped_a_shard_keeps_it_while_it_is_taken_away(tmp_path: Path) -> None:
    folder(tmp_path).add(names(1, 2), vectors(1, 2))
    held = folder(tmp_path).read(NOBODY)
    folder(tmp_path).read(names(1))
    folder_delete(tmp_path / "project/encoder")
    assert stored(held) == expected(1, 2)


def test_a_shard_that_was_half_written_is_never_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder(tmp_path).add(names(1), vectors(1))
    written: list[Path] = []

    def dies(path: Path, array: Any) -> None:
        written.append(path)
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(vector_files, "_save", dies)
        folder(tmp_path).add(names(2), vectors(2))
    assert written[0].is_file()
    assert stored(folder(tmp_path).read(NOBODY)) == expected(1)
    assert not written[0].exists()


@pytest.mark.parametrize("broken", ["000001.0.npy", "000001.names.npy"])
def test_a_shard_whose_file_was_cut_short_is_made_again(tmp_path: Path, broken: str) -> None:
    folder(tmp_path).add(names(1), vectors(1))
    folder(tmp_path).add(names(2), vectors(2))
    path = tmp_path / "project/encoder" / broken
    path.write_bytes(path.read_bytes()[:-3])
    assert stored(folder(tmp_path).read(NOBODY)) == expected(2)
    folder(tmp_path).add(names(1), vectors(1))
    assert stored(folder(tmp_path).read(NOBODY)) == expected(1, 2)


@pytest.mark.parametrize("index", [b"", b"[]", b"{", json.dumps({"format": 0}).encode()])
def test_without_an_index_to_go_by_everything_is_made_again(tmp_path: Path, index: bytes) -> None:
    folder(tmp_path).add(names(1), vectors(1))
    (tmp_path / "project/encoder/index.json").write_bytes(index)
    assert folder(tmp_path).read(NOBODY) == []
    assert files(tmp_path) == set()


def test_rows_that_somebody_else_stored_meanwhile_are_stored_once(tmp_path: Path) -> None:
    folder(tmp_path).add(names(1, 2), vectors(1, 2))
    assert stored([folder(tmp_path).add(names(2, 3), vectors(2, 3))]) == expected(2, 3)
    held = [int(name) for shard in folder(tmp_path).read(NOBODY) for name in shard.names]
    assert sorted(held) == [1, 2, 3]


def test_many_small_shards_become_one(tmp_path: Path) -> None:
    for number in range(vector_files.SMALL_MOST + 1):
        folder(tmp_path).add(names(number), vectors(number))
    shards = folder(tmp_path).read(NOBODY)
    assert len(shards) == 1
    assert stored(shards) == expected(*range(vector_files.SMALL_MOST + 1))


def test_what_was_used_longest_ago_makes_room_and_no_more_is_kept_than_allowed(tmp_path: Path) -> None:
    size = 1000
    for path in ("a/x", "b/x"):
        folder(tmp_path, path, most_bytes=size).add(names(1), vectors(1))
    assert {found.parent.parent.name for found in tmp_path.glob("*/*/index.json")} == {"b"}
    kept = folder(tmp_path, "b/x", most_bytes=size).add(names(*range(2, 300)), vectors(*range(2, 300)))
    assert stored([kept]) == expected(*range(2, 300))
    assert stored(folder(tmp_path, "b/x").read(NOBODY)) == expected(1)
    assert sum(path.stat().st_size for path in tmp_path.glob("*/*/*")) <= size
