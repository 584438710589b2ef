"""Which meanings a release asks under; for a draft, those that publishing it now would give."""

from __future__ import annotations

from dataclasses import dataclass

from policies.domain.change_rule import Change, change_proposed
from policies.models import Clause, Release
from policies.models.clause import ClauseChange
from policies.selectors.clauses import clause_document_of
from policies.selectors.review import latest_revisions


@dataclass(frozen=True, slots=True)
class Prospect:
    """The meaning revision of a clause; ``is_assumed`` where the rule stands in for an undecided author."""

    meaning_revision: int
    is_assumed: bool = False


def prospects_of(release: Release) -> dict[str, Prospect]:
    """Return clause key → the revision that answers under this release cite, or will once it is published."""
    clauses = list(release.clauses.all())
    if release.is_published:
        return {clause.key: Prospect(clause.meaning_revision or 0) for clause in clauses}
    base = {clause.key: clause for clause in release.based_on.clauses.all()} if release.based_on else {}
    latest = latest_revisions(release.policy_id)
    return {
        clause.key: _prospect(clause, base.get(clause.key), latest.get(clause.key, 0)) for clause in clauses
    }


def _prospect(clause: Clause, base: Clause | None, latest: int) -> Prospect:
    change, assumed = clause.change, False
    if change == ClauseChange.UNDECIDED and base is not None:
        proposal = change_proposed(clause_document_of(base), clause_document_of(clause))
        change, assumed = proposal.change.value, True
    kept = change in (Change.NONE.value, Change.EDITORIAL.value) and base is not None
    if kept and base is not None and base.meaning_revision is not None:
        return Prospect(base.meaning_revision, assumed)
    return Prospect(latest + 1, assumed)
