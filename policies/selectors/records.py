"""The records behind the counts of impact and of what decisions become: page by page, each with what to go to."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.accounts.selectors import Actor, Capability, project_get
from core.content.selectors import beginnings_of
from policies.domain.impact import (
    CitingRecord,
    ImpactSource,
    Place,
    RecordFilter,
    RecordsSought,
    StoppedMeaning,
)
from policies.errors import RecordsPlaceError
from policies.impact_registry import impact_sources
from policies.selectors.differences import release_pair_get
from policies.selectors.impact import read_only
from policies.selectors.outcomes import Becomes, becomes_of, meanings_between

DECISIONS = ("comparison decisions", "decisions", "rating decisions")
NOUNS = (
    "answers",
    "comparison decisions",
    "dataset versions",
    "decisions",
    "gold items",
    "judgments",
    "precedents",
    "rating decisions",
    "ratings",
    "response assessments",
)
NEEDS = {"gold items": Capability.QUALITY_KEEP}
"""Which records take more than seeing results and posts: which posts are gold measures people."""


@dataclass(frozen=True, slots=True)
class RecordsAsked:
    """Which records are listed; ``becomes`` None stands for all that stop holding, without it only decisions are."""

    nouns: tuple[str, ...]
    becomes: Becomes | None = None
    clause_key: str | None = None
    wanted: RecordFilter = field(default_factory=RecordFilter)


@dataclass(frozen=True, slots=True)
class ListedRecord:
    """A record, what it is and under which clause, and how its post begins."""

    noun: str
    clause_key: str
    record: CitingRecord
    beginning: str


@dataclass(frozen=True, slots=True)
class RecordsPage:
    """Records by clause, and of each clause the newest post first; ``cursor`` leads on, ``None`` at the end."""

    records: tuple[ListedRecord, ...]
    cursor: str | None


@dataclass(frozen=True, slots=True)
class RecordsCount:
    """How many records of one noun and clause have this language and severity."""

    noun: str
    clause_key: str
    language: str
    severity: int | None
    count: int


@dataclass(frozen=True, slots=True, order=True)
class _List:
    """One of the lists that a page is put together from."""

    clause_key: str
    source: str
    noun: str


def records_page(
    actor: Actor,
    release_id: UUID,
    asked: RecordsAsked,
    *,
    against_id: UUID | None = None,
    cursor: str | None = None,
    limit: int = 50,
) -> RecordsPage:
    """Return the records that a change stops (or, with ``becomes``, the decisions that it makes into that).

    Raises
    ------
    ReleaseNotFoundError, AgainstInvalidError, CapabilityMissingError, RecordsPlaceError
    """
    project_id, meanings = _scope(actor, release_id, against_id, asked)
    start, place = _place_read(cursor) if cursor else (None, None)
    found: list[tuple[_List, CitingRecord]] = []
    with read_only():
        for name, source, meaning in _lists(meanings, asked.nouns):
            if start is not None and name < start:
                continue
            sought = RecordsSought(
                project_id,
                meaning,
                name.noun,
                limit=limit + 1 - len(found),
                wanted=asked.wanted,
                after=place if name == start else None,
            )
            found += [(name, row) for row in source.records(sought)]
            if len(found) > limit:
                break
        page = found[:limit]
        begins = beginnings_of({row.post_id for _, row in page if row.post_id is not None})
    listed = tuple(
        ListedRecord(name.noun, name.clause_key, row, begins.get(row.post_id, "") if row.post_id else "")
        for name, row in page
    )
    return RecordsPage(listed, _place_written(*page[-1]) if len(found) > limit else None)


def records_count(
    actor: Actor, release_id: UUID, asked: RecordsAsked, *, against_id: UUID | None = None
) -> list[RecordsCount]:
    """Count what `records_page` lists, by noun, clause, language and severity, whatever of these is asked."""
    project_id, meanings = _scope(actor, release_id, against_id, asked)
    counted: dict[tuple[str, str, str, int | None], int] = defaultdict(int)
    with read_only():
        for source in impact_sources():
            counts = (
                source.count(project_id=project_id, stopped=meanings)
                if asked.becomes is None
                else source.decisions(project_id=project_id, meanings=meanings)
            )
            for row in counts:
                counted[row.noun, row.clause_key, row.language, row.severity] += row.count
    return [
        RecordsCount(*key, count=count)
        for key, count in sorted(counted.items(), key=lambda item: (*item[0][:3], item[0][3] or 0))
    ]


def _scope(
    actor: Actor, release_id: UUID, against_id: UUID | None, asked: RecordsAsked
) -> tuple[UUID, list[StoppedMeaning]]:
    release, against = release_pair_get(actor, release_id, against_id)
    project_id = release.policy.project_id
    for needed in (Capability.RESULTS_VIEW, Capability.CONTENT_VIEW, *_further(asked.nouns)):
        project_get(actor, project_id, needs=needed)
    stops: Collection[Becomes] = ("asked_again", "no_longer_asked")
    meant = stops if asked.becomes is None else (asked.becomes,)
    meanings = [meaning for meaning in meanings_between(release, against) if becomes_of(meaning) in meant]
    if asked.clause_key is not None:
        meanings = [meaning for meaning in meanings if meaning.clause_key == asked.clause_key]
    return project_id, meanings


def _further(nouns: Sequence[str]) -> list[Capability]:
    return [NEEDS[noun] for noun in nouns if noun in NEEDS]


def _lists(
    meanings: Sequence[StoppedMeaning], nouns: Sequence[str]
) -> Iterator[tuple[_List, ImpactSource, StoppedMeaning]]:
    for meaning in sorted(meanings, key=lambda one: one.clause_key):
        for source in impact_sources():
            for noun in sorted(nouns):
                yield _List(meaning.clause_key, source.name, noun), source, meaning


def _place_written(name: _List, row: CitingRecord) -> str:
    parts = (name.clause_key, name.source, name.noun, *(str(part) for part in row.place))
    return urlsafe_b64encode("|".join(parts).encode()).decode()


def _place_read(cursor: str) -> tuple[_List, Place]:
    try:
        key, source, noun, item, own = urlsafe_b64decode(cursor.encode()).decode().split("|")
        return _List(key, source, noun), (UUID(item), UUID(own))
    except ValueError:
        raise RecordsPlaceError() from None
