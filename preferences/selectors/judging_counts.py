"""What people said, aggregated by the database person by person, for measuring how they judge."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection

from preferences.domain.crowd import PersonCounts
from preferences.domain.paircounts import pair_counts_of
from preferences.selectors.rating_counts import DOUBLINGS, SCOPED, RatingScope

_VOTES = f"""
SELECT person_id, first, second, doublings, coalesce(sum(weight) FILTER (WHERE shown < 0), 0),
       coalesce(sum(weight) FILTER (WHERE shown > 0), 0), coalesce(sum(weight) FILTER (WHERE shown = 0), 0)
FROM (
  SELECT judgment.person_id, answer.weight,
         CASE WHEN judgment.swapped THEN b.source_model ELSE a.source_model END AS first,
         CASE WHEN judgment.swapped THEN a.source_model ELSE b.source_model END AS second,
         CASE WHEN judgment.swapped THEN -1 ELSE 1 END * {DOUBLINGS} AS doublings,
         CASE WHEN judgment.swapped THEN -answer.value ELSE answer.value END AS shown
  {SCOPED}
) AS shown_pairs
GROUP BY person_id, first, second, doublings
ORDER BY person_id, first, second, doublings
"""  # noqa: S608 - made of constants

_OUTCOME = "CASE WHEN {0}.choice <> 'prefer' THEN {0}.choice WHEN {0}.value < 0 THEN 'a' ELSE 'b' END"

_FROM = """
FROM preferences_axis_answer answer
JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
"""

# Shares are of what people said one by one: pairs that follow from one answer about a slate are not so many answers.
_WHERE = """
WHERE judgment.project_id = %(project)s AND answer.weight = 1
  AND answer.clause_key = %(clause)s AND answer.meaning_revision = %(meaning)s
  AND NOT EXISTS (
    SELECT 1 FROM queue_submission later
    WHERE later.supersedes_id = submission.id AND later.supersedes_id IS NOT NULL)
"""

_TOGETHER = f"""
WITH said AS (
  SELECT DISTINCT ON (judgment.comparison_id, judgment.person_id)
         judgment.comparison_id, judgment.person_id, {_OUTCOME.format("answer")} AS outcome
  {_FROM} {_WHERE} AND judgment.asked = 'work'
  ORDER BY judgment.comparison_id, judgment.person_id, judgment.id DESC
)
SELECT one.person_id, other.person_id, one.outcome, other.outcome, count(*)
FROM said one JOIN said other ON other.comparison_id = one.comparison_id AND other.person_id > one.person_id
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""  # noqa: S608 - made of constants

_AGAIN = f"""
SELECT judgment.person_id, {_OUTCOME.format("before")} AS earlier, {_OUTCOME.format("answer")} AS later, count(*)
{_FROM}
JOIN LATERAL (
  SELECT given.choice, given.value
  FROM preferences_judgment earlier
  JOIN preferences_axis_answer given ON given.judgment_id = earlier.id
    AND given.clause_key = answer.clause_key AND given.meaning_revision = answer.meaning_revision
  WHERE earlier.comparison_id = judgment.comparison_id AND earlier.person_id = judgment.person_id
    AND earlier.asked = 'work' AND earlier.id < judgment.id
  ORDER BY earlier.id DESC LIMIT 1) AS before ON true
{_WHERE} AND judgment.asked = 'again'
GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608 - made of constants

# Of people who are not models: what more than half of the others said, one's own answer aside.
_OTHERS = f"""
WITH said AS (
  SELECT DISTINCT ON (judgment.comparison_id, judgment.person_id)
         judgment.comparison_id, judgment.person_id, {_OUTCOME.format("answer")} AS outcome,
         (NOT person.is_simulated)::int AS counts
  {_FROM} JOIN accounts_user person ON person.id = judgment.person_id
  {_WHERE} AND judgment.asked = 'work'
  ORDER BY judgment.comparison_id, judgment.person_id, judgment.id DESC
),
tally AS (SELECT comparison_id, outcome, sum(counts) AS votes FROM said GROUP BY 1, 2),
total AS (SELECT comparison_id, sum(counts) AS votes FROM said GROUP BY 1)
SELECT said.person_id, count(*), count(*) FILTER (WHERE tally.outcome = said.outcome)
FROM said
JOIN total ON total.comparison_id = said.comparison_id
JOIN tally ON tally.comparison_id = said.comparison_id
  AND 2 * (tally.votes - said.counts * (tally.outcome = said.outcome)::int) > total.votes - said.counts
