from __future__ import annotations

import json
from typing import Any

import pytest

from exports.domain.building import Excluded, Row
from exports.domain.exclusions import Reason
from exports.domain.label_rows import label_rows, label_vote_rows
from exports.domain.lint import row_problems
from exports.domain.records import LabelledPost, VoteRecord
from tests.exports.factories import decision, labelled, post, terms, vote


def one(found: LabelledPost, **definition: Any) -> Row | Excluded:
    [item] = label_rows(found, terms(**definition))
    return item


def values(found: LabelledPost, **definition: Any) -> dict[str, Any]:
    item = one(found, **definition)
    assert isinstance(item, Row)
    assert list(row_problems("labels", item.values)) == []
    return item.values


def test_a_label_carries_decision_votes_and_the_post() -> None:
    region = {"kind": "text_span", "start": 3, "end": 12}
    row = values(labelled(votes=(vote("p1", "yes", evidence=(region,)), vote("p2", "yes"), vote("p3", "no"))))
    assert row["answer"] == "yes"
    assert row["is_harmful"] is True
    assert row["soft_label"] == [{"answer": "no", "share": 1 / 3}, {"answer": "yes", "share": 2 / 3}]
    assert row["p_violating"] == pytest.approx(2 / 3)
    assert row["text"] == "Zu verkaufen 1 🙂"
    assert row["media"] == [{"kind": "image", "sha256": "ab" * 32, "mime": "image/png"}]
    assert json.loads(row["evidence_json"]) == [region]
    assert row["policy_version"] == "safety@2"
    assert row["n_annotators"] == 3


@pytest.mark.parametrize(
    ("changes", "definition", "reason"),
    [
        ({"decisions": ()}, {}, Reason.UNDECIDED),
        ({"decisions": (decision(None, method="undecided"),)}, {}, Reason.UNDECIDED),
        ({"decisions": (decision(meaning_revision=1),)}, {}, Reason.STALE),
        ({}, {"languages": ["fr"]}, Reason.LANGUAGE),
        ({}, {"sources": ["forum"]}, Reason.SOURCE),
        ({}, {"methods": ["adjudicated"]}, Reason.METHOD),
        ({}, {"minimum_confidence": 0.95}, Reason.LOW_CONFIDENCE),
        (
            {"votes": {"weapons": (vote("p1", "yes", is_simulated=True),)}},
            {"include_simulated": False},
            Reason.SIMULATED,
        ),
        (
            {
                "votes": {
                    "weapons": (vote("p1", "yes", is_assisted=True, was_suggested=True), vote("p2", "yes"))
                }
            },
            {"assistance": "unassisted"},
            Reason.ASSISTED,
        ),
        (
            {
                "votes": {
                    "weapons": (vote("p1", "yes", is_assisted=True, was_suggested=True), vote("p2", "yes"))
                }
            },
            {"assistance": "unshown"},
            Reason.ASSISTED,
        ),
        (
            {"votes": {"weapons": (vote("p1", "yes", was_suggested=True), vote("p2", "yes"))}},
            {"assistance": "unshown"},
            Reason.SUGGESTION_SHOWN,
        ),
    ],
)
def test_what_is_left_out_says_why(
    changes: dict[str, Any], definition: dict[str, Any], reason: Reason
) -> None:
    made = labelled()
    item = one(
        LabelledPost(**{"post": made.post, "decisions": made.decisions, "votes": made.votes, **changes}),
        **definition,
    )
    assert isinstance(item, Excluded)
    assert item.reason is reason


def test_a_stale_label_is_taken_and_marked_when_asked_for() -> None:
    old = labelled(votes=(vote("p1", "yes", meaning_revision=1),), decisions=(decision(meaning_revision=1),))
    row = values(old, include_stale=True)
    assert row["stale"] is True
    assert row["n_annotators"] == 1


def test_superseded_votes_do_not_count_but_are_kept_as_votes() -> None:
    found = labelled(
        votes=(vote("p1", "no", is_superseded=True, is_counted=False, submission_id="s0"), vote("p1", "yes"))
    )
    assert values(found)["agreement"] == 1.0
    rows = [item.values for item in label_vote_rows(found, terms()) if isinstance(item, Row)]
    assert sorted((row["choice"], row["superseded"]) for row in rows) == [("no", True), ("yes", False)]


def test_answers_that_came_from_a_suggestion_are_marked() -> None:
    found = labelled(votes=(vote("p1", "yes", is_assisted=True, submission_id="s0"), vote("p2", "yes")))
    rows = [item.values for item in label_vote_rows(found, terms()) if isinstance(item, Row)]
    assert sorted(row["assisted"] for row in rows) == [False, True]
    assert json.loads(values(found)["meta_json"])["assisted_votes"] == 1


def test_a_definition_says_how_much_help_answers_may_have_had() -> None:
    given = (
        vote("p1", "yes", is_assisted=True, was_suggested=True),
        vote("p2", "yes", was_suggested=True),
        vote("p3", "yes"),
    )

    def taken(votes: tuple[VoteRecord, ...], assistance: str) -> list[str]:
        rows = label_vote_rows(labelled(votes=votes), terms(assistance=assistance))
        return sorted(item.values["annotator"] for item in rows if isinstance(item, Row))

    assert taken(given, "all") == ["p1", "p2", "p3"]
    assert taken(given, "unassisted") == ["p2", "p3"]
    assert taken(given, "unshown") == ["p3"]
    assert values(labelled(votes=given[1:]), assistance="unassisted")["n_annotators"] == 2
    assert values(labelled(votes=given[2:]), assistance="unshown")["n_annotators"] == 1


def test_superseded_help_does_not_leave_a_label_out() -> None:
    first = vote("p1", "no", is_assisted=True, is_superseded=True, is_counted=False, submission_id="s0")
    assert values(labelled(votes=(first, vote("p1", "yes"))), assistance="unassisted")["answer"] == "yes"


def test_simulated_votes_mark_the_row() -> None:
    assert (
        values(labelled(votes=(vote("p1", "yes", is_simulated=True), vote("p2", "yes"))))["simulated"] is True
    )


def test_posts_of_one_author_share_a_split() -> None:
    found = [
        item
        for number in range(50)
        for item in label_rows(labelled(number, post=post(number, group_key="author-7")), terms())
    ]
    assert len({item.split for item in found if isinstance(item, Row)}) == 1
