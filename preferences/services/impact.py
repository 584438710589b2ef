"""What a change of an axis clause costs: judgments and decisions that cite the meaning that stops holding."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.db.models import Count

from core.db.planned import planned_rows
from core.db.tallies import amounts_counted
from policies.services import (
    AffectedItem,
    CitingRecord,
    ImpactCount,
    MeasuredTime,
    RecordsSought,
    Renewed,
    StoppedMeaning,
    asked_again,
)
from preferences.models import Tally
from preferences.selectors.affected import (
    comparisons_affected,
    comparisons_stale,
    comparisons_stale_count,
)
from preferences.selectors.changed import comparisons_renewed
from preferences.selectors.citing_records import records_citing
from preferences.selectors.gold import gold_answers_citing

# What is said and not settled yet is no part of the tally; either way it counts from the moment it was said.
_WAITING = """
SELECT * FROM preferences_submission_amounts(ARRAY(SELECT submission_id FROM preferences_unsettledjudgment))
"""

# Pairs that follow from several responses judged at once took no time of their own, and are asked again one by one.
_TIMES = """
SELECT recent.clause_key, percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.share_ms), count(*)
FROM unnest(%(keys)s::text[], %(meanings)s::int[]) AS stopped(clause_key, meaning)
CROSS JOIN LATERAL (
  SELECT answer.clause_key, submission.active_ms::float / shared.axes AS share_ms
  FROM preferences_axis_answer answer
  JOIN preferences_judgment judgment ON judgment.id = answer.judgment_id
  JOIN queue_submission submission ON submission.id = judgment.submission_id
  JOIN preferences_comparison comparison ON comparison.id = judgment.comparison_id AND comparison.slate_id IS NULL
  CROSS JOIN LATERAL (
    SELECT count(*) AS axes FROM preferences_axis_answer other WHERE other.judgment_id = judgment.id
  ) AS shared
  WHERE judgment.project_id = %(project)s AND answer.clause_key = stopped.clause_key
    AND answer.meaning_revision = stopped.meaning AND submission.slot_id IS NOT NULL AND submission.active_ms > 0
    AND judgment.asked = 'work'
  ORDER BY judgment.id DESC LIMIT 2000
) AS recent
GROUP BY recent.clause_key
"""

# One rating's share of the time that rating all responses on all axes took.
_RATING_TIMES = """
SELECT recent.clause_key, percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.share_ms), count(*)
FROM unnest(%(keys)s::text[], %(meanings)s::int[]) AS stopped(clause_key, meaning)
CROSS JOIN LATERAL (
  SELECT placed.clause_key, submission.active_ms::float / shared.ratings AS share_ms
  FROM preferences_slate_placement placed
  JOIN preferences_slate_answer answer ON answer.id = placed.answer_id
  JOIN queue_submission submission ON submission.id = answer.submission_id
  CROSS JOIN LATERAL (
    SELECT count(*) AS ratings FROM preferences_slate_placement other WHERE other.answer_id = answer.id
  ) AS shared
  WHERE answer.project_id = %(project)s AND placed.clause_key = stopped.clause_key
    AND placed.meaning_revision = stopped.meaning AND submission.slot_id IS NOT NULL AND submission.active_ms > 0
    AND answer.asked = 'work' AND answer.form = 'rating'
  ORDER BY answer.id DESC LIMIT 2000
) AS recent
GROUP BY recent.clause_key
"""


class PreferenceImpact:
    """Judgments, ratings, decisions, cited clauses and known pairs, as a source of a policy change's impact.

    Of what would be asked again it names comparisons; slates are named by `preferences.services.slate_impact`.
    """

    name = "preferences"

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count what cites exactly one of ``stopped``."""
        if not stopped:
            return []
        return [
            *_timed("judgments", project_id, stopped, _TIMES),
            *_timed("ratings", project_id, stopped, _RATING_TIMES),
            *_decisions(project_id, stopped),
            *_citations(project_id, stopped),
            *_gold(project_id, stopped),
        ]

    def decisions(self, *, project_id: UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Count the decisions that cite exactly one of ``meanings``."""
        return _decisions(project_id, meanings) if meanings else []

    def records(self, sought: RecordsSought) -> list[CitingRecord]:
        """Return the records that `count` counts, as far as they are sought."""
        return records_citing(sought)

    def affected_ids(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Iterator[UUID]:
        """Yield every comparison that `affected` would return, by id."""
        asked = asked_again(stopped)
        return comparisons_stale(project_id, asked) if asked else iter(())

    def affected_count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> int:
        """Count the comparisons that `affected` would return."""
        asked = asked_again(stopped)
        return comparisons_stale_count(project_id, asked) if asked else 0

    def renewed(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
    ) -> list[Renewed]:
        """Compare which response is better under the new meanings with which was under the old ones."""
        return comparisons_renewed(project_id, stopped, campaign_id)

    def affected(
        self,
        *,
        project_id: UUID,
        stopped: Sequence[StoppedMeaning],
        after: UUID | None,
        limit: int,
        among: Sequence[UUID] | None = None,
    ) -> list[AffectedItem]:
        """Return comparisons where a decision, or what somebody holds of a response, cites a stopped meaning.

        Of these, those that nobody has judged, or assessed, under the meaning that follows.
        """
        asked = asked_again(stopped)
        if not asked:
            return []
        return comparisons_affected(project_id, asked, after=after, limit=limit, among=among)


def _timed(
    sort: str, project_id: UUID, stopped: Sequence[StoppedMeaning], times_of: str
) -> list[ImpactCount]:
    found = _tallied(sort, project_id, stopped, waiting=_WAITING)
    # Most rules that change are no axes, and nobody has judged by them here.
    judged = {row.clause_key for row in found}
    values: dict[str, Any] = {
        "project": project_id,
        "keys": [each.clause_key for each in stopped if each.clause_key in judged],
        "meanings": [each.before for each in stopped if each.clause_key in judged],
    }
    times = (
        {key: MeasuredTime(median_ms, timings) for key, median_ms, timings in planned_rows(times_of, values)}
        if judged
        else {}
    )
    return [replace(row, time=times.get(row.clause_key)) for row in found]


def _decisions(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    return [*_tallied("decisions", project_id, stopped), *_tallied("rated", project_id, stopped)]


def _citations(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    return _tallied("citations", project_id, stopped, waiting=_WAITING)


def _gold(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    rows = (
        gold_answers_citing(project_id, stopped)
        .values_list("clause_key", "item__comparison__prompt__language")
        .annotate(count=Count("id"))
        .order_by("clause_key", "item__comparison__prompt__language")
    )
    return [
        ImpactCount(clause_key=key, noun="gold items", count=count, language=language)
        for key, language, count in rows
    ]


_NOUNS = {
    "judgments": "judgments",
    "decisions": "comparison decisions",
    "citations": "response assessments",
    "ratings": "ratings",
    "rated": "rating decisions",
}


def _tallied(
    sort: str, project_id: UUID, stopped: Sequence[StoppedMeaning], *, waiting: str = ""
) -> list[ImpactCount]:
    meanings = [(each.clause_key, each.before) for each in stopped]
    found = amounts_counted(Tally, project_id=project_id, sort=sort, meanings=meanings, waiting=waiting)
    return [
        ImpactCount(
            clause_key=row.clause_key,
            noun=_NOUNS[sort],
            count=row.count,
            language=row.language,
            severity=row.severity,
        )
        for row in found
    ]
