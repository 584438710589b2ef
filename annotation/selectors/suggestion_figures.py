"""What became of suggestions, and what showing them does to the answers: per clause."""

from __future__ import annotations

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from annotation.domain.automation_bias import Bias, Watched, bias_measured
from annotation.domain.suggestions import Outcome, Timing
from annotation.selectors.agreement import SEED
from core.db.prepared import rows
from policies.selectors import ClauseView, ReleaseView

# Of several models' answers to one clause the surest stands for what the person saw. What is right is known from a
# gold item, or from a person who decided the case; a vote would make the measured answer its own measure.
_WATCHED = """
WITH meant AS (
  SELECT * FROM unnest(%(keys)s::text[], %(revisions)s::int[]) AS meant(clause_key, meaning_revision)
), proposed AS (
  SELECT DISTINCT ON (offer.id, said.clause_key)
    offer.lease_id, offer.timing, offer.is_shown, said.post_id, said.clause_key, said.meaning_revision, said.answer
  FROM annotation_suggestionoffer AS offer
  CROSS JOIN LATERAL unnest(offer.items) AS item
  JOIN annotation_suggestion AS said ON said.id = CASE WHEN position('#' IN item) = 0 THEN item::uuid END
  JOIN meant USING (clause_key, meaning_revision)
  WHERE offer.project_id = %(project)s
  ORDER BY offer.id, said.clause_key, said.confidence DESC NULLS LAST, said.id
)
SELECT proposed.clause_key, proposed.timing, proposed.is_shown, proposed.answer, given.answer, last.answer,
  coalesce(gold.answer, decided.answer), first.active_ms
FROM proposed
JOIN queue_submission AS first ON first.lease_id = proposed.lease_id AND first.supersedes_id IS NULL
JOIN annotation_verdict AS given ON given.submission_id = first.id AND given.clause_key = proposed.clause_key
JOIN LATERAL (
  SELECT verdict.answer FROM queue_submission AS own
  JOIN annotation_verdict AS verdict ON verdict.submission_id = own.id
  WHERE own.task_id = first.task_id AND own.person_id = first.person_id
    AND verdict.clause_key = proposed.clause_key AND NOT EXISTS (
      SELECT 1 FROM queue_submission AS later
      WHERE later.supersedes_id = own.id AND later.person_id = own.person_id)
  LIMIT 1
) AS last ON true
LEFT JOIN LATERAL (
  SELECT known.answer FROM annotation_golditem AS item JOIN annotation_goldanswer AS known ON known.item_id = item.id
  WHERE item.post_id = proposed.post_id AND item.retired_at IS NULL AND known.clause_key = proposed.clause_key
    AND known.meaning_from <= proposed.meaning_revision
    AND (known.meaning_to IS NULL OR known.meaning_to >= proposed.meaning_revision)
  LIMIT 1
) AS gold ON true
LEFT JOIN LATERAL (
  SELECT decision.answer, decision.method FROM annotation_decision AS decision
  WHERE decision.post_id = proposed.post_id AND decision.clause_key = proposed.clause_key
    AND decision.meaning_revision = proposed.meaning_revision
  ORDER BY decision.id DESC LIMIT 1
) AS decided ON decided.method IN ('adjudicated', 'ruled')
ORDER BY first.id
"""

_OUTCOMES = """
SELECT item ->> 'clause_key', item ->> 'outcome', count(*)
FROM (
  SELECT DISTINCT ON (report.offer_id) report.items
  FROM annotation_suggestionreport AS report JOIN annotation_suggestionoffer AS offer ON offer.id = report.offer_id
  WHERE offer.project_id = %(project)s
  ORDER BY report.offer_id, report.id DESC
) AS newest, jsonb_array_elements(newest.items) AS item
GROUP BY 1, 2
"""


@dataclass(frozen=True, slots=True)
class SecondThoughts:
    """What people did who saw the model's answer after their own.

    ``shown``: answers after which it was shown. ``differing``: of these, those that were not the model's.
    ``to_model``: of the differing, those changed to the model's. ``from_model``: of the others, those changed away.
    """

    shown: int
    differing: int
    to_model: int
    from_model: int


@dataclass(frozen=True, slots=True)
class ClauseBias:
    """One clause of a release: its two arms, what became of each item, and second thoughts."""

    clause: ClauseView
    release: ReleaseView
    bias: Bias
    items: dict[str, int]
    second_thoughts: SecondThoughts


def suggestion_figures(project_id: uuid.UUID, releases: Sequence[ReleaseView]) -> list[ClauseBias]:
    """Measure every verdict clause of the releases for which anything was suggested, in the releases' order.

    Outcomes of items are of every meaning a clause has had; all else of the meaning it has in the release.
    """
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    for key, outcome, count in rows(_OUTCOMES, {"project": project_id}):
        tally[key][outcome] += count
    told: list[ClauseBias] = []
    for release in releases:
        told += _of_release(project_id, release, tally)
    return told


def _of_release(
    project_id: uuid.UUID, release: ReleaseView, tally: dict[str, Counter[str]]
) -> list[ClauseBias]:
    clauses = list(release.verdict_clauses)
    wanted = {
        "project": project_id,
        "keys": [clause.key for clause in clauses],
        "revisions": [clause.meaning_revision for clause in clauses],
    }
    watched: dict[str, list[Watched]] = defaultdict(list)
    later: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows(_WATCHED, wanted):
        key, timing, is_shown, suggested, answer, last, truth, active_ms = row
        if timing == Timing.AT_ONCE:
            watched[key].append(Watched(is_shown, suggested, answer, truth, active_ms))
        elif is_shown:
            later[key].append((suggested, answer, last))
    return [
        ClauseBias(
            clause=clause,
            release=release,
            bias=bias_measured(watched[clause.key], seed=SEED),
            items={str(outcome): tally[clause.key][str(outcome)] for outcome in Outcome},
            second_thoughts=_second_thoughts(later[clause.key]),
        )
        for clause in clauses
        if clause.key in watched or clause.key in later or clause.key in tally
    ]


def _second_thoughts(seen: Sequence[tuple[Any, Any, Any]]) -> SecondThoughts:
    """Of (suggested, answered first, answers now)."""
    differing = [one for one in seen if one[0] != one[1]]
    return SecondThoughts(
        shown=len(seen),
        differing=len(differing),
        to_model=sum(last == suggested for suggested, _, last in differing),
        from_model=sum(first == suggested != last for suggested, first, last in seen),
    )
