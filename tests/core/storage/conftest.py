from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from core.storage import BlobStore
from core.storage.local import LocalBlobStore
from core.storage.s3 import S3BlobStore


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """Address of an S3 store on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3_store(s3_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> S3BlobStore:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test-key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test-secret")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    boto3.client("s3", endpoint_url=s3_address).create_bucket(Bucket="media")
    return S3BlobStore("media", endpoint_url=s3_address, spool_folder=tmp_path / "incoming")


@pytest.fixture
def local_store(tmp_path: Path) -> LocalBlobStore:
    return LocalBlobStore(tmp_path / "blobs")


@pytest.fixture(params=["local", "s3"])
def store(request: pytest.FixtureRequest) -> BlobStore:
    """Every store in turn: what they promise is the same."""
    found: BlobStore = request.getfixturevalue(f"{request.param}_store")
    return found
