"""How unclear axes are to the people who judge by them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from django.db.models import Q

from core.db.planned import planned_rows
from core.queue.reviewing import ReasonCode
from policies.selectors import ClauseView
from policies.services import AxisSigns
from preferences.domain.decisions import Method
from preferences.models import ComparisonDecision, Judgment

# Judgments as everywhere: in a slot, not superseded, asked for as an opinion. Who prefers the same side more or less
# strongly does not answer apart.
_OUTCOME: LiteralString = (
    "CASE WHEN {0}.choice <> 'prefer' THEN {0}.choice WHEN {0}.value < 0 THEN 'a' ELSE 'b' END"
)
_SPOKEN: LiteralString = """
  JOIN preferences_comparison AS comparison ON comparison.id = judgment.comparison_id
  JOIN preferences_prompt AS prompt ON prompt.id = comparison.prompt_id
    AND (%(language)s = '' OR prompt.language = %(language)s OR prompt.language LIKE %(language)s || '-%%')
  WHERE judgment.project_id = %(project)s AND judgment.asked = 'work'
    AND (answer.clause_key, answer.meaning_revision)
      IN (SELECT * FROM unnest(%(keys)s::text[], %(meanings)s::int[]))
    AND NOT EXISTS (SELECT 1 FROM content_post AS post WHERE post.id = prompt.post_id AND post.is_hidden)
"""
_COUNTS: LiteralString = f"""
WITH answered AS (
  SELECT answer.clause_key, judgment.comparison_id, count(DISTINCT judgment.person_id) AS people,
    count(DISTINCT {_OUTCOME.format("answer")}) AS outcomes, count(judgment.confidence) AS said,
    count(*) FILTER (WHERE judgment.confidence <= %(unsure_to)s) AS unsure
  FROM preferences_axis_answer AS answer
  JOIN preferences_judgment AS judgment ON judgment.id = answer.judgment_id
  JOIN queue_submission AS given ON given.id = judgment.submission_id AND given.slot_id IS NOT NULL
  {_SPOKEN}
    AND NOT EXISTS (
      SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id AND newer.supersedes_id IS NOT NULL)
  GROUP BY answer.clause_key, judgment.comparison_id
), asked AS (
  SELECT DISTINCT note.clause_key, task.comparison_id
  FROM queue_note AS note
  JOIN queue_task AS task ON task.id = note.task_id AND task.kind = 'compare' AND task.source NOT IN ('gold', 'again')
  WHERE note.project_id = %(project)s AND note.kind = 'question' AND note.clause_key = ANY(%(keys)s::text[])
)
SELECT answered.clause_key, count(*), count(*) FILTER (WHERE people > 1),
  count(*) FILTER (WHERE people > 1 AND outcomes > 1), sum(said)::bigint, sum(unsure)::bigint,
  count(*) FILTER (WHERE asked.comparison_id IS NOT NULL)
FROM answered
LEFT JOIN asked ON asked.clause_key = answered.clause_key AND asked.comparison_id = answered.comparison_id
GROUP BY answered.clause_key
"""  # noqa: S608 - texts of ours
_REVERSED: LiteralString = f"""
SELECT answer.clause_key, count(*) FILTER (WHERE {_OUTCOME.format("own")} <> {_OUTCOME.format("answer")}), count(*)
FROM queue_review AS review
JOIN preferences_judgment AS judgment ON judgment.submission_id = review.submission_id
JOIN preferences_axis_answer AS answer ON answer.judgment_id = judgment.id
LEFT JOIN preferences_judgment AS amended ON amended.submission_id = review.amendment_id
LEFT JOIN preferences_axis_answer AS own ON own.judgment_id = amended.id AND own.clause_key = answer.clause_key
{_SPOKEN} AND review.outcome IN ('accepted', 'amended')
GROUP BY answer.clause_key
"""  # noqa: S608 - texts of ours
_MOST_GAPS = 20


class UnclearAxes:
    """Tells the ranking of clauses how people judge by axes."""

    def signs(
        self, project_id: UUID, axes: Sequence[ClauseView], *, language: str, unsure_to: float
    ) -> Mapping[str, AxisSigns]:
        """Return by key the signs of the axes that anybody answered."""
        values: dict[str, Any] = {
            "project": project_id,
            "keys": [axis.key for axis in axes],
            "meanings": [axis.meaning_revision for axis in axes],
            "language": language,
            "unsure_to": unsure_to,
        }
        reversed_in = {key: (count, of) for key, count, of in planned_rows(_REVERSED, values)}
        decided = _adjudicated(project_id, axes, language)
        return {
            key: AxisSigns(
                items,
                {
                    "split": (split, several),
                    "gap": (len(_gaps(decided[key])), len(decided[key])),
                    "asked": (asked, items),
                    "reversed": reversed_in.get(key, (0, 0)),
                    "unsure": (unsure, said),
                },
                tuple(row.reason for row in _gaps(decided[key])[:_MOST_GAPS]),
            )
            for key, items, several, split, said, unsure, asked in planned_rows(_COUNTS, values)
        }

    def rests_on(self, project_id: UUID) -> str:
        """Return the newest judgment and the newest decision there are."""
        newest = [
            rows.filter(project_id=project_id).order_by("-id").values_list("id", flat=True).first()
            for rows in (Judgment.objects, ComparisonDecision.objects)
        ]
        return " ".join(str(identifier) for identifier in newest)


def _gaps(decided: Sequence[ComparisonDecision]) -> list[ComparisonDecision]:
    return [row for row in decided if row.reason_code == ReasonCode.GUIDELINE_GAP]


def _adjudicated(
    project_id: UUID, axes: Sequence[ClauseView], language: str
) -> defaultdict[str, list[ComparisonDecision]]:
    """By axis, what adjudicators decided last on each comparison, newest first."""
    meant = Q(pk__in=[])
    for axis in axes:
        meant |= Q(clause_key=axis.key, meaning_revision=axis.meaning_revision)
    rows = ComparisonDecision.objects.filter(meant, project_id=project_id, method=Method.ADJUDICATED)
    rows = rows.exclude(comparison__prompt__post__is_hidden=True)
    if language:
        spoken = "comparison__prompt__language"
        rows = rows.filter(Q(**{spoken: language}) | Q(**{f"{spoken}__startswith": f"{language}-"}))
    newest = rows.order_by("clause_key", "comparison_id", "-id").distinct("clause_key", "comparison_id")
    found: defaultdict[str, list[ComparisonDecision]] = defaultdict(list)
    for row in sorted(newest, key=lambda row: row.pk, reverse=True):
        found[row.clause_key].append(row)
    return found