GROUP BY 1 ORDER BY 1
"""  # noqa: S608 - made of constants

_KNOWN = """
SELECT result.person_id, count(*), count(*) FILTER (WHERE result.passed)
FROM preferences_goldpairresult result
WHERE result.project_id = %(project)s AND result.clause_key = %(clause)s AND result.meaning_revision = %(meaning)s
  AND NOT EXISTS (
    SELECT 1 FROM queue_submission later
    WHERE later.supersedes_id = result.submission_id AND later.supersedes_id IS NOT NULL)
GROUP BY 1 ORDER BY 1
"""

_DECIDED = """
SELECT outcome, method, count(*) FROM (
  SELECT DISTINCT ON (comparison_id) outcome, method FROM preferences_comparison_decision
  WHERE project_id = %(project)s AND clause_key = %(clause)s AND meaning_revision = %(meaning)s
  ORDER BY comparison_id, id DESC) AS standing
GROUP BY 1, 2 ORDER BY 1, 2
"""

Together = dict[tuple[UUID, UUID], dict[tuple[str, str], int]]
Again = dict[UUID, list[tuple[str, str, int]]]


@dataclass(frozen=True)
class PeopleCounts:
    """Votes with the people in their order; ``has_length`` where responses differ in length."""

    votes: PersonCounts
    people: list[UUID]
    has_length: bool


def people_counts(project_id: UUID, *, scope: RatingScope) -> PeopleCounts:
    """Return how often each person preferred which model, by the side and length it was shown with."""
    rows = _fetched(_VOTES, scope.params(project_id))
    models = sorted({name for row in rows for name in row[1:3]})
    people = sorted({row[0] for row in rows})
    place = {name: index for index, name in enumerate(models)}
    number = {person: index for index, person in enumerate(people)}
    has_length = any(row[3] for row in rows)
    counts = pair_counts_of(
        ((place[row[1]], place[row[2]], float(row[4]), float(row[5]), float(row[6])) for row in rows),
        items=len(models),
    )
    if has_length:
        counts = replace(counts, covariates=np.array([[float(row[3])] for row in rows]))
    persons = np.array([number[row[0]] for row in rows], dtype=np.int64)
    return PeopleCounts(PersonCounts(counts, persons, len(people)), people, has_length)


def answers_together(project_id: UUID, *, scope: RatingScope) -> Together:
    """Return, by two people, how often one said this and the other that about the same comparison."""
    found: Together = defaultdict(dict)
    for one, other, mine, theirs, count in _fetched(_TOGETHER, scope.params(project_id)):
        found[one, other][mine, theirs] = count
    return dict(found)


def answers_again(project_id: UUID, *, scope: RatingScope) -> Again:
    """Return, by person, what they said of comparisons and said again with the sides swapped."""
    found: Again = defaultdict(list)
    for person, before, again, count in _fetched(_AGAIN, scope.params(project_id)):
        found[person].append((before, again, count))
    return dict(found)


def answers_known(project_id: UUID, *, scope: RatingScope) -> dict[UUID, tuple[int, int]]:
    """Return, by person, how many answers to pairs that are known they gave, and how many were right."""
    rows = _fetched(_KNOWN, scope.params(project_id))
    return {person: (answered, right) for person, answered, right in rows}


def answers_beside_others(project_id: UUID, *, scope: RatingScope) -> dict[UUID, tuple[int, int]]:
    """Return, by person, on how many comparisons most of the other people say one thing, and how often they do too."""
    rows = _fetched(_OTHERS, scope.params(project_id))
    return {person: (settled, same) for person, settled, same in rows}


def outcomes_decided(project_id: UUID, *, scope: RatingScope) -> list[tuple[str, str, int]]:
    """Return how many comparisons were decided how, as (outcome, method, count)."""
    return [
        (outcome, method, count) for outcome, method, count in _fetched(_DECIDED, scope.params(project_id))
    ]


def _fetched(statement: str, params: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())
