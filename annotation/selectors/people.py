"""How each person answers beside the others: reliability, speed, drift, confusion of grades.

All votes are read once into columns of numbers, and the models run once a clause.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np

from annotation.domain.counts import Figure, Floats, Ints
from annotation.domain.dawid_skene import Judgements, dawid_skene
from annotation.domain.graded import graded
from annotation.domain.people import (
    Drift,
    GradeConfusion,
    Reliability,
    careless_because,
    compared,
    drift_of,
    grade_confusion,
    reliability_among,
)
from annotation.selectors.vote_columns import VoteColumns, grades_of
from annotation.selectors.vote_reading import VoteTable, votes_read
from policies.selectors import ClauseView, ReleaseView


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """One person's answers to one clause beside the others'.

    ``confusion`` is there for clauses with a severity scale; its grades are 0 for harmless, then the severities.
    """

    clause: ClauseView
    release: ReleaseView
    answers: int
    reliability: Reliability
    careless_because: str | None
    confusion: GradeConfusion | None


@dataclass(frozen=True, slots=True)
class Speed:
    """Milliseconds of work a submission took, of those with answers that are measured: the quartiles."""

    submissions: int
    low_ms: float | None
    median_ms: float | None
    high_ms: float | None


@dataclass(frozen=True, slots=True)
class DriftStretch:
    """A stretch of a person's answers in time."""

    begins_at: datetime
    ends_at: datetime
    share: Figure


@dataclass(frozen=True, slots=True)
class PersonResult:
    """Everything told about one person's work in a project."""

    person_id: uuid.UUID
    answers: int
    reliability: Reliability
    speed: Speed
    drift: Drift
    stretches: list[DriftStretch]
    clauses: list[ClauseResult]

    @property
    def concerns(self) -> list[str]:
        """Why somebody should look at this person's work, in sentences; mostly none."""
        found = [
            f"{result.clause.title}: {result.careless_because}"
            for result in self.clauses
            if result.careless_because is not None
        ]
        change = self.drift.change.value
        if self.drift.is_drifting and change is not None and change < 0:
            found.append(f"Agrees with others {100 * -change:.0f} points less often than at the start.")
        return found


def people_results(
    project_id: uuid.UUID,
    releases: Sequence[ReleaseView],
    *,
    only: uuid.UUID | None = None,
    clause_keys: Collection[str] | None = None,
) -> dict[uuid.UUID, PersonResult]:
    """Measure everybody who answered verdict clauses of the releases.

    Parameters
    ----------
    only
        Measure this person, from nothing but posts they answered themselves, so that a person's own results
        tell nothing about posts still before them; gold among them, so that they do not tell it apart.
    clause_keys
        Look at answers to these clauses alone.
    """
    pairs = [
        (release, clause)
        for release in releases
        for clause in release.verdict_clauses
        if clause_keys is None or clause.key in clause_keys
    ]
    table = votes_read(project_id, [clause for _, clause in pairs], only=only)
    found: dict[uuid.UUID, list[ClauseResult]] = defaultdict(list)
    rows: dict[uuid.UUID, list[tuple[Floats, Floats, Floats, Floats]]] = defaultdict(list)
    for release, clause in pairs:
        votes = VoteColumns.of(table, clause).on_scale()
        if votes.item.size:
            _measure_clause(release, clause, votes, found, rows, only)
    speeds = _speeds(table)
    return {
        person_id: _person_result(person_id, results, rows[person_id], speeds.get(person_id))
        for person_id, results in found.items()
    }


def own_results(
    project_id: uuid.UUID, releases: Sequence[ReleaseView], person_id: uuid.UUID
) -> PersonResult | None:
    """Return the person's own results; None before their first answer."""
    return people_results(project_id, releases, only=person_id).get(person_id)


def _measure_clause(
    release: ReleaseView,
    clause: ClauseView,
    votes: VoteColumns,
    found: dict[uuid.UUID, list[ClauseResult]],
    rows: dict[uuid.UUID, list[tuple[Floats, Floats, Floats, Floats]]],
    only: uuid.UUID | None,
) -> None:
    """Run the models on one clause; add each person's result and their judgements for what spans clauses."""
    categories = len(clause.answer_values)
    judged = Judgements.of(votes.item, votes.person, votes.answer, categories=categories)
    estimate = dawid_skene(judged.item, judged.person, judged.answer, categories=categories)
    comparison = compared(judged, estimate)
    confusions = _confusions(clause, votes, judged)
    pool = np.bincount(judged.answer, minlength=categories) / judged.answer.size
    order = np.argsort(judged.person, kind="stable")
    ends = np.searchsorted(judged.person[order], np.arange(judged.people + 1))
    for number, person_id in enumerate(votes.people):
        if only is not None and person_id != only:
            continue
        mine = order[ends[number] : ends[number + 1]]
        support, chance, best = (
            column[mine] for column in (comparison.support, comparison.chance, comparison.best)
        )
        reliability = reliability_among(support, chance, best)
        careless = careless_because(
            judged.answer[mine],
            pool_shares=pool,
            reliability=reliability,
            labels=[answer.label for answer in clause.answers],
        )
        found[person_id].append(
            ClauseResult(clause, release, mine.size, reliability, careless, confusions.get(number))
        )
        rows[person_id].append((support, chance, best, votes.at[mine]))


def _confusions(clause: ClauseView, votes: VoteColumns, judged: Judgements) -> dict[int, GradeConfusion]:
    if not clause.severity_values:
        return {}
    categories = len(clause.severity_values) + 1
    grades = Judgements.of(judged.item, judged.person, grades_of(clause, votes), categories=categories)
    model = graded(grades.item, grades.person, grades.answer, categories=categories)
    return grade_confusion(grades, compared(grades, model.estimate), leaning=model.leaning, blur=model.blur)


def _person_result(
    person_id: uuid.UUID,
    results: list[ClauseResult],
    rows: list[tuple[Floats, Floats, Floats, Floats]],
    times_ms: Ints | None,
) -> PersonResult:
    support, chance, best, at = (np.concatenate(column) for column in zip(*rows, strict=True))
    known = np.isfinite(support)
    order = np.argsort(at[known], kind="stable")
    moments = at[known][order]
    drift = drift_of(support[known][order])
    return PersonResult(
        person_id=person_id,
        answers=int(support.size),
        reliability=reliability_among(support, chance, best),
        speed=_speed(times_ms),
        drift=drift,
        stretches=[
            DriftStretch(_moment(moments[stretch.start]), _moment(moments[stretch.end - 1]), stretch.share)
            for stretch in drift.stretches
        ],
        clauses=results,
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)


def _speeds(table: VoteTable) -> dict[uuid.UUID, Ints]:
    """Milliseconds of each submission these votes came in, by person."""
    order, begins = table.submissions()
    first = order[begins]
    person, times = table.person[first], table.active_ms[first]
    by_person = np.argsort(person, kind="stable")
    ends = np.searchsorted(person[by_person], np.arange(len(table.people) + 1))
    return {
        person_id: times[by_person[ends[number] : ends[number + 1]]]
        for number, person_id in enumerate(table.people)
    }


def _speed(times_ms: Ints | None) -> Speed:
    if times_ms is None or times_ms.size == 0:
        return Speed(0, None, None, None)
    low, median, high = (float(value) for value in np.quantile(times_ms, [0.25, 0.5, 0.75]))
    return Speed(int(times_ms.size), low, median, high)
