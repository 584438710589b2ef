"""Clauses of a release, as the label document is checked against them."""

from __future__ import annotations

from collections.abc import Iterable

from annotation.domain.questions import Question, Requirements
from annotation.errors import ClauseNotAskableError
from policies.selectors import ClauseView, ReleaseView


def question_of(clause: ClauseView) -> Question:
    """Return what an answer to ``clause`` is checked against."""
    return Question(
        clause_key=clause.key,
        title=clause.title,
        answers=clause.answer_values,
        harmful=clause.harmful_values,
        severities=clause.severity_values,
        evidence_kinds=frozenset(clause.evidence_kinds),
        requires=Requirements(
            evidence=clause.requires_evidence,
            reason=clause.requires_reason,
            severity=clause.requires_severity,
        ),
    )


def clauses_asked(release: ReleaseView, clause_keys: Iterable[str]) -> list[ClauseView]:
    """Return the verdict clauses with these keys, in the release's outline order.

    Raises
    ------
    ClauseNotAskableError
        When the release has no such clause, or it is a criterion for comparisons.
    """
    keys = set(clause_keys)
    for key in sorted(keys):
        clause = release.clauses.get(key)
        if clause is None or clause.is_axis:
            raise ClauseNotAskableError(release=release.label, clause_key=key)
    return [clause for clause in release.verdict_clauses if clause.key in keys]
