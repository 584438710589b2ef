"""What asking comparisons again has found: decisions under new meanings beside those under the old ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from core.db.planned import planned_rows
from policies.services import RENEWED_COUNTED, STOPPED, Renewed, StoppedMeaning, asked_again
from preferences.selectors.affected import stale_values

# `none` says that nothing had a majority: no decision. Of a clause that responses were held to break it is told which
# of the two are: "a", "ab", or nothing where people found both acceptable, or breaking other clauses.
_CITING: LiteralString = """
  FROM preferences_judgment AS judgment
  JOIN queue_submission AS given ON given.id = judgment.submission_id AND given.slot_id IS NOT NULL
  JOIN preferences_response_assessment AS own ON own.judgment_id = judgment.id AND own.acceptable IS NOT NULL
  LEFT JOIN preferences_clause_citation AS cited ON cited.assessment_id = own.id
    AND cited.clause_key = stopped.clause_key
  WHERE judgment.comparison_id = task.comparison_id AND judgment.asked = 'work'
    AND NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id)
"""
_RENEWED = f"""
WITH pairs AS (
  SELECT task.comparison_id AS item, stopped.clause_key, prompt.language, coalesce(old.outcome, cited.sides) AS before,
    CASE WHEN cited.sides IS NULL THEN fresh.outcome ELSE again.sides END AS after
  FROM queue_task AS task
  JOIN preferences_comparison AS comparison ON comparison.id = task.comparison_id
  JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
  JOIN {STOPPED} ON stopped.clause_key = ANY(task.clause_keys)
  LEFT JOIN LATERAL (
    SELECT nullif(outcome, 'none') AS outcome FROM preferences_comparison_decision
    WHERE comparison_id = task.comparison_id AND clause_key = stopped.clause_key
      AND meaning_revision = stopped.before ORDER BY id DESC LIMIT 1
  ) AS old ON true
  LEFT JOIN LATERAL (
    SELECT nullif(outcome, 'none') AS outcome FROM preferences_comparison_decision
    WHERE comparison_id = task.comparison_id AND clause_key = stopped.clause_key
      AND meaning_revision = stopped.after ORDER BY id DESC LIMIT 1
  ) AS fresh ON true
  LEFT JOIN LATERAL (
    SELECT string_agg(DISTINCT own.side, '' ORDER BY own.side) AS sides {_CITING}
      AND cited.meaning_revision = stopped.before
  ) AS cited ON true
  LEFT JOIN LATERAL (
    SELECT CASE WHEN count(*) > 0 THEN coalesce(
      string_agg(DISTINCT own.side, '' ORDER BY own.side) FILTER (WHERE cited.meaning_revision = stopped.after), ''
    ) END AS sides {_CITING}
      AND judgment.release_id IN (
        SELECT meant.release_id FROM unnest(%(means)s::text[], %(mean_in)s::uuid[]) AS meant(clause_key, release_id)
        WHERE meant.clause_key = stopped.clause_key)
  ) AS again ON true
  WHERE task.source = 'campaign' AND task.source_id = %(campaign)s AND task.project_id = %(project)s
    AND task.kind = 'compare' AND task.state <> 'withdrawn'
{RENEWED_COUNTED}"""  # noqa: S608 - texts of ours


def comparisons_renewed(
    project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
) -> list[Renewed]:
    """Count, by clause and language, how many comparisons a campaign has decided anew and how many turned."""
    values = stale_values(project_id, asked_again(stopped)) | {"campaign": campaign_id}
    return [Renewed(*row) for row in planned_rows(_RENEWED, values)]
