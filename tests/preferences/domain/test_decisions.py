from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from preferences.domain.decisions import Method, Outcome, Vote, acceptance_decide, axis_decide
from preferences.domain.document import Choice

votes_strategy = st.lists(
    st.one_of(
        st.sampled_from([-3, -2, -1, 1, 2, 3]).map(lambda value: Vote(Choice.PREFER, value)),
        st.sampled_from([Choice.TIE, Choice.BOTH_GOOD, Choice.BOTH_UNACCEPTABLE]).map(
            lambda choice: Vote(choice, 0)
        ),
    ),
    min_size=1,
    max_size=9,
)


def prefer(value: int, weight: float = 1.0) -> Vote:
    return Vote(Choice.PREFER, value, weight)


def test_everybody_preferring_a_is_unanimous_whatever_the_strength() -> None:
    decided = axis_decide([prefer(-1), prefer(-3), prefer(-2)])
    assert (decided.outcome, decided.method, decided.strength, decided.agreement) == (
        Outcome.A,
        Method.UNANIMOUS,
        -2.0,
        1.0,
    )
    assert decided.p_a_better == pytest.approx(15 / 16)


def test_two_of_three_is_a_majority() -> None:
    decided = axis_decide([prefer(2), prefer(1), Vote(Choice.TIE, 0)])
    assert (decided.outcome, decided.method) == (Outcome.B, Method.MAJORITY)
    assert decided.strength == pytest.approx(1.0)


def test_one_against_one_is_undecided_and_even() -> None:
    decided = axis_decide([prefer(-3), prefer(1)])
    assert (decided.outcome, decided.method) == (Outcome.NONE, Method.UNDECIDED)
    assert decided.p_a_better == pytest.approx(0.5)


def test_the_most_frequent_outcome_without_a_majority_is_undecided() -> None:
    assert axis_decide([prefer(-1), prefer(-1), prefer(1), Vote(Choice.TIE, 0)]).method is Method.UNDECIDED


@pytest.mark.parametrize("choice", [Choice.TIE, Choice.BOTH_GOOD, Choice.BOTH_UNACCEPTABLE])
def test_ties_both_good_and_both_unacceptable_are_different_outcomes(choice: Choice) -> None:
    decided = axis_decide([Vote(choice, 0), Vote(choice, 0)])
    assert decided.outcome.value == choice.value
    assert (decided.strength, decided.p_a_better) == (0.0, pytest.approx(0.5))


def test_a_heavier_vote_decides() -> None:
    assert axis_decide([prefer(-1, 2.5), prefer(1), prefer(2)]).outcome is Outcome.A


@given(votes_strategy, st.randoms(use_true_random=False))
def test_a_decision_does_not_depend_on_the_order_of_votes(votes: list[Vote], random: object) -> None:
    shuffled = votes[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = axis_decide(votes), axis_decide(shuffled)
    assert (one.outcome, one.method) == (other.outcome, other.method)
    assert one.strength == pytest.approx(other.strength)


@given(votes_strategy)
def test_exchanging_a_and_b_mirrors_the_decision(votes: list[Vote]) -> None:
    mirrored = axis_decide([Vote(vote.choice, -vote.value) for vote in votes])
    decided = axis_decide(votes)
    swap = {Outcome.A: Outcome.B, Outcome.B: Outcome.A}
    assert mirrored.outcome is swap.get(decided.outcome, decided.outcome)
    assert mirrored.strength == pytest.approx(-decided.strength)
    assert mirrored.p_a_better == pytest.approx(1 - decided.p_a_better)


@given(votes_strategy)
def test_the_posterior_is_the_beta_tail(votes: list[Vote]) -> None:
    for_a = sum(vote.value < 0 for vote in votes)
    for_b = sum(vote.value > 0 for vote in votes)
    even = (len(votes) - for_a - for_b) / 2
    assert axis_decide(votes).p_a_better == pytest.approx(beta.sf(0.5, 1 + for_a + even, 1 + for_b + even))


def test_no_votes_make_no_decision() -> None:
    with pytest.raises(ValueError, match="at least one"):
        axis_decide([])


def test_acceptance_needs_more_people_on_one_side() -> None:
    assert acceptance_decide([True, False]).acceptable is None
    assert acceptance_decide([]).method is Method.UNDECIDED
    refused = acceptance_decide([False, False, True])
    assert (refused.acceptable, refused.method) == (False, Method.MAJORITY)
    assert acceptance_decide([False]).p_acceptable == pytest.approx(0.25)
