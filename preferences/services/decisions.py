"""Deciding what holds for a comparison from the judgments that count; every change is a new row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from math import ceil
from statistics import median
from typing import Any
from uuid import UUID

from policies.selectors import ReleaseView
from preferences.domain.decisions import Method, Outcome, Vote, acceptance_decide, axis_decide
from preferences.domain.document import Choice
from preferences.domain.judging import pulled_to_a
from preferences.domain.orientation import Side
from preferences.models import (
    AcceptanceDecision,
    AxisAnswer,
    Comparison,
    ComparisonDecision,
    JudgingMeasure,
    ResponseAssessment,
)
from preferences.selectors.comparisons import current_acceptance, current_decisions
from preferences.selectors.judging import measure_standing
from preferences.selectors.rating_counts import doublings_of

_MOVED = 0.005


def decisions_recompute(comparison_id: UUID, *, release: ReleaseView, clause_keys: Sequence[str]) -> None:
    """Decide the comparison's axes and the acceptance of its responses anew, in the caller's transaction.

    An axis counts every answer citing the meaning the release gives it, whatever release it was given under.
    Of several judgments by one person the newest counts, and a model's only where no person judged. A decision equal
    to the current one is not written, nor one in place of a reviewer's.
    """
    # Two people may judge one comparison in two tasks at once: the later transaction must see both.
    comparison = Comparison.objects.select_for_update(of=("self",)).get(pk=comparison_id)
    _decide_axes(comparison, release, clause_keys)
    _decide_acceptance(comparison, release)


def axis_answers_deciding(comparison: Comparison, meanings: dict[str, int]) -> list[AxisAnswer]:
    """Return, oldest first, each person's newest answer that counts on every axis, given under these meanings."""
    return _newest_per_person(
        AxisAnswer.objects.filter(
            judgment__comparison=comparison,
            clause_key__in=list(meanings),
            judgment__submission__slot__isnull=False,
            judgment__asked="work",
            judgment__submission__superseded_by__isnull=True,
        ).select_related("judgment__person"),
        part="clause_key",
        meanings=meanings,
    )


def _decide_axes(comparison: Comparison, release: ReleaseView, clause_keys: Sequence[str]) -> None:
    meanings = {key: release.clauses[key].meaning_revision for key in clause_keys}
    current = {
        (row.clause_key, row.meaning_revision): row
        for row in current_decisions().filter(comparison=comparison)
    }
    answers = axis_answers_deciding(comparison, meanings)
    fresh = []
    for key, meaning in meanings.items():
        given = _of_people([answer for answer in answers if answer.clause_key == key])
        held = current.get((key, meaning))
        if held is not None and held.method == Method.ADJUDICATED:
            continue
        if given:
            row = _axis_row(comparison, release, key, meaning, given)
            same = _is_same(row, held, ("outcome", "strength", "votes", "submissions"))
            # What another measure of the people moves by less than this nobody would act on.
            if not same or held is None or abs(held.p_a_better - row.p_a_better) >= _MOVED:
                fresh.append(row)
        elif held is not None and held.votes:
            fresh.append(_unsaid_row(comparison, release, key, meaning))
    ComparisonDecision.objects.bulk_create(fresh)


def _of_people(answers: list[AxisAnswer]) -> list[AxisAnswer]:
    """Return what people answered; what models answered only where no person did."""
    people = [answer for answer in answers if not answer.judgment.person.is_simulated]
    return people or answers


def _newest_per_person(
    rows: Iterable[Any], *, part: str, meanings: dict[str, int] | None = None
) -> list[Any]:
    """Return, oldest first, each person's newest row for every value of ``part``."""
    newest: dict[tuple[UUID, str], Any] = {}
    for row in sorted(rows, key=lambda row: row.judgment_id):
        if meanings is None or row.meaning_revision == meanings[row.clause_key]:
            newest[(row.judgment.person_id, getattr(row, part))] = row
    return sorted(newest.values(), key=lambda row: row.judgment_id)


