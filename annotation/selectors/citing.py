"""How much label work cites given meanings of clauses: in a few statements, whatever the size of the project."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from annotation.models import Tally
from core.db.planned import planned_rows
from core.db.tallies import amounts_counted
from policies.services import ImpactCount, MeasuredTime, StoppedMeaning

TIMED_MOST = 2_000
"""So many answers to a clause's newest posts are looked at for how long one takes."""

_STOPPED = "unnest(%(keys)s::text[], %(meanings)s::int[]) AS stopped(clause_key, meaning)"

_WAITING = """
SELECT project_id, 'answers', clause_key, meaning_revision, language, severity, answer, amount
FROM annotation_answer_amounts(ARRAY(SELECT submission_id FROM annotation_unsettledanswer))
"""

_GOLD = f"""
SELECT known.clause_key, post.language, known.severity, known.answer, count(*)
FROM annotation_goldanswer AS known
JOIN {_STOPPED} ON stopped.clause_key = known.clause_key
  AND stopped.meaning BETWEEN known.meaning_from AND coalesce(known.meaning_to, stopped.meaning)
JOIN annotation_golditem AS item ON item.id = known.item_id AND item.retired_at IS NULL
JOIN content_post AS post ON post.id = item.post_id
WHERE item.project_id = %(project)s
GROUP BY known.clause_key, post.language, known.severity, known.answer
ORDER BY known.clause_key, post.language, known.severity, known.answer
"""  # noqa: S608 - texts of ours

# What was answered together took its time together: each answer has its share.
_TIMES = f"""
SELECT recent.clause_key, recent.answer,
  percentile_cont(0.5) WITHIN GROUP (ORDER BY recent.share_ms), count(*)
FROM {_STOPPED}
CROSS JOIN LATERAL (
  SELECT verdict.clause_key, verdict.answer, submission.active_ms::float / together.answers AS share_ms
  FROM (
    SELECT newest.clause_key, newest.answer, newest.submission_id FROM annotation_verdict AS newest
    WHERE newest.project_id = %(project)s AND newest.clause_key = stopped.clause_key
      AND newest.meaning_revision = stopped.meaning
    ORDER BY newest.post_id DESC LIMIT %(most)s
  ) AS verdict
  JOIN queue_submission AS submission
    ON submission.id = verdict.submission_id AND submission.slot_id IS NOT NULL AND submission.active_ms > 0
  CROSS JOIN LATERAL (
    SELECT count(*) AS answers FROM annotation_verdict AS other WHERE other.submission_id = submission.id
  ) AS together
) AS recent
GROUP BY GROUPING SETS ((recent.clause_key, recent.answer), (recent.clause_key))
"""  # noqa: S608 - texts of ours


def answers_citing(project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    """Count the answers that count as votes and cite one of ``meanings``."""
    return _tallied("answers", project_id, meanings, waiting=_WAITING)


def decisions_citing(project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    """Count the decisions in force on one of ``meanings``, one for each post; undecided ones are none."""
    return _tallied("decisions", project_id, meanings)


def gold_citing(project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
    """Count the known answers that hold for one of ``meanings`` and are in use."""
    return [
        ImpactCount(
            clause_key=key,
            noun="gold items",
            count=count,
            language=language,
            severity=severity,
            answer=answer,
        )
        for key, language, severity, answer, count in planned_rows(_GOLD, _values(project_id, meanings))
    ]


def answer_times(
    project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]
) -> dict[tuple[str, str | None], MeasuredTime]:
    """Return the median time of an answer by (clause, answer), and by (clause, None) over all its answers.

    Only what was measured is there; each rests on at most `TIMED_MOST` answers of a clause.
    """
    values = {**_values(project_id, meanings), "most": TIMED_MOST}
    return {
        (key, answer): MeasuredTime(median_ms, timings)
        for key, answer, median_ms, timings in planned_rows(_TIMES, values)
    }


def _values(project_id: uuid.UUID, meanings: Sequence[StoppedMeaning]) -> dict[str, Any]:
    return {
        "project": project_id,
        "keys": [meaning.clause_key for meaning in meanings],
        "meanings": [meaning.before for meaning in meanings],
    }


def _tallied(
    sort: str, project_id: uuid.UUID, meanings: Sequence[StoppedMeaning], *, waiting: str = ""
) -> list[ImpactCount]:
    cited = [(meaning.clause_key, meaning.before) for meaning in meanings]
    found = amounts_counted(Tally, project_id=project_id, sort=sort, meanings=cited, waiting=waiting)
    return [
        ImpactCount(
            clause_key=row.clause_key,
            noun=sort,
            count=row.count,
            language=row.language,
            severity=row.severity,
            answer=row.answer,
        )
        for row in found
    ]
