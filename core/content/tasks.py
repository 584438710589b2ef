from __future__ import annotations

import time
import uuid
from typing import Any

from core.content.models import PostImport
from core.content.services.loading import import_run
from core.content.services.renditions import renditions_make
from core.jobs.running import JobContext, counted, job_handler

_TOLD_EVERY_S = 0.5


class _Pace:
    """Passes progress on at most twice a second: each telling is a write."""

    def __init__(self, context: JobContext) -> None:
        self._context = context
        self._told_at = 0.0

    def __call__(self, done: int, total: int, message: str = "") -> None:
        now = time.monotonic()
        if now - self._told_at >= _TOLD_EVERY_S:
            self._told_at = now
            self._context.progress(done, total, message)


@job_handler(kind="content.import_posts", queue="cpu", time_limit_s=4 * 3600)
def import_posts(context: JobContext) -> dict[str, Any]:
    """Import the manifest ``import_id``."""
    asked = PostImport.objects.get(pk=context.params["import_id"])
    result = import_run(asked, progress=_Pace(context))
    context.progress(asked.manifest_size_bytes, asked.manifest_size_bytes)
    context.conclude(f"{counted(result['posts_added'], 'post')} imported")
    return result


@job_handler(kind="content.make_renditions", queue="cpu", time_limit_s=2 * 3600)
def make_renditions(context: JobContext) -> dict[str, Any]:
    """Make the renditions of ``asset_id``."""
    asset = renditions_make(uuid.UUID(context.params["asset_id"]), progress=_Pace(context))
    context.progress(1, 1)
    return {"asset_id": str(asset.pk), "kind": asset.kind, "renditions": asset.renditions.count()}
