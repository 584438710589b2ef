"""Agreement per clause, from counts the database makes: no verdict is loaded one by one."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Q, QuerySet

from annotation.domain.agreement import Agreement, agreement_of, counts_of
from annotation.models import Verdict
from annotation.selectors.decisions import decisions_current
from annotation.selectors.votes import verdicts_counted
from policies.selectors import ClauseView, ReleaseView

SEED = 20_261_121


@dataclass(frozen=True, slots=True)
class ClauseAgreement:
    """How far people agree on one clause under one meaning, and what that led to."""

    clause: ClauseView
    release: ReleaseView
    posts: int
    votes: int
    people: int
    simulated_people: int
    answers: Agreement
    severities: Agreement | None
    methods: dict[str, int]


def agreement_by_clause(project_id: uuid.UUID, releases: Sequence[ReleaseView]) -> list[ClauseAgreement]:
    """Return the agreement on every verdict clause of the releases, in outline order."""
    pairs = [(release, clause) for release in releases for clause in release.verdict_clauses]
    if not pairs:
        return []
    condition = Q()
    for _, clause in pairs:
        condition |= Q(clause_key=clause.key, meaning_revision=clause.meaning_revision)
    rows = verdicts_counted(project_id).filter(condition)
    answers = _tally(rows, "answer")
    severities = _tally(rows.filter(severity__isnull=False), "severity")
    people = _people(rows)
    methods = _methods(project_id, condition)
    return [
        _clause_agreement(
            release,
            clause,
            answers.get(clause.key, []),
            severities.get(clause.key, []),
            people.get(clause.key, (0, 0)),
            methods.get(clause.key, {}),
        )
        for release, clause in pairs
    ]


_Tally = list[tuple[uuid.UUID, str, int]]


def _tally(rows: QuerySet[Verdict], field: str) -> dict[str, _Tally]:
    """Count the votes by clause, post and value."""
    found: dict[str, _Tally] = defaultdict(list)
    grouped = rows.values_list("clause_key", "post_id", field).annotate(votes=Count("id"))
    for clause_key, post_id, value, count in grouped.order_by("post_id").iterator(chunk_size=5_000):
        found[clause_key].append((post_id, str(value), count))
    return found


def _people(rows: QuerySet[Verdict]) -> dict[str, tuple[int, int]]:
    simulated = Q(submission__person__is_simulated=True)
    grouped = rows.values_list("clause_key").annotate(
        everybody=Count("submission__person", distinct=True),
        simulated=Count("submission__person", filter=simulated, distinct=True),
    )
    return {key: (everybody, not_real) for key, everybody, not_real in grouped}


def _methods(project_id: uuid.UUID, condition: Q) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    current = decisions_current(project_id, include_undecided=True).filter(condition)
    for key, method, count in current.values_list("clause_key", "method").annotate(count=Count("id")):
        found[key][method] = count
    return found


def _clause_agreement(
    release: ReleaseView,
    clause: ClauseView,
    answers: _Tally,
    severities: _Tally,
    people: tuple[int, int],
    methods: dict[str, int],
) -> ClauseAgreement:
    scale = [str(severity) for severity in clause.severity_values]
    return ClauseAgreement(
        clause=clause,
        release=release,
        posts=len({post_id for post_id, _, _ in answers}),
        votes=sum(count for _, _, count in answers),
        people=people[0],
        simulated_people=people[1],
        answers=agreement_of(_matrix(answers, clause.answer_values), measure="nominal", seed=SEED),
        severities=agreement_of(_matrix(severities, scale), measure="ordinal", seed=SEED) if scale else None,
        methods=methods,
    )


def _matrix(tally: _Tally, scale: Sequence[str]) -> np.ndarray:
    """Counts of shape (posts, values of the scale)."""
    column = {value: index for index, value in enumerate(scale)}
    row: dict[uuid.UUID, int] = {}
    units: list[int] = []
    values: list[int] = []
    weights: list[int] = []
    for post_id, value, count in tally:
        if value in column:
            units.append(row.setdefault(post_id, len(row)))
            values.append(column[value])
            weights.append(count)
    return counts_of(np.repeat(units, weights), np.repeat(values, weights), categories=max(len(scale), 1))
