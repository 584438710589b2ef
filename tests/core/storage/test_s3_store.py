from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from core.storage import StorageUnavailableError
from core.storage.s3 import S3BlobStore


def test_an_address_for_machines_serves_the_bytes_as_an_opaque_download(s3_store: S3BlobStore) -> None:
    stored = s3_store.put_stream([b"<script>"])
    address = s3_store.url(stored.sha256)
    assert address is not None
    answer = httpx.get(address)
    assert answer.content == b"<script>"
    assert answer.headers["content-type"] == "application/octet-stream"


def test_a_bucket_that_is_not_there_is_a_store_that_does_not_answer(
    s3_address: str, s3_store: S3BlobStore, tmp_path: Path
) -> None:
    with pytest.raises(StorageUnavailableError):
        S3BlobStore("elsewhere", endpoint_url=s3_address, spool_folder=tmp_path).check()


def test_a_closed_port_is_a_store_that_does_not_answer(s3_store: S3BlobStore, tmp_path: Path) -> None:
    closed = S3BlobStore("media", endpoint_url="http://127.0.0.1:9", spool_folder=tmp_path)
    with pytest.raises(StorageUnavailableError):
        closed.size("0" * 64)


def test_a_body_cut_short_is_an_error_and_not_an_end() -> None:
    class Body:
        def iter_chunks(self, size: int) -> list[bytes]:
            return [b"half"]

        def close(self) -> None:
            pass

    with pytest.raises(StorageUnavailableError):
        list(S3BlobStore._pieces(Body(), expected=8))
