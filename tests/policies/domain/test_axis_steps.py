"""An axis may say by which steps a response is rated alone; two are always compared from −3 to +3."""

from __future__ import annotations

from typing import Any

import pytest

from policies.domain.canonical import PlacedClause
from policies.domain.clause_documents import ClauseDocument
from policies.domain.completeness import clause_problems
from policies.domain.importing.reading import proposal_read
from policies.domain.importing.sources import Given
from policies.domain.markdown_guide import release_guide
from tests.policies.clause_texts import axis_json


def steps(*labels: str, first: int = 0, **changes: Any) -> list[dict[str, Any]]:
    return [{"value": str(at), "label": label, **changes} for at, label in enumerate(labels, start=first)]


def told(answers: list[dict[str, Any]], **changes: Any) -> list[str]:
    document = ClauseDocument.model_validate(axis_json(answers=answers, **changes))
    return [sentence for _, sentence in clause_problems(document)]


@pytest.mark.parametrize("answers", [[], steps("Wrong", "Right"), steps(*"abcdefghij")])
def test_an_axis_has_no_steps_of_its_own_or_two_to_ten_from_0(answers: list[dict[str, Any]]) -> None:
    assert told(answers) == []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        (steps("Wrong"), "2 to 10 steps"),
        (steps(*"abcdefghijk"), "2 to 10 steps"),
        (steps("Wrong", "Right", first=1), "2 to 10 steps"),
        (steps("Wrong", ""), "Give every step a label."),
        (steps("Wrong", "Right", harmful=True), "none is harmful"),
    ],
)
def test_other_steps_keep_a_release_back(answers: list[dict[str, Any]], says: str) -> None:
    (sentence,) = told(answers)
    assert says in sentence


def test_severities_are_no_part_of_an_axis() -> None:
    (sentence,) = told([], severities=[{"value": 1, "label": "Low"}])
    assert "take out" in sentence


def test_the_guide_names_the_steps_and_is_read_again_with_them() -> None:
    document = ClauseDocument.model_validate(axis_json(answers=steps("Wrong", "Right")))
    guide = release_guide(
        label="replies@1", title="Replies", facts=[], clauses=[PlacedClause("helpful", "", 0, document, 1)]
    )
    assert "Where a response is rated alone:\n\n- `0`: Wrong\n- `1`: Right\n" in guide
    read = proposal_read([Given("guide.md", guide.encode())])
    (clause,) = read.clauses
    assert clause.document.answers == document.answers
