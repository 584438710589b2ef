"""What judges said beside what people say, aggregated by the database.

People's answer to a comparison is a reviewer's decision, or what more than half of the people said; models that answer
as members are judges too, and never people here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection

from preferences.domain.judge_figures import Pattern
from preferences.domain.judging import Share, share_of
from preferences.domain.routing import Doubt
from preferences.selectors.rating_counts import RatingScope

_OUTCOME = "CASE WHEN {0}.choice <> 'prefer' THEN {0}.choice WHEN {0}.value < 0 THEN 'a' ELSE 'b' END"

PEOPLE = f"""
said AS (
  SELECT DISTINCT ON (judgment.comparison_id, judgment.person_id, judgment.swapped, person.is_simulated)
         judgment.comparison_id, judgment.person_id, judgment.swapped, person.is_simulated, judgment.asked,
         answer.value, {_OUTCOME.format("answer")} AS outcome, judgment.created_at
  FROM preferences_axis_answer answer
  JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
  JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
  JOIN accounts_user person ON person.id = judgment.person_id
  WHERE judgment.project_id = %(project)s AND answer.weight = 1
    AND answer.clause_key = %(clause)s AND answer.meaning_revision = %(meaning)s
    AND (judgment.asked = 'work' OR judgment.asked = 'again' AND person.is_simulated)
    AND NOT EXISTS (
      SELECT 1 FROM queue_submission later
      WHERE later.supersedes_id = submission.id AND later.supersedes_id IS NOT NULL)
  ORDER BY judgment.comparison_id, judgment.person_id, judgment.swapped, person.is_simulated, judgment.id DESC
),
counted AS (
  SELECT comparison_id, outcome, count(*) AS votes, sum(count(*)) OVER (PARTITION BY comparison_id) AS everybody
  FROM said WHERE NOT is_simulated GROUP BY 1, 2
),
ruled AS (
  SELECT comparison_id, outcome FROM (
    SELECT DISTINCT ON (comparison_id) comparison_id, outcome, method FROM preferences_comparison_decision
    WHERE project_id = %(project)s AND clause_key = %(clause)s AND meaning_revision = %(meaning)s
    ORDER BY comparison_id, id DESC) AS standing
  WHERE method = 'adjudicated'
),
people AS (
  SELECT comparison_id, coalesce(ruled.outcome, most.outcome) AS outcome
  FROM (SELECT comparison_id, outcome FROM counted WHERE 2 * votes > everybody) AS most
  FULL JOIN ruled USING (comparison_id)
)"""  # noqa: S608 - made of constants

# A judge is a run, or a member that is a model; ``who`` names it, ``strongest`` is its strongest preference there.
JUDGED = f"""
judged AS (
  SELECT item.run_id AS who, item.comparison_id,
         max(CASE WHEN call.choice IS NULL THEN '' ELSE {_OUTCOME.format("call")} END)
           FILTER (WHERE NOT call.swapped AND call.outcome <> 'failed') AS plain,
         max(CASE WHEN call.choice IS NULL THEN '' ELSE {_OUTCOME.format("call")} END)
           FILTER (WHERE call.swapped AND call.outcome <> 'failed') AS turned,
         max(abs(call.value)) FILTER (WHERE call.choice = 'prefer') AS strongest
  FROM preferences_judge_call call
  JOIN preferences_judge_item item ON item.id = call.item_id
  JOIN preferences_judge_run run ON run.id = item.run_id
  WHERE run.project_id = %(project)s AND call.clause_key = %(clause)s AND call.meaning_revision = %(meaning)s
  GROUP BY 1, 2
  UNION ALL
  SELECT person_id, comparison_id, max(outcome) FILTER (WHERE NOT swapped), max(outcome) FILTER (WHERE swapped),
         max(abs(value)) FILTER (WHERE outcome IN ('a', 'b'))
  FROM said WHERE is_simulated GROUP BY 1, 2
),
answered AS (
  SELECT who, comparison_id, plain, turned, strongest,
         CASE WHEN plain = turned THEN plain WHEN nullif(plain, '') IS NULL THEN coalesce(nullif(turned, ''), '')
              WHEN nullif(turned, '') IS NULL THEN plain ELSE '' END AS outcome
  FROM judged WHERE plain IS NOT NULL OR turned IS NOT NULL
)"""  # noqa: S608 - made of constants

_PATTERNS = f"""
WITH {PEOPLE}, {JUDGED}
SELECT answered.who, people.outcome, answered.plain, answered.turned, count(*)
FROM answered LEFT JOIN people ON people.comparison_id = answered.comparison_id
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""  # noqa: S608 - made of constants

