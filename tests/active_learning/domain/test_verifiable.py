from __future__ import annotations

from typing import Any

import pytest

from active_learning.domain.verifiable import reply_read, reply_worth

RUBRIC: list[dict[str, Any]] = [
    {"clause_key": "hate", "is_harmful": True, "weight": 3.0},
    {"clause_key": "spam", "is_harmful": False, "weight": 1.0},
]


@pytest.mark.parametrize(
    ("reply", "worth"),
    [
        ('{"violation": true, "clauses": ["hate"]}', 1.0),
        ('Well. {"violation": 1, "clauses": ["hate", "unheard"]}', 1.0),
        ('{"violation": true, "clauses": ["hate", "spam"]}', 0.8),
        ('{"violation": true, "clauses": []}', 0.4),
        ('{"violation": true, "clauses": "hate"}', 0.4),
        ('{"violation": false, "clauses": []}', 0.2),
        ("violating: hate", 1.0),
        ("Violating, by hateful words", 0.4),
        ("safe", 0.2),
        ("", 0.0),
        ('{"violation": "maybe"}', 0.0),
        ("{", 0.0),
    ],
)
def test_a_reply_is_worth_what_it_has_right(reply: str, worth: float) -> None:
    assert reply_worth(reply, ground_truth="violating", rubric=RUBRIC) == pytest.approx(worth)


def test_clauses_weigh_what_was_asked() -> None:
    reply = '{"violation": true, "clauses": ["hate", "spam"]}'
    asked = {"spam": 4.0}
    assert reply_worth(reply, ground_truth="violating", rubric=RUBRIC, weights=asked) == pytest.approx(0.5)
    assert reply_worth(reply, ground_truth="violating", rubric=RUBRIC, weights={"spam": 0}) == 1.0


def test_the_first_verdict_counts() -> None:
    assert reply_read("safe, no, violating hate", ["hate"]) == ("safe", frozenset({"hate"}))
    assert reply_read('[1] {"violation": 2} {"violation": 0, "clauses": []}', []) == ("safe", frozenset())
