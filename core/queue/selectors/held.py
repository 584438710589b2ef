"""One person's hold on one task, as the paths that run all day need it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple

from core.accounts.selectors import Actor
from core.db.prepared import rows
from core.queue.models import Lease, Submission

HELD_COLUMNS: LiteralString = """
  lease.id, lease.slot_id, lease.epoch, lease.state, lease.expires_at, task.id, task.project_id, task.kind,
  task.state, task.post_id, task.comparison_id, task.release_id, coalesce(slot.clause_keys, task.clause_keys),
  task.source, task.context, task.clause_keys
"""
"""What `held_task` reads, from ``queue_lease AS lease``, ``queue_slot AS slot`` and ``queue_task AS task``."""
_COLUMNS = 16

_DRAFTS = """
SELECT task_id, document, version FROM queue_draft
WHERE person_id = %(person)s AND task_id = ANY(%(tasks)s::uuid[])
"""
POSTS_AHEAD: LiteralString = """
IN (SELECT task.post_id FROM queue_lease AS lease JOIN queue_task AS task ON task.id = lease.task_id
    WHERE lease.person_id = %(person)s AND lease.state = 'held' AND lease.expires_at > statement_timestamp()
      AND task.project_id = %(project)s AND task.kind = %(kind)s AND lease.id <> ALL(%(holding)s::uuid[]))
"""
"""Of a post: that the person holds it and the page does not know of it yet."""
POST_OF_LEASE: LiteralString = """
= (SELECT task.post_id FROM queue_lease AS lease JOIN queue_task AS task ON task.id = lease.task_id
   WHERE lease.id = %(lease)s AND lease.person_id = %(person)s)
"""
"""Of a post: that one lease of the person's is for it."""


class HeldTask(NamedTuple):
    """A lease with the task it is for; ``clause_keys`` are asked of this person, ``task_clause_keys`` of all."""

    lease_id: uuid.UUID
    slot_id: uuid.UUID
    epoch: int
    state: str
    expires_at: datetime
    task_id: uuid.UUID
    project_id: uuid.UUID
    kind: str
    task_state: str
    post_id: uuid.UUID | None
    comparison_id: uuid.UUID | None
    release_id: uuid.UUID
    clause_keys: tuple[str, ...]
    source: str
    context: dict[str, Any]
    task_clause_keys: tuple[str, ...]


def held_task(found: Sequence[Any]) -> HeldTask:
    """Return the hold in a row that begins with `HELD_COLUMNS`."""
    values = list(found[:_COLUMNS])
    values[12], values[15] = tuple(values[12]), tuple(values[15])
    return HeldTask._make(values)


def held_of(lease: Lease) -> HeldTask:
    """Return a lease that was read with its task."""
    task = lease.task
    return HeldTask(
        lease_id=lease.pk,
        slot_id=lease.slot_id,
        epoch=lease.epoch,
        state=lease.state,
        expires_at=lease.expires_at,
        task_id=task.pk,
        project_id=task.project_id,
        kind=task.kind,
        task_state=task.state,
        post_id=task.post_id,
        comparison_id=task.comparison_id,
        release_id=task.release_id,
        clause_keys=tuple(asked_of(lease)),
        source=task.source,
        context=task.context,
        task_clause_keys=tuple(task.clause_keys),
    )


def asked_of(lease: Lease) -> list[str]:
    """Return the clauses that the person of this lease is asked: those of its slot, else all of its task."""
    own = lease.slot.clause_keys
    return lease.task.clause_keys if own is None else own


def asked_in(submission: Submission) -> list[str]:
    """Return the clauses that this answer was asked for; all of its task's when it came too late for a slot."""
    own = None if submission.slot is None else submission.slot.clause_keys
    return submission.task.clause_keys if own is None else own


def drafts_of(actor: Actor, task_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, dict[str, Any]]:
    """Return, by task, what the actor has so far: the document and its version."""
    found = rows(_DRAFTS, {"person": actor.user.pk, "tasks": list(task_ids)})
    return {task_id: draft_document(document, version) for task_id, document, version in found}


def draft_document(document: dict[str, Any], version: int) -> dict[str, Any]:
    """Return a draft as its page gets it."""
    return {"document": document, "version": version}
