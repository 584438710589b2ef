"""Votes as the database sends them, a million at once: binary COPY, rows of one length, read by NumPy in blocks.

Some tens of bytes a vote in memory and a second or two a million, where rows as Python objects take half a minute.
Whoever needs figures of several kinds reads once and reckons them all from the same columns.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString, overload

import numpy as np
import numpy.typing as npt
from django.db import connection
from psycopg import Copy

from annotation.domain.counts import Ints
from core.queue.selectors import GOLD_SOURCE, ONBOARDING
from policies.selectors import ClauseView

OFF_SCALE = -1
"""An answer that the clause's scale does not have, and a severity that was not named."""

_HEADER_BYTES = 19
_TRAILER_BYTES = 2
# The trailer comes by itself, or with the header where there is no row. Every row with a column or two is longer.
_LONGEST_LAST_BYTES = _HEADER_BYTES + _TRAILER_BYTES
_BLOCK_BYTES = 4_000_000
_SAMPLE = 20_000
_EPOCH_S = 946_684_800
"""PostgreSQL counts from the first second of 2000."""

_UNSIGNED = npt.NDArray[np.uint64]

# Told that it looks for something, the database reads the few answers that supersede one, not all that do not.
_COUNTS = """{given}.slot_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM queue_submission AS later
    WHERE later.supersedes_id = {given}.id AND later.supersedes_id IS NOT NULL)
  AND NOT EXISTS (
    SELECT 1 FROM queue_task AS task
    WHERE task.id = {given}.task_id AND task.source = %(gold)s AND ({gold}))"""

# Answer and severity are sent as one number, from 0 for what is not there.
_VOTES = """
SELECT submission.person_id, verdict.post_id, submission.created_at, submission.active_ms,
  meant.place::int4, coalesce(scale.number, 0) << 16 | coalesce(verdict.severity + 1, 0)
FROM {verdicts}
JOIN unnest(%(keys)s::text[], %(revisions)s::int4[]) WITH ORDINALITY AS meant(clause_key, meaning_revision, place)
  ON meant.clause_key = verdict.clause_key AND meant.meaning_revision = verdict.meaning_revision
LEFT JOIN unnest(%(places)s::int8[], %(answers)s::text[], %(numbers)s::int4[]) AS scale(place, answer, number)
  ON scale.place = meant.place AND scale.answer = verdict.answer
JOIN queue_submission AS submission ON submission.id = verdict.submission_id
WHERE verdict.project_id = %(project)s AND """
# Read first, and by themselves: then the others' are looked up post by post, and not all of them gone through.
_OWN = """WITH own AS MATERIALIZED (
  SELECT DISTINCT answered.post_id, answered.clause_key
  FROM queue_submission AS mine JOIN annotation_verdict AS answered ON answered.submission_id = mine.id
  WHERE mine.person_id = %(only)s AND answered.project_id = %(project)s AND {counts}
)"""
_BESIDE_OWN = "own JOIN annotation_verdict AS verdict USING (post_id, clause_key)"
_ROW: Sequence[tuple[str, str]] = (
    ("person", ">u8,>u8"),
    ("post", ">u8,>u8"),
    ("at", ">i8"),
    ("active_ms", ">i4"),
    ("place", ">i4"),
    ("said", ">i4"),
)


class Identifiers(Sequence[uuid.UUID]):
    """Identifiers in ascending order, kept as two numbers each; they become objects when they are asked for."""

    def __init__(self, high: _UNSIGNED, low: _UNSIGNED) -> None:
        self._high, self._low = high, low

    def __len__(self) -> int:
        return self._high.size

    @overload
    def __getitem__(self, at: int) -> uuid.UUID: ...

    @overload
    def __getitem__(self, at: slice) -> list[uuid.UUID]: ...

    def __getitem__(self, at: int | slice) -> uuid.UUID | list[uuid.UUID]:
        if isinstance(at, slice):
            pairs = zip(self._high[at].tolist(), self._low[at].tolist(), strict=True)
            return [uuid.UUID(int=high << 64 | low) for high, low in pairs]
        return uuid.UUID(int=int(self._high[at]) << 64 | int(self._low[at]))

    def __iter__(self) -> Iterator[uuid.UUID]:
        return iter(self[:])

    def among(self, kept: Ints) -> Identifiers:
        """Only those at these places, which are in ascending order."""
        return Identifiers(self._high[kept], self._low[kept])

    def places(self, high: _UNSIGNED, low: _UNSIGNED) -> Ints:
        """Return where each identifier stands here; −1 for one that does not."""
        _, number = identifiers_of(np.concatenate([self._high, high]), np.concatenate([self._low, low]))
        place = np.full(int(number.max(initial=-1)) + 1, -1, dtype=np.int64)
        place[number[: len(self)]] = np.arange(len(self))
        return place[number[len(self) :]]


