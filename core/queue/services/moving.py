from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import transaction

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.queue.domain.states import MEASURING_SOURCES, SlotState, TaskState
from core.queue.models import Slot, Task

BATCH = 500
_UNTAKEN = (SlotState.OPEN, SlotState.PAUSED)


@dataclass(frozen=True)
class TasksMoved:
    """What became of one batch of open tasks, and where the next one begins; ``after`` is None at the end."""

    moved: int = 0
    remade: int = 0
    withdrawn: int = 0
    after: uuid.UUID | None = None


@transaction.atomic
def tasks_move(
    actor: Actor | None,
    *,
    project: Project,
    from_release_id: uuid.UUID,
    to_release_id: uuid.UUID,
    kept_keys: Collection[str],
    raised_keys: Collection[str],
    after: uuid.UUID | None = None,
) -> TasksMoved:
    """Ask what is still open under a release that took its place; one batch, by id.

    A task that nobody has or has answered is asked under the new release from now on. One that some have keeps
    them: they finish it as it is. Its open slots stay too where every clause means the same, for then the answers
    count alike; where one does not, they become a task of their own under the new release. A task none of whose
    clauses the new release asks is withdrawn. Gold has its own way. What is being handed out at this moment is
    left as it is.

    Parameters
    ----------
    kept_keys
        The clauses that the new release asks.
    raised_keys
        Those of them that mean something else than under the old one.
    """
    tasks = list(
        Task.objects.select_for_update(skip_locked=True)
        .filter(project=project, release_id=from_release_id, state=TaskState.OPEN)
        .filter(**({} if after is None else {"pk__gt": after}))
        .exclude(source__in=MEASURING_SOURCES)
        .order_by("pk")[:BATCH]
    )
    slots = _open_slots(tasks)
    moved: list[Task] = []
    withdrawn: list[Task] = []
    remade: list[tuple[Task, list[Slot]]] = []
    for task in tasks:
        open_slots = slots[task.pk]
        keys = [key for key in task.clause_keys if key in kept_keys]
        if len(open_slots) == task.slots:
            (moved if keys else withdrawn).append(task)
        elif open_slots and keys and not set(keys).isdisjoint(raised_keys):
            remade.append((task, open_slots))
    _move(moved, slots, to_release_id, kept_keys)
    _withdraw(withdrawn)
    for task, open_slots in remade:
        _remake(task, open_slots, to_release_id, kept_keys)
    if moved or remade or withdrawn:
        audit_record(
            actor,
            action="tasks.move",
            project=project,
            data={
                "release": str(to_release_id),
                "moved": len(moved),
                "remade": len(remade),
                "withdrawn": len(withdrawn),
            },
        )
    last = tasks[-1].pk if len(tasks) == BATCH else None
    return TasksMoved(moved=len(moved), remade=len(remade), withdrawn=len(withdrawn), after=last)


def _open_slots(tasks: Sequence[Task]) -> dict[uuid.UUID, list[Slot]]:
    """Lock the slots nobody holds; one that is being handed out now is skipped, and its task stays."""
    found: dict[uuid.UUID, list[Slot]] = defaultdict(list)
    rows = Slot.objects.select_for_update(skip_locked=True).filter(task__in=tasks, state__in=_UNTAKEN)
    for slot in rows.order_by("task_id", "ordinal"):
        found[slot.task_id].append(slot)
    return found


def _move(
    tasks: Sequence[Task],
    slots: dict[uuid.UUID, list[Slot]],
    to_release_id: uuid.UUID,
    kept_keys: Collection[str],
) -> None:
    for task in tasks:
        task.release_id = to_release_id
        task.clause_keys = [key for key in task.clause_keys if key in kept_keys]
    Task.objects.bulk_update(tasks, ["release_id", "clause_keys"], batch_size=BATCH)
    _narrow([slot for task in tasks for slot in slots[task.pk]], kept_keys)


def _narrow(slots: Sequence[Slot], kept_keys: Collection[str]) -> None:
    """Where a slot asks less than its task: no clause that is gone; all of the task when none is left."""
    narrowed = [slot for slot in slots if slot.clause_keys is not None]
    for slot in narrowed:
        slot.clause_keys = [key for key in slot.clause_keys or () if key in kept_keys] or None
    Slot.objects.bulk_update(narrowed, ["clause_keys"], batch_size=BATCH)


def _withdraw(tasks: Sequence[Task]) -> None:
    Slot.objects.filter(task__in=tasks, state__in=_UNTAKEN).update(state=SlotState.WITHDRAWN)
    Task.objects.filter(pk__in=[task.pk for task in tasks]).update(state=TaskState.WITHDRAWN)


def _remake(task: Task, slots: Sequence[Slot], to_release_id: uuid.UUID, kept_keys: Collection[str]) -> None:
    """Give a task's open slots to a new one under the new release; the old one is as large as what is taken."""
    fresh = Task.objects.create(
        project_id=task.project_id,
        kind=task.kind,
        post_id=task.post_id,
        comparison_id=task.comparison_id,
        release_id=to_release_id,
        clause_keys=[key for key in task.clause_keys if key in kept_keys],
        slots=len(slots),
        priority=task.priority,
        source=task.source,
        source_id=task.source_id,
        context={**task.context, "moved_from": str(task.pk)},
    )
    _narrow(slots, kept_keys)
    for ordinal, slot in enumerate(slots):
        slot.task, slot.ordinal = fresh, ordinal
    Slot.objects.bulk_update(slots, ["task", "ordinal"])
    task.slots -= len(slots)
    is_done = not Slot.objects.filter(task=task).exclude(state=SlotState.FILLED).exists()
    task.state = TaskState.CLOSED if is_done else task.state
    task.save(update_fields=["slots", "state"])
