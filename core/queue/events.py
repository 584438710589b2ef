"""What the queue tells the apps above it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class PredictionsChanged:
    """A project changed which models' words count as harm, or what would follow from them."""

    project_id: uuid.UUID


@dataclass(frozen=True)
class TaskFilled:
    """Every slot of a task has its answer."""

    task_id: uuid.UUID
    project_id: uuid.UUID
    kind: str
