"""From decisions and judged replies to rows that teach a model to judge by the policy."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest

from exports.domain.building import Excluded, Row
from exports.domain.exclusions import Reason
from exports.domain.guard_rows import guard_post_rows, guard_reply_rows
from exports.domain.lint import row_problems
from tests.exports.factories import comparison, decision, judgment, labelled, terms, vote

TERMS = replace(terms(), rules_text="# Rule `weapons`\n", paths={"weapons": ("harm", "weapons")})
CITED: dict[str, Any] = {"b": (("weapons", 2),)}


def rows(found: Iterable[Row | Excluded]) -> list[Row]:
    made = [item for item in found if isinstance(item, Row)]
    assert all(list(row_problems("guard", row.values)) == [] for row in made)
    return made


def verdict(row: Row) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(row.values["messages"][-1]["content"])
    return answer


def of_post(**changes: Any) -> list[Row | Excluded]:
    made = labelled(**changes)
    return list(guard_post_rows(replace(made, post=replace(made.post, parts=made.post.parts[:1])), TERMS))


def test_a_post_that_breaks_a_clause_says_which_and_why() -> None:
    votes = (vote("p1", "no", reason="Fine."), vote("p2", "yes", reason="Sells a gun."), vote("p3", "yes"))
    (row,) = rows(of_post(votes=votes, decisions=(decision("yes", severity=3),)))
    assert [turn["role"] for turn in row.values["messages"]] == ["system", "user", "assistant"]
    system = row.values["messages"][0]["content"]
    assert system.startswith("# Instruction\n\nJudge the post by each rule")
    assert system.endswith("# Rule `weapons`")
    assert verdict(row) == {"violation": 1, "policy_category": "weapons", "rationale": "Sells a gun."}
    told = {name: row.values[name] for name in ("policy_id", "category_path", "modality", "severity")}
    assert told == {
        "policy_id": "safety",
        "category_path": ["harm", "weapons"],
        "modality": "text",
        "severity": 3,
    }
    assert row.values["p_violating"] == 2 / 3


def test_a_post_that_breaks_none_is_safe() -> None:
    (row,) = rows(of_post(decisions=(decision("no"),)))
    assert verdict(row) == {"violation": 0, "policy_category": None, "rationale": ""}
    assert row.values["category_path"] == []


def test_posts_with_media_make_none() -> None:
    assert [item.reason for item in guard_post_rows(labelled(), TERMS) if isinstance(item, Excluded)] == [
        Reason.HAS_MEDIA
    ]


def test_each_reply_is_judged_by_itself() -> None:
    said = [
        judgment(f"p{number}", acceptable={"a": True, "b": False}, cited=CITED, reason=f"Reason {number}.")
        for number in (1, 2)
    ]
    good, bad = rows(guard_reply_rows(comparison(judgments=tuple(said)), TERMS))
    assert verdict(good)["violation"] == 0
    assert verdict(bad) == {"violation": 1, "policy_category": "weapons", "rationale": "Reason 1."}
    assert bad.values["category_path"] == ["harm", "weapons"]
    assert bad.values["messages"][1]["content"].endswith("user: Question 1?\n\nassistant: Answer B 1")
    assert (good.values["p_violating"], bad.values["p_violating"]) == (0.0, 1.0)


def test_both_unacceptable_are_both_violating() -> None:
    judged = comparison(judgments=(judgment("p1", 0, choice="both_unacceptable"),))
    assert [verdict(row)["violation"] for row in rows(guard_reply_rows(judged, TERMS))] == [1, 1]


@pytest.mark.parametrize(("include_stale", "is_row"), [(False, False), (True, True)])
def test_a_citation_whose_clause_changed_is_stale(include_stale: bool, is_row: bool) -> None:
    judged = comparison(judgments=(judgment("p1", acceptable={"b": False}, cited={"b": (("weapons", 1),)}),))
    asked = replace(TERMS, definition=terms(include_stale=include_stale).definition)
    nobody, of_b = guard_reply_rows(judged, asked)
    assert isinstance(nobody, Excluded)
    assert nobody.reason is Reason.NOT_ASSESSED
    if isinstance(of_b, Row):
        assert is_row
        assert of_b.values["stale"]
    else:
        assert not is_row
        assert of_b.reason is Reason.STALE
