"""What releasing a change would cost. Looking writes nothing: the database is told to refuse it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from core.accounts.selectors import Actor, Capability, project_get
from policies.domain.impact import ImpactCount, StoppedMeaning
from policies.impact_registry import impact_sources
from policies.models import Release
from policies.selectors.differences import release_pair_get, stopped_meanings

ASKED = ("answers", "judgments", "ratings", "response assessments")
"""The records that people give one by one, so that asking again takes their time."""


@dataclass(frozen=True, slots=True)
class TallyTime:
    """What one record of the sort takes on average over its answers, and how many timings that rests on.

    ``timed`` is how many of the records have an answer whose time is known.
    """

    seconds: float
    timings: int
    timed: int


@dataclass(frozen=True, slots=True)
class Tally:
    """Records of one sort, by language and by severity; ``""`` and ``none`` stand for unknown and without.

    ``hours`` is the median time of each answer, times how many there are; 0 where ``time`` is ``None``.
    """

    source: str
    noun: str
    count: int
    by_language: dict[str, int]
    by_severity: dict[str, int]
    hours: float
    time: TallyTime | None


@dataclass(frozen=True, slots=True)
class ClauseImpact:
    """What one clause's change stops; ``after`` is ``None`` when the clause is no longer asked."""

    clause_key: str
    title: str
    before: int
    after: int | None
    is_assumed: bool
    tallies: tuple[Tally, ...]
    hours: float


@dataclass(frozen=True, slots=True)
class Impact:
    """The cost of a release against another, clause by clause and in total; ``hours`` are people-hours.

    ``untimed`` is how many records would be asked again whose time nobody measured; ``hours`` lacks them.
    """

    release: Release
    against: Release
    clauses: tuple[ClauseImpact, ...]
    totals: dict[str, int]
    hours: float
    timings: int
    untimed: int


def impact_get(actor: Actor, release_id: UUID, *, against_id: UUID | None = None) -> Impact:
    """Count what would stop holding if ``release_id`` (a draft, usually) took the place of the other release.

    Hours are the median measured time of such answers, times their number, for the clauses that are asked again.
    """
    release, against = release_pair_get(actor, release_id, against_id)
    project_get(actor, release.policy.project_id, needs=Capability.RESULTS_VIEW)
    with read_only():
        stopped, assumed = stopped_meanings(release, against)
        counts = _counts(release.policy.project_id, stopped)
    titles = dict(against.clauses.values_list("key", "title"))
    clauses = tuple(
        _clause_impact(s, titles[s.clause_key], counts[s.clause_key], is_assumed=s.clause_key in assumed)
        for s in stopped
    )
    totals: dict[str, int] = defaultdict(int)
    for clause in clauses:
        for tally in clause.tallies:
            totals[tally.noun] += tally.count
    hours = round(sum(clause.hours for clause in clauses), 4)
    tallies = [tally for clause in clauses if clause.after is not None for tally in clause.tallies]
    return Impact(
        release,
        against,
        clauses,
        dict(sorted(totals.items())),
        hours,
        timings=sum(tally.time.timings for tally in tallies if tally.time),
        untimed=sum(
            tally.count - (tally.time.timed if tally.time else 0) for tally in tallies if tally.noun in ASKED
        ),
    )


def _counts(project_id: UUID, stopped: list[StoppedMeaning]) -> dict[str, list[tuple[str, ImpactCount]]]:
    counts: dict[str, list[tuple[str, ImpactCount]]] = defaultdict(list)
    if stopped:
        for source in impact_sources():
            for count in source.count(project_id=project_id, stopped=stopped):
                counts[count.clause_key].append((source.name, count))
    return counts


def _clause_impact(
    stopped: StoppedMeaning, title: str, counts: list[tuple[str, ImpactCount]], *, is_assumed: bool
) -> ClauseImpact:
    grouped: dict[tuple[str, str], list[ImpactCount]] = defaultdict(list)
    for source, count in counts:
        grouped[(source, count.noun)].append(count)
    is_asked = stopped.after is not None
    tallies = tuple(_tally(source, noun, rows, is_asked) for (source, noun), rows in sorted(grouped.items()))
    return ClauseImpact(
        clause_key=stopped.clause_key,
        title=title,
        before=stopped.before,
        after=stopped.after,
        is_assumed=is_assumed,
        tallies=tallies,
        hours=round(sum(tally.hours for tally in tallies), 4),
    )


def _tally(source: str, noun: str, rows: list[ImpactCount], is_asked: bool) -> Tally:
    languages: dict[str, int] = defaultdict(int)
    severities: dict[str, int] = defaultdict(int)
    for row in rows:
        languages[row.language] += row.count
        severities["none" if row.severity is None else str(row.severity)] += row.count
    time = _time(rows)
    return Tally(
        source=source,
        noun=noun,
        count=sum(row.count for row in rows),
        by_language=dict(sorted(languages.items())),
        by_severity=dict(sorted(severities.items())),
        hours=time.seconds * time.timed / 3600 if time and is_asked else 0.0,
        time=time,
    )


def _time(rows: list[ImpactCount]) -> TallyTime | None:
    timed = [(row, row.time) for row in rows if row.time is not None]
    records = sum(row.count for row, _ in timed)
    if not records:
        return None
    spent_ms = sum(row.count * time.median_ms for row, time in timed)
    rests_on = {row.answer: time.timings for row, time in timed}
    return TallyTime(spent_ms / records / 1000, sum(rests_on.values()), records)


@contextmanager
def read_only() -> Iterator[None]:
    """Let the database refuse any write inside; the savepoint is rolled back, so the settings end with it.

    What is counted here is counted once in a while and over millions of rows: it may have more memory for that
    than a request has, and more processors.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL transaction_read_only = on; SET LOCAL work_mem = '96MB'; SET LOCAL jit = off;"
                "SET LOCAL max_parallel_workers_per_gather = 4"
            )
        yield
        transaction.set_rollback(True)
