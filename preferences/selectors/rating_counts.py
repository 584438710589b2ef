"""Who won how often against whom, aggregated by the database: by pair, side shown first, length and comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import log2
from typing import Any, Literal
from uuid import UUID

from django.db import connection

from preferences.domain.paircounts import ComparisonKind, PairCounts, pair_counts_of_comparisons
from preferences.models import Comparison

Over = Literal["month", "release"]

LENGTH = "length"
"""The covariate of ratings: by how many doublings the first response is longer."""

# Four times as long is as much as twenty times: one empty response must not decide what a doubling is worth.
_MOST_DOUBLINGS = 2


@dataclass(frozen=True)
class RatingScope:
    """Which answers a rating is of: on one axis in one meaning, all of them or some.

    ``language`` is the prompt's ("" is one that names none). ``cited`` leaves only comparisons of which somebody said
    that a response breaks this clause; ``month`` (``2026-11``, UTC) and ``under``, a release, only answers given then.
    ``over`` asks for a rating of every month or release besides.
    """

    clause_key: str
    meaning_revision: int
    language: str | None = None
    cited: str | None = None
    month: str | None = None
    under: UUID | None = None
    over: Over | None = None

    def key(self) -> str:
        """Return what tells this scope from every other."""
        parts = (self.language, self.cited, self.month, self.under, self.over)
        return "|".join([self.clause_key, str(self.meaning_revision), *(_said(part) for part in parts)])

    def params(self, project_id: UUID) -> dict[str, Any]:
        """Return what the statements of this module ask for."""
        since, until = (None, None) if self.month is None else month_bounds(self.month)
        return {
            "project": project_id,
            "clause": self.clause_key,
            "meaning": self.meaning_revision,
            "language": self.language,
            "cited": self.cited,
            "since": since,
            "until": until,
            "under": self.under,
        }


def rating_scope(kept: Mapping[str, Any]) -> RatingScope:
    """Return the scope that a job kept as JSON."""
    under = kept.get("under")
    return RatingScope(**{**kept, "under": UUID(under) if under else None})


def _said(part: object) -> str:
    return "" if part is None else f"={part}"


def month_bounds(month: str) -> tuple[datetime, datetime]:
    """Return the first moment of a month (``2026-11``) and of the next, UTC.

    Raises
    ------
    ValueError
        When it is no month.
    """
    since = datetime.strptime(month, "%Y-%m").replace(tzinfo=UTC)
    year, after = (since.year + 1, 1) if since.month == 12 else (since.year, since.month + 1)
    return since, since.replace(year=year, month=after)


ANSWERS = """
FROM preferences_axis_answer answer
JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
JOIN queue_submission submission ON submission.id = judgment.submission_id AND submission.slot_id IS NOT NULL
JOIN preferences_comparison comparison ON comparison.id = judgment.comparison_id
JOIN preferences_prompt prompt ON prompt.id = comparison.prompt_id
JOIN preferences_response a ON a.id = comparison.response_a_id
JOIN preferences_response b ON b.id = comparison.response_b_id
WHERE judgment.project_id = %(project)s AND judgment.asked = 'work'
  AND answer.clause_key = %(clause)s AND answer.meaning_revision = %(meaning)s
  AND a.source_model <> '' AND b.source_model <> '' AND a.source_model <> b.source_model
  AND NOT EXISTS (
    SELECT 1 FROM queue_submission later
    WHERE later.supersedes_id = submission.id AND later.supersedes_id IS NOT NULL)
"""

SCOPED = f"""{ANSWERS}
  AND (%(language)s::text IS NULL OR prompt.language = %(language)s)
  AND (%(since)s::timestamptz IS NULL OR judgment.created_at >= %(since)s)
  AND (%(until)s::timestamptz IS NULL OR judgment.created_at < %(until)s)
  AND (%(under)s::uuid IS NULL OR judgment.release_id = %(under)s)
  AND (%(cited)s::text IS NULL OR comparison.id IN (
    SELECT said.comparison_id
    FROM preferences_clause_citation citation
    JOIN preferences_response_assessment assessment ON assessment.id = citation.assessment_id
    JOIN preferences_judgment said ON said.id = assessment.judgment_id
    JOIN queue_submission told ON told.id = said.submission_id AND told.slot_id IS NOT NULL
    WHERE said.project_id = %(project)s AND said.asked = 'work' AND citation.clause_key = %(cited)s
      AND NOT EXISTS (
        SELECT 1 FROM queue_submission later
        WHERE later.supersedes_id = told.id AND later.supersedes_id IS NOT NULL)))
