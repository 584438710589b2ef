from __future__ import annotations

from config.demo.policy import CLAUSES, REVISION
from policies.domain.canonical import PlacedClause
from policies.domain.change_rule import change_proposed
from policies.domain.clause_documents import ClauseDocument
from policies.domain.completeness import release_problems


def test_the_demo_policy_can_be_released_as_it_is_written() -> None:
    placed = [
        PlacedClause(
            clause["key"], clause["parent_key"], position, ClauseDocument.model_validate(clause["document"])
        )
        for position, clause in enumerate(CLAUSES)
    ]
    assert release_problems(placed) == []
    assert sum(clause.document.kind == "verdict" for clause in placed) >= 6
    assert sum(clause.document.kind == "axis" for clause in placed) == 2


def test_the_rule_agrees_with_the_author_of_the_demo_about_what_changed_in_meaning() -> None:
    first = {clause["key"]: ClauseDocument.model_validate(clause["document"]) for clause in CLAUSES}
    for edit in REVISION:
        proposal = change_proposed(first[edit["key"]], ClauseDocument.model_validate(edit["document"]))
        assert proposal.change == edit["change"], proposal.reasons
