"""Reads of the queue, each scoped to what the caller may see."""

from __future__ import annotations

from core.queue.models import Draft, Lease, Slot, Submission, Task, ViewEvent
from core.queue.selectors.overview import project_overview, work_waiting
from core.queue.selectors.work import (
    draft_of,
    lease_get,
    submission_of_person,
    submissions_by,
    submissions_of_task,
    submissions_of_tasks,
    task_get,
    tasks_in,
)

__all__ = [
    "Draft",
    "Lease",
    "Slot",
    "Submission",
    "Task",
    "ViewEvent",
    "draft_of",
    "lease_get",
    "project_overview",
    "submission_of_person",
    "submissions_by",
    "submissions_of_task",
    "submissions_of_tasks",
    "task_get",
    "tasks_in",
    "work_waiting",
]
