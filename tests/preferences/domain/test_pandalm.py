"""Published figures of a human-judged set that nobody here wrote, reproduced with our own code."""

from __future__ import annotations

import json
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from preferences.domain.decisions import Method, Outcome, Vote, axis_decide
from preferences.domain.document import Choice
from preferences.domain.kappa import cohen_kappa
from preferences.domain.paircounts import pair_counts_of
from preferences.domain.ratings import leaderboard

_FILE = Path(__file__).parents[3].parent / "shared/data/pandalm-testset/raw/testset-v1.json"
_ANNOTATORS = ("annotator1", "annotator2", "annotator3")

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not _FILE.is_file(), reason="the shared data folder is not beside this checkout"),
]


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return read


def vote(answer: int) -> Vote:
    """Their 0 is a tie, 1 the first response, 2 the second."""
    return Vote(Choice.TIE, 0) if answer == 0 else Vote(Choice.PREFER, -1 if answer == 1 else 1)


def test_the_majorities_and_their_methods_are_the_published_ones(rows: list[dict[str, Any]]) -> None:
    decided = [axis_decide([vote(row[name]) for name in _ANNOTATORS]) for row in rows]
    assert Counter(decision.outcome for decision in decided) == {
        Outcome.TIE: 105,
        Outcome.A: 422,
        Outcome.B: 472,
    }
    assert Counter(decision.method for decision in decided) == {Method.UNANIMOUS: 879, Method.MAJORITY: 120}


def test_the_agreement_of_each_two_people_is_the_published_one(rows: list[dict[str, Any]]) -> None:
    found = [
        round(cohen_kappa([row[one] for row in rows], [row[other] for row in rows]), 3)
        for one, other in combinations(_ANNOTATORS, 2)
    ]
    assert found == [0.852, 0.879, 0.862]


def test_the_models_come_out_in_the_published_order(rows: list[dict[str, Any]]) -> None:
    names = sorted({name for row in rows for name in row["cmp_key"].split("_")})
    results = []
    for row in rows:
        one, other = row["cmp_key"].split("_")
        outcome = axis_decide([vote(row[name]) for name in _ANNOTATORS]).outcome
        results.append(
            (
                names.index(one),
                names.index(other),
                outcome is Outcome.A,
                outcome is Outcome.B,
                outcome is Outcome.TIE,
            )
        )
    board = leaderboard(pair_counts_of(results, items=len(names)), names=names)
    ranked = {rating.name: rating for rating in board.ratings}
    llama, bloom, pythia, opt, cerebras = (
        next(name for name in names if name.startswith(start))
        for start in ("llama", "bloom", "pythia", "opt", "cerebras")
    )
    assert [ranked[name].rank for name in (llama, bloom, pythia)] == [1, 2, 2]
    assert ranked[bloom].score > ranked[opt].score > ranked[cerebras].score
    assert ranked[pythia].score > ranked[opt].score
    assert board.groups == 1