"""  # noqa: S608 - made of constants

# A model that judges is heard only where no person judged: as for decisions.
_PEOPLE_FIRST = """
  AND NOT (judgment.person_id IN (SELECT id FROM accounts_user WHERE is_simulated) AND EXISTS (
    SELECT 1 FROM preferences_judgment theirs
    JOIN accounts_user human ON human.id = theirs.person_id AND NOT human.is_simulated
    WHERE theirs.comparison_id = judgment.comparison_id AND theirs.asked = 'work'))
"""

# Whole doublings: more bins would leave more rows to fit than there are pairs. What is no text has no length.
DOUBLINGS = f"""CASE WHEN a.material_id IS NOT NULL OR b.material_id IS NOT NULL THEN 0 ELSE
  greatest(-{_MOST_DOUBLINGS}, least({_MOST_DOUBLINGS},
    round(ln((length(a.text) + 1)::float8 / (length(b.text) + 1)) / ln(2::float8)))) END"""


def doublings_of(comparison: Comparison) -> int:
    """Return by how many doublings A is longer than B, as `DOUBLINGS` has it."""
    a, b = comparison.response_a, comparison.response_b
    if a.material_id is not None or b.material_id is not None:
        return 0
    doublings = round(log2((len(a.text) + 1) / (len(b.text) + 1)))
    return max(-_MOST_DOUBLINGS, min(_MOST_DOUBLINGS, doublings))


_PERIODS = {
    None: "''",
    "month": "to_char(judgment.created_at AT TIME ZONE 'UTC', 'YYYY-MM')",
    "release": "judgment.release_id::text",
}


def _counts_statement(over: Over | None) -> str:
    """Both good and both unacceptable say that neither is better; for a rating that is a tie.

    What follows from one answer about a slate is weighed, and keeps the name of its slate.
    """
    sums = ",\n         ".join(
        f"coalesce(sum(weight) FILTER (WHERE {stood} AND value {sign} 0), 0) AS {name}"
        for stood, suffix in (("stood_first", ""), ("NOT stood_first", "_second"))
        for sign, name in (("<", f"won{suffix}"), (">", f"lost{suffix}"), ("=", f"tied{suffix}"))
    )
    return f"""
SELECT period, one, other, doublings, won, lost, tied, won_second, lost_second, tied_second, count(*), slate
FROM (
  SELECT period, comparison_id, slate, one, other, doublings,
         {sums}
  FROM (
    SELECT {_PERIODS[over]} AS period, comparison.id AS comparison_id, comparison.slate_id::text AS slate,
           least(a.source_model, b.source_model) AS one, greatest(a.source_model, b.source_model) AS other,
           CASE WHEN a.source_model < b.source_model THEN 1 ELSE -1 END * {DOUBLINGS} AS doublings,
           CASE WHEN a.source_model < b.source_model THEN 1 ELSE -1 END * answer.value AS value, answer.weight,
           judgment.swapped <> (a.source_model < b.source_model) AS stood_first
    {SCOPED} {_PEOPLE_FIRST}
  ) AS said
  GROUP BY period, comparison_id, slate, one, other, doublings
) AS kinds
GROUP BY period, one, other, doublings, won, lost, tied, won_second, lost_second, tied_second, slate
ORDER BY period, one, other, doublings, won, lost, tied, won_second, lost_second, tied_second, slate
"""  # noqa: S608 - made of constants


@dataclass(frozen=True)
class NamedCounts:
    """Counts with the models' names in their order, and the names of their covariates."""

    counts: PairCounts
    names: list[str]
    covariates: list[str]