_CHANGES = f"""
WITH {PEOPLE}, {JUDGED},
followed AS (SELECT unnest(%(after)s::uuid[]) AS after, unnest(%(before)s::uuid[]) AS before)
SELECT followed.after, count(*), count(*) FILTER (WHERE now.outcome <> earlier.outcome),
       count(*) FILTER (WHERE now.outcome <> earlier.outcome AND now.outcome = people.outcome),
       count(*) FILTER (WHERE now.outcome <> earlier.outcome AND earlier.outcome = people.outcome)
FROM followed
JOIN answered now ON now.who = followed.after
JOIN answered earlier ON earlier.who = followed.before AND earlier.comparison_id = now.comparison_id
LEFT JOIN people ON people.comparison_id = now.comparison_id
GROUP BY 1
"""  # noqa: S608 - made of constants

_MEMBERS = f"""
WITH {PEOPLE}
SELECT said.person_id, count(*), min(said.created_at), max(said.created_at) FROM said WHERE is_simulated
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - made of constants

# What is known of a comparison already would tell who is measured by it; what is hidden is shown to nobody.
_DOUBTED = f"""
WITH {PEOPLE}, {JUDGED},
newest AS (SELECT * FROM answered WHERE who = ANY(%(newest)s)),
doubted AS (
  SELECT comparison_id, 'unsure' AS doubt FROM newest
  WHERE plain IS NOT DISTINCT FROM '' OR turned IS NOT DISTINCT FROM ''
     OR outcome IN ('a', 'b') AND strongest = 1
  UNION SELECT comparison_id, 'inconsistent' FROM newest
  WHERE plain <> '' AND turned <> '' AND plain <> turned
  UNION SELECT newest.comparison_id, 'against_people' FROM newest
  JOIN people ON people.comparison_id = newest.comparison_id
    AND newest.outcome <> '' AND people.outcome NOT IN ('none', newest.outcome)
  UNION SELECT one.comparison_id, 'against_judge' FROM newest one
  JOIN newest other ON other.comparison_id = one.comparison_id AND other.who > one.who
    AND one.outcome <> '' AND other.outcome <> '' AND one.outcome <> other.outcome
)
SELECT doubted.comparison_id, array_agg(doubted.doubt ORDER BY doubted.doubt)
FROM doubted
JOIN preferences_comparison comparison ON comparison.id = doubted.comparison_id AND comparison.slate_id IS NULL
JOIN preferences_prompt prompt ON prompt.id = comparison.prompt_id
WHERE doubted.doubt = ANY(%(doubts)s)
  AND NOT EXISTS (SELECT 1 FROM content_post post WHERE post.id = prompt.post_id AND post.is_hidden)
  AND NOT EXISTS (SELECT 1 FROM preferences_goldpair gold
                  WHERE gold.comparison_id = comparison.id AND gold.retired_at IS NULL)
GROUP BY 1 ORDER BY count(*) DESC, 1
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class Changes:
    """What changed from the judge's run before, over comparisons in both: how many answers, and of them how many came
    to people's answer (``better``) or went from it (``worse``).
    """

    changed: Share
    better: int
    worse: int


def judge_patterns(project_id: UUID, *, scope: RatingScope) -> dict[UUID, list[Pattern]]:
    """Return, by run or by member that is a model, what was said beside what people say."""
    found: dict[UUID, list[Pattern]] = {}
    for who, people, plain, turned, count in _fetched(_PATTERNS, scope.params(project_id)):
        known = None if people == "none" else people
        found.setdefault(who, []).append(Pattern(known, plain, turned, count))
    return found


def judge_changes(
    project_id: UUID, *, scope: RatingScope, before_of: Mapping[UUID, UUID]
) -> dict[UUID, Changes]:
    """Return what changed in each run against the one before it (``before_of``: run → earlier run)."""
    if not before_of:
        return {}
    params = {
        **scope.params(project_id),
        "after": list(before_of),
        "before": list(before_of.values()),
    }
    return {
        after: Changes(share_of(changed, both), better, worse)
        for after, both, changed, better, worse in _fetched(_CHANGES, params)
    }


def members_judging(project_id: UUID, *, scope: RatingScope) -> list[tuple[UUID, int, Any, Any]]:
    """Return the members that are models: (person, answers, first, last answer)."""
    return [tuple(row) for row in _fetched(_MEMBERS, scope.params(project_id))]


def comparisons_doubted(
    project_id: UUID, *, scope: RatingScope, newest: Sequence[UUID], doubts: Sequence[Doubt]
) -> list[tuple[UUID, list[str]]]:
    """Return the comparisons on which these runs and members leave doubts of these kinds, the most doubtful first.

    Comparisons whose answer is known are left out, and those about hidden posts.
    """
    params = {
        **scope.params(project_id),
        "newest": list(newest),
        "doubts": [str(doubt) for doubt in doubts],
    }
    return [(comparison, list(kinds)) for comparison, kinds in _fetched(_DOUBTED, params)]


def _fetched(statement: str, params: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
