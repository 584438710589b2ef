"""Agreement per clause, release, language and part type, from the patterns of votes.

All figures of a page are reckoned from one reading of the votes. Posts with the same votes are one pattern, so what
is measured grows with how differently people answer and not with how many posts there are.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, LiteralString

import numpy as np
from django.db import connection
from django.db.models import Count, Q

from annotation.domain.agreement import Agreement, agreement_of
from annotation.domain.counts import Ints
from annotation.domain.disagreement_cost import DisagreementCost, cost_of, severity_costs
from annotation.domain.patterns import Alike, rows_merged, units_alike, without_gaps
from annotation.domain.set_answers import AnswerSet, set_agreement_of
from annotation.selectors.decisions import decisions_current
from annotation.selectors.vote_reading import OFF_SCALE, VoteTable, identified_read, votes_read
from policies.selectors import ClauseView, ReleaseView

SEED = 20_261_121

SliceKind = Literal["language", "part"]

_SLICES: dict[SliceKind, tuple[LiteralString, LiteralString]] = {
    "language": (
        "SELECT DISTINCT language FROM content_post WHERE project_id = %(project)s AND language <> '' ORDER BY 1",
        """SELECT post.id, known.place::int4
FROM content_post AS post
JOIN unnest(%(values)s::text[]) WITH ORDINALITY AS known(value, place) ON known.value = post.language
WHERE post.project_id = %(project)s""",
    ),
    "part": (
        """SELECT DISTINCT part.kind FROM content_part AS part JOIN content_post AS post ON post.id = part.post_id
WHERE post.project_id = %(project)s ORDER BY 1""",
        """SELECT post.id, known.place::int4
