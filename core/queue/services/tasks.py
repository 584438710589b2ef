from __future__ import annotations

import json
import secrets
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from core.accounts.selectors import Actor, Project, project_by_id
from core.accounts.services import audit_record
from core.content.events import PostHidden
from core.db.copying import rows_copy
from core.db.identifiers import uuid7_text
from core.queue.domain.states import LeaseState, SlotState, TaskState
from core.queue.errors import TaskSlotsError
from core.queue.models import Lease, Slot, SpareId, Task
from core.queue.services.harms import wards_of, wards_spoken
from core.queue.services.holds import sources_paused
from core.queue.services.protection import limits_ensure

UNANSWERED = (SlotState.OPEN, SlotState.PAUSED, SlotState.LEASED)
_TASK = (
    "id",
    "project_id",
    "kind",
    "post_id",
    "comparison_id",
    "release_id",
    "clause_keys",
    "slots",
    "priority",
    "state",
    "source",
    "source_id",
    "context",
)
_SLOT = (
    "id",
    "task_id",
    "ordinal",
    "project_id",
    "kind",
    "priority",
    "state",
    "clause_keys",
    "ward_id",
)
_SPARE_SHARE = 0.2
"""So many identifiers a task are left over in a batch, at random places in it, for what measures people."""


@dataclass(frozen=True)
class TaskSpec:
    """One task to make; ``post_id`` for kind ``label``; ``comparison_id``, and its post if any, for ``compare``.

    ``language`` is the tag of what is asked where no post tells it; who reads others is not handed it.
    ``asked_of``: for each slot the clauses that it is asked, where some are asked of fewer people than others.
    """

    release_id: uuid.UUID
    clause_keys: Sequence[str]
    slots: int
    post_id: uuid.UUID | None = None
    comparison_id: uuid.UUID | None = None
    language: str = ""
    priority: float = 0.0
    source: str = "manual"
    source_id: uuid.UUID | None = None
    context: Mapping[str, Any] = field(default_factory=dict)
    asked_of: Sequence[Sequence[str]] | None = None

    def slot_clauses(self, ordinal: int) -> list[str] | None:
        """Return what one slot is asked; None for the whole task."""
        if self.asked_of is None:
            return None
        own = list(self.asked_of[ordinal])
        return None if own == list(self.clause_keys) else own


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
    draw = secrets.SystemRandom()
    tasks: list[Task] = []
    spare: list[tuple[str, uuid.UUID]] = []
    for spec in specs:
        tasks.append(_task(project, kind, spec))
        if draw.random() < _SPARE_SHARE:
            spare.append((uuid7_text(), project.pk))
    rows_copy(Task, _TASK, (_task_row(task) for task in tasks))
    rows_copy(SpareId, ("id", "project_id"), spare)
    limits_ensure(project)
    wards = wards_of({task.post_id for task in tasks if task.post_id is not None})
    spoken = wards_spoken({spec.language for spec in specs if spec.post_id is None})
    paused = sources_paused({task.source_id for task in tasks if task.source_id is not None})
    rows_copy(
        Slot,
        _SLOT,
        (
            (
                uuid7_text(),
                task.pk,
                ordinal,
                project.pk,
                kind,
                task.priority,
                str(SlotState.PAUSED if task.source_id in paused else SlotState.OPEN),
                spec.slot_clauses(ordinal),
                spoken.get(spec.language, 0) if task.post_id is None else wards.get(task.post_id, 0),
            )
            for task, spec in zip(tasks, specs, strict=True)
            for ordinal in range(task.slots)
        ),
    )
    audit_record(actor, action="tasks.create", project=project, data={"kind": kind, "count": len(tasks)})
    return tasks


def _task(project: Project, kind: str, spec: TaskSpec) -> Task:
    return Task(
        project=project,
        kind=str(kind),
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


def _task_row(task: Task) -> tuple[Any, ...]:
    *plain, context = (getattr(task, name) for name in _TASK)
    return *plain, json.dumps(context, ensure_ascii=False)


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
    Slot.objects.filter(task_id__in=open_tasks, state__in=UNANSWERED).update(state=SlotState.WITHDRAWN)
    audit_record(actor, action="tasks.withdraw", project=project, data={"count": len(open_tasks)})
    return len(open_tasks)


def tasks_of_hidden_post_withdraw(event: PostHidden) -> None:
    """Withdraw what is asked about a post that was hidden, in the transaction that hides it."""
    tasks = Task.objects.filter(project_id=event.project_id, post_id=event.post_id, state=TaskState.OPEN)
    task_ids = list(tasks.values_list("pk", flat=True))
    if task_ids:
        tasks_withdraw(None, project=project_by_id(event.project_id), task_ids=task_ids)
