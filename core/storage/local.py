"""Blobs in a local folder, fanned out by the first digits of their hash."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.storage.blobs import StoredBlob, file_chunks, require_sha256
from core.storage.errors import ChecksumMismatchError, MediaMissingError, StorageUnavailableError
from core.storage.spool import SpoolWriter


class LocalBlobStore:
    """A folder of blobs; a file appears under its final name only when its bytes are on the disk.

    Parameters
    ----------
    folder
        Root of the store; made when missing.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def writer(self, *, limit_bytes: int | None = None) -> SpoolWriter:
        return SpoolWriter(self._folder / "incoming", keep=self._keep, limit_bytes=limit_bytes)

    def put_stream(
        self, chunks: Iterable[bytes], *, expected_sha256: str | None = None, limit_bytes: int | None = None
    ) -> StoredBlob:
        return self.writer(limit_bytes=limit_bytes).take(chunks, expected_sha256=expected_sha256)

    def open(self, sha256: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        self.size(sha256)
        return file_chunks(self._path(sha256), start=start, end=end)

    def size(self, sha256: str) -> int:
        try:
            return self._path(sha256).stat().st_size
        except FileNotFoundError as error:
            raise MediaMissingError from error

    def exists(self, sha256: str) -> bool:
        return self._path(sha256).is_file()

    def delete(self, sha256: str) -> None:
        self._path(sha256).unlink(missing_ok=True)

    @contextmanager
    def local_copy(self, sha256: str) -> Iterator[Path]:
        seen = hashlib.sha256()
        for chunk in self.open(sha256):
            seen.update(chunk)
        if seen.hexdigest() != sha256:
            raise ChecksumMismatchError
        yield self._path(sha256)

    def url(self, sha256: str, *, expires_s: int = 60) -> str | None:
        return None

    def check(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise StorageUnavailableError from error
        if not os.access(self._folder, os.R_OK | os.W_OK | os.X_OK):
            raise StorageUnavailableError

    def _path(self, sha256: str) -> Path:
        name = require_sha256(sha256)
        return self._folder / name[:2] / name[2:4] / name

    def _keep(self, spooled: Path, sha256: str, size_bytes: int) -> None:
        """Move a finished file to its place; the same bytes may already be there, which is as good."""
        target = self._path(sha256)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        spooled.chmod(0o400)
        spooled.replace(target)
        for folder in (target.parent, target.parent.parent):
            _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    """Make a new name in ``folder`` survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
