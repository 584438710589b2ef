from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from active_learning.domain.drift import (
    INDEX_TOLD,
    LEAST_DECISIONS,
    LEAST_POSTS,
    DriftState,
    agreement_expected,
    agreement_state,
    apart_state,
    index_state,
    inputs_state,
    share_difference,
    stability_index,
    week_of,
    weeks_recent,
)
from active_learning.domain.harm_scores import Scores
from active_learning.domain.intervals import share_measured

COUNTS = st.lists(st.integers(0, 400), min_size=10, max_size=10)
FEW, STEADY, DRIFTED = DriftState.FEW, DriftState.STEADY, DriftState.DRIFTED


def test_a_week_begins_on_monday() -> None:
    assert week_of(datetime(2026, 11, 22, 23, 0, tzinfo=UTC)).isoformat() == "2026-11-16"
    assert week_of(datetime(2026, 11, 16, 0, 0, tzinfo=UTC)).isoformat() == "2026-11-16"


def test_whole_weeks_are_judged_until_there_are_enough_decisions() -> None:
    assert weeks_recent([200, 900]) == 1
    assert weeks_recent([199, 1, 500]) == 2
    assert weeks_recent([10, 10]) == 2
    assert weeks_recent([]) == 0


def test_what_is_not_suggested_does_not_count_among_the_held_out_posts() -> None:
    scores = Scores(((100, 40, 2), (700, 5, 6), (950, 1, 9)))
    assert agreement_expected(scores, None) == share_measured(40 + 15, 63)
    assert agreement_expected(scores, 0.9) == share_measured(40 + 9, 52)
    assert agreement_expected(scores, 0.05) == share_measured(17, 63)


def test_a_difference_of_shares_has_the_published_interval() -> None:
    # Newcombe (1998, second paper), table II, method 10: 56/70 − 48/80 and 10/10 − 0/10.
    assert share_difference(share_measured(56, 70), share_measured(48, 80)) == pytest.approx(
        (0.0524, 0.3339), abs=5e-5
    )
    assert share_difference(share_measured(10, 10), share_measured(0, 10)) == pytest.approx(
        (0.6075, 1.0), abs=5e-5
    )
    with pytest.raises(ValueError, match="both sides"):
        share_difference(share_measured(0, 0), share_measured(1, 2))


def test_less_agreement_is_told_only_where_chance_on_either_side_does_not_explain_it() -> None:
    expected = share_measured(900, 1000)
    assert agreement_state(share_measured(160, 200), expected) is DRIFTED
    assert agreement_state(share_measured(175, 200), expected) is STEADY
    # The same loss beside forty held-out posts may be chance.
    assert agreement_state(share_measured(160, 200), share_measured(36, 40)) is STEADY


def test_a_loss_that_is_sure_but_small_and_a_gain_are_no_alarm() -> None:
    expected = share_measured(90_000, 100_000)
    assert share_difference(share_measured(88_000, 100_000), expected)[1] < 0
    assert agreement_state(share_measured(88_000, 100_000), expected) is STEADY
    assert agreement_state(share_measured(86_000, 100_000), expected) is DRIFTED
    assert agreement_state(share_measured(100, 100), share_measured(80, 100)) is STEADY


def test_a_few_decisions_or_held_out_posts_raise_no_alarm() -> None:
    held_out, none = share_measured(100, 100), share_measured(0, LEAST_DECISIONS)
    assert agreement_state(share_measured(0, LEAST_DECISIONS - 1), held_out) is FEW
    assert agreement_state(none, share_measured(LEAST_DECISIONS - 1, LEAST_DECISIONS - 1)) is FEW
    assert agreement_state(none, share_measured(0, 0)) is FEW
    assert agreement_state(none, held_out) is DRIFTED


def test_the_index_has_the_value_of_its_formula() -> None:
    # Large enough that half a post a bin is nothing: (0.6 − 0.5) ln(0.6 / 0.5) + (0.4 − 0.5) ln(0.4 / 0.5).
    found = stability_index([500_000, 500_000], [600_000, 400_000])
    assert found == pytest.approx(0.0405465, abs=1e-6)
    with pytest.raises(ValueError, match="same bins"):
        stability_index([1, 2], [1])


@given(COUNTS, COUNTS)
def test_the_index_is_nothing_for_the_same_and_never_below(before: list[int], since: list[int]) -> None:
    found = stability_index(before, since)
    if not sum(before) or not sum(since):
        assert found is None
        return
    assert found is not None and found >= 0
    assert stability_index(since, before) == pytest.approx(found)
    assert stability_index(before, before) == pytest.approx(0)


def test_samples_of_one_population_are_hardly_ever_called_changed() -> None:
    random = np.random.default_rng(4)
    for shares in ([0.1] * 10, [0.6, 0.1, 0.05, 0.05, 0.02, 0.02, 0.02, 0.04, 0.05, 0.05]):
        drawn = random.multinomial(LEAST_POSTS, shares, size=(1000, 2)).tolist()
        found = [stability_index(before, since) or 0.0 for before, since in drawn]
        assert np.mean(found) == pytest.approx(0.09, abs=0.015)
        assert np.mean([index >= INDEX_TOLD for index in found]) < 0.01


def test_posts_have_changed_only_where_there_are_enough_of_them() -> None:
    flat, steep = [100] * 10, [500, 200, 100, 50, 50, 40, 30, 20, 5, 5]
    assert index_state(flat, steep) is DRIFTED
    assert index_state([20] * 10, [100, 40, 20, 10, 10, 8, 6, 4, 1, 0]) is FEW
    assert index_state(flat, [105, 95] * 5) is STEADY
    assert index_state([0] * 10, flat) is FEW


def test_posts_told_apart_two_times_of_three_have_changed() -> None:
    assert apart_state(share_measured(267, 400)) is DRIFTED
    assert apart_state(share_measured(266, 400)) is STEADY
    assert apart_state(share_measured(398, 398)) is FEW
    assert apart_state(share_measured(0, 0)) is FEW


def test_either_look_at_the_posts_is_enough_to_tell() -> None:
    assert inputs_state(STEADY, DRIFTED) is inputs_state(DRIFTED, FEW) is DRIFTED
    assert inputs_state(STEADY, FEW) is STEADY
    assert inputs_state(FEW, FEW) is FEW