FROM content_post AS post JOIN content_part AS part ON part.post_id = post.id
JOIN unnest(%(values)s::text[]) WITH ORDINALITY AS known(value, place) ON known.value = part.kind
WHERE post.project_id = %(project)s""",
    ),
}
"""The values there are, and every post with the place of a value it has."""


@dataclass(frozen=True, slots=True)
class SliceAgreement:
    """Agreement on a clause over the posts in one language, or with one type of part."""

    value: str
    posts: int
    votes: int
    answers: Agreement
    cost: DisagreementCost


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
    cost: DisagreementCost
    methods: dict[str, int]
    slices: list[SliceAgreement] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReleaseAgreement:
    """How far people agree on which rules of a release a post breaks, all clauses together.

    ``rules_broken`` is α over sets of clauses with MASI's distance.
    """

    release: ReleaseView
    rules_broken: Agreement


@dataclass(frozen=True, slots=True)
class ProjectAgreement:
    """How far people agree, by release and by clause, in outline order."""

    releases: list[ReleaseAgreement]
    clauses: list[ClauseAgreement]


_Cell = tuple[str | None, int | None]


@dataclass(frozen=True, slots=True)
class _Votes:
    """Patterns of votes: ``rows[p, c]`` people said what cell c says, on ``repeats[p]`` posts."""

    cells: list[_Cell]
    rows: Ints
    repeats: Ints

    @property
    def posts(self) -> int:
        return int(self.repeats.sum())

    @property
    def votes(self) -> int:
        return int((self.rows.sum(axis=1) * self.repeats).sum())

    def counts(self, columns: Mapping[_Cell, int | None], width: int) -> tuple[Ints, Ints]:
        """Distinct counts of shape (patterns, width), and how often each occurs; cells without a column are out."""
        into = np.zeros((len(self.cells), width), dtype=np.int64)
        for at, cell in enumerate(self.cells):
            column = columns.get(cell)
            if column is not None:
                into[at, column] = 1
        return rows_merged(self.rows @ into, self.repeats)


def agreement_measured(
    project_id: uuid.UUID, releases: Sequence[ReleaseView], *, by: SliceKind | None = None
) -> ProjectAgreement:
    """Return the agreement on every verdict clause of the releases, and on which rules of each a post breaks.

    Parameters
    ----------
    by
        Also told apart by the language of the post, or by the types of its parts; a post with a picture and a
        caption counts for both types.
    """
    pairs = [(release, clause) for release in releases for clause in release.verdict_clauses]
    if not pairs:
        return ProjectAgreement([], [])
    table = votes_read(project_id, [clause for _, clause in pairs])
    slices = {} if by is None else _slices(project_id, by, table)
    simulated = _simulated(table)
    methods = _methods(project_id, [clause for _, clause in pairs])
    return ProjectAgreement(
        [
            ReleaseAgreement(release, _rules_broken(table, release))
            for release in releases
            if release.verdict_clauses
        ],
        [
            _clause_agreement(release, clause, table, slices, simulated, methods.get(clause.key, {}))
            for release, clause in pairs
        ],
    )


def _rules_broken(table: VoteTable, release: ReleaseView) -> Agreement:
    """Agreement on the set of clauses a post breaks, among those who were asked about the same ones."""
    places = table.places(release.verdict_clauses)
    rows = np.flatnonzero(np.isin(table.place, places)) if len(places) < len(table.clauses) else slice(None)
    item, place = table.item[rows], table.place[rows]
    if item.size == 0:
        return set_agreement_of([], seed=SEED)
    harmful = _is_harmful(table, rows)
    if len(places) == 1:
        sets: list[AnswerSet] = [frozenset(), frozenset([table.clauses[places[0]].key])]
        return _on_sets(sets, without_gaps(item)[1], harmful)
    order, begins = table.submissions(rows)
    width = len(table.clauses)
    # What one person was asked and holds broken is one pattern of clauses: twice the place, and one more if broken.
    given = np.repeat(np.arange(begins.size), np.diff(np.append(begins, order.size)))
    answered = units_alike(given, (2 * place + harmful)[order], values=2 * width)
    asked, broken = _sets(answered, table)
    unit_key = item[order][begins] * np.int64(len(set(asked))) + _numbered(asked)[answered.pattern]
    units = np.unique(unit_key, return_inverse=True)[1].astype(np.int64)
    sets = sorted(set(broken), key=sorted)
    said = np.array([sets.index(entry) for entry in broken], dtype=np.int64)[answered.pattern]
    return _on_sets(sets, units, said)


def _on_sets(sets: Sequence[AnswerSet], unit: Ints, said: Ints) -> Agreement:
    """Agreement where each unit got sets, by their places."""
    alike = units_alike(unit, said, values=len(sets))
    patterns: list[tuple[dict[AnswerSet, int], int]] = [
        ({sets[at]: times for at, times in enumerate(row) if times}, repeats)
        for row, repeats in zip(alike.rows.tolist(), alike.repeats().tolist(), strict=True)
    ]
    return set_agreement_of(patterns, seed=SEED)


def _sets(answered: Alike, table: VoteTable) -> tuple[list[AnswerSet], list[AnswerSet]]:
    """For each pattern of what one person said: the clauses they were asked about, and those they hold broken."""
    keys = [clause.key for clause in table.clauses]
    asked, broken = [], []
    for row in answered.rows:
        told = np.flatnonzero(row)
        asked.append(frozenset(keys[at // 2] for at in told))
        broken.append(frozenset(keys[at // 2] for at in told if at % 2))
    return asked, broken


def _numbered(sets: Sequence[AnswerSet]) -> Ints:
    known = {entry: number for number, entry in enumerate(sorted(set(sets), key=sorted))}
    return np.array([known[entry] for entry in sets], dtype=np.int64)


def _is_harmful(table: VoteTable, rows: Ints | slice) -> Ints:
    """1 for answers that hold the clause broken, else 0."""
    most = max(len(clause.answer_values) for clause in table.clauses)
    harmful = np.zeros((len(table.clauses), most + 1), dtype=np.int64)
    for place, clause in enumerate(table.clauses):
        for at, answer in enumerate(clause.answer_values):
            harmful[place, at] = answer in clause.harmful_values
    return harmful[table.place[rows], table.answer[rows]]


def _slices(project_id: uuid.UUID, by: SliceKind, table: VoteTable) -> dict[str, Ints]:
    """By value: which of the table's posts have it."""
    known, members = _SLICES[by]
    with connection.cursor() as cursor:
        cursor.execute(known, {"project": project_id})
        values = [value for (value,) in cursor.fetchall()]
    *identifiers, number = identified_read(members, {"project": project_id, "values": values})
    item = table.posts.places(*identifiers)
    found = {value: np.unique(item[(number == at) & (item >= 0)]) for at, value in enumerate(values, 1)}
    return {value: items for value, items in found.items() if items.size}


