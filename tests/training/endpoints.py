from __future__ import annotations

from typing import Any

from django.utils import timezone

from core.accounts.models import User
from core.accounts.selectors import Capability
from core.storage.selection import blob_store
from exports.models import Version
from tests.architecture.role_matrix import Endpoint, project_id
from tests.exports.endpoints import _version
from tests.world import World
from training.models import TrainingFile, TrainingRun


def version_make(world: World, kind: str = "rm") -> Version:
    """A ready version that says it holds rows of ``kind``."""
    version = _version(world)
    made = Version.objects.create(
        dataset=version.dataset,
        number=version.number + 1,
        kinds=[kind],
        definition={},
        release_id=version.release_id,
        release_label=version.release_label,
    )
    Version.objects.filter(pk=made.pk).update(
        state="ready",
        manifest={},
        content_sha256=version.content_sha256 or "0" * 64,
        ready_at=timezone.now(),
        counts={kind: {"train": 2}},
    )
    made.refresh_from_db()
    return made


def run_make(world: World, *, is_finished: bool = True) -> TrainingRun:
    """A reward model, finished or not begun, with one file."""
    run = TrainingRun.objects.create(
        project=world.project,
        version=version_make(world),
        recipe="reward",
        base="local:tiny",
        finished_at=timezone.now() if is_finished else None,
    )
    blob = blob_store().put_stream([b"{}"])
    TrainingFile.objects.create(run=run, path="config.json", sha256=blob.sha256, size_bytes=blob.size_bytes)
    return run


def _run_id(world: World, person: User) -> dict[str, Any]:
    return {"run_id": run_make(world).pk}


def _waiting_id(world: World, person: User) -> dict[str, Any]:
    return {"run_id": run_make(world, is_finished=False).pk}


def _version_id(world: World, person: User) -> dict[str, Any]:
    return {"version_id": version_make(world).pk}


def _file(world: World, person: User) -> dict[str, Any]:
    return {**_run_id(world, person), "path": "config.json"}


def _asked(world: World) -> dict[str, Any]:
    return {"version_id": str(version_make(world).pk), "recipe": "reward", "base": "local:tiny"}


_C = Capability

ENDPOINTS = [
    Endpoint("training:recipes", "GET", None),
    Endpoint("training:offers", "GET", _C.MODELS_RUN, _version_id),
    Endpoint("training:runs", "GET", _C.RESULTS_VIEW, project_id),
    Endpoint("training:runs", "POST", _C.MODELS_RUN, project_id, _asked),
    Endpoint("training:run", "GET", _C.RESULTS_VIEW, _run_id),
    Endpoint("training:resume", "POST", _C.MODELS_RUN, _waiting_id),
    Endpoint("training:promotion", "POST", _C.MODELS_RUN, _run_id),
    Endpoint("training:promotion", "DELETE", _C.MODELS_RUN, _run_id),
    Endpoint("training:file", "GET", _C.DATASETS_EXPORT, _file),
]
