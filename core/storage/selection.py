from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from core.storage.blobs import BlobStore
from core.storage.local import LocalBlobStore


def blob_store() -> BlobStore:
    """Return the store that the settings name."""
    return _store(
        settings.BLOB_STORE, Path(settings.BLOB_FOLDER), settings.BLOB_BUCKET, settings.BLOB_ENDPOINT_URL
    )


@lru_cache(maxsize=8)
def _store(kind: str, folder: Path, bucket: str, endpoint_url: str | None) -> BlobStore:
    """Build each store once; boto3 is loaded only where S3 is used."""
    if kind == "local":
        return LocalBlobStore(folder)
    from core.storage.s3 import S3BlobStore

    return S3BlobStore(bucket, endpoint_url=endpoint_url, spool_folder=folder / "incoming")
