"""Checkpoints in the store, so that any worker can go on where another one was lost."""

from __future__ import annotations

import shutil
import tarfile
from pathlib import Path, PurePosixPath
from uuid import UUID

from core.storage.blobs import file_chunks
from core.storage.selection import blob_store
from training.models import TrainingFile, TrainingRun


def checkpoint_store(run_id: UUID, folder: Path, step: int) -> None:
    """Keep the checkpoint in ``folder`` as the run's newest, in place of the one before."""
    # Not beside the checkpoints: the trainer takes whatever is called so for one of them.
    packed = folder.parent.with_name(f"{folder.name}.tar")
    try:
        with tarfile.open(packed, "w") as tar:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    tar.add(path, arcname=path.relative_to(folder).as_posix(), recursive=False)
        blob = blob_store().put_stream(file_chunks(packed))
    except FileNotFoundError:
        # The trainer has moved on and cleared this one away; the next one is told in a moment.
        return
    finally:
        packed.unlink(missing_ok=True)
    before = TrainingRun.objects.values_list("checkpoint_sha256", flat=True).get(pk=run_id)
    TrainingRun.objects.filter(pk=run_id).update(checkpoint_sha256=blob.sha256, checkpoint_step=step)
    if before is not None and before != blob.sha256:
        blob_forget(before)


def checkpoint_fetch(run: TrainingRun, into: Path) -> None:
    """Unpack the run's newest checkpoint into ``into`` when it is not there already."""
    if run.checkpoint_sha256 is None or run.checkpoint_step is None:
        return
    folder = into / f"checkpoint-{run.checkpoint_step}"
    if folder.exists():
        return
    part = into.with_name("checkpoint.part")
    shutil.rmtree(part, ignore_errors=True)
    with blob_store().local_copy(run.checkpoint_sha256) as packed, tarfile.open(packed) as tar:
        for member in tar:
            name = PurePosixPath(member.name)
            source = tar.extractfile(member) if member.isfile() else None
            if source is None or name.is_absolute() or ".." in name.parts:
                continue
            target = part / name
            target.parent.mkdir(parents=True, exist_ok=True)
            with source, target.open("wb") as file:
                shutil.copyfileobj(source, file, 1 << 20)
    into.mkdir(parents=True, exist_ok=True)
    part.rename(folder)


def checkpoint_forget(run: TrainingRun) -> None:
    """Let go of the checkpoint of a run that needs none any more."""
    if run.checkpoint_sha256 is not None:
        TrainingRun.objects.filter(pk=run.pk).update(checkpoint_sha256=None, checkpoint_step=None)
        blob_forget(run.checkpoint_sha256)


def blob_forget(sha256: str) -> None:
    """Delete a checkpoint's bytes, unless another run has the same."""
    named = TrainingRun.objects.filter(checkpoint_sha256=sha256).exists()
    if not named and not TrainingFile.objects.filter(sha256=sha256).exists():
        blob_store().delete(sha256)
