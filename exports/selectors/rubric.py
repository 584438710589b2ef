"""The clauses that a version's decided posts are checked by, with how grave the release says each can be."""

from __future__ import annotations

from dataclasses import dataclass

from exports.domain.definition import definition_parse
from exports.models import Version
from policies.selectors import release_get


@dataclass(frozen=True)
class GradedClause:
    """A clause that tells harm; ``worst`` is the top of its scale of severities, None where it has none."""

    key: str
    title: str
    worst: int | None


def clauses_graded(version: Version) -> tuple[GradedClause, ...]:
    """Return the clauses that may stand in the rubrics of a version's rows, in the release's order."""
    asked = definition_parse(version.definition).clauses
    return tuple(
        GradedClause(clause.key, clause.title, max(clause.severity_values, default=None))
        for clause in release_get(version.release_id).verdict_clauses
        if clause.harmful_values and (not asked or clause.key in asked)
    )
