from __future__ import annotations

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core.accounts.selectors import Actor, Project, project_by_id
from core.accounts.services import audit_record
from core.content.events import PostHidden
from core.queue.domain.states import LeaseState, SlotState, TaskState
from core.queue.errors import TaskSlotsError
from core.queue.models import Lease, Slot, Task

_BATCH = 2000


@dataclass(frozen=True)
class TaskSpec:
    """One task to make; ``post_id`` for kind ``label``, ``comparison_id`` for kind ``compare``."""

    release_id: uuid.UUID
    clause_keys: Sequence[str]
    slots: int
    post_id: uuid.UUID | None = None
    comparison_id: uuid.UUID | None = None
    priority: float = 0.0
    source: str = "manual"
    source_id: uuid.UUID | None = None
    context: Mapping[str, Any] = field(default_factory=dict)


@transaction.atomic
def tasks_create(
    project: Project, *, kind: str, specs: Sequence[TaskSpec], actor: Actor | None
) -> list[Task]:
    """Make tasks with their slots; the caller has checked that posts, clauses and release belong together.

    Higher ``priority`` is handed out first; equal ones in the order in which they were made.

    Raises
    ------
    TaskSlotsError
    """
    for spec in specs:
        if not 1 <= spec.slots <= 50:
            raise TaskSlotsError(slots=spec.slots)
    tasks = [
        Task(
            project=project,
            kind=kind,
            post_id=spec.post_id,
            comparison_id=spec.comparison_id,
            release_id=spec.release_id,
            clause_keys=list(spec.clause_keys),
            slots=spec.slots,
            priority=spec.priority,
            source=spec.source,
            source_id=spec.source_id,
            context=dict(spec.context),
        )
        for spec in specs
    ]
    Task.objects.bulk_create(tasks, batch_size=_BATCH)
    Slot.objects.bulk_create(
        (
            Slot(task=task, ordinal=ordinal, project=project, kind=kind, priority=task.priority)
            for task in tasks
            for ordinal in range(task.slots)
        ),
        batch_size=_BATCH,
    )
    audit_record(actor, action="tasks.create", project=project, data={"kind": kind, "count": len(tasks)})
    return tasks


@transaction.atomic
def tasks_withdraw(actor: Actor | None, *, project: Project, task_ids: Collection[uuid.UUID]) -> int:
    """Ask no more answers of these tasks; answers that people are writing now are kept, marked late.

    Returns how many open tasks there were among them.
    """
    open_tasks = list(
        Task.objects.select_for_update()
        .filter(project=project, pk__in=task_ids, state=TaskState.OPEN)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    Task.objects.filter(pk__in=open_tasks).update(state=TaskState.WITHDRAWN)
    Lease.objects.filter(task_id__in=open_tasks, state=LeaseState.HELD).update(state=LeaseState.EXPIRED)
    Slot.objects.filter(task_id__in=open_tasks, state__in=[SlotState.OPEN, SlotState.LEASED]).update(
        state=SlotState.WITHDRAWN
    )
    audit_record(actor, action="tasks.withdraw", project=project, data={"count": len(open_tasks)})
    return len(open_tasks)


def tasks_of_hidden_post_withdraw(event: PostHidden) -> None:
    """Withdraw what is asked about a post that was hidden, in the transaction that hides it."""
    tasks = Task.objects.filter(project_id=event.project_id, post_id=event.post_id, state=TaskState.OPEN)
    task_ids = list(tasks.values_list("pk", flat=True))
    if task_ids:
        tasks_withdraw(None, project=project_by_id(event.project_id), task_ids=task_ids)
