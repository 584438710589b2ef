"""What a person's answers led to, told to that person: sums so coarse that no single answer can be read out of them."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import date

from core.accounts.selectors import Actor, memberships_of
from core.db.prepared import rows
from core.queue.selectors import purposes_of

DAYS = 28
_STEP = 10

# Until midnight, and in tens: else somebody could answer one post, look here, and learn whether it was gold.
_LED_TO = """
SELECT task.project_id, count(DISTINCT task.post_id),
  count(DISTINCT task.post_id) FILTER (WHERE harm.severity >= 3)
FROM queue_submission AS answer
JOIN queue_task AS task ON task.id = answer.task_id
LEFT JOIN queue_harm AS harm ON harm.post_id = task.post_id
WHERE answer.person_id = %(person)s AND task.project_id = ANY(%(projects)s::uuid[])
  AND answer.created_at > date_trunc('day', now(), 'UTC') - make_interval(days => %(days)s)
  AND answer.created_at < date_trunc('day', now(), 'UTC')
  AND EXISTS (
    SELECT 1 FROM annotation_decision AS decision
    WHERE decision.post_id = task.post_id AND decision.project_id = task.project_id
      AND decision.answer IS NOT NULL AND answer.id = ANY(decision.submissions)
      AND decision.created_at < date_trunc('day', now(), 'UTC'))
GROUP BY 1
"""
_TODAY = "SELECT (now() AT TIME ZONE 'UTC')::date"


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of one project: what the work is for, and how many posts were decided with the person's answers.

    ``decided`` and ``severe`` are rounded down to tens; ``None`` for fewer than ten.
    """

    project_id: uuid.UUID
    name: str
    purpose: str
    decided: int | None
    severe: int | None


def outcomes_of(actor: Actor) -> tuple[date, list[Outcome]]:
    """Return the day up to which is counted, and what the actor's answers of four weeks led to, by project."""
    projects = {one.project_id: one.project.name for one in memberships_of(actor)}
    values = {"person": actor.user.pk, "projects": list(projects), "days": DAYS}
    found = {project_id: (decided, severe) for project_id, decided, severe in rows(_LED_TO, values)}
    purposes = purposes_of(projects)
    ((until,),) = rows(_TODAY, {})
    return until, [
        Outcome(project_id, name, purposes.get(project_id, ""), *map(_coarse, found.get(project_id, (0, 0))))
        for project_id, name in sorted(projects.items(), key=lambda one: one[1])
        if project_id in found or purposes.get(project_id)
    ]


def _coarse(number: int) -> int | None:
    return number // _STEP * _STEP or None
