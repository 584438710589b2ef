from __future__ import annotations

import hashlib
import tracemalloc
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.storage import (
    BlobStore,
    BlobTooLargeError,
    ChecksumMismatchError,
    MediaMissingError,
)

MISSING = "0" * 64


def fresh_bytes(size: int = 1000) -> bytes:
    """Bytes that no other test stores."""
    seed = uuid.uuid4().bytes
    return (seed * (size // len(seed) + 1))[:size]


def test_a_blob_is_named_by_the_hash_of_its_bytes(store: BlobStore) -> None:
    data = fresh_bytes()
    stored = store.put_stream([data[:300], data[300:]])
    assert stored.sha256 == hashlib.sha256(data).hexdigest()
    assert stored.size_bytes == len(data)
    assert b"".join(store.open(stored.sha256)) == data
    assert store.size(stored.sha256) == len(data)


def test_the_same_bytes_twice_are_one_blob(store: BlobStore) -> None:
    data = fresh_bytes()
    assert store.put_stream([data]) == store.put_stream([data])
    assert b"".join(store.open(hashlib.sha256(data).hexdigest())) == data


def test_an_empty_blob_can_be_stored_and_read(store: BlobStore) -> None:
    stored = store.put_stream([])
    assert stored.size_bytes == 0
    assert b"".join(store.open(stored.sha256)) == b""


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, None), (0, 1), (10, 20), (999, 1000), (999, None), (1000, None), (5, 5), (990, 5000)],
)
def test_a_byte_range_is_exactly_that_range(store: BlobStore, start: int, end: int | None) -> None:
    data = fresh_bytes(1000)
    stored = store.put_stream([data])
    assert b"".join(store.open(stored.sha256, start=start, end=end)) == data[start:end]


def test_bytes_that_are_not_the_announced_ones_are_refused(store: BlobStore) -> None:
    data = fresh_bytes()
    with pytest.raises(ChecksumMismatchError):
        store.put_stream([data], expected_sha256="f" * 64)
    assert not store.exists(hashlib.sha256(data).hexdigest())


def test_a_stream_past_its_limit_is_refused_and_leaves_nothing(store: BlobStore) -> None:
    data = fresh_bytes(100)
    with pytest.raises(BlobTooLargeError):
        store.put_stream([data], limit_bytes=99)
    assert not store.exists(hashlib.sha256(data).hexdigest())


def test_a_stream_that_breaks_half_way_leaves_nothing(store: BlobStore, tmp_path: Path) -> None:
    data = fresh_bytes(100)

    def breaking() -> Iterator[bytes]:
        yield data
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        store.put_stream(breaking())
    assert not store.exists(hashlib.sha256(data).hexdigest())
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_writer_left_without_commit_keeps_nothing(store: BlobStore) -> None:
    data = fresh_bytes()
    with store.writer() as writer:
        writer.write(data)
        assert writer.path.read_bytes() == data
    assert not store.exists(hashlib.sha256(data).hexdigest())


@pytest.mark.parametrize("act", ["open", "size", "local_copy"])
def test_a_blob_that_vanished_is_said_to_be_missing(store: BlobStore, act: str) -> None:
    with pytest.raises(MediaMissingError) as refusal:
        if act == "open":
            store.open(MISSING)
        elif act == "size":
            store.size(MISSING)
        else:
            with store.local_copy(MISSING):
                pass
    assert refusal.value.code == "media_missing"


def test_a_deleted_blob_is_gone_and_deleting_again_is_fine(store: BlobStore) -> None:
    stored = store.put_stream([fresh_bytes()])
    store.delete(stored.sha256)
    store.delete(stored.sha256)
    assert not store.exists(stored.sha256)


def test_a_local_copy_has_the_bytes(store: BlobStore) -> None:
    data = fresh_bytes(300_000)
    stored = store.put_stream([data])
    with store.local_copy(stored.sha256) as path:
        assert path.read_bytes() == data


@pytest.mark.parametrize("name", ["../../etc/passwd", "A" * 64, "0" * 63, "0" * 64 + "\n", ""])
def test_only_a_hash_can_name_a_blob(store: BlobStore, name: str) -> None:
    with pytest.raises(ValueError, match="64 lower-case"):
        store.open(name)


def test_memory_stays_bounded_while_a_large_blob_passes(local_store: BlobStore) -> None:
    chunk = bytes(256 * 1024)
    tracemalloc.start()
    stored = local_store.put_stream(chunk for _ in range(200))
    seen = sum(len(piece) for piece in local_store.open(stored.sha256))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert seen == 200 * len(chunk)
    assert peak < 8 * 1024 * 1024


def test_a_working_store_passes_its_check(store: BlobStore) -> None:
    store.put_stream([b"x"])
    store.check()
