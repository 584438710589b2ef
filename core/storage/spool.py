"""The temporary file every incoming blob passes through, hashed while it is written."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path

from core.storage.blobs import StoredBlob
from core.storage.errors import BlobTooLargeError, ChecksumMismatchError, StorageUnavailableError


class SpoolWriter:
    """Collects a blob in ``folder`` and hands the finished file to ``keep``.

    Parameters
    ----------
    folder
        Where the temporary file is made; server-made name, never an existing file.
    keep
        Called once with the file, its hash and its size; owns the file from then on.
    limit_bytes
        Most bytes to take.
    """

    def __init__(
        self, folder: Path, *, keep: Callable[[Path, str, int], None], limit_bytes: int | None = None
    ) -> None:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / f"{secrets.token_hex(16)}.part"
        self._keep = keep
        self._limit_bytes = limit_bytes
        self._hash = hashlib.sha256()
        self._size = 0
        try:
            descriptor = os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except OSError as error:
            raise StorageUnavailableError from error
        self._file = os.fdopen(descriptor, "wb", buffering=1024 * 1024)
        self._is_open = True

    def __enter__(self) -> SpoolWriter:
        return self

    def __exit__(self, *exception: object) -> None:
        self.abort()

    @property
    def size_bytes(self) -> int:
        return self._size

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()

    @property
    def path(self) -> Path:
        if not self._file.closed:
            self._file.flush()
        return self._path

    def write(self, chunk: bytes) -> None:
        self._size += len(chunk)
        if self._limit_bytes is not None and self._size > self._limit_bytes:
            raise BlobTooLargeError(limit_bytes=self._limit_bytes)
        self._hash.update(chunk)
        try:
            self._file.write(chunk)
        except OSError as error:
            raise StorageUnavailableError from error

    def take(self, chunks: Iterable[bytes], *, expected_sha256: str | None = None) -> StoredBlob:
        """Write all of ``chunks`` and commit; nothing is left behind when that fails."""
        with self:
            for chunk in chunks:
                self.write(chunk)
            return self.commit(expected_sha256=expected_sha256)

    def commit(self, *, expected_sha256: str | None = None) -> StoredBlob:
        if expected_sha256 is not None and expected_sha256 != self.sha256:
            self.abort()
            raise ChecksumMismatchError
        try:
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            self._keep(self._path, self.sha256, self._size)
        except OSError as error:
            raise StorageUnavailableError from error
        finally:
            self.abort()
        return StoredBlob(sha256=self.sha256, size_bytes=self._size)

    def abort(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        self._file.close()
        self._path.unlink(missing_ok=True)
