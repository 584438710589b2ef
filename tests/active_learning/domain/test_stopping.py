from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from active_learning.domain.intervals import share_measured
from active_learning.domain.stopping import AdviceState, advice_given, hits_expected, window_size


def reviewed(*, wrong: int, right: int) -> list[bool]:
    return [True] * wrong + [False] * right


def test_going_on_is_worth_it_while_enough_of_the_last_were_wrong() -> None:
    advice = advice_given(reviewed(wrong=3, right=17), left=80, wanted_precision=0.1)
    assert advice.state == AdviceState.GO_ON
    assert advice.sentence == (
        "3 of the last 20 were wrong (5 % to 36 %). "
        "Going on is worth about one mistake for every 7 looked at."
    )
    assert (advice.window.hits, advice.window.total, advice.left) == (3, 20, 80)
    assert advice.expected is not None
    assert advice.expected.value == pytest.approx(12.0)
    assert advice.expected.low < 6 < 18 < advice.expected.high < 40


def test_one_may_stop_once_fewer_of_the_last_were_wrong_than_wanted() -> None:
    advice = advice_given(reviewed(wrong=15, right=19), left=80, wanted_precision=0.1)
    assert advice.state == AdviceState.STOP
    assert advice.window.hits == 1
    assert advice.sentence == (
        "You can stop: 1 of the last 20 was wrong (1 % to 24 %), fewer than the one in 10 that is wanted. "
        "Of the 80 left, 0 to 20 are likely wrong."
    )


def test_what_was_found_long_ago_does_not_count() -> None:
    advice = advice_given(reviewed(wrong=30, right=20), left=5, wanted_precision=0.1)
    assert advice.state == AdviceState.STOP
    assert advice.sentence.startswith("You can stop: none of the last 20 was wrong (0 % to 16 %)")


@pytest.mark.parametrize(
    ("hits", "left", "sentence"),
    [
        ([], 50, "Look at 20 more before this can say when to stop."),
        ([True] * 12, 50, "Look at 8 more before this can say when to stop."),
        ([True] * 2, 5, "There are too few suspects to say when to stop. Look at all of them."),
    ],
)
def test_nothing_is_said_of_too_few(hits: list[bool], left: int, sentence: str) -> None:
    advice = advice_given(hits, left=left, wanted_precision=0.1)
    assert (advice.state, advice.sentence) == (AdviceState.EARLY, sentence)


def test_every_suspect_wrong_is_said_without_a_fraction() -> None:
    advice = advice_given([True] * 20, left=9, wanted_precision=0.1)
    assert advice.sentence.endswith("Going on is worth about a mistake for each one looked at.")


def test_nothing_left_needs_no_advice() -> None:
    advice = advice_given([True] * 40, left=0, wanted_precision=0.1)
    assert (advice.state, advice.expected) == (AdviceState.DONE, None)


def test_a_rarer_wanted_mistake_is_counted_over_more_suspects() -> None:
    assert [window_size(share) for share in (1.0, 0.5, 0.1, 0.05, 0.03)] == [20, 20, 20, 40, 67]


def test_as_many_as_wanted_is_enough() -> None:
    assert advice_given(reviewed(wrong=2, right=18), left=9, wanted_precision=0.1).state == AdviceState.GO_ON


@given(st.integers(0, 60), st.integers(1, 60), st.integers(1, 500))
def test_a_prediction_lies_within_what_is_left(hits: int, misses: int, left: int) -> None:
    found = hits_expected(share_measured(hits, hits + misses), left)
    assert 0 <= found.low <= found.value + 1e-9
    assert found.value <= found.high + 1e-9
    assert found.high <= left


def test_ninety_five_of_a_hundred_predictions_hold() -> None:
    random = np.random.default_rng(5)
    held = []
    for _ in range(2000):
        rate = random.uniform(0.05, 0.6)
        seen, later = int(random.binomial(40, rate)), int(random.binomial(100, rate))
        found = hits_expected(share_measured(seen, 40), 100)
        held.append(found.low <= later <= found.high)
    assert 0.93 <= float(np.mean(held)) <= 0.98


@pytest.mark.parametrize(("seen", "left"), [(0, 5), (5, 0)])
def test_there_is_no_prediction_from_nothing(seen: int, left: int) -> None:
    with pytest.raises(ValueError, match="something"):
        hits_expected(share_measured(0, seen), left)
