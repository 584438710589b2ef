from __future__ import annotations

from pathlib import Path

import pytest

from core.storage import ChecksumMismatchError, StorageUnavailableError
from core.storage.local import LocalBlobStore


def test_bytes_that_rotted_on_the_disk_are_noticed_before_use(tmp_path: Path) -> None:
    store = LocalBlobStore(tmp_path)
    stored = store.put_stream([b"as it was"])
    path = tmp_path / stored.sha256[:2] / stored.sha256[2:4] / stored.sha256
    path.chmod(0o600)
    path.write_bytes(b"as it is.")
    with pytest.raises(ChecksumMismatchError), store.local_copy(stored.sha256):
        pass


def test_a_folder_that_cannot_be_made_is_a_store_that_does_not_answer(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageUnavailableError):
        LocalBlobStore(tmp_path / "file" / "blobs").check()
