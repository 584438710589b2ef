from __future__ import annotations

import numpy as np
import pytest

from active_learning.domain.harm_found import RoundSeen, prevalence, recall
from core.figures.intervals import Measured, wilson


def seen(**changes: int) -> RoundSeen:
    return RoundSeen(
        **{
            "known": 0,
            "known_harmful": 0,
            "picked": 0,
            "picked_answered": 0,
            "picked_harmful": 0,
            "drawn": 10,
            "drawn_answered": 10,
            "drawn_harmful": 2,
            "pool": 100,
            **changes,
        }
    )


def test_random_posts_alone_speak_for_all() -> None:
    share = prevalence([seen()])
    assert (share.value, share.low, share.high) == pytest.approx((0.2, *wilson(2, 10)))


def test_what_is_known_is_counted_and_not_guessed() -> None:
    # 100 known with 50 harmful, 20 picked with 20 harmful, and 80 that ten random ones without harm speak for.
    share = prevalence(
        [seen(known=100, known_harmful=50, picked=20, picked_answered=20, picked_harmful=20, drawn_harmful=0)]
    )
    assert share.value == pytest.approx(70 / 200)
    assert share.low == pytest.approx(70 / 200)
    assert share.high == pytest.approx(70 / 200 + 80 / 200 * wilson(0, 10)[1])


def test_nothing_is_said_before_a_random_post_is_answered() -> None:
    share = prevalence([seen(drawn_answered=0, drawn_harmful=0, known=40, known_harmful=20)])
    assert share == Measured(None, None, None)
    assert recall(20, 140, share) == Measured(None, None, None)


def test_what_waits_for_its_answer_is_left_out() -> None:
    waiting = seen(picked=20, picked_answered=0, picked_harmful=0)
    assert waiting.population == 80
    assert prevalence([waiting]).value == pytest.approx(0.2)


def test_a_pool_that_was_asked_whole_leaves_nothing_unsure() -> None:
    whole = seen(
        picked=100, picked_answered=100, picked_harmful=30, drawn=0, drawn_answered=0, drawn_harmful=0
    )
    assert prevalence([whole, seen(pool=0, known=100, known_harmful=30)]) == Measured(0.3, 0.3, 0.3)


def test_recall_is_never_above_all_and_says_how_sure_it_is() -> None:
    assert recall(30, 1000, Measured(0.06, 0.04, 0.1)) == Measured(0.5, 0.3, 0.75)
    certain = recall(30, 100, Measured(0.2, 0.1, 0.5))
    assert certain == Measured(1.0, 0.6, 1.0)
    assert recall(0, 100, Measured(0.0, 0.0, 0.0)) == Measured(None, None, None)
    assert recall(0, 100, Measured(0.0, 0.0, 0.1)) == Measured(None, None, None)


def test_a_strategy_that_seeks_harm_does_not_bend_the_estimate() -> None:
    """200 times three rounds on 3,000 posts with 6 % harm, of which the strategy finds most: mean and coverage."""
    truth, values, covered = 0.06, [], 0
    for repeat in range(200):
        random = np.random.default_rng(repeat)
        harmful = np.zeros(3000, dtype=bool)
        harmful[random.choice(3000, 180, replace=False)] = True
        is_open = np.ones(3000, dtype=bool)
        rounds = []
        for _ in range(3):
            pool, known = np.flatnonzero(is_open), harmful[~is_open]
            liking = harmful[pool] + random.normal(0, 0.5, pool.size)
            picked = pool[np.argsort(-liking)[:60]]
            drawn = random.choice(np.setdiff1d(pool, picked), 40, replace=False)
            rounds.append(
                RoundSeen(
                    known=known.size,
                    known_harmful=int(known.sum()),
                    picked=60,
                    picked_answered=60,
                    picked_harmful=int(harmful[picked].sum()),
                    drawn=40,
                    drawn_answered=40,
                    drawn_harmful=int(harmful[drawn].sum()),
                    pool=pool.size,
                )
            )
            is_open[picked] = is_open[drawn] = False
        share = prevalence(rounds)
        assert share.value is not None
        assert share.low is not None
        assert share.high is not None
        values.append(share.value)
        covered += share.low <= truth <= share.high
        # What was asked alone would say that harm is three times as common.
        asked = sum(one.picked_harmful + one.drawn_harmful for one in rounds) / 300
        assert asked > 2 * truth
    assert np.mean(values) == pytest.approx(truth, abs=0.004)
    assert covered >= 0.92 * 200
