"""What is shut to a person now, by the database's clock."""

from __future__ import annotations

import uuid
from typing import Any

from core.accounts.selectors import Actor, Project
from core.db.prepared import row
from core.queue.domain.closing import Closed, closed_of
from core.queue.errors import WorkClosedError
from core.queue.selectors.wards import CLOSED, LIMITS

_NOWHERE = uuid.UUID(int=0)

_BREAK = f"""
WITH limits AS ({LIMITS})
SELECT CASE WHEN last_work_at + break_length > statement_timestamp() THEN break_at END,
  extract(epoch FROM break_length)::integer
FROM limits
"""  # noqa: S608 - names of ours


def work_closed(actor: Actor, project: Project | None) -> Closed | None:
    """Return what shuts all work to the actor in the project (or, without one, in all of them), if anything does."""
    found = row(CLOSED, _values(actor, project))
    return None if found is None else closed_of(found)


def work_must_be_open(actor: Actor, project: Project | None) -> None:
    """Raise ``WorkClosedError`` while all work is shut to the actor."""
    closed = work_closed(actor, project)
    if closed is not None:
        raise WorkClosedError(**closed.document())


def break_standing(actor: Actor, project: Project | None = None) -> dict[str, Any]:
    """Return when the actor's next break is due and how long it is; nothing is due while they are not at work."""
    found = row(_BREAK, _values(actor, project))
    assert found is not None
    return {"due_at": found[0], "length_seconds": found[1]}


def _values(actor: Actor, project: Project | None) -> dict[str, Any]:
    return {
        "person": actor.user.pk,
        "project": _NOWHERE if project is None else project.pk,
        "is_person": not actor.user.is_simulated,
    }
