"""The lists behind the counts of an impact: the same records, page by page, narrowed as people ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest

from policies.models import Release
from tests.core.queue.queue_rows import posts_make
from tests.policies.clause_texts import DEFINITION, verdict_json, with_block
from tests.policies.precedents import precedent_made
from tests.policies.recorded_answers import RecordedAnswers
from tests.policies.releases import draft_made, edited, published, release_made
from tests.world import Caller, World

CallAs = Callable[[str], Caller]

NARROWER = with_block(verdict_json(), "definition", DEFINITION + " Knives are not weapons here.")


@pytest.fixture
def pair(world: World, recorded: RecordedAnswers) -> tuple[Release, Release]:
    """A release and its successor, in which ``weapons`` means something else; seven posts were answered."""
    first = release_made(world)
    for number, post in enumerate(posts_make(world, 7)):
        recorded.answers.append((post, "weapons", 1, number % 2 + 1, 90_000))
        recorded.answers.append((post, "spam", 1, None, 30_000))
    draft = draft_made(world, first.policy, based_on=first)
    edited(world, draft, "weapons", NARROWER, "semantic")
    return first, published(world, draft)


def listed(caller: Caller, release: Release, query: str = "") -> list[dict[str, Any]]:
    """Every row of the list, page after page."""
    rows: list[dict[str, Any]] = []
    address = f"/api/releases/{release.pk}/records/?page_size=3{query}"
    while address:
        answer = caller.get(address)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        assert len(page["results"]) <= 3
        rows += page["results"]
        address = page["next"] and "{0.path}?{0.query}".format(urlsplit(page["next"]))
    return rows


def test_the_list_holds_what_was_counted_and_nothing_twice(
    call_as: CallAs, pair: tuple[Release, Release]
) -> None:
    caller = call_as("reviewer")
    rows = listed(caller, pair[1])
    assert {(row["noun"], row["clause_key"]) for row in rows} == {("answers", "weapons")}
    assert len(rows) == len({row["id"] for row in rows}) == 7
    counts = caller.get(f"/api/releases/{pair[1].pk}/records/counts/").json()
    assert sum(row["count"] for row in counts) == 7
    assert {(row["severity"], row["count"]) for row in counts} == {(1, 4), (2, 3)}


def test_the_list_is_narrowed_by_severity_language_and_clause(
    call_as: CallAs, pair: tuple[Release, Release]
) -> None:
    caller, second = call_as("policy_editor"), pair[1]
    assert {row["severity"] for row in listed(caller, second, "&severity=2")} == {2}
    assert len(listed(caller, second, "&severity=2")) == 3
    assert listed(caller, second, "&severity=none") == []
    assert len(listed(caller, second, "&language=en")) == 7
    assert listed(caller, second, "&language=none") == []
    assert listed(caller, second, "&clause=spam") == [], "its answers hold"


def test_what_decisions_become_lists_only_decisions(call_as: CallAs, pair: tuple[Release, Release]) -> None:
    path = f"/api/releases/{pair[1].pk}/records/counts/?becomes="
    caller = call_as("manager")
    assert {row["clause_key"] for row in caller.get(f"{path}asked_again").json()} == {"weapons"}
    assert {row["clause_key"] for row in caller.get(f"{path}holds").json()} == {"spam"}
    assert listed(caller, pair[1], "&becomes=holds&nouns=answers") == []


def test_precedents_are_listed_with_their_post(world: World, call_as: CallAs) -> None:
    first = release_made(world)
    precedent = precedent_made(world, first)
    draft = draft_made(world, first.policy, based_on=first)
    key = precedent.clause_key
    changed = with_block(verdict_json(), "definition", DEFINITION + " Toys are not meant.")
    edited(world, draft, key, changed, "semantic")
    (row,) = listed(call_as("policy_editor"), draft, "&nouns=precedents")
    assert (row["target"], row["target_id"]) == ("precedent", str(precedent.pk))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?cursor=nonsense", "records_place"),
        ("?nouns=secrets", "invalid_fields"),
        ("?severity=high", "invalid_fields"),
    ],
)
def test_what_is_not_known_is_refused_in_a_sentence(
    call_as: CallAs, pair: tuple[Release, Release], query: str, code: str
) -> None:
    answer = call_as("reviewer").get(f"/api/releases/{pair[1].pk}/records/{query}")
    assert answer.status_code == 400
    assert answer.json()["code"] == code


def test_which_posts_are_gold_is_told_to_those_who_keep_it(
    call_as: CallAs, pair: tuple[Release, Release]
) -> None:
    path = f"/api/releases/{pair[1].pk}/records/?nouns=gold%20items"
    assert call_as("engineer").get(path).status_code == 403
    assert call_as("reviewer").get(path).json()["results"] == []
    assert call_as("annotator").get(f"/api/releases/{pair[1].pk}/records/").status_code == 403