def identifiers_of(high: _UNSIGNED, low: _UNSIGNED) -> tuple[Identifiers, Ints]:
    """Tell identifiers apart; return them once each, and the number of each one given."""
    if np.unique(low[:_SAMPLE]).size < _SAMPLE // 8:
        # A few are found again quicker than all are sorted.
        lower = np.unique(low)
        number = np.searchsorted(lower, low)
    else:
        lower, number = np.unique(low, return_inverse=True)
    upper = np.zeros(lower.size, dtype=np.uint64)
    upper[number] = high
    if not np.array_equal(upper[number], high):
        # The lower half, mostly random, did not tell them apart: so both halves must.
        _, more = np.unique(high, return_inverse=True)
        _, first, number = np.unique(more * lower.size + number, return_index=True, return_inverse=True)
        lower, upper = low[first], high[first]
    order = np.lexsort((lower, upper))
    place = np.empty(order.size, dtype=np.int64)
    place[order] = np.arange(order.size)
    return Identifiers(upper[order], lower[order]), place[number]


@dataclass(frozen=True, slots=True)
class VoteTable:
    """Votes on several clauses in columns of one length; ``posts`` and ``people`` say whom the numbers mean.

    ``place``: which of ``clauses``. ``answer``: the place on that clause's scale, ``severity`` the value named; both
    may be `OFF_SCALE`. ``at_us``: when the answer came in, in microseconds since 1970. ``active_ms``: what the whole
    submission took, every vote of which repeats it.
    """

    clauses: tuple[ClauseView, ...]
    posts: Identifiers
    people: Identifiers
    item: Ints
    person: Ints
    place: Ints
    answer: Ints
    severity: Ints
    at_us: Ints
    active_ms: Ints

    def rows_of(self, clause: ClauseView) -> Ints | slice:
        """Return which votes are about the clause with the meaning it has here; nothing for another clause."""
        place = self.places([clause])
        if not place:
            return np.zeros(0, dtype=np.int64)
        return slice(None) if len(self.clauses) == 1 else np.flatnonzero(self.place == place[0])

    def places(self, clauses: Sequence[ClauseView]) -> list[int]:
        """Return the places of these clauses, of those that are among the table's."""
        wanted = {_meaning(clause) for clause in clauses}
        return [place for place, clause in enumerate(self.clauses) if _meaning(clause) in wanted]

    def submissions(self, rows: Ints | slice = slice(None)) -> tuple[Ints, Ints]:
        """Tell apart what was given at once: by one person about one post at one moment.

        Returns
        -------
        tuple
            An order of the rows that puts the votes of each submission beside each other, and where each begins.
        """
        if len(self.clauses) == 1:
            every = np.arange(self.item[rows].size)
            return every, every
        key = self.item[rows] * np.int64(max(len(self.people), 1)) + self.person[rows]
        moment = self.at_us[rows]
        order = np.argsort(key, kind="stable")
        same = key[order][1:] == key[order][:-1]
        if (same & (moment[order][1:] != moment[order][:-1])).any():
            order = np.lexsort((moment, key))
            same = key[order][1:] == key[order][:-1]
        begins = ~(same & (moment[order][1:] == moment[order][:-1]))
        return order, np.flatnonzero(np.concatenate([np.ones(min(order.size, 1), dtype=bool), begins]))


