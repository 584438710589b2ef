"""A release as its page shows it: the text, what is decided, what is missing, and what the reader may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from core.accounts.selectors import Actor, Capability, capabilities_in
from policies.domain.change_rule import Proposal, change_proposed
from policies.domain.clause_documents import clause_json
from policies.domain.completeness import Problem, clause_problems
from policies.domain.lineage import lineage_read
from policies.models import Approval, Clause, Release
from policies.models.release import ReleaseState
from policies.selectors.access import release_visible_get
from policies.selectors.clauses import clause_document_of
from policies.selectors.review import (
    approvals_missing,
    approvals_that_count,
    author_ids,
    decision_problems,
    is_decision_current,
    problems_of,
)


@dataclass(frozen=True, slots=True)
class ClauseDetail:
    """A clause with its text, the author's decision and, in a draft, what the rule proposes."""

    clause: Clause
    document: dict[str, Any]
    is_decision_current: bool
    proposal: Proposal | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class GoneClause:
    """A clause of the release's base that it no longer asks; ``kind`` is empty where nobody said what became of it."""

    key: str
    title: str
    kind: str
    to_keys: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class ReleaseActions:
    """What the reader may do with the release as it stands."""

    edit: bool
    submit: bool
    withdraw: bool
    approve: bool
    publish: bool
    retire: bool
    draft: bool
    discard: bool
    see_impact: bool


@dataclass(frozen=True, slots=True)
class ReleaseDetail:
    """Everything the page of one release shows."""

    release: Release
    clauses: tuple[ClauseDetail, ...]
    approvals: tuple[Approval, ...]
    counting_approvals: frozenset[UUID]
    problems: tuple[Problem, ...]
    actions: ReleaseActions
    gone: tuple[GoneClause, ...] = ()


def release_detail_get(actor: Actor, release_id: UUID) -> ReleaseDetail:
    """Return a release the actor may see, in a number of queries that does not grow with its clauses."""
    release = release_visible_get(actor, release_id)
    rows = sorted(
        release.clauses.select_related("edited_by"), key=lambda clause: (clause.position, clause.key)
    )
    is_open = not release.is_published
    problems = problems_of(release) if is_open else []
    based_on = {c.key: c for c in release.based_on.clauses.all()} if release.based_on else {}
    base = based_on if is_open else {}
    counting = (
        frozenset(approval.pk for approval in approvals_that_count(release)) if is_open else frozenset()
    )
    return ReleaseDetail(
        release=release,
        clauses=tuple(
            _detail(
                row,
                base.get(row.key),
                is_open=is_open,
                problems=[p for p in problems if p.clause_key == row.key],
            )
            for row in rows
        ),
        approvals=tuple(release.approvals.select_related("person").order_by("id")),
        counting_approvals=counting,
        problems=tuple(problems),
        actions=_actions(actor, release, is_approved=is_open and approvals_missing(release) == 0),
        gone=_gone(release, rows, list(based_on.values())),
    )


def _gone(release: Release, rows: list[Clause], base: list[Clause]) -> tuple[GoneClause, ...]:
    present = {row.key for row in rows}
    steps = {key: step for step in lineage_read(release.lineage) for key in step.from_keys}
    return tuple(
        GoneClause(
            key=row.key,
            title=row.title,
            kind=steps[row.key].kind.value if row.key in steps else "",
            to_keys=steps[row.key].to_keys if row.key in steps else (),
            reason=steps[row.key].reason if row.key in steps else "",
        )
        for row in sorted(base, key=lambda row: (row.position, row.key))
        if row.key not in present
    )


def clause_detail_of(clause: Clause) -> ClauseDetail:
    """Return one clause of a draft as the editor needs it after a save."""
    release = clause.release
    base = release.based_on.clauses.filter(key=clause.key).first() if release.based_on else None
    found = [Problem(clause.key, field, text) for field, text in clause_problems(clause_document_of(clause))]
    return _detail(clause, base, is_open=True, problems=[*found, *decision_problems(clause)])


def _detail(
    clause: Clause, base: Clause | None, *, is_open: bool, problems: Iterable[Problem]
) -> ClauseDetail:
    document = clause_document_of(clause)
    proposal = None
    if is_open and base is not None:
        proposal = change_proposed(clause_document_of(base), document)
    return ClauseDetail(
        clause=clause,
        document=clause_json(document),
        is_decision_current=not is_open or is_decision_current(clause),
        proposal=proposal,
        problems=tuple(problems),
    )


def _actions(actor: Actor, release: Release, *, is_approved: bool) -> ReleaseActions:
    allowed = capabilities_in(actor, release.policy.project_id)
    may_edit = Capability.POLICY_EDIT in allowed
    in_review = release.state == ReleaseState.IN_REVIEW
    may_approve = (
        in_review and Capability.POLICY_APPROVE in allowed and actor.user.pk not in author_ids(release)
    )
    return ReleaseActions(
        edit=may_edit and release.state == ReleaseState.DRAFT,
        submit=may_edit and release.state == ReleaseState.DRAFT,
        withdraw=may_edit and in_review,
        approve=may_approve,
        publish=may_edit and in_review and is_approved,
        retire=may_edit and release.state == ReleaseState.RELEASED,
        draft=may_edit and release.is_published,
        discard=may_edit and release.state == ReleaseState.DRAFT,
        see_impact=Capability.RESULTS_VIEW in allowed,
    )
