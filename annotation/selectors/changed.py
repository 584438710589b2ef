"""What a re-labelling has found: decisions under new meanings beside those under the old ones."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from core.db.planned import planned_rows
from policies.services import RENEWED_COUNTED, STOPPED, Renewed, StoppedMeaning, asked_again, stopped_values

# One row for each clause that a task of the campaign asks of a post. A decision of a person or of several stands
# under one meaning until another does; undecided ones are none.
_RENEWED = f"""
WITH pairs AS (
  SELECT task.post_id AS item, stopped.clause_key, post.language, old.answer AS before, fresh.answer AS after
  FROM queue_task AS task
  JOIN content_post AS post ON post.id = task.post_id
  JOIN {STOPPED} ON stopped.clause_key = ANY(task.clause_keys)
  LEFT JOIN LATERAL (
    SELECT answer FROM annotation_decision WHERE project_id = %(project)s AND clause_key = stopped.clause_key
      AND meaning_revision = stopped.before AND post_id = task.post_id ORDER BY id DESC LIMIT 1
  ) AS old ON true
  LEFT JOIN LATERAL (
    SELECT answer FROM annotation_decision WHERE project_id = %(project)s AND clause_key = stopped.clause_key
      AND meaning_revision = stopped.after AND post_id = task.post_id ORDER BY id DESC LIMIT 1
  ) AS fresh ON true
  WHERE task.source = 'campaign' AND task.source_id = %(campaign)s AND task.project_id = %(project)s
    AND task.kind = 'label' AND task.state <> 'withdrawn'
{RENEWED_COUNTED}"""  # noqa: S608 - texts of ours


def labels_renewed(
    project_id: uuid.UUID, stopped: Sequence[StoppedMeaning], campaign_id: uuid.UUID
) -> list[Renewed]:
    """Count, by clause and language, how many posts a campaign has decided anew and how many answers changed."""
    values = stopped_values(project_id, asked_again(stopped)) | {"campaign": campaign_id}
    return [Renewed(*row) for row in planned_rows(_RENEWED, values)]
