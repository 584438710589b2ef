"""Which app keeps the encoders that training runs made; filled once, when Django is ready."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol
from uuid import UUID


class RunEncoders(Protocol):
    """Encoders by the training run that made them."""

    def is_there(self, project_id: UUID, run_id: UUID) -> bool:
        """Whether the run is one of the project's and has made an encoder."""
        ...

    def folder(self, run_id: UUID) -> Path | None:
        """Return where the encoder lies on this worker, fetched from the store if need be; None where there is none."""
        ...


_kept: list[RunEncoders] = []


def run_encoders_register(kept: RunEncoders) -> None:
    """Let ``kept`` tell of encoders that runs made; registering again changes nothing."""
    if kept not in _kept:
        _kept.append(kept)


def run_encoder_is_there(project_id: UUID, run_id: UUID) -> bool:
    """Whether the run is one of the project's and has made an encoder."""
    return any(kept.is_there(project_id, run_id) for kept in _kept)


def run_encoder_folder(run_id: UUID) -> Path | None:
    """Return where the encoder lies on this worker, fetched from the store if need be; None where there is none."""
    return next((folder for kept in _kept if (folder := kept.folder(run_id)) is not None), None)
