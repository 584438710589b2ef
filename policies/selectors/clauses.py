from __future__ import annotations

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import ClauseDocument
from policies.models import Clause, Release

DOCUMENT_FIELDS = (
    "kind",
    "title",
    "question",
    "blocks",
    "answers",
    "severities",
    "modalities",
    "evidence_kinds",
    "requires",
    "relations",
    "codes",
    "language",
    "translations",
)


def clause_document_of(clause: Clause) -> ClauseDocument:
    """Return what the stored clause says."""
    return ClauseDocument.model_validate({name: getattr(clause, name) for name in DOCUMENT_FIELDS})


def placed_clauses(release: Release | None) -> list[PlacedClause]:
    """Return the clauses of a release in outline order, in one query; none of no release."""
    if release is None:
        return []
    clauses = sorted(release.clauses.all(), key=lambda clause: (clause.position, clause.key))
    return [
        PlacedClause(
            key=clause.key,
            parent_key=clause.parent_key,
            position=clause.position,
            document=clause_document_of(clause),
            meaning_revision=clause.meaning_revision,
        )
        for clause in clauses
    ]
