from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from active_learning.domain.annotator_evidence import (
    BeyondChance,
    PersonEvidence,
    evidence_gathered,
)
from active_learning.domain.reliability import Vote
from annotation.domain.dawid_skene import Judgements, dawid_skene
from annotation.domain.people import compared, reliability_among

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def crowd(items: int, **people: str) -> list[Vote]:
    """Each person's answers repeat their letters over the items: y for yes, n for no, a space for none."""
    words = {"y": "yes", "n": "no"}
    return [
        Vote(item, person, words[letters[item % len(letters)]])
        for item in range(items)
        for person, letters in people.items()
        if letters[item % len(letters)] in words
    ]


def looked_at(votes: list[Vote]) -> dict[Any, PersonEvidence]:
    """The evidence on each person, with agreement beyond chance as the page of annotators counts it."""
    columns = list(zip(*((vote.item, vote.person, vote.answer) for vote in votes), strict=True))
    codes = [{name: at for at, name in enumerate(sorted(set(column)))} for column in columns]
    item, person, answer = (
        np.array([code[fact] for fact in column]) for code, column in zip(codes, columns, strict=True)
    )
    judged = Judgements.of(item, person, answer, categories=len(codes[2]))
    found = compared(judged, dawid_skene(item, person, answer, categories=len(codes[2])))
    beyond = {}
    for name, at in codes[1].items():
        mine = person == at
        kappa = reliability_among(found.support[mine], found.chance[mine], found.best[mine]).kappa
        beyond[name] = BeyondChance(kappa.value, kappa.low, kappa.high)
    return evidence_gathered(votes, beyond)


def pointed_out(found: dict[Any, PersonEvidence]) -> list[Any]:
    return [name for name, row in found.items() if row.is_pointed_out]


def test_who_marks_everything_is_told_beside_what_others_mark() -> None:
    found = looked_at(crowd(60, ada="nnny", ben="nnny", cleo="nnny", dan="y"))
    assert next(iter(found)) == "dan"
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.answer, lean.own.hits, lean.own.total, lean.others) == ("yes", 60, 60, 0.25)
    assert found["dan"].marks_everything
    assert pointed_out(found) == ["dan"]


def test_others_are_counted_on_the_same_posts_alone() -> None:
    found = looked_at(crowd(80, ada="yyyynnnn", ben="yyyynnnn", dan="yyyy    "))
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.own.value, lean.others) == (1.0, 1.0)
    assert pointed_out(found) == []


def test_who_answers_at_random_agrees_no_more_than_chance() -> None:
    found = looked_at(crowd(240, ada="nnyy", ben="nnyy", cleo="nnyy", dan="ynyn"))
    assert (found["dan"].marks_everything, found["dan"].tells_nothing) == (False, True)
    assert found["dan"].agreement.value == 0.5
    assert next(iter(found)) == "dan"
    assert pointed_out(found) == ["dan"]


def test_who_is_stricter_yet_tells_posts_apart_is_not_pointed_out() -> None:
    found = looked_at(crowd(240, ada="nnnnnnyy", ben="nnnnnnyy", cleo="nnnnnnyy", dan="nnnyyyyy"))
    assert found["dan"].leans
    assert pointed_out(found) == []


def test_ten_answers_are_held_against_nobody() -> None:
    found = looked_at(crowd(10, ada="nnny", ben="nnny", cleo="nnny", dan="y"))
    assert not any(row.is_measured or row.leans or row.is_pointed_out for row in found.values())


def test_of_two_who_differ_nobody_is_called_careless() -> None:
    found = looked_at(crowd(60, ada="nnny", dan="y"))
    assert [row.company for row in found.values()] == [1, 1]
    assert pointed_out(found) == []
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.own.value, lean.others) == (1.0, 0.25)


def test_who_answers_alone_has_no_company_to_be_held_against() -> None:
    found = looked_at(crowd(40, ada="y"))
    assert (found["ada"].lean, found["ada"].agreement.value, found["ada"].is_pointed_out) == (
        None,
        None,
        False,
    )
    assert evidence_gathered([], {}) == {}


@pytest.mark.shared_data
def test_the_rater_of_dices_350_who_marks_everything_unsafe_comes_first_and_few_others_are_named() -> None:
    path = SHARED / "dices-350" / "dices_350_crowdsourced.json"
    if not path.exists():
        pytest.skip("the shared data folder is not here (dices-350)")
    said = [
        entry["annotations"]["safety"]["individual_human_scores"]
        for entry in json.loads(path.read_text())["instances"]
    ]
    found = looked_at(
        [Vote(item, rater, answer) for item, scores in enumerate(said) for rater, answer in enumerate(scores)]
    )
    (unsafe,) = [rater for rater in range(len(said[0])) if all(scores[rater] == "No" for scores in said)]
    assert next(iter(found)) == unsafe
    lean = found[unsafe].lean
    assert lean is not None
    assert (lean.answer, lean.own.hits, lean.own.total, round(lean.others, 2)) == ("No", 350, 350, 0.61)
    assert found[unsafe].marks_everything
    assert found[unsafe].tells_nothing
    named = pointed_out(found)
    assert list(found)[: len(named)] == named
    # Nine others of 123; those who published the answers leave out 19 in all.
    assert len(named) == 10
    # Who only leans is not named: 27 lean, most of them stricter or milder people who tell conversations apart.
    assert sum(row.leans for row in found.values()) == 27
