"""Deciding posts from the votes on them. Decisions are new rows; a person's decision is never overridden."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection, Mapping, Sequence

from annotation.domain.consensus import HUMAN_METHODS, Outcome, Vote, outcome_by_count
from annotation.domain.regions import Marked, regions_merged
from annotation.events import PostDecided
from annotation.models import Decision, Verdict
from annotation.selectors.deciding import deciding_read, turns_statement
from core.db.inserting import insertion
from core.db.prepared import together
from core.db.transactions import in_transaction
from core.events import publish
from policies.selectors import ClauseView, ReleaseView

Decide = Callable[[uuid.UUID, Sequence[Vote]], Outcome]
"""From a post and the votes on it to what they come to."""


@in_transaction
def posts_decide(
    *,
    project_id: uuid.UUID,
    post_ids: Collection[uuid.UUID],
    release: ReleaseView,
    clause_keys: Collection[str],
    decide: Mapping[str, Decide] | None = None,
) -> list[Decision]:
    """Decide the clauses of the posts anew from all votes with the release's meaning, whichever task they
    came by.

    Parameters
    ----------
    decide
        How to decide, by clause key; counting votes where none is given.

    Returns
    -------
    list of Decision
        Only what is new: where the votes come to the same as before, or a person has decided, nothing is
        written.
    """
    clauses = [clause for clause in release.verdict_clauses if clause.key in set(clause_keys)]
    votes, current = deciding_read(project_id, post_ids, clauses)
    fresh: list[Decision] = []
    for clause in clauses:
        by_clause = (decide or {}).get(clause.key)
        for post_id in sorted(post_ids):
            cast = votes.get((post_id, clause.key), [])
            held = current.get((post_id, clause.key))
            if not cast or (held is not None and held.method in HUMAN_METHODS):
                continue
            row = _decision(project_id, post_id, release, clause, cast, by_clause)
            if held is None or not _is_same(held, row):
                fresh.append(row)
    if fresh:
        together([insertion(fresh)])
    for row in fresh:
        publish(PostDecided(project_id, row.post_id, row.clause_key, row.pk, row.answer is None))
    return fresh


def post_lock(post_id: uuid.UUID) -> None:
    """Take turns with everybody else who decides this post, until the transaction ends."""
    together([turns_statement([post_id])])


def _decision(
    project_id: uuid.UUID,
    post_id: uuid.UUID,
    release: ReleaseView,
    clause: ClauseView,
    cast: Sequence[Verdict],
    decide: Decide | None,
) -> Decision:
    votes = [vote_of(verdict) for verdict in cast]
    severities = clause.severity_values
    outcome = decide(post_id, votes) if decide else outcome_by_count(votes, severities=severities)
    return Decision(
        project_id=project_id,
        post_id=post_id,
        release_id=release.id,
        clause_key=clause.key,
        meaning_revision=clause.meaning_revision,
        answer=outcome.answer,
        severity=outcome.severity,
        confidence=round(outcome.confidence, 9),
        method=str(outcome.method),
        submissions=[uuid.UUID(submission) for submission in outcome.submissions],
        evidence=evidence_merged(cast, outcome.answer),
    )


def vote_of(verdict: Verdict) -> Vote:
    """Return a stored verdict as the vote it is."""
    return Vote(
        submission_id=str(verdict.submission_id),
        person_id=str(verdict.submission.person_id),
        answer=verdict.answer,
        severity=verdict.severity,
    )


def evidence_merged(cast: Sequence[Verdict], answer: str | None) -> list[dict[str, object]]:
    """Return what those who gave ``answer`` marked, alike marks merged, with how many people meant each."""
    backing = [verdict for verdict in cast if verdict.answer == answer]
    marks = [
        Marked(str(verdict.submission.person_id), piece.data)
        for verdict in backing
        for piece in verdict.evidence.all()
    ]
    return [
        {
            "region": merged.region,
            "support": len(merged.people),
            "of": len(backing),
            "spread": merged.spread,
            "overlap": merged.overlap,
        }
        for merged in regions_merged(marks)
    ]


def _is_same(held: Decision, row: Decision) -> bool:
    """Whether a recomputation came to what already stands, so that repeating it writes nothing."""
    return (
        held.answer == row.answer
        and held.severity == row.severity
        and held.method == row.method
        and abs(held.confidence - row.confidence) < 1e-6
        and sorted(held.submissions) == sorted(row.submissions)
        and held.evidence == row.evidence
    )
