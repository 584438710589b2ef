"""Comparisons that were decided, or assessed, under a meaning which stopped and not judged yet under its successor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, LiteralString
from uuid import UUID

from core.db.planned import planned_column, planned_rows
from policies.selectors import releases_asking_anew
from policies.services import STOPPED, AffectedItem, StoppedMeaning, stopped_values
from preferences.domain.decisions import Outcome
from preferences.domain.document import STRONGEST, Choice

# Of all comparisons, or of given ones. What was judged under the new meaning is told first: little or nothing before a
# campaign. Pairs that follow from ratings follow anew when the responses are rated again.
_STALE_AXES = f"""
WITH renewed AS MATERIALIZED (
  SELECT DISTINCT again.comparison_id, stopped.clause_key FROM {STOPPED}
  CROSS JOIN LATERAL (
    SELECT answer.judgment_id FROM preferences_axis_answer AS answer
    WHERE answer.clause_key = stopped.clause_key AND answer.meaning_revision = stopped.after {{in_full}}
  ) AS anew
  JOIN preferences_judgment AS again ON again.id = anew.judgment_id AND again.asked = 'work'
    AND again.project_id = %(project)s {{again_here}}
  JOIN queue_submission AS given ON given.id = again.submission_id AND given.slot_id IS NOT NULL
  WHERE NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id)
  UNION
  SELECT follows.id, rated.clause_key FROM preferences_rating_decision AS rated
  JOIN {STOPPED} ON stopped.clause_key = rated.clause_key AND stopped.before = rated.meaning_revision
  JOIN preferences_comparison AS follows ON follows.slate_id = rated.slate_id
  WHERE rated.project_id = %(project)s {{follows_here}}
)
SELECT {{told}} FROM preferences_comparison_decision AS decision
JOIN {STOPPED} ON stopped.clause_key = decision.clause_key AND stopped.before = decision.meaning_revision
WHERE decision.project_id = %(project)s {{decision_here}} AND NOT EXISTS (
  SELECT 1 FROM renewed
  WHERE renewed.comparison_id = decision.comparison_id AND renewed.clause_key = decision.clause_key)
{{ordered}}
"""  # noqa: S608 - texts of ours
# What people hold of one response alone, where they cite a clause whose meaning stopped, and nobody has said since,
# under a release with the meaning that follows, whether that response is acceptable. What is said of a slate's
# responses is asked again of the slate.
_CITING: LiteralString = f"""
FROM {STOPPED}
JOIN preferences_clause_citation AS cited
  ON cited.clause_key = stopped.clause_key AND cited.meaning_revision = stopped.before
JOIN preferences_response_assessment AS own ON own.id = cited.assessment_id
JOIN preferences_judgment AS judgment
  ON judgment.id = own.judgment_id AND judgment.asked = 'work' AND judgment.project_id = %(project)s
JOIN queue_submission AS given ON given.id = judgment.submission_id AND given.slot_id IS NOT NULL
"""
_UNSAID: LiteralString = """
NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = given.id)
AND NOT EXISTS (SELECT 1 FROM preferences_slate_answer AS whole WHERE whole.submission_id = given.id)
AND NOT EXISTS (
  SELECT 1 FROM preferences_judgment AS again
  JOIN preferences_response_assessment AS anew
    ON anew.judgment_id = again.id AND anew.side = own.side AND anew.acceptable IS NOT NULL
  JOIN unnest(%(means)s::text[], %(mean_in)s::uuid[]) AS meant(clause_key, release_id)
    ON meant.clause_key = cited.clause_key AND meant.release_id = again.release_id
  JOIN queue_submission AS said ON said.id = again.submission_id AND said.slot_id IS NOT NULL
  WHERE again.comparison_id = judgment.comparison_id AND again.asked = 'work'
    AND NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = said.id))
"""
# Also hidden are media of the prompt and of the responses, which are posts of their own.
_SHOWN: LiteralString = """
NOT EXISTS (
  SELECT 1 FROM preferences_comparison AS about
  JOIN preferences_prompt AS prompt ON prompt.id = about.prompt_id
  JOIN preferences_response AS one ON one.id = about.response_a_id
  JOIN preferences_response AS other ON other.id = about.response_b_id
  JOIN content_post AS post ON post.is_hidden
    AND post.id IN (prompt.post_id, prompt.material_id, one.material_id, other.material_id)
  WHERE about.id = stale.comparison_id)
"""
_OF_ALL = _STALE_AXES.format(
    told="DISTINCT decision.comparison_id",
    # Along the index of answers, which are few: else the planner reads every judgment there is.
    in_full="OFFSET 0",
    again_here="",
    follows_here="",
    decision_here="",
    ordered="",
)
_STALE = f"""
FROM (({_OF_ALL}) UNION (SELECT judgment.comparison_id {_CITING} WHERE {_UNSAID})) AS stale WHERE {_SHOWN}
"""
_EACH = f"SELECT stale.comparison_id {_STALE} ORDER BY stale.comparison_id"
_COUNT = f"SELECT count(*) {_STALE}"
_AMONG = "= ANY(%(comparisons)s::uuid[])"
_GUARD: LiteralString = """
SELECT about.id, coalesce(prompt.post_id, prompt.material_id, one.material_id, other.material_id),
  prompt.language
