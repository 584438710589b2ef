"""A version as objects of a bucket, each with its SHA-256; goes on where an earlier push stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from concord.errors import ConcordError
from concord.pulling import Counter, Pulled
from concord.pushing import Pushed, tag_of
from concord.records import StoredFile

try:
    import boto3
    from botocore.exceptions import BotoCoreError, ClientError
except ImportError:
    raise ConcordError("s3_missing", "Install the S3 client: pip install 'concord-client[s3]'.") from None

PART_BYTES = 16 << 20
"""Files are sent in parts of this size; a part that arrived is not sent again."""

_PARALLEL = 4
_LAST = ("README.md", "MANIFEST.json")


def bucket_push(
    pulled: Pulled,
    bucket: str,
    prefix: str,
    *,
    progress: Callable[[int, int], None] | None = None,
    part_bytes: int = PART_BYTES,
) -> Pushed:
    """Store the version under ``<prefix>/v3/``, its manifest last: where that lies, everything does.

    An object with the file's SHA-256 in its metadata is kept. Address and keys are those of ``boto3``:
    ``AWS_ENDPOINT_URL_S3``, ``AWS_PROFILE`` and so on.

    Raises
    ------
    ConcordError
        ``push_refused``.
    """
    start = "/".join(part for part in (prefix, tag_of(pulled)) if part)
    files = pulled.version.files
    counter = Counter(sum(file.size_bytes for file in files), progress)
    try:
        store = _Store(boto3.client("s3"), bucket, part_bytes, counter)

        def send(file: StoredFile) -> bool:
            return store.send(f"{start}/{file.path}", pulled.folder / file.path, file)

        with ThreadPoolExecutor(max_workers=_PARALLEL) as pool:
            sent = sum(pool.map(send, [file for file in files if file.path not in _LAST]))
        for path in _LAST:
            sent += sum(send(file) for file in files if file.path == path)
    except (ClientError, BotoCoreError) as error:
        raise ConcordError("push_refused", f"The bucket did not take it: {error}") from error
    return Pushed(f"s3://{bucket}/{start}", sent=sent, kept=len(files) - sent, sent_bytes=counter.moved)


class _Store:
    """One bucket, and how its objects are sent."""

    def __init__(self, client: Any, bucket: str, part_bytes: int, counter: Counter) -> None:
        self._client, self._bucket, self._part_bytes, self._counter = client, bucket, part_bytes, counter

    def send(self, key: str, local: Path, file: StoredFile) -> bool:
        """Send a file unless the bucket has it; say whether it was sent."""
        if self._has(key, file):
            self._counter.add(file.size_bytes, moved=False)
            return False
        if file.size_bytes <= self._part_bytes:
            self._client.put_object(
                Bucket=self._bucket, Key=key, Body=local.read_bytes(), Metadata={"sha256": file.sha256}
            )
            self._counter.add(file.size_bytes, moved=True)
            return True
        self._send_parts(key, local, file, upload_id=self._unfinished(key, local))
        if not self._has(key, file):
            # An upload that others began for other bytes told their hash.
            self._send_parts(key, local, file, upload_id=None)
        return True

    def _has(self, key: str, file: StoredFile) -> bool:
        try:
            held = self._client.head_object(Bucket=self._bucket, Key=key)
        except ClientError as error:
            if error.response.get("ResponseMetadata", {}).get("HTTPStatusCode") == 404:
                return False
            raise
        return bool(
            held.get("Metadata", {}).get("sha256") == file.sha256
            and held.get("ContentLength") == file.size_bytes
        )

    def _send_parts(self, key: str, local: Path, file: StoredFile, *, upload_id: str | None) -> None:
        """Send a file in parts, without those that an unfinished upload has."""
        held = self._parts(key, upload_id) if upload_id else {}
        if upload_id is None:
            made = self._client.create_multipart_upload(
                Bucket=self._bucket, Key=key, Metadata={"sha256": file.sha256}
            )
            upload_id = made["UploadId"]
        named = {"Bucket": self._bucket, "Key": key, "UploadId": upload_id}
        parts = []
        for number, data in self._chunks(local):
            tag = held.get(number)
            is_held = tag is not None and tag == _md5(data)
            if not is_held:
                tag = self._client.upload_part(**named, PartNumber=number, Body=data)["ETag"].strip('"')
            self._counter.add(len(data), moved=not is_held)
            parts.append({"PartNumber": number, "ETag": f'"{tag}"'})
        self._client.complete_multipart_upload(**named, MultipartUpload={"Parts": parts})

    def _unfinished(self, key: str, local: Path) -> str | None:
        """Return the newest unfinished upload of these bytes; one of other bytes is ended."""
        listed = self._client.list_multipart_uploads(Bucket=self._bucket, Prefix=key)
        found = sorted(
            (row for row in listed.get("Uploads", []) if row["Key"] == key), key=lambda row: row["Initiated"]
        )
        for row in reversed(found):
            upload_id = str(row["UploadId"])
            held = self._parts(key, upload_id)
            if all(held[number] == _md5(data) for number, data in self._chunks(local) if number in held):
                return upload_id
            self._client.abort_multipart_upload(Bucket=self._bucket, Key=key, UploadId=upload_id)
        return None

    def _parts(self, key: str, upload_id: str) -> dict[int, str]:
        """Return the MD5 of each part that has arrived, by number."""
        pages = self._client.get_paginator("list_parts").paginate(
            Bucket=self._bucket, Key=key, UploadId=upload_id
        )
        return {
            int(part["PartNumber"]): part["ETag"].strip('"')
            for page in pages
            for part in page.get("Parts", [])
        }

    def _chunks(self, local: Path) -> Iterator[tuple[int, bytes]]:
        with local.open("rb") as stream:
            number = 1
            while data := stream.read(self._part_bytes):
                yield number, data
                number += 1


def _md5(data: bytes) -> str:
    """Return what stores name a part by; it guards nothing."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()
