from __future__ import annotations

import json
from pathlib import Path

import pytest

from active_learning.domain.annotator_evidence import evidence_gathered
from active_learning.domain.reliability import Vote

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


def test_who_marks_everything_is_told_beside_what_others_mark() -> None:
    found = evidence_gathered(crowd(60, ada="nnny", ben="nnny", cleo="nnny", dan="y"))
    assert next(iter(found)) == "dan"
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.answer, lean.own.hits, lean.own.total, lean.others) == ("yes", 60, 60, 0.25)
    assert found["dan"].leans
    assert found["dan"].disagrees
    assert not any(found[name].leans or found[name].disagrees for name in ("ada", "ben", "cleo"))


def test_others_are_counted_on_the_same_posts_alone() -> None:
    found = evidence_gathered(crowd(80, ada="yyyynnnn", ben="yyyynnnn", dan="yyyy    "))
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.own.value, lean.others) == (1.0, 1.0)
    assert not found["dan"].leans


def test_who_answers_at_random_disagrees_without_leaning() -> None:
    found = evidence_gathered(crowd(120, ada="nnyy", ben="nnyy", cleo="nnyy", dan="ynyn"))
    assert (found["dan"].leans, found["dan"].disagrees) == (False, True)
    assert found["dan"].agreement.value == 0.5
    assert next(iter(found)) == "dan"


def test_little_is_held_against_nobody() -> None:
    found = evidence_gathered(crowd(12, ada="nnny", ben="nnny", cleo="nnny", dan="y"))
    assert not any(row.leans or row.disagrees for row in found.values())


def test_of_two_who_differ_nobody_is_called_careless() -> None:
    found = evidence_gathered(crowd(60, ada="nnny", dan="y"))
    assert [row.company for row in found.values()] == [1, 1]
    assert not any(row.leans or row.disagrees for row in found.values())
    lean = found["dan"].lean
    assert lean is not None
    assert (lean.own.value, lean.others) == (1.0, 0.25)


def test_who_answers_alone_has_no_company_to_be_held_against() -> None:
    found = evidence_gathered(crowd(40, ada="y"))
    assert (found["ada"].lean, found["ada"].agreement.value, found["ada"].leans) == (None, None, False)
    assert evidence_gathered([]) == {}


@pytest.mark.shared_data
def test_the_rater_of_dices_350_who_marks_everything_unsafe_is_found() -> None:
    path = SHARED / "dices-350" / "dices_350_crowdsourced.json"
    if not path.exists():
        pytest.skip("the shared data folder is not here (dices-350)")
    said = [
        entry["annotations"]["safety"]["individual_human_scores"]
        for entry in json.loads(path.read_text())["instances"]
    ]
    always = [rater for rater in range(len(said[0])) if all(scores[rater] == "No" for scores in said)]
    found = evidence_gathered(
        Vote(item, rater, answer) for item, scores in enumerate(said) for rater, answer in enumerate(scores)
    )
    (unsafe,) = always
    lean = found[unsafe].lean
    assert lean is not None
    assert (lean.answer, lean.own.hits, lean.own.total) == ("No", 350, 350)
    assert round(lean.others, 2) == 0.61
    assert found[unsafe].leans
    flagged = [rater for rater, row in found.items() if row.leans or row.disagrees]
    assert list(found)[: len(flagged)] == flagged
    assert len(flagged) < len(said[0]) / 3