FROM preferences_comparison AS about
JOIN preferences_prompt AS prompt ON prompt.id = about.prompt_id
JOIN preferences_response AS one ON one.id = about.response_a_id
JOIN preferences_response AS other ON other.id = about.response_b_id
WHERE about.id = ANY(%(comparisons)s::uuid[])
"""
_DECIDED = f"""
SELECT stale.* FROM ({
    _STALE_AXES.format(
        told="DISTINCT ON (decision.comparison_id, decision.clause_key) decision.comparison_id,"
        " decision.clause_key, decision.outcome, decision.strength",
        in_full="",
        again_here=f"AND again.comparison_id {_AMONG}",
        follows_here=f"AND follows.id {_AMONG}",
        decision_here=f"AND decision.comparison_id {_AMONG}",
        ordered="ORDER BY decision.comparison_id, decision.clause_key, decision.id DESC",
    )
}) AS stale WHERE {_SHOWN}
ORDER BY stale.comparison_id, stale.clause_key
"""  # noqa: S608 - texts of ours
_CITED = f"""
SELECT stale.* FROM (
  SELECT judgment.comparison_id, cited.clause_key, own.side, max(own.severity), count(DISTINCT judgment.person_id)
  {_CITING} WHERE judgment.comparison_id {_AMONG} AND {_UNSAID}
  GROUP BY 1, 2, 3
) AS stale (comparison_id, clause_key, side, severity, people) WHERE {_SHOWN}
ORDER BY stale.comparison_id, stale.clause_key, stale.side
"""  # noqa: S608 - texts of ours
# Each axis is walked along the index of decisions from where the last batch ended, so a batch costs the same at any
# place; of what was passed it is asked next whether it is stale. Citations are few beside them.
_PASSED: LiteralString = f"""
SELECT DISTINCT passed.comparison_id FROM (
  SELECT decided.comparison_id FROM {STOPPED}
  CROSS JOIN LATERAL (
    SELECT DISTINCT decision.comparison_id FROM preferences_comparison_decision AS decision
    WHERE decision.project_id = %(project)s AND decision.clause_key = stopped.clause_key
      AND decision.meaning_revision = stopped.before AND decision.comparison_id > %(after)s
    ORDER BY decision.comparison_id LIMIT %(limit)s
  ) AS decided
  UNION ALL
  (SELECT DISTINCT judgment.comparison_id {_CITING} WHERE judgment.comparison_id > %(after)s
  ORDER BY judgment.comparison_id LIMIT %(limit)s)
) AS passed
ORDER BY passed.comparison_id LIMIT %(limit)s
"""  # noqa: S608 - texts of ours


def comparisons_affected(
    project_id: UUID,
    asked: Sequence[StoppedMeaning],
    *,
    after: UUID | None,
    limit: int,
    among: Sequence[UUID] | None = None,
) -> list[AffectedItem]:
    """Return the next comparisons by id, with what was decided on each stale axis and who cited a stale clause.

    Every one of ``asked`` has a meaning that follows.
    """
    place = after or UUID(int=0)
    values = stale_values(project_id, asked) | {"limit": limit}
    if among is not None:
        wanted = sorted(one for one in among if one > place)[:limit]
        return _found(values | {"comparisons": wanted})
    while passed := planned_rows(_PASSED, values | {"after": place}):
        place = passed[-1][0]
        if found := _found(values | {"comparisons": [comparison_id for (comparison_id,) in passed]}):
            return found
    return []


def comparisons_stale(project_id: UUID, asked: Sequence[StoppedMeaning]) -> Iterator[UUID]:
    """Return every comparison that `comparisons_affected` would return, by id, in bounded memory."""
    return planned_column(_EACH, stale_values(project_id, asked))


def comparisons_stale_count(project_id: UUID, asked: Sequence[StoppedMeaning]) -> int:
    """Count what `comparisons_stale` yields."""
    ((number,),) = planned_rows(_COUNT, stale_values(project_id, asked))
    return int(number)


def stale_values(project_id: UUID, asked: Sequence[StoppedMeaning]) -> dict[str, Any]:
    """Return what the statements take: the meanings, and the releases that ask under those that follow."""
    meant = [
        (key, release_id)
        for key, releases in releases_asking_anew(project_id, asked).items()
        for release_id in releases
    ]
    return stopped_values(project_id, asked) | {
        "means": [key for key, _ in meant],
        "mean_in": [release_id for _, release_id in meant],
    }


def _found(values: dict[str, Any]) -> list[AffectedItem]:
    if not values["comparisons"]:
        return []
    keys: dict[UUID, set[str]] = defaultdict(set)
    old: dict[UUID, list[dict[str, object]]] = defaultdict(list)
    worst: dict[UUID, int] = defaultdict(int)
    for comparison_id, key, outcome, strength in planned_rows(_DECIDED, values):
        keys[comparison_id].add(key)
        old[comparison_id].append(_old_answer(key, outcome, strength))
    for comparison_id, key, side, severity, people in planned_rows(_CITED, values):
        keys[comparison_id].add(key)
        cited = {"clause_key": key, "side": side, "severity": severity, "cited_by": people}
        old[comparison_id].append(cited)
        worst[comparison_id] = max(worst[comparison_id], severity or 0)
    guards = {row[0]: row[1:] for row in planned_rows(_GUARD, values)} if keys else {}
    return [
        AffectedItem(
            item_id=comparison_id,
            kind="compare",
            clause_keys=tuple(sorted(keys[comparison_id])),
            old_answers=old[comparison_id],
            priority=float(worst[comparison_id]),
            post_id=guards[comparison_id][0],
            language=guards[comparison_id][1],
        )
        for comparison_id in sorted(keys)
    ]


def _old_answer(clause_key: str, outcome: str, strength: float) -> dict[str, object]:
    """Return the decision in the words of an answer; ``none`` where nothing had a majority."""
    if outcome not in (Outcome.A, Outcome.B):
        return {"clause_key": clause_key, "choice": outcome, "value": 0}
    steps = max(1, min(STRONGEST, round(abs(strength))))
    return {
        "clause_key": clause_key,
        "choice": str(Choice.PREFER),
        "value": -steps if outcome == Outcome.A else steps,
    }
