from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.domain.consensus import Method, Vote, outcome_by_count, outcome_by_weight, severity_of

SCALE = (1, 2, 3)


def votes(*answers: str, severities: tuple[int | None, ...] = ()) -> list[Vote]:
    padded = severities + (None,) * (len(answers) - len(severities))
    return [
        Vote(submission_id=f"s{index}", person_id=f"p{index}", answer=answer, severity=severity)
        for index, (answer, severity) in enumerate(zip(answers, padded, strict=True))
    ]


def test_equal_answers_are_unanimous() -> None:
    outcome = outcome_by_count(votes("yes", "yes"), severities=SCALE)
    assert (outcome.answer, outcome.method, outcome.confidence) == ("yes", Method.UNANIMOUS, 1.0)
    assert outcome.submissions == ("s0", "s1")


def test_more_than_half_is_a_majority() -> None:
    outcome = outcome_by_count(votes("yes", "no", "yes"), severities=SCALE)
    assert (outcome.answer, outcome.method) == ("yes", Method.MAJORITY)
    assert outcome.confidence == pytest.approx(2 / 3)


def test_a_tie_is_undecided() -> None:
    outcome = outcome_by_count(votes("yes", "no"), severities=SCALE)
    assert (outcome.answer, outcome.severity, outcome.method) == (None, None, Method.UNDECIDED)


def test_a_plurality_without_a_majority_is_undecided() -> None:
    assert outcome_by_count(votes("a", "a", "b", "c"), severities=SCALE).method is Method.UNDECIDED


def test_the_middle_severity_is_taken_and_of_two_the_graver() -> None:
    three = votes("yes", "yes", "yes", severities=(1, 3, 2))
    assert severity_of(three, "yes", severities=SCALE) == 2
    two = votes("yes", "yes", severities=(1, 3))
    assert severity_of(two, "yes", severities=SCALE) == 3
    assert severity_of(votes("yes"), "yes", severities=SCALE) is None


def test_the_weighted_method_needs_its_threshold() -> None:
    pair = votes("yes", "no")
    sure = outcome_by_weight(pair, chances={"yes": 0.9, "no": 0.1}, severities=SCALE, threshold=0.8)
    assert (sure.answer, sure.method, sure.confidence) == ("yes", Method.WEIGHTED, 0.9)
    unsure = outcome_by_weight(pair, chances={"yes": 0.6, "no": 0.4}, severities=SCALE, threshold=0.8)
    assert (unsure.answer, unsure.method) == (None, Method.UNDECIDED)
    with pytest.raises(ValueError, match="threshold"):
        outcome_by_weight(pair, chances={"yes": 1.0}, severities=SCALE, threshold=0.5)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=9), st.randoms())
def test_the_order_of_votes_never_matters(answers: list[str], random: object) -> None:
    given_votes = votes(*answers)
    assert outcome_by_count(given_votes, severities=()) == outcome_by_count(
        list(reversed(given_votes)), severities=()
    )


def test_no_votes_decide_nothing() -> None:
    with pytest.raises(ValueError, match="no votes"):
        outcome_by_count([], severities=())