def _simulated(table: VoteTable) -> Ints:
    """The numbers of those people who are simulated."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM accounts_user WHERE is_simulated AND id = ANY(%s)", [list(table.people)]
        )
        simulated = {person_id for (person_id,) in cursor.fetchall()}
    return np.array([at for at, person in enumerate(table.people) if person in simulated], dtype=np.int64)


def _methods(project_id: uuid.UUID, clauses: Sequence[ClauseView]) -> dict[str, dict[str, int]]:
    condition = Q()
    for clause in clauses:
        condition |= Q(clause_key=clause.key, meaning_revision=clause.meaning_revision)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    current = decisions_current(project_id, include_undecided=True).filter(condition)
    for key, method, count in current.values_list("clause_key", "method").annotate(count=Count("id")):
        found[key][method] = count
    return found


def _clause_agreement(
    release: ReleaseView,
    clause: ClauseView,
    table: VoteTable,
    slices: Mapping[str, Ints],
    simulated: Ints,
    methods: dict[str, int],
) -> ClauseAgreement:
    rows = table.rows_of(clause)
    people, _ = without_gaps(table.person[rows])
    cells, posts, alike = _patterns(clause, table, rows)
    whole = _Votes(cells, alike.rows, alike.repeats())
    parts = {
        value: _Votes(
            cells, alike.rows, alike.repeats(np.flatnonzero(np.isin(posts, items, assume_unique=True)))
        )
        for value, items in sorted(slices.items())
    }
    return ClauseAgreement(
        clause=clause,
        release=release,
        posts=whole.posts,
        votes=whole.votes,
        people=int(people.size),
        simulated_people=int(np.isin(people, simulated).sum()),
        answers=_on_answers(clause, whole),
        severities=_on_severities(clause, whole),
        cost=_cost(clause, whole),
        methods=methods,
        slices=[
            SliceAgreement(value, votes.posts, votes.votes, _on_answers(clause, votes), _cost(clause, votes))
            for value, votes in parts.items()
            if votes.posts
        ],
    )


def _patterns(clause: ClauseView, table: VoteTable, rows: Ints | slice) -> tuple[list[_Cell], Ints, Alike]:
    """What can be said on the clause, the posts it was said on, and which of them look alike."""
    answer, severity = table.answer[rows] + 1, table.severity[rows] + 1
    width = int(severity.max(initial=0)) + 1
    said, value = without_gaps(answer * width + severity)
    posts, unit = without_gaps(table.item[rows])
    cells: list[_Cell] = []
    for cell in said.tolist():
        at, step = cell // width - 1, cell % width - 1
        cells.append(
            (None if at == OFF_SCALE else clause.answer_values[at], None if step == OFF_SCALE else step)
        )
    return cells, posts, units_alike(unit, value, values=len(cells))


def _on_answers(clause: ClauseView, votes: _Votes) -> Agreement:
    column = {answer: index for index, answer in enumerate(clause.answer_values)}
    columns = {cell: column.get(cell[0]) if cell[0] is not None else None for cell in votes.cells}
    return _agreement(votes.counts(columns, max(len(column), 1)), "nominal")


def _on_severities(clause: ClauseView, votes: _Votes) -> Agreement | None:
    """Agreement on the severity among those who named one; None for a clause without a scale."""
    if not clause.severity_values:
        return None
    step = {severity: index for index, severity in enumerate(clause.severity_values)}
    columns = {cell: step.get(cell[1]) if cell[1] is not None else None for cell in votes.cells}
    return _agreement(votes.counts(columns, len(step)), "ordinal")


def _agreement(counted: tuple[Ints, Ints], measure: Literal["nominal", "ordinal"]) -> Agreement:
    counts, repeats = counted
    return agreement_of(counts, measure=measure, repeats=repeats, seed=SEED)


def _cost(clause: ClauseView, votes: _Votes) -> DisagreementCost:
    columns = {cell: None if cell[0] is None else grade_of(clause, cell[0], cell[1]) for cell in votes.cells}
    steps = max(len(clause.severity_values), 1)
    counts, repeats = votes.counts(columns, steps + 1)
    return cost_of(counts, severity_costs(steps), repeats=repeats, seed=SEED)


def grade_of(clause: ClauseView, answer: str, severity: int | None) -> int | None:
    """Return the grade of a verdict: 0 for harmless, 1 … for harmful by its severity, mildest first.

    A harmful answer without a severity counts as the mildest; an answer the scale does not have is no grade.
    """
    if answer not in clause.answer_values:
        return None
    if answer not in clause.harmful_values:
        return 0
    steps = list(clause.severity_values)
    return steps.index(severity) + 1 if severity in steps else 1
