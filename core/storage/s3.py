"""Blobs in a bucket of any S3 store."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import boto3
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from core.storage.blobs import CHUNK_BYTES, StoredBlob, require_sha256
from core.storage.errors import ChecksumMismatchError, MediaMissingError, StorageUnavailableError
from core.storage.spool import SpoolWriter

_TRANSFER = TransferConfig(multipart_chunksize=16 * 1024 * 1024, max_concurrency=2)


class S3BlobStore:
    """A bucket of blobs, each under ``blobs/<two digits>/<sha256>``.

    Parameters
    ----------
    bucket
        Name of the bucket; it must exist.
    endpoint_url
        Address of the store where it is not Amazon's. Credentials and region come the way boto3 finds them.
    spool_folder
        Where incoming blobs are collected before their hash is known.
    """

    def __init__(self, bucket: str, *, endpoint_url: str | None, spool_folder: Path) -> None:
        self._bucket = bucket
        self._spool_folder = spool_folder
        self._client: Any = boto3.client(
            "s3",
            endpoint_url=endpoint_url,
            config=Config(
                retries={"mode": "standard", "max_attempts": 4},
                connect_timeout=5,
                read_timeout=30,
                s3={"addressing_style": "path"} if endpoint_url else {},
            ),
        )

    def writer(self, *, limit_bytes: int | None = None) -> SpoolWriter:
        return SpoolWriter(self._spool_folder, keep=self._keep, limit_bytes=limit_bytes)

    def put_stream(
        self, chunks: Iterable[bytes], *, expected_sha256: str | None = None, limit_bytes: int | None = None
    ) -> StoredBlob:
        return self.writer(limit_bytes=limit_bytes).take(chunks, expected_sha256=expected_sha256)

    def open(self, sha256: str, *, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        asked: dict[str, str] = {}
        if start or end is not None:
            asked["Range"] = f"bytes={start}-{'' if end is None else end - 1}"
            if start >= min(self.size(sha256), start + 1 if end is None else end):
                return iter(())
        with _answering():
            answer = self._client.get_object(Bucket=self._bucket, Key=self._key(sha256), **asked)
        return self._pieces(answer["Body"], expected=int(answer["ContentLength"]))

    def size(self, sha256: str) -> int:
        with _answering():
            return int(self._client.head_object(Bucket=self._bucket, Key=self._key(sha256))["ContentLength"])

    def exists(self, sha256: str) -> bool:
        try:
            self.size(sha256)
        except MediaMissingError:
            return False
        return True

    def delete(self, sha256: str) -> None:
        with _answering():
            self._client.delete_object(Bucket=self._bucket, Key=self._key(sha256))

    @contextmanager
    def local_copy(self, sha256: str) -> Iterator[Path]:
        self._spool_folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.NamedTemporaryFile(dir=self._spool_folder, suffix=".copy") as file:
            seen = hashlib.sha256()
            for chunk in self.open(sha256):
                seen.update(chunk)
                file.write(chunk)
            file.flush()
            if seen.hexdigest() != sha256:
                raise ChecksumMismatchError
            yield Path(file.name)

    def url(self, sha256: str, *, expires_s: int = 60) -> str | None:
        return str(
            self._client.generate_presigned_url(
                "get_object",
                Params={
                    "Bucket": self._bucket,
                    "Key": self._key(sha256),
                    "ResponseContentType": "application/octet-stream",
                    "ResponseContentDisposition": "attachment",
                },
                ExpiresIn=min(expires_s, 60),
            )
        )

    def check(self) -> None:
        try:
            with _answering():
                self._client.head_bucket(Bucket=self._bucket)
        except MediaMissingError as error:
            raise StorageUnavailableError from error

    def _key(self, sha256: str) -> str:
        name = require_sha256(sha256)
        return f"blobs/{name[:2]}/{name}"

    def _keep(self, spooled: Path, sha256: str, size_bytes: int) -> None:
        """Upload a finished file, then make sure that all of it arrived."""
        with _answering():
            self._client.upload_file(
                str(spooled),
                self._bucket,
                self._key(sha256),
                ExtraArgs={"ContentType": "application/octet-stream", "ChecksumAlgorithm": "SHA256"},
                Config=_TRANSFER,
            )
        if self.size(sha256) != size_bytes:
            self.delete(sha256)
            raise StorageUnavailableError

    @staticmethod
    def _pieces(body: Any, *, expected: int) -> Iterator[bytes]:
        """Yield the body; a body cut short is an error, not an end."""
        seen = 0
        with _answering():
            try:
                for chunk in body.iter_chunks(CHUNK_BYTES):
                    seen += len(chunk)
                    yield chunk
            finally:
                body.close()
        if seen != expected:
            raise StorageUnavailableError


@contextmanager
def _answering() -> Iterator[None]:
    """Say in Concord's words what the store answered."""
    try:
        yield
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode")
        if status == 404:
            raise MediaMissingError from error
        raise StorageUnavailableError from error
    except (BotoCoreError, boto3.exceptions.Boto3Error) as error:
        raise StorageUnavailableError from error
