"""How a worker makes an asset's renditions: in a process of its own, in an empty folder, with limits."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.content.domain.media_types import BY_MIME, WITHOUT_PICTURE
from core.content.errors import MediaInvalidError
from core.content.events import AssetReady
from core.content.models import Asset, AssetState, Rendition
from core.content.rendering.exchange import Outcome, outcome_from_json
from core.errors import NotFoundError
from core.events import publish
from core.storage import StoredBlob, blob_store
from core.storage.blobs import file_chunks

_ROOT = Path(__file__).resolve().parents[3]
_GAVE_UP = (
    "The file could not be read within the limits on time and memory. Export it again in a common form, "
    "shorter or smaller, and send that file."
)

Progress = Callable[[int, int], None]


def renditions_make(asset_id: uuid.UUID, *, progress: Progress, cpu_s: int = 3600) -> Asset:
    """Look into an asset and store its facts and renditions; one that is finished is left alone.

    Raises
    ------
    NotFoundError
        When there is no such asset.
    MediaMissingError
        When the store no longer holds it.
    MediaInvalidError
        When the file is damaged or past a limit; the asset is marked as refused, with the reason.
    """
    asset = Asset.objects.filter(pk=asset_id).first()
    if asset is None:
        raise NotFoundError()
    if asset.state == AssetState.READY:
        return asset
    if asset.state == AssetState.REFUSED:
        raise MediaInvalidError(problem=asset.refusal)
    spool = Path(settings.BLOB_FOLDER) / "incoming"
    spool.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=spool) as folder, blob_store().local_copy(asset.sha256) as source:
        answer = _render(asset, source, Path(folder), progress=progress, cpu_s=cpu_s)
        if "outcome" not in answer:
            _refuse(asset, str(answer["refused"]))
            raise MediaInvalidError(problem=asset.refusal)
        outcome = outcome_from_json(answer["outcome"])
        blobs = {
            made.kind: blob_store().put_stream(file_chunks(Path(folder) / made.file)) for made in outcome.made
        }
    return _store(asset, outcome, blobs)


def _render(asset: Asset, source: Path, folder: Path, *, progress: Progress, cpu_s: int) -> dict[str, Any]:
    """Run the rendering process to its last answer; a process that dies over the file is a refusal."""
    request = {
        "source": str(source),
        "output": str(folder),
        "kind": asset.kind,
        "reader": BY_MIME[asset.mime].reader,
        "cpu_s": cpu_s,
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "core.content.rendering"],
        cwd=_ROOT,
        env={"PATH": os.defpath, "PYTHONPATH": str(_ROOT), "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    # Processor time is limited inside; this ends one that sleeps.
    alarm = threading.Timer(2 * cpu_s, process.kill)
    alarm.start()
    answer: dict[str, Any] = {"refused": _GAVE_UP}
    try:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(request) + "\n")
        process.stdin.close()
        for line in process.stdout:
            said = json.loads(line)
            if "progress" in said:
                progress(*said["progress"])
            else:
                answer = said
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
    return answer


@transaction.atomic
def _store(asset: Asset, outcome: Outcome, blobs: dict[str, StoredBlob]) -> Asset:
    locked = Asset.objects.select_for_update().get(pk=asset.pk)
    if locked.state == AssetState.READY:
        return locked
    for made in outcome.made:
        Rendition.objects.update_or_create(
            asset=locked,
            kind=made.kind,
            defaults={
                "sha256": blobs[made.kind].sha256,
                "size_bytes": blobs[made.kind].size_bytes,
                "mime": made.mime,
                "facts": made.facts,
            },
        )
    if outcome.kind != locked.kind:
        locked.mime = WITHOUT_PICTURE[locked.mime].mime
    locked.kind = outcome.kind
    locked.state = AssetState.READY
    locked.width, locked.height = outcome.width, outcome.height
    locked.duration_us, locked.frame_count = outcome.duration_us, outcome.frame_count
    locked.facts = outcome.facts
    locked.save()
    publish(AssetReady(asset_id=locked.pk))
    return locked


def _refuse(asset: Asset, reason: str) -> None:
    Asset.objects.filter(pk=asset.pk, state=AssetState.PENDING).update(
        state=AssetState.REFUSED, refusal=reason
    )
    asset.state, asset.refusal = AssetState.REFUSED, reason
