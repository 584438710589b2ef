from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.domain.difference import Mark, kind_difference
from policies.domain.impact import StoppedMeaning
from policies.impact_registry import impact_sources
from tests.annotation import material
from tests.exports.answers import Answers
from tests.exports.datasets import Exporter
from tests.exports.test_versions import NO, YES


def test_new_answers_show_as_rows_that_came_in(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES)
    undecided = answers.label(YES, NO)
    dataset = exporter.create(kinds=["labels"])
    before = exporter.build(dataset)
    new = answers.label(NO, NO)
    answers.adjudicate(undecided, "hate", "no")
    after = exporter.build(dataset)
    found = exporter.difference(after, before)["kinds"]["labels"]
    assert (found["rows_in"], found["rows_out"], found["rows_same"]) == (3, 0, 3)
    assert found["reasons"]["new_item"] == 2
    assert found["reasons"]["was_undecided"] == 1
    assert {row["item_id"] for row in found["examples"] if row["why"] == "new_item"} == {str(new.pk)}


def test_a_changed_meaning_shows_as_rows_that_went_out_stale(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES)
    dataset = exporter.create(kinds=["labels"])
    before = exporter.build(dataset)
    changed = material.release_changed(answers.world, answers.release, clause_key="hate", question="Other?")
    after = exporter.build(dataset)
    found = exporter.difference(after, before)
    assert found["kinds"]["labels"]["reasons"] == {"now_stale": 1}
    assert found["kinds"]["labels"]["rows_same"] == 1
    assert (found["against"]["release_label"], found["version"]["release_label"]) == (
        answers.release.label,
        changed.label,
    )
    assert [change["field"] for change in found["definition_changes"]] == ["release_id"]


def test_asking_again_under_the_new_meaning_shows_as_a_changed_release(
    answers: Answers, exporter: Exporter
) -> None:
    post = answers.label(YES, YES)
    dataset = exporter.create(kinds=["labels"])
    before = exporter.build(dataset)
    changed = material.release_changed(answers.world, answers.release, clause_key="hate", question="Other?")
    answers.ask(post, YES, YES, release=changed)
    found = exporter.difference(exporter.build(dataset), before)["kinds"]["labels"]
    assert found["reasons"] == {"release_changed": 2}
    assert found["rows_changed"] == 2


def test_versions_of_equal_answers_are_identical(answers: Answers, exporter: Exporter) -> None:
    answers.compare(-1, -2)
    dataset = exporter.create()
    first, second = exporter.build(dataset), exporter.build(dataset)
    found = exporter.difference(second, first)
    assert found["is_identical"] is True
    assert all(
        kind["rows_same"] and not kind["reasons"] for name, kind in found["kinds"].items() if name == "dpo"
    )


def test_against_must_be_a_version_one_may_see(answers: Answers, exporter: Exporter) -> None:
    version = exporter.build(exporter.create(kinds=["votes"]))
    path = f"/api/versions/{version['id']}/difference/"
    assert exporter.caller.get(path).status_code == 400
    missing = exporter.caller.get(f"{path}?against=018f0000-0000-7000-8000-000000000000")
    assert missing.status_code == 404


def test_policies_count_the_versions_that_hold_a_meaning(answers: Answers, exporter: Exporter) -> None:
    answers.label(YES, YES)
    exporter.build(exporter.create(kinds=["labels"]))
    [source] = [source for source in impact_sources() if source.name == "exports"]
    project_id = answers.world.project.pk
    revision = answers.release.clauses["hate"].meaning_revision
    held = source.count(
        project_id=project_id,
        stopped=[StoppedMeaning(clause_key="hate", before=revision, after=revision + 1)],
    )
    assert [(count.clause_key, count.noun, count.count) for count in held] == [
        ("hate", "dataset versions", 1)
    ]
    other = [StoppedMeaning(clause_key="hate", before=revision + 5, after=None)]
    assert source.count(project_id=project_id, stopped=other) == []


@st.composite
def marks(draw: Any) -> list[Mark]:
    ids = draw(st.lists(st.integers(0, 20), unique=True).map(sorted))
    return [
        Mark(
            f"{number:03d}",
            "item",
            split,
            reason,
            {"stale": False},
        )
        for number in ids
        for split, reason in [draw(st.sampled_from([("train", ""), ("test", ""), ("", "tie")]))]
    ]


@given(marks(), marks())
def test_counts_add_up(before: list[Mark], after: list[Mark]) -> None:
    found = kind_difference(before, after)
    was, now = sum(not mark.reason for mark in before), sum(not mark.reason for mark in after)
    assert found.rows_out + found.rows_changed + found.rows_same == was
    assert found.rows_in + found.rows_changed + found.rows_same == now
    assert found.reasons.total() == found.rows_in + found.rows_out + found.rows_changed


@given(marks())
def test_nothing_differs_from_itself(rows: list[Mark]) -> None:
    assert kind_difference(rows, rows).reasons == {}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"policy_version": "safety@3", "n_annotators": 9}, "release_changed"),
        ({"stale": True}, "staleness_changed"),
        ({"n_annotators": 4}, "new_answers"),
        ({"content_sha256": "b"}, "decision_changed"),
        ({"p_chosen": 0.7}, "content_changed"),
    ],
)
def test_why_a_row_changed_is_told_by_its_strongest_cause(changes: dict[str, Any], why: str) -> None:
    facts = {
        "policy_version": "safety@2",
        "n_annotators": 3,
        "stale": False,
        "content_sha256": "a",
        "p_chosen": 0.9,
    }
    found = kind_difference(
        [Mark("1", "i", "train", "", facts)], [Mark("1", "i", "train", "", {**facts, **changes})]
    )
    assert found.reasons == {why: 1}
