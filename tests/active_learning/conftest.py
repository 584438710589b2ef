from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.active_learning.material import words_encoder


@pytest.fixture(autouse=True)
def blob_folder(settings: Settings, tmp_path: Path) -> Path:
    """A store of this test's own."""
    settings.BLOB_FOLDER = tmp_path / "blobs"
    return tmp_path / "blobs"


@pytest.fixture(autouse=True)
def vectors_folder(settings: Settings, tmp_path: Path) -> Path:
    """Vectors of pools lie in a folder of this test's own."""
    settings.VECTORS_FOLDER = tmp_path / "vectors"
    return tmp_path / "vectors"


@pytest.fixture
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Encode by words instead of by the bundled networks."""
    monkeypatch.setattr("active_learning.runs.rounds.encoder_loaded", words_encoder)
    monkeypatch.setattr("active_learning.runs.scans.encoder_loaded", words_encoder)
    monkeypatch.setattr("active_learning.runs.drift.encoder_loaded", words_encoder)
    monkeypatch.setattr("active_learning.runs.suggesting.encoder_loaded", words_encoder)
    monkeypatch.setattr("active_learning.runs.maps.encoder_loaded", words_encoder)
