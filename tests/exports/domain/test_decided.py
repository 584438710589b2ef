"""From decisions to rows that a reply is checked against."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from exports.domain.building import Excluded, Row
from exports.domain.decided_rows import decided_rows
from exports.domain.exclusions import Reason
from exports.domain.lint import row_problems
from tests.exports.factories import CLAUSE, decision, labelled, terms, vote

SPAM = replace(CLAUSE, key="spam", question="Is it spam?")
TERMS = replace(
    terms(),
    clauses={CLAUSE.key: CLAUSE, SPAM.key: SPAM},
    rules_text="# Rule `weapons`\n",
    paths={"weapons": ("harm", "weapons")},
)


def only(**changes: Any) -> Row | Excluded:
    """Return what a post of text alone gives."""
    made = labelled(**changes)
    found = list(decided_rows(replace(made, post=replace(made.post, parts=made.post.parts[:1])), TERMS))
    assert len(found) == 1
    return found[0]


def test_a_decided_post_says_what_is_true_and_what_it_weighs() -> None:
    spam = decision("no", id="decision-2", clause_key="spam")
    row = only(decisions=(decision("yes", severity=3), spam))
    assert isinstance(row, Row)
    values = row.values
    assert list(row_problems("grpo", values)) == []
    assert values["ground_truth"] == values["reward_model"]["ground_truth"] == "violating"
    assert values["ground_truth_path"] == ["harm", "weapons"]
    assert values["severity"] == 3
    assert values["p_violating"] == 2 / 3
    assert [(item["clause_key"], item["is_harmful"], item["weight"]) for item in values["rubric"]] == [
        ("spam", False, 1.0),
        ("weapons", True, 4.0),
    ]
    system, user = values["prompt"]
    assert system["content"].startswith("# Instruction\n\nJudge the post")
    assert system["content"].endswith("# Rule `weapons`")
    assert "- weapons: Does the post offer weapons?" in system["content"]
    assert user == {"role": "user", "content": "Zu verkaufen 1 🙂"}
    assert set(row.meanings) == {("spam", 2), ("weapons", 2)}


def test_a_post_without_harm_is_safe_and_has_no_path() -> None:
    row = only(decisions=(decision("no"),), votes=(vote("p1", "no"),))
    assert isinstance(row, Row)
    assert (row.values["ground_truth"], row.values["ground_truth_path"]) == ("safe", [])
    assert row.values["p_violating"] == 0


def test_what_makes_no_row_says_why() -> None:
    stale = only(decisions=(decision("yes", meaning_revision=1),))
    assert isinstance(stale, Excluded) and stale.reason is Reason.STALE
    gold = only(is_gold=True)
    assert isinstance(gold, Excluded) and gold.reason is Reason.GOLD
    undecided = only(decisions=())
    assert isinstance(undecided, Excluded) and undecided.reason is Reason.UNDECIDED
    (pictured,) = decided_rows(labelled(), TERMS)
    assert isinstance(pictured, Excluded) and pictured.reason is Reason.HAS_MEDIA
