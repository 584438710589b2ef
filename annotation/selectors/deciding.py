"""What deciding a post needs to know, in one exchange with the database: it happens with every last answer."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from annotation.models import Decision, Evidence, Verdict
from core.db.prepared import Statement, together
from core.db.reading import columns_of, loaded
from core.queue.selectors import Submission
from policies.selectors import ClauseView

# Two tasks on one post may fill at once: the later one must see the earlier one's votes.
_TURNS = """
SELECT pg_advisory_xact_lock(hashtextextended(key, 11)) FROM unnest(%(turns)s::text[]) AS key ORDER BY key
"""
_VOTES = """
SELECT answer.person_id,
  ARRAY(SELECT piece.data FROM annotation_evidence AS piece WHERE piece.verdict_id = vote.id ORDER BY piece.ordinal),
  {columns}
FROM annotation_verdict AS vote JOIN queue_submission AS answer ON answer.id = vote.submission_id
JOIN queue_task AS task ON task.id = answer.task_id AND task.source <> 'gold'
WHERE vote.project_id = %(project)s AND vote.post_id = ANY(%(posts)s::uuid[])
  AND (vote.clause_key, vote.meaning_revision) IN (SELECT * FROM unnest(%(keys)s::text[], %(meanings)s::int[]))
  AND answer.slot_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM queue_submission AS newer WHERE newer.supersedes_id = answer.id)
ORDER BY vote.id
"""
_CURRENT = """
SELECT DISTINCT ON (decision.post_id, decision.clause_key) {columns}
FROM annotation_decision AS decision
WHERE decision.project_id = %(project)s AND decision.post_id = ANY(%(posts)s::uuid[])
  AND (decision.clause_key, decision.meaning_revision)
    IN (SELECT * FROM unnest(%(keys)s::text[], %(meanings)s::int[]))
ORDER BY decision.post_id, decision.clause_key, decision.id DESC
"""

Place = tuple[uuid.UUID, str]
"""A post and the key of a clause."""


def turns_statement(post_ids: Collection[uuid.UUID]) -> Statement:
    """Return the statement after which nobody else decides these posts until the transaction ends."""
    return _TURNS, {"turns": sorted(str(post_id) for post_id in post_ids)}


def deciding_read(
    project_id: uuid.UUID, post_ids: Collection[uuid.UUID], clauses: Sequence[ClauseView]
) -> tuple[dict[Place, list[Verdict]], dict[Place, Decision]]:
    """Take the posts' turn; return the votes with the clauses' meanings, and the decisions that stand.

    The verdicts come with their submission's person and their evidence at hand, oldest first.
    """
    values = {
        "project": project_id,
        "posts": list(post_ids),
        "keys": [clause.key for clause in clauses],
        "meanings": [clause.meaning_revision for clause in clauses],
    }
    _, votes, current = together(
        [
            turns_statement(post_ids),
            (_VOTES.format(columns=columns_of(Verdict, "vote")), values),
            (_CURRENT.format(columns=columns_of(Decision, "decision")), values),
        ]
    )
    cast: dict[Place, list[Verdict]] = defaultdict(list)
    for person_id, evidence, *columns in votes:
        verdict = _with_evidence(loaded(Verdict, columns), person_id, evidence)
        cast[verdict.post_id, verdict.clause_key].append(verdict)
    standing = (loaded(Decision, columns) for columns in current)
    return cast, {(row.post_id, row.clause_key): row for row in standing}


def _with_evidence(verdict: Verdict, person_id: uuid.UUID, evidence: Sequence[Any]) -> Verdict:
    verdict.submission = Submission(id=verdict.submission_id, person_id=person_id)
    pieces = [Evidence(verdict_id=verdict.pk, ordinal=at, data=data) for at, data in enumerate(evidence)]
    verdict._prefetched_objects_cache = {"evidence": pieces}  # type: ignore[attr-defined]
    return verdict