def _axis_row(
    comparison: Comparison, release: ReleaseView, key: str, meaning: int, answers: Sequence[AxisAnswer]
) -> ComparisonDecision:
    standing = measure_standing(comparison.project_id, clause_key=key, meaning_revision=meaning)
    decided = axis_decide([_vote(answer, comparison, standing) for answer in answers])
    return ComparisonDecision(
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        clause_key=key,
        meaning_revision=meaning,
        outcome=str(decided.outcome),
        method=str(decided.method),
        strength=decided.strength,
        p_a_better=decided.p_a_better,
        agreement=decided.agreement,
        votes=decided.votes,
        submissions=[answer.judgment.submission_id for answer in answers],
    )


def _unsaid_row(comparison: Comparison, release: ReleaseView, key: str, meaning: int) -> ComparisonDecision:
    """Return the decision where a correction has taken back all that was said."""
    return ComparisonDecision(
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        clause_key=key,
        meaning_revision=meaning,
        outcome=str(Outcome.NONE),
        method=str(Method.UNDECIDED),
        strength=0.0,
        p_a_better=0.5,
        agreement=0.0,
        votes=0,
        submissions=[],
    )


def _vote(answer: AxisAnswer, comparison: Comparison, measure: JudgingMeasure | None) -> Vote:
    """Return a person's answer with how far they can be trusted, and what drew them, as measured last."""
    choice = Choice(answer.choice)
    standing = None if measure is None else measure.standing.get(str(answer.judgment.person_id))
    if standing is None:
        return Vote(choice, answer.value)
    pull = pulled_to_a(
        side=standing["side"],
        length=standing["length"],
        a_first=not answer.judgment.swapped,
        doublings=doublings_of(comparison),
    )
    return Vote(choice, answer.value, reliability=standing["share"], pull=pull)


def _decide_acceptance(comparison: Comparison, release: ReleaseView) -> None:
    current = {
        row.side: row for row in current_acceptance().filter(comparison=comparison, release_id=release.id)
    }
    assessments = _newest_per_person(
        ResponseAssessment.objects.filter(
            judgment__comparison=comparison,
            judgment__release_id=release.id,
            judgment__submission__slot__isnull=False,
            judgment__asked="work",
            judgment__submission__superseded_by__isnull=True,
        )
        .select_related("judgment")
        .prefetch_related("citations"),
        part="side",
    )
    fresh = []
    for side in Side:
        said = [row for row in assessments if row.side == side and row.acceptable is not None]
        # A correction may take back all that was said; then the old decision must not stand.
        if said or side in current:
            row = _acceptance_row(comparison, release, side, said)
            if not _is_same(
                row, current.get(side), ("acceptable", "votes", "severity", "cited", "submissions")
            ):
                fresh.append(row)
    AcceptanceDecision.objects.bulk_create(fresh)


def _acceptance_row(
    comparison: Comparison, release: ReleaseView, side: Side, assessments: Sequence[ResponseAssessment]
) -> AcceptanceDecision:
    decided = acceptance_decide([bool(row.acceptable) for row in assessments])
    refusing = [row for row in assessments if row.acceptable is False]
    severities = [row.severity for row in refusing if row.severity is not None]
    cited = Counter(
        (citation.clause_key, citation.meaning_revision)
        for row in refusing
        for citation in row.citations.all()
    )
    return AcceptanceDecision(
        project_id=comparison.project_id,
        comparison=comparison,
        release_id=release.id,
        side=str(side),
        acceptable=decided.acceptable,
        method=str(decided.method),
        p_acceptable=decided.p_acceptable,
        severity=ceil(median(severities)) if severities else None,
        cited=[
            {"clause_key": key, "meaning_revision": meaning, "votes": votes}
            for (key, meaning), votes in sorted(cited.items())
        ],
        votes=decided.votes,
        submissions=[row.judgment.submission_id for row in assessments],
    )


def _is_same(row: Any, current: Any, fields: Sequence[str]) -> bool:
    return current is not None and all(getattr(row, field) == getattr(current, field) for field in fields)
