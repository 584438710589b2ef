"""Encoders that runs made, on this worker: fetched from the store once, and kept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from django.conf import settings

from core.storage.selection import blob_store
from training.selectors.encoders import encoder_files


def encoder_folder(run_id: UUID) -> Path | None:
    """Return where a run's encoder lies on this worker; None where it made none."""
    place = Path(settings.HOME) / "spool" / "encoders" / str(run_id)
    if place.is_dir():
        return place
    files = encoder_files(run_id)
    if not files:
        return None
    place.parent.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=f"{run_id}-", dir=place.parent))
    try:
        for file in files:
            with blob_store().local_copy(file.sha256) as local:
                shutil.copyfile(local, part / file.path)
        # Whole or not there: of two workers on one disk, the second finds the folder of the first.
        part.rename(place)
    except OSError:
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return place