def pair_counts(project_id: UUID, *, scope: RatingScope) -> NamedCounts:
    """Return the aggregated results between models; the answers about one comparison are a cluster."""
    return _named(_rows(project_id, scope=scope, over=None))


def pair_counts_over(project_id: UUID, *, scope: RatingScope, over: Over) -> dict[str, NamedCounts]:
    """Return the same for every month (``2026-11``) or release (its id) apart, in that order."""
    periods: dict[str, list[Sequence[Any]]] = {}
    for row in _rows(project_id, scope=scope, over=over):
        periods.setdefault(row[0], []).append(row)
    return {period: _named(rows) for period, rows in periods.items()}


def _rows(project_id: UUID, *, scope: RatingScope, over: Over | None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_counts_statement(over), scope.params(project_id))
        return list(cursor.fetchall())


def _named(rows: Sequence[Sequence[Any]]) -> NamedCounts:
    names = sorted({name for row in rows for name in row[1:3]})
    place = {name: index for index, name in enumerate(names)}
    # Where all are as long as each other nothing can be said of length.
    measured = any(row[3] for row in rows)
    counts = pair_counts_of_comparisons(
        (
            ComparisonKind(
                place[row[1]], place[row[2]], [float(row[3])] if measured else [], row[4:10], row[10], row[11]
            )
            for row in rows
        ),
        items=len(names),
        covariates=int(measured),
    )
    return NamedCounts(counts, names, [LENGTH] if measured else [])


_FACTS = f"""
SELECT count(*) FILTER (WHERE comparison.slate_id IS NULL)
         + count(DISTINCT judgment.submission_id) FILTER (WHERE comparison.slate_id IS NOT NULL),
       count(DISTINCT judgment.comparison_id), count(DISTINCT judgment.person_id), max(judgment.created_at)
{SCOPED} {_PEOPLE_FIRST}
"""


@dataclass(frozen=True)
class RatedAnswers:
    """What a rating rests on; ``newest_at`` is when the last of the answers came, null when there are none."""

    answers: int
    comparisons: int
    people: int
    newest_at: datetime | None


def answers_rated(project_id: UUID, *, scope: RatingScope) -> RatedAnswers:
    """Return how many answers the scope holds, and of whom."""
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, scope.params(project_id))
        return RatedAnswers(*cursor.fetchone())


_CHOICES = f"""
SELECT 'month' AS what, to_char(judgment.created_at AT TIME ZONE 'UTC', 'YYYY-MM') AS value, count(*)
{ANSWERS} GROUP BY 2
UNION ALL
SELECT 'release', judgment.release_id::text AS value, count(*) {ANSWERS} GROUP BY 2
UNION ALL
SELECT 'language', prompt.language AS value, count(*) {ANSWERS} GROUP BY 2
UNION ALL
SELECT 'cited', citation.clause_key AS value, count(DISTINCT said.comparison_id)
FROM preferences_clause_citation citation
JOIN preferences_response_assessment assessment ON assessment.id = citation.assessment_id
JOIN preferences_judgment said ON said.id = assessment.judgment_id
WHERE said.project_id = %(project)s AND said.asked = 'work' GROUP BY 2
ORDER BY what, value
"""  # noqa: S608 - made of constants


def rating_choices(project_id: UUID, *, scope: RatingScope) -> dict[str, list[dict[str, Any]]]:
    """Return by what the axis's answers can be narrowed down, with how many there are of each.

    By ``language``, ``month`` and ``release`` in answers, by ``cited`` clause in comparisons.
    """
    found: dict[str, list[dict[str, Any]]] = {"language": [], "cited": [], "month": [], "release": []}
    with connection.cursor() as cursor:
        cursor.execute(_CHOICES, scope.params(project_id))
        for what, value, count in cursor.fetchall():
            found[what].append({"value": value, "count": count})
    return found


def answers_at_most(project_id: UUID, *, scope: RatingScope, most: int) -> bool:
    """Return whether the axis has at most so many answers, whichever of them the scope asks for."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT 1 {ANSWERS} LIMIT %(most)s + 1) AS counted",  # noqa: S608 - made of constants
            {**scope.params(project_id), "most": most},
        )
        return bool(cursor.fetchone()[0] <= most)
