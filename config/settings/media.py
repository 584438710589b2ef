from __future__ import annotations

from config.settings.environment import ENVIRONMENT

__all__ = [
    "BLOB_BUCKET",
    "BLOB_ENDPOINT_URL",
    "BLOB_FOLDER",
    "BLOB_STORE",
    "FILE_UPLOAD_HANDLERS",
    "FILE_UPLOAD_TEMP_DIR",
    "HOME",
    "UPLOAD_LIMIT_BYTES",
]

HOME = ENVIRONMENT.home
BLOB_STORE = ENVIRONMENT.storage
BLOB_FOLDER = ENVIRONMENT.home / "blobs"
BLOB_BUCKET = ENVIRONMENT.storage_bucket
BLOB_ENDPOINT_URL = ENVIRONMENT.s3_endpoint_url
UPLOAD_LIMIT_BYTES = 2 * 1024**3
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_TEMP_DIR = None
