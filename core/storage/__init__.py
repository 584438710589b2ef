"""Where blobs live: a local folder or an S3 bucket, behind one protocol."""

from __future__ import annotations

from core.storage.blobs import CHUNK_BYTES, BlobStore, BlobWriter, StoredBlob
from core.storage.errors import (
    BlobTooLargeError,
    ChecksumMismatchError,
    MediaMissingError,
    StorageUnavailableError,
)
from core.storage.selection import blob_store

__all__ = [
    "CHUNK_BYTES",
    "BlobStore",
    "BlobTooLargeError",
    "BlobWriter",
    "ChecksumMismatchError",
    "MediaMissingError",
    "StorageUnavailableError",
    "StoredBlob",
    "blob_store",
]
