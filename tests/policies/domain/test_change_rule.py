from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.domain.change_rule import Change, change_proposed
from policies.domain.clause_documents import ClauseDocument
from tests.policies.clause_texts import DEFINITION, verdict, verdict_json, with_block


def _proposed(after: dict[str, Any]) -> Change:
    return change_proposed(verdict(), ClauseDocument.model_validate(after)).change


def test_a_clause_without_a_base_is_new() -> None:
    assert change_proposed(None, verdict()).change is Change.NEW


def test_the_same_text_is_no_change() -> None:
    assert _proposed(verdict_json()) is Change.NONE


@pytest.mark.parametrize(
    "after",
    [
        verdict_json(title="Sale of weapons"),
        with_block(verdict_json(), "definition", DEFINITION.replace("offers", "advertises")),
        with_block(verdict_json(), "definition", DEFINITION.upper()),
        with_block(
            verdict_json(), "rationale", "Said in entirely different words that explain the same rule."
        ),
        verdict_json(relations=[{"kind": "see_also", "clause_key": "scam"}]),
        verdict_json(evidence_kinds=["box", "text_span", "polygon"]),
        verdict_json(requires={"severity": True}),
        verdict_json(codes=[{"taxonomy": "mlcommons", "code": "S2"}]),
    ],
    ids=["title", "one-word", "case", "rationale", "see-also", "evidence-kind", "requires-less", "code"],
)
def test_an_edit_that_leaves_the_border_where_it_is_reads_as_editorial(after: dict[str, Any]) -> None:
    assert _proposed(after) is Change.EDITORIAL


@pytest.mark.parametrize(
    "after",
    [
        with_block(
            verdict_json(), "definition", DEFINITION + " This includes replicas and gel blasters too."
        ),
        with_block(verdict_json(), "definition", DEFINITION.replace("offers", "never offers")),
        with_block(verdict_json(), "use_when", "A price above 100 stands beside the weapon."),
        with_block(verdict_json(), "avoid_when", ""),
        verdict_json(question="Is the post about weapons?"),
        verdict_json(
            answers=[
                {"value": "yes", "label": "Yes", "harmful": True},
                {"value": "unsure", "label": "Unsure"},
            ]
        ),
        verdict_json(answers=[{"value": "yes", "label": "Yes"}, {"value": "no", "label": "No"}], requires={}),
        verdict_json(severities=[{"value": 1, "label": "Low"}]),
        verdict_json(modalities=["text"]),
        verdict_json(requires={"evidence": True, "severity": True, "reason": True}),
        verdict_json(relations=[{"kind": "takes_precedence", "clause_key": "scam"}]),
    ],
    ids=[
        "sentence-added",
        "negation",
        "number",
        "block-emptied",
        "question",
        "answers",
        "harmful",
        "severities",
        "modalities",
        "requires-more",
        "precedence",
    ],
)
def test_an_edit_that_can_move_the_border_reads_as_semantic(after: dict[str, Any]) -> None:
    proposal = change_proposed(verdict(), ClauseDocument.model_validate(after))
    assert proposal.change is Change.SEMANTIC
    assert any(reason.speaks_for is Change.SEMANTIC for reason in proposal.reasons)


def test_an_example_with_another_ruling_is_semantic_and_one_more_example_is_not() -> None:
    items = [{"text": "Glock, 300, meet at the station", "ruling": "no", "why": "Price and place."}]
    assert _proposed(_with_examples(items)) is Change.SEMANTIC
    items[0]["ruling"] = "yes"
    assert _proposed(_with_examples([*items, {"text": "New", "ruling": "yes"}])) is Change.EDITORIAL


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=300))
def test_every_edit_gets_a_proposal_with_a_reason(text: str) -> None:
    try:
        after = ClauseDocument.model_validate(with_block(verdict_json(), "definition", text))
    except ValueError:
        return
    proposal = change_proposed(verdict(), after)
    assert proposal.change in (Change.NONE, Change.EDITORIAL, Change.SEMANTIC)
    assert bool(proposal.reasons) == (proposal.change is not Change.NONE)
    assert 0.0 <= proposal.changed_share <= 1.0


def _with_examples(items: list[dict[str, str]]) -> dict[str, Any]:
    document = verdict_json()
    blocks = [{**b, "items": items} if b["type"] == "examples" else b for b in document["blocks"]]
    return {**document, "blocks": blocks}
