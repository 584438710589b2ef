"""What every store of blobs does; a blob is its bytes, and its name is their SHA-256."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

CHUNK_BYTES = 256 * 1024

_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class StoredBlob:
    """A blob the store holds."""

    sha256: str
    size_bytes: int


class BlobWriter(Protocol):
    """A blob on its way in: nobody can read it before ``commit``.

    Leaving the ``with`` block without a commit throws the bytes away.
    """

    def __enter__(self) -> BlobWriter: ...

    def __exit__(self, *exception: object) -> None: ...

    def write(self, chunk: bytes) -> None:
        """Take the next bytes; raises ``BlobTooLargeError`` past the limit."""

    @property
    def size_bytes(self) -> int:
        """Bytes taken so far."""

    @property
    def sha256(self) -> str:
        """Hash of the bytes taken so far."""

    @property
    def path(self) -> Path:
        """Local file with the bytes taken so far, for looking at them before they are kept."""

    def commit(self, *, expected_sha256: str | None = None) -> StoredBlob:
        """Keep the bytes; raises ``ChecksumMismatchError`` when they are not the promised ones."""

    def abort(self) -> None:
        """Throw the bytes away; harmless after ``commit``."""


class BlobStore(Protocol):
    """Content-addressed storage: the same bytes are stored once, and never change."""

    def writer(self, *, limit_bytes: int | None = None) -> BlobWriter:
        """Start a blob whose bytes come in pieces."""

    def put_stream(
        self, chunks: Iterable[bytes], *, expected_sha256: str | None = None, limit_bytes: int | None = None
    ) -> StoredBlob:
        """Store the bytes of ``chunks`` without holding them in memory."""

    def open(self, sha256: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Yield bytes ``start`` up to, not including, ``end``; raises ``MediaMissingError`` before the first."""

    def size(self, sha256: str) -> int:
        """Size in bytes; raises ``MediaMissingError``."""

    def exists(self, sha256: str) -> bool:
        """Say whether the store holds the blob."""

    def delete(self, sha256: str) -> None:
        """Forget the blob; forgetting an unknown one is fine."""

    def local_copy(self, sha256: str) -> AbstractContextManager[Path]:
        """Lend a local file with exactly these bytes, checked against the hash."""

    def url(self, sha256: str, *, expires_s: int = 60) -> str | None:
        """Short-lived address a machine may fetch the blob from, where the store can make one."""

    def check(self) -> None:
        """Raise ``StorageUnavailableError`` when the store cannot be written to."""


def require_sha256(value: str) -> str:
    """Return ``value`` when it is a lower-case hexadecimal SHA-256; anything else is a programming error."""
    if not _SHA256.fullmatch(value):
        raise ValueError("A blob is named by 64 lower-case hexadecimal digits.")
    return value


def file_chunks(path: Path, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
    """Yield the bytes of a local file in pieces of at most ``CHUNK_BYTES``."""
    with path.open("rb") as file:
        file.seek(start)
        left = None if end is None else end - start
        while left is None or left > 0:
            chunk = file.read(CHUNK_BYTES if left is None else min(CHUNK_BYTES, left))
            if not chunk:
                return
            if left is not None:
                left -= len(chunk)
            yield chunk
