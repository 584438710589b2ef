from __future__ import annotations

from typing import Any

import pytest

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import ClauseDocument
from policies.domain.completeness import clause_problems, release_problems
from policies.domain.markdown_guide import release_guide
from policies.domain.outline import OutlineError, Placement, outline_checked
from policies.domain.release_difference import release_difference
from tests.policies.clause_texts import axis_json, verdict, verdict_json, with_block


def _clause(
    key: str, position: int = 0, *, parent: str = "", meaning: int | None = 1, **changes: Any
) -> PlacedClause:
    return PlacedClause(key, parent, position, verdict(**changes), meaning)


def test_clauses_are_added_removed_changed_and_left_alone() -> None:
    before = [_clause("gone", 0), _clause("same", 1), _clause("edited", 2)]
    after = [_clause("same", 0), _clause("edited", 1, meaning=2, title="Edited"), _clause("fresh", 2)]
    difference = release_difference(before, after)
    assert {c.key: c.status for c in difference.clauses} == {
        "same": "unchanged",
        "edited": "changed",
        "fresh": "added",
        "gone": "removed",
    }
    assert {c.key: c.is_held for c in difference.clauses} == {
        "same": True,
        "edited": False,
        "fresh": False,
        "gone": False,
    }
    assert difference.counts() == {
        "added": 1,
        "removed": 1,
        "changed": 1,
        "unchanged": 1,
        "moved": 0,
        "meaning": 1,
    }


def test_a_changed_block_is_compared_by_word_and_the_others_are_left_out() -> None:
    after = ClauseDocument.model_validate(
        with_block(verdict_json(), "avoid_when", "A museum shows a replica.")
    )
    difference = release_difference([_clause("w")], [PlacedClause("w", "", 0, after, 2)])
    (clause,) = difference.clauses
    (block,) = clause.blocks
    assert block.type == "avoid_when"
    assert [s.text for s in block.segments if s.operation == "delete"] == ["an antique"]
    assert [s.text for s in block.segments if s.operation == "insert"] == ["a replica"]


def test_a_changed_scale_is_shown_as_people_read_it() -> None:
    after = _clause("w", severities=[{"value": 1, "label": "Low"}, {"value": 2, "label": "Grave"}])
    (clause,) = release_difference([_clause("w")], [after]).clauses
    (field,) = clause.fields
    assert field.field == "severities"
    assert [s.text for s in field.segments if s.operation == "insert"] == ["Grave"]


def test_one_clause_that_moves_does_not_mark_the_ones_it_passes() -> None:
    before = [_clause(key, index) for index, key in enumerate("abcd")]
    after = [_clause(key, index) for index, key in enumerate("bcda")]
    assert [c.key for c in release_difference(before, after).clauses if c.is_moved] == ["a"]


def test_a_clause_under_another_parent_has_moved() -> None:
    before = [_clause("a", 0), _clause("b", 1)]
    after = [_clause("a", 0), _clause("b", 1, parent="a")]
    assert [c.key for c in release_difference(before, after).clauses if c.is_moved] == ["b"]


def test_an_example_with_another_ruling_says_which() -> None:
    items = [{"text": "Glock, 300, meet at the station", "ruling": "no", "why": "Price and place."}]
    blocks = [{**b, "items": items} if b["type"] == "examples" else b for b in verdict_json()["blocks"]]
    (clause,) = release_difference([_clause("w")], [_clause("w", blocks=blocks)]).clauses
    (item,) = clause.blocks[0].items
    assert (item.status, item.ruling_before, item.ruling_after) == ("changed", "yes", "no")


def test_an_outline_is_read_with_children_after_their_parents() -> None:
    rows = [Placement("c", "b"), Placement("a", ""), Placement("b", ""), Placement("d", "a")]
    assert [row.key for row in outline_checked(rows, keys={"a", "b", "c", "d"})] == ["a", "d", "b", "c"]


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ([("a", "")], "b is missing"),
        ([("a", ""), ("a", ""), ("b", "")], "a is named twice"),
        ([("a", "b"), ("b", "a")], "stands below itself"),
        ([("a", ""), ("b", "x")], "x, the parent of b, is not in this release"),
        ([("a", ""), ("b", ""), ("x", "")], "x is not a clause of this release"),
    ],
)
def test_an_outline_that_is_no_tree_of_the_clauses_is_refused(
    rows: list[tuple[str, str]], problem: str
) -> None:
    with pytest.raises(OutlineError, match=problem):
        outline_checked([Placement(*row) for row in rows], keys={"a", "b"})


def test_a_finished_clause_has_no_problems() -> None:
    assert clause_problems(verdict()) == []
    assert clause_problems(ClauseDocument.model_validate(axis_json())) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"question": ""}, "question"),
        ({"blocks": []}, "blocks"),
        ({"answers": [{"value": "yes", "label": "Yes", "harmful": True}]}, "answers"),
        ({"answers": [{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]}, "answers"),
        ({"severities": []}, "severities"),
        ({"evidence_kinds": []}, "evidence_kinds"),
        ({"evidence_kinds": ["time_range"]}, "evidence_kinds"),
        ({"modalities": []}, "modalities"),
    ],
)
def test_what_a_clause_lacks_is_named_with_its_field(changes: dict[str, Any], field: str) -> None:
    assert field in [name for name, _ in clause_problems(verdict(**changes))]


def test_a_relation_that_leads_nowhere_is_a_problem_of_the_release() -> None:
    clause = _clause("w", relations=[{"kind": "see_also", "clause_key": "nowhere"}])
    assert [(p.clause_key, p.field) for p in release_problems([clause])] == [("w", "relations")]


def test_a_release_without_clauses_says_what_to_do() -> None:
    assert [p.sentence for p in release_problems([])] == ["Write at least one clause."]


def test_the_guide_shows_every_block_and_nests_children() -> None:
    clauses = [_clause("weapons", 0), _clause("knives", 1, parent="weapons", title="Knives")]
    guide = release_guide(label="community@1", title="Community", facts=["In effect"], clauses=clauses)
    assert guide.startswith("# Community\n\nRelease community@1\n\n- In effect\n")
    assert "\n## Weapons sale (`weapons`)\n" in guide
    assert "\n### Knives (`knives`)\n" in guide
    assert "> Glock, 300, meet at the station\n\n**Yes.** Price and place.\n" in guide
    assert guide.endswith("\n")
    assert not guide.endswith("\n\n")
