"""Holding back what one order asks, such as a campaign's tasks: nobody is handed one until it goes on.

Whether an order is held back is one row, which new tasks and what is given back follow at once. What lies open already
follows task by task, in batches: there may be hundreds of thousands.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator

from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Value, When

from core.accounts.selectors import Actor, Project
from core.accounts.services import audit_record
from core.db.prepared import rows
from core.queue.domain.states import SlotState, TaskState
from core.queue.models import HeldSource, Slot, Task


@transaction.atomic
def source_hold(actor: Actor | None, project: Project, *, source_id: uuid.UUID) -> None:
    """Hold back what this source orders from now on, and what people give back; what they have they finish.

    `slots_hold` holds back what lies open.
    """
    _turn_take(source_id)
    HeldSource.objects.get_or_create(source_id=source_id, defaults={"project": project})
    audit_record(actor, action="tasks.pause", project=project, data={"source": str(source_id)})


@transaction.atomic
def source_free(actor: Actor | None, project: Project, *, source_id: uuid.UUID) -> None:
    """Hold back nothing more of this source; `slots_free` lets what was held back go on."""
    _turn_take(source_id)
    HeldSource.objects.filter(source_id=source_id, project=project).delete()
    audit_record(actor, action="tasks.resume", project=project, data={"source": str(source_id)})


def source_tasks_open(project_id: uuid.UUID, source_id: uuid.UUID, *, at_a_time: int) -> Iterator[uuid.UUID]:
    """Yield the tasks of a source that are open now, in bounded memory, also over several transactions."""
    tasks = Task.objects.filter(project_id=project_id, source_id=source_id, state=TaskState.OPEN)
    yield from tasks.values_list("pk", flat=True).iterator(chunk_size=at_a_time)


def slots_hold(task_ids: Collection[uuid.UUID]) -> int:
    """Hold back what nobody has of these tasks; returns how many answers wait."""
    return Slot.objects.filter(task_id__in=task_ids, state=SlotState.OPEN).update(state=SlotState.PAUSED)


def slots_free(task_ids: Collection[uuid.UUID]) -> int:
    """Hand out again what was held back of these tasks; returns how many answers were waiting."""
    return Slot.objects.filter(task_id__in=task_ids, state=SlotState.PAUSED).update(state=SlotState.OPEN)


def sources_paused(source_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the sources whose work is held back; none is paused or resumed until the transaction ends."""
    if not source_ids:
        return set()
    for source_id in sorted(source_ids):
        _turn_share(source_id)
    return set(HeldSource.objects.filter(source_id__in=source_ids).values_list("source_id", flat=True))


def slots_return(slot_ids: Collection[uuid.UUID]) -> None:
    """Give slots back that nobody holds any more: to the queue, or to a source that is held back.

    Who gives back, and who holds the same source back or lets it go on, wait for each other, so that each sees what
    the other did.
    """
    sources = set(Task.objects.filter(slot_rows__in=slot_ids).values_list("source_id", flat=True))
    for source_id in sorted(source_id for source_id in sources if source_id is not None):
        _turn_share(source_id)
    held = Task.objects.filter(pk=OuterRef("task_id"), source_id__in=HeldSource.objects.values("source_id"))
    Slot.objects.filter(pk__in=slot_ids, state=SlotState.LEASED).update(
        state=Case(
            When(Exists(held), then=Value(SlotState.PAUSED.value)), default=Value(SlotState.OPEN.value)
        )
    )


def _turn_take(source_id: uuid.UUID) -> None:
    """Wait until nobody is giving back what the source ordered; nobody will until the transaction ends."""
    rows("SELECT pg_advisory_xact_lock(hashtextextended(%(source)s::text, 29))", {"source": source_id})


def _turn_share(source_id: uuid.UUID) -> None:
    rows("SELECT pg_advisory_xact_lock_shared(hashtextextended(%(source)s::text, 29))", {"source": source_id})
