"""Deciding posts from the votes on them. Decisions are new rows; a person's decision is never overridden."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence

from django.db import connection, transaction

from annotation.domain.consensus import HUMAN_METHODS, Outcome, Vote, outcome_by_count
from annotation.domain.regions import Marked, regions_merged
from annotation.events import PostDecided
from annotation.models import Decision, Verdict
from annotation.selectors.decisions import decisions_current
from annotation.selectors.votes import verdicts_counted
from core.events import publish
from policies.selectors import ClauseView, ReleaseView

Decide = Callable[[uuid.UUID, Sequence[Vote]], Outcome]
"""From a post and the votes on it to what they come to."""

_Key = tuple[uuid.UUID, str]


@transaction.atomic
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
    _lock(post_ids)
    clauses = [clause for clause in release.verdict_clauses if clause.key in set(clause_keys)]
    votes = _votes(project_id, post_ids, clauses)
    current = _current(project_id, post_ids, release, [clause.key for clause in clauses])
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
    Decision.objects.bulk_create(fresh)
    for row in fresh:
        publish(PostDecided(project_id, row.post_id, row.clause_key, row.pk, row.answer is None))
    return fresh


def post_lock(post_id: uuid.UUID) -> None:
    """Take turns with everybody else who decides this post, until the transaction ends."""
    _lock([post_id])


def _lock(post_ids: Collection[uuid.UUID]) -> None:
    """Two tasks on one post may fill at once: the later one must see the earlier one's votes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 11)) FROM unnest(%s::text[]) AS key ORDER BY key",
            [sorted(str(post_id) for post_id in post_ids)],
        )


def _votes(
    project_id: uuid.UUID, post_ids: Collection[uuid.UUID], clauses: Sequence[ClauseView]
) -> dict[_Key, list[Verdict]]:
    meant = {clause.key: clause.meaning_revision for clause in clauses}
    rows = (
        verdicts_counted(project_id)
        .filter(post_id__in=list(post_ids), clause_key__in=list(meant))
        .select_related("submission")
        .prefetch_related("evidence")
        .order_by("id")
    )
    found: dict[_Key, list[Verdict]] = defaultdict(list)
    for row in rows:
        if meant[row.clause_key] == row.meaning_revision:
            found[row.post_id, row.clause_key].append(row)
    return found


def _current(
    project_id: uuid.UUID, post_ids: Collection[uuid.UUID], release: ReleaseView, clause_keys: Collection[str]
) -> dict[_Key, Decision]:
    rows = decisions_current(
        project_id, release_id=release.id, clause_keys=clause_keys, include_undecided=True
    ).filter(post_id__in=list(post_ids))
    return {(row.post_id, row.clause_key): row for row in rows}


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
        {"region": merged.region, "support": len(merged.people), "of": len(backing), "spread": merged.spread}
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
