"""What a change of policy would cost: the interface through which apps above tell what cites a clause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, LiteralString, Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StoppedMeaning:
    """A meaning that no longer holds: answers citing exactly (key, before) hold under the old release only.

    ``after`` is the revision the new release asks under, ``None`` when it no longer asks the clause. For a
    draft it is the revision that publishing would give.
    """

    clause_key: str
    before: int
    after: int | None


def asked_again(stopped: Sequence[StoppedMeaning]) -> list[StoppedMeaning]:
    """Return those that have a meaning to be asked under."""
    return [meaning for meaning in stopped if meaning.after is not None]


def stopped_values(project_id: UUID, stopped: Sequence[StoppedMeaning]) -> dict[str, Any]:
    """Return what a statement over `STOPPED` takes."""
    return {
        "project": project_id,
        "keys": [meaning.clause_key for meaning in stopped],
        "befores": [meaning.before for meaning in stopped],
        "afters": [meaning.after for meaning in stopped],
    }


STOPPED: LiteralString = """
unnest(%(keys)s::text[], %(befores)s::int[], %(afters)s::int[]) AS stopped(clause_key, before, after)
"""
"""Meanings as a table, for the statements of those who store answers."""

RENEWED_COUNTED: LiteralString = """
), items AS (
  SELECT bool_and(after IS NOT NULL) AS renewed, bool_and(after IS NOT NULL AND before IS NOT NULL) AS compared,
    coalesce(bool_or(after <> before), false) AS changed
  FROM pairs GROUP BY item
)
SELECT clause_key, language, count(*), count(after), count(*) FILTER (WHERE after IS NOT NULL AND before IS NOT NULL),
  count(*) FILTER (WHERE after <> before)
FROM pairs GROUP BY clause_key, language
UNION ALL
SELECT '', '', count(*), count(*) FILTER (WHERE renewed), count(*) FILTER (WHERE compared),
  count(*) FILTER (WHERE compared AND changed)
