"""How a project asks, clause by clause, and what that is expected to cost."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from annotation.domain.consensus import Method
from annotation.selectors.decisions import decisions_current
from core.queue.selectors import QualityRules, answers_a_post, tasks_in
from policies.selectors import ClauseView, ReleaseView


@dataclass(frozen=True, slots=True)
class ClauseQuality:
    """One clause with what the project says of it. ``disputed``: of so many decided posts, those with a dispute."""

    clause: ClauseView
    release: ReleaseView
    overlap: int | None
    asks_more: bool
    decided: int
    disputed: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What the rules ask: answers a post on average, and over the posts asked about so far."""

    answers_a_post: float
    without_more: float
    posts: int


def clauses_quality(
    project_id: uuid.UUID, releases: Sequence[ReleaseView], clauses: Mapping[str, Any]
) -> list[ClauseQuality]:
    """Return the verdict clauses in effect with the rules' own word on each and how often people differ on it."""
    counted: dict[str, tuple[int, int]] = {}
    for release in releases:
        rows = decisions_current(project_id, release_id=release.id, include_undecided=True)
        grouped = rows.values_list("clause_key").annotate(
            decided=Count("id"), disputed=Count("id", filter=Q(method=Method.UNDECIDED))
        )
        counted |= {key: (decided, disputed) for key, decided, disputed in grouped}
    return [
        ClauseQuality(
            clause,
            release,
            clauses.get(clause.key, {}).get("overlap"),
            clauses.get(clause.key, {}).get("asks_more", True),
            *counted.get(clause.key, (0, 0)),
        )
        for release in releases
        for clause in release.verdict_clauses
    ]


def cost_of_rules(project_id: uuid.UUID, rules: QualityRules, clauses: Sequence[ClauseQuality]) -> Cost:
    """Return what the rules are expected to ask, by how often people differed so far."""
    shares = [
        row.disputed / row.decided
        for row in clauses
        if row.decided and rules.clauses.get(row.clause.key, {}).get("asks_more", True)
    ]
    keys = [row.clause.key for row in clauses]
    posts = (
        tasks_in(project_id).filter(kind="label").exclude(source="gold").values("post_id").distinct().count()
    )
    return Cost(
        answers_a_post(rules, keys, disputed_shares=shares),
        answers_a_post(rules, keys, disputed_shares=[]),
        posts,
    )
