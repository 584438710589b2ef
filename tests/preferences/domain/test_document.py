from __future__ import annotations

from typing import Any

import pytest

from preferences.domain.checks import JudgmentTerms, document_problems
from preferences.domain.document import DocumentShapeError, JudgmentDocument, Position, document_parse

TEXTS = {Position.FIRST: "One.", Position.SECOND: "Two."}
TERMS = JudgmentTerms(
    axes=("helpful", "harmless"),
    severities={"weapons": frozenset({1, 2, 3}), "spam": frozenset()},
    assessment_is_required=False,
)


def judgment(**changes: Any) -> dict[str, Any]:
    return {
        "axes": [
            {"clause_key": "helpful", "choice": "prefer", "value": -2},
            {"clause_key": "harmless", "choice": "tie"},
        ],
        **changes,
    }


def paths(raw: dict[str, Any], terms: JudgmentTerms = TERMS) -> list[str]:
    return [
        problem.path
        for problem in document_problems(document_parse(raw, JudgmentDocument), terms, texts=TEXTS)
    ]


def test_a_whole_document_is_read_back_unchanged() -> None:
    raw = judgment(
        responses=[{"position": "second", "acceptable": False, "severity": 2, "clause_keys": ["weapons"]}],
        flags=["prompt-unclear"],
        reason_codes=["ignores-question"],
        reason="The second one explains how to build it.",
        confidence=1,
        rewrites=[{"position": "first", "text": "Better."}],
    )
    assert paths(raw) == []
    assert JudgmentDocument.model_validate(
        document_parse(raw, JudgmentDocument).model_dump(mode="json")
    ) == document_parse(raw, JudgmentDocument)


@pytest.mark.parametrize(
    "answer",
    [
        {"clause_key": "helpful", "choice": "prefer"},
        {"clause_key": "helpful", "choice": "prefer", "value": 0},
        {"clause_key": "helpful", "choice": "tie", "value": 1},
        {"clause_key": "helpful", "choice": "both_good", "value": -1},
        {"clause_key": "helpful", "choice": "both_unacceptable", "value": 3},
        {"clause_key": "helpful", "choice": "prefer", "value": 4},
        {"clause_key": "helpful", "choice": "prefer", "value": True},
        {"clause_key": "helpful", "choice": "prefer", "value": 1.5},
        {"clause_key": "helpful", "choice": "maybe"},
        {"clause_key": "helpful", "choice": "tie", "weight": 9},
    ],
)
def test_a_strength_belongs_to_a_preference_and_to_nothing_else(answer: dict[str, Any]) -> None:
    with pytest.raises(DocumentShapeError) as raised:
        document_parse(judgment(axes=[answer]), JudgmentDocument)
    assert raised.value.problems[0]["path"].startswith("axes.0")
    assert "Value error" not in raised.value.problems[0]["message"]


def test_the_four_ways_of_not_preferring_stay_apart() -> None:
    choices = ["tie", "both_good", "both_unacceptable"]
    read = [
        document_parse(judgment(axes=[{"clause_key": "helpful", "choice": choice}]), JudgmentDocument)
        .axes[0]
        .choice
        for choice in choices
    ]
    assert [str(choice) for choice in read] == choices
    assert len(set(read)) == 3


def test_every_axis_of_the_task_needs_exactly_one_answer() -> None:
    assert paths(judgment(axes=[])) == ["axes", "axes"]
    tie = {"clause_key": "helpful", "choice": "tie"}
    assert paths(judgment(axes=[tie, tie])) == ["axes.0.clause_key", "axes.1.clause_key", "axes"]
    assert paths(judgment(axes=[*judgment()["axes"], {"clause_key": "brevity", "choice": "tie"}])) == [
        "axes.2.clause_key"
    ]


@pytest.mark.parametrize(
    ("opinion", "path"),
    [
        ({"position": "first", "acceptable": True, "clause_keys": ["weapons"]}, "responses.0"),
        ({"position": "first", "acceptable": True, "severity": 1}, "responses.0"),
        ({"position": "first", "acceptable": False, "clause_keys": ["helpful"]}, "responses.0.clause_keys"),
        (
            {"position": "first", "acceptable": False, "clause_keys": ["weapons"], "severity": 4},
            "responses.0.severity",
        ),
        (
            {"position": "first", "acceptable": False, "clause_keys": ["spam"], "severity": 1},
            "responses.0.severity",
        ),
        ({"position": "first", "acceptable": False, "severity": 1}, "responses.0.severity"),
    ],
)
def test_an_opinion_of_a_response_must_fit_the_release(opinion: dict[str, Any], path: str) -> None:
    assert path in paths(judgment(responses=[opinion]))


def test_one_response_is_not_assessed_twice() -> None:
    opinion = {"position": "first", "acceptable": True}
    assert paths(judgment(responses=[opinion, opinion])) == ["responses.0.position", "responses.1.position"]


def test_where_the_task_asks_for_it_each_response_needs_an_assessment() -> None:
    terms = JudgmentTerms(axes=TERMS.axes, severities=TERMS.severities, assessment_is_required=True)
    assert paths(judgment(), terms) == ["responses", "responses"]
    assert paths(
        judgment(responses=[{"position": "first", "acceptable": False}, {"position": "second"}]), terms
    ) == ["responses"]


@pytest.mark.parametrize("text", ["   \n", "One."])
def test_a_rewrite_must_say_something_new(text: str) -> None:
    assert paths(judgment(rewrites=[{"position": "first", "text": text}])) == ["rewrites.0.text"]


@pytest.mark.parametrize("field", ["annotator", "weight", "swapped", "is_gold"])
def test_fields_the_server_owns_are_refused(field: str) -> None:
    with pytest.raises(DocumentShapeError):
        document_parse(judgment(**{field: 1}), JudgmentDocument)