def votes_read(
    project_id: uuid.UUID, clauses: Sequence[ClauseView], *, only: uuid.UUID | None = None
) -> VoteTable:
    """Read the votes on these clauses that count, each under the meaning it has here.

    Parameters
    ----------
    only
        Nothing but votes on posts that this person answered, on the clauses they answered there. Answers to gold
        are among them, so that a person does not tell it apart; those to an onboarding are not.
    """
    told = tuple({_meaning(clause): clause for clause in clauses}.values())
    scale = [
        (at, answer, n) for at, one in enumerate(told, 1) for n, answer in enumerate(one.answer_values, 1)
    ]
    values: dict[str, Any] = {
        "project": project_id,
        "only": only,
        "gold": GOLD_SOURCE,
        "onboarding": ONBOARDING,
        "keys": [clause.key for clause in told],
        "revisions": [clause.meaning_revision for clause in told],
        "places": [at for at, _, _ in scale],
        "answers": [answer for _, answer, _ in scale],
        "numbers": [number for _, _, number in scale],
    }
    gold: LiteralString = "true" if only is None else "task.context ? %(onboarding)s"
    verdicts: LiteralString = "annotation_verdict AS verdict" if only is None else _BESIDE_OWN
    sql: LiteralString = _VOTES.format(verdicts=verdicts) + _COUNTS.format(given="submission", gold=gold)
    if only is not None:
        sql = _OWN.format(counts=_COUNTS.format(given="mine", gold=gold)) + sql
    columns = columns_read(sql, values, _ROW)
    posts, item = identifiers_of(*_halves(columns["post"]))
    people, person = identifiers_of(*_halves(columns["person"]))
    said = columns["said"].astype(np.int64)
    return VoteTable(
        told,
        posts,
        people,
        item,
        person,
        columns["place"].astype(np.int64) - 1,
        (said >> 16) - 1,
        (said & 0xFFFF) - 1,
        columns["at"] + _EPOCH_S * 1_000_000,
        columns["active_ms"].astype(np.int64),
    )


def identified_read(sql: LiteralString, values: Mapping[str, Any]) -> tuple[_UNSIGNED, _UNSIGNED, Ints]:
    """Read rows of an identifier and a small number (int4); return the two halves of the one, and the other."""
    columns = columns_read(sql, values, (("id", ">u8,>u8"), ("number", ">i4")))
    return *_halves(columns["id"]), columns["number"].astype(np.int64)


def columns_read(
    sql: LiteralString, values: Mapping[str, Any], row: Sequence[tuple[str, str]]
) -> dict[str, npt.NDArray[Any]]:
    """Return what the query selects by column; every value has the length its type has here, and none is NULL."""
    # Each field is preceded by its length, each row by how many fields it has.
    layout = np.dtype(
        [
            ("fields", ">i2"),
            *((f"{kind}{name}", of) for name, of in row for kind, of in (("#", ">i4"), ("", of))),
        ]
    )
    parts = [{name: _native(block[name]) for name, _ in row} for block in _blocks(sql, values, layout)] or [
        {name: _native(np.zeros(0, dtype=layout)[name]) for name, _ in row}
    ]
    return {name: np.concatenate([part.pop(name) for part in parts], axis=-1) for name, _ in row}


def _native(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    if column.dtype.names:
        return np.stack([column[name].astype(np.uint64) for name in column.dtype.names])
    # Small numbers stay small until all are there: the votes are held twice while they are put together.
    return column.astype(column.dtype.newbyteorder("="))


def _blocks(
    sql: LiteralString, values: Mapping[str, Any], layout: np.dtype[Any]
) -> Iterator[npt.NDArray[Any]]:
    """Yield what the query selects, some megabytes at a time."""
    held = bytearray()
    begins = _HEADER_BYTES
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT BINARY)", values) as copy,
    ):
        for rows in _arrived(copy):
            held += rows
            if len(held) >= _BLOCK_BYTES:
                whole = begins + (len(held) - begins) // layout.itemsize * layout.itemsize
                yield np.frombuffer(bytes(held[begins:whole]), dtype=layout)
                del held[:whole]
                begins = 0
    # Two bytes say that it is over.
    count = (len(held) - begins) // layout.itemsize
    if count:
        yield np.frombuffer(bytes(held[begins : begins + count * layout.itemsize]), dtype=layout)


def _arrived(copy: Copy) -> Iterator[bytes]:
    """Yield the rows of a copy as they come.

    What has arrived already is taken without asking the socket once a row, as the copy itself would: that takes twice
    as long as all the rest.
    """
    arrived = copy.connection.pgconn.get_copy_data
    while row := copy.read():
        yield bytes(row)
        while len(row) > _LONGEST_LAST_BYTES:
            length, row = arrived(1)
            if length <= 0:
                break
            yield bytes(row)


def _halves(column: npt.NDArray[Any]) -> tuple[_UNSIGNED, _UNSIGNED]:
    return column[0], column[1]


def _meaning(clause: ClauseView) -> tuple[str, int]:
    return clause.key, clause.meaning_revision