FROM items HAVING count(*) > 0
ORDER BY 1, 2
"""
"""The end of a statement that counts `Renewed`, behind ``WITH pairs AS (`` and what makes its rows.

These are (item, clause_key, language, before, after), the last two null where nothing was decided.
"""


@dataclass(frozen=True, slots=True)
class MeasuredTime:
    """The median time in milliseconds that one answer took, its share of what was answered together.

    ``timings`` is how many measured answers the median rests on, at least 1.
    """

    median_ms: float
    timings: int


@dataclass(frozen=True, slots=True)
class ImpactCount:
    """How many records of one sort stop holding.

    ``noun`` is the plural people read: ``answers``, ``decisions``, ``judgments``, ``dataset versions``.
    ``answer`` is what was answered, where that is told apart. ``time`` is what giving such an answer takes a
    person; ``None`` where nothing was measured, and where nothing is asked again (decisions, versions).
    """

    clause_key: str
    noun: str
    count: int
    language: str = ""
    severity: int | None = None
    answer: str = ""
    time: MeasuredTime | None = None


@dataclass(frozen=True, slots=True)
class AffectedItem:
    """One post or comparison with answers that stopped holding, and what was answered.

    ``item_id`` of the kind ``compare`` names a comparison or a slate, as ``context`` says: what the source wants in
    the task's. ``post_id`` is the post that it is about, or that holds its media, if there is one, ``language``
    what it is written in where there is none. ``priority`` is the severity that was found, the highest where several
    were; the campaign adds how unsure a model is, which is less than one step.
    """

    item_id: UUID
    kind: Literal["label", "compare"]
    clause_keys: tuple[str, ...]
    old_answers: Sequence[Mapping[str, Any]] = field(default_factory=tuple)
    priority: float = 0.0
    post_id: UUID | None = None
    language: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Renewed:
    """What a campaign has found so far, of one clause in one language, or of whole items.

    ``clause_key`` is empty in the one row that counts items, whatever their clauses. ``asked`` is how many are
    asked, ``renewed`` how many of them have a decision under the new meaning; of those, ``compared`` had one under
    the old meaning too, and of these ``changed`` have another answer now.
    """

    clause_key: str
    language: str
    asked: int
    renewed: int
    compared: int
    changed: int


Place = tuple[UUID, UUID]
"""Where a record stands in the list of its clause and noun: by what it is about, then by itself, newest first."""


@dataclass(frozen=True, slots=True)
class RecordFilter:
    """Which of the records are wanted; ``None`` is no matter, ``""`` and ``"none"`` stand for unknown and without."""

    language: str | None = None
    severity: int | Literal["none"] | None = None


@dataclass(frozen=True, slots=True)
class RecordsSought:
    """Up to ``limit`` records of one noun that cite one meaning, from after the place of the last one that is known."""

    project_id: UUID
    meaning: StoppedMeaning
    noun: str
    limit: int
    wanted: RecordFilter = RecordFilter()
    after: Place | None = None


@dataclass(frozen=True, slots=True)
class CitingRecord:
    """One of the records that an `ImpactCount` counts: what to know it by, and what to go to.

    ``target_id`` names what ``target`` says; ``parent_id`` is the dataset of a version. ``post_id`` is the post that
    it is about. ``rows`` is how many rows of a version rest on the clause.
    """

    id: UUID
    place: Place
    target: Literal["post", "comparison", "slate", "precedent", "dataset_version"]
    target_id: UUID
    name: str
    created_at: datetime
    post_id: UUID | None = None
    parent_id: UUID | None = None
    language: str = ""
    severity: int | None = None
    answer: str = ""
    method: str = ""
    rows: int | None = None


class ImpactSource(Protocol):
    """An app that stores records citing clauses. Its methods only read, in a fixed number of queries."""

    @property
    def name(self) -> str:
        """A stable name, such as ``annotation``."""
        ...

    def count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        """Count the records of the project that cite exactly one of ``stopped`` (its key and ``before``)."""
        ...

    def decisions(self, *, project_id: UUID, meanings: Sequence[StoppedMeaning]) -> Sequence[ImpactCount]:
        """Count the decisions in force that cite exactly one of ``meanings``, whatever becomes of it."""
        ...

    def records(self, sought: RecordsSought) -> Sequence[CitingRecord]:
        """Return those of the records that `count` counts, by place descending; none for a noun of another source."""
        ...

    def affected_ids(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Iterator[UUID]:
        """Yield every item that ``affected`` would return, by id ascending, in bounded memory."""
        ...

    def affected_count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> int:
        """Count what ``affected_ids`` would yield."""
        ...

    def renewed(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
    ) -> Sequence[Renewed]:
        """Say what the tasks of one campaign have brought; an empty sequence where it asks nothing of this source."""
        ...

    def affected(
        self,
        *,
        project_id: UUID,
        stopped: Sequence[StoppedMeaning],
        after: UUID | None,
        limit: int,
        among: Sequence[UUID] | None = None,
    ) -> Sequence[AffectedItem]:
        """Return up to ``limit`` items with id greater than ``after``, of ``among`` where given, by id ascending.

        An item names only those of ``stopped`` that it has answers to and that nobody has answered yet under
        the new meaning; an item with none left is not returned. Sources with nothing to ask return nothing.
        """
        ...


class AsksNobody:
    """What a source says whose records are no decisions, and which no task asks again."""

    def decisions(self, *, project_id: UUID, meanings: Sequence[StoppedMeaning]) -> list[ImpactCount]:
        """Return nothing."""
        return []

    def affected_ids(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> Iterator[UUID]:
        """Yield nothing."""
        return iter(())

    def affected_count(self, *, project_id: UUID, stopped: Sequence[StoppedMeaning]) -> int:
        """Count nothing."""
        return 0

    def renewed(
        self, *, project_id: UUID, stopped: Sequence[StoppedMeaning], campaign_id: UUID
    ) -> list[Renewed]:
        """Return nothing."""
        return []

    def affected(
        self,
        *,
        project_id: UUID,
        stopped: Sequence[StoppedMeaning],
        after: UUID | None,
        limit: int,
        among: Sequence[UUID] | None = None,
    ) -> list[AffectedItem]:
        """Return nothing."""
        return []
