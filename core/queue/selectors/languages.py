"""Whether a person is to say which languages they read before they are handed anything."""

from __future__ import annotations

from core.accounts.selectors import Actor, Project
from core.db.prepared import rows

# The index queue_slot_next is asked once a ward, as the claim does it.
_WAITING = """
WITH RECURSIVE there AS (
  SELECT (SELECT min(s.ward_id) FROM queue_slot s
    WHERE s.project_id = %(project)s AND s.kind = %(kind)s AND s.state = 'open') AS id
  WHERE NOT EXISTS (
      SELECT 1 FROM queue_personlimit AS own WHERE own.person_id = %(person)s AND own.languages IS NOT NULL)
    AND NOT EXISTS (
      SELECT 1 FROM queue_lease AS lease JOIN queue_task AS task ON task.id = lease.task_id
      WHERE lease.person_id = %(person)s AND lease.state = 'held' AND lease.expires_at > statement_timestamp()
        AND task.project_id = %(project)s AND task.kind = %(kind)s)
  UNION ALL
  SELECT (SELECT min(s.ward_id) FROM queue_slot s
    WHERE s.project_id = %(project)s AND s.kind = %(kind)s AND s.state = 'open' AND s.ward_id > there.id)
  FROM there WHERE there.id IS NOT NULL
)
SELECT DISTINCT ward.language FROM there JOIN queue_ward AS ward ON ward.id = there.id
WHERE ward.language <> '' ORDER BY ward.language
"""


def languages_to_ask(actor: Actor, project: Project, *, kind: str) -> list[str]:
    """Return the languages of what waits, by tag, where the actor has not said what they read and there are several.

    Regions of one language are one. Whoever holds something goes on with it first; nobody simulated is asked.
    """
    if actor.user.is_simulated:
        return []
    values = {"person": actor.user.pk, "project": project.pk, "kind": kind}
    tags = [tag for (tag,) in rows(_WAITING, values)]
    return tags if len({tag.partition("-")[0] for tag in tags}) > 1 else []
