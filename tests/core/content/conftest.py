from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> Path:
    """A blob store of this test's own, unless the run is on S3."""
    settings.BLOB_FOLDER = tmp_path / "blobs"
    return tmp_path / "blobs"
