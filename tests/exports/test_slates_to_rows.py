"""From rankings and ratings of several responses to the rows a trainer reads."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from core.jobs.models import Job
from tests.exports.datasets import Exporter
from tests.preferences.slates import rank, slates_make
from tests.world import Caller, World


@pytest.fixture
def exporter(world: World, call_as: Callable[[str], Caller], run_jobs: Callable[[], list[Job]]) -> Exporter:
    return Exporter(world, call_as("engineer"), run_jobs)


def test_a_ranking_makes_pairs_that_say_what_they_count_for(world: World, exporter: Exporter) -> None:
    slates_make(world, size=3)
    opinions = [
        {"position": position, "acceptable": good}
        for position, good in (("first", True), ("second", True), ("third", False))
    ]
    rank(world, "annotator", 1, 2, 3, order=(0, 1, 2), responses=opinions)
    kinds = ["dpo", "rm", "kto", "sft", "votes"]
    version = exporter.build(exporter.create(kinds=kinds, axes=["helpful"], replies=["chosen"]))
    rows = exporter.rows(version, "rm")
    said = {(row["source_model_a"], row["source_model_b"]): row["margin"] for row in rows}
    assert said == {
        ("secret-one", "secret-two"): 1.0,
        ("secret-one", "secret-three"): 2.0,
        ("secret-two", "secret-three"): 1.0,
    }
    assert {json.loads(row["meta_json"])["weight"] for row in rows} == {0.666667}
    assert len(exporter.rows(version, "dpo")) == len(exporter.rows(version, "votes")) == 3
    assert [row["label"] for row in exporter.rows(version, "kto")] == [True, True, False], (
        "each response once"
    )
    assert exporter.rows(version, "sft") == []
    assert version["exclusions"]["sft"]["of_slate"] == 3


def test_ratings_make_rows_and_labels(world: World, exporter: Exporter) -> None:
    slates_make(world, form="rating", size=1, count=3)
    for person, values in (("annotator", (4, 2, 0)), ("annotator2", (3, 2, 1))):
        for value in values:
            rank(world, person, value, order=(0,))
    version = exporter.build(exporter.create(kinds=["rating", "kto"], axes=["helpful"]))
    rows = exporter.rows(version, "rating")
    assert sorted(row["ratings"][0]["value"] for row in rows) == [0.5, 2.0, 3.5]
    assert {row["n_annotators"] for row in rows} == {2}
    assert sorted(row["label"] for row in exporter.rows(version, "kto")) == [False, True]
    assert version["exclusions"]["kto"] == {"assessments_disagree": 1}
