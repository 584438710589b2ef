"""What the queue tells the apps above it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass


@dataclass(frozen=True)
class TaskFilled:
    """Every slot of a task has its answer."""

    task_id: uuid.UUID
    project_id: uuid.UUID
    kind: str
