"""Votes on one clause as columns of small numbers: what models read when there are a million."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from annotation.domain.counts import Floats, Ints
from annotation.domain.patterns import without_gaps
from annotation.selectors.agreement import grade_of
from annotation.selectors.vote_reading import OFF_SCALE, Identifiers, VoteTable, votes_read
from policies.selectors import ClauseView


@dataclass(frozen=True, slots=True)
class VoteColumns:
    """Votes in five columns of one length; ``posts`` and ``people`` say whom the numbers mean, in ascending order.

    ``answer`` is the place on the clause's scale, ``severity`` the value named; both may be `OFF_SCALE`. ``at`` is
    when the answer came in, in seconds since 1970.
    """

    posts: Identifiers
    people: Identifiers
    item: Ints
    person: Ints
    answer: Ints
    severity: Ints
    at: Floats

    @classmethod
    def of(cls, table: VoteTable, clause: ClauseView) -> VoteColumns:
        """Take those of the votes that are about the clause with the meaning it has here."""
        rows = table.rows_of(clause)
        items, item = without_gaps(table.item[rows])
        people, person = without_gaps(table.person[rows])
        return cls(
            table.posts.among(items),
            table.people.among(people),
            item,
            person,
            table.answer[rows],
            table.severity[rows],
            table.at_us[rows] / 1e6,
        )

    def on_scale(self) -> VoteColumns:
        """Only votes whose answer the scale has; posts and people without any are left out."""
        keep = self.answer != OFF_SCALE
        if keep.all():
            return self
        items, item = without_gaps(self.item[keep])
        people, person = without_gaps(self.person[keep])
        return VoteColumns(
            self.posts.among(items),
            self.people.among(people),
            item,
            person,
            self.answer[keep],
            self.severity[keep],
            self.at[keep],
        )


def vote_columns(project_id: uuid.UUID, clause: ClauseView) -> VoteColumns:
    """Return the project's votes that count and are about the clause with the meaning it has here."""
    return VoteColumns.of(votes_read(project_id, [clause]), clause)


def grades_of(clause: ClauseView, votes: VoteColumns) -> Ints:
    """Return the grade of every vote, as `grade_of` has it; all answers are on the scale."""
    by_answer = _grades(clause, None)
    found = by_answer[votes.answer]
    for severity in clause.severity_values:
        named = votes.severity == severity
        found[named] = _grades(clause, severity)[votes.answer[named]]
    return found


def _grades(clause: ClauseView, severity: int | None) -> Ints:
    """The grade of each answer with this severity."""
    found: Sequence[int] = [grade_of(clause, answer, severity) or 0 for answer in clause.answer_values]
    return np.array(found, dtype=np.int64)
