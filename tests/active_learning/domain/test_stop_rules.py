"""When rounds that go on by themselves stop."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from active_learning.domain.round_plans import Since, When, next_round
from active_learning.domain.stop_rules import (
    Measuring,
    Verdict,
    budget_said,
    gain_measured,
    plateau_said,
    posts_affordable,
    recall_said,
)
from core.figures.intervals import Measured

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def measuring(right: int, *, total: int = 1000, posts: str = "set") -> Measuring:
    """The first posts of either kind are answered right."""
    marks = "1" * right + "0" * (total - right)
    return Measuring(posts, marks, marks)


def test_a_gain_is_told_by_the_posts_on_which_two_models_differ() -> None:
    found = gain_measured(measuring(80, total=100), measuring(90, total=100))
    assert found.value == pytest.approx(0.1)
    # By hand: 11/102 and 1/102 of each kind, (12/102 − (10/102)²)/102 the variance of each.
    half = 1.959964 * ((12 / 102 - (10 / 102) ** 2) / 102 / 2) ** 0.5
    assert (found.low, found.high) == (pytest.approx(10 / 102 - half), pytest.approx(10 / 102 + half))


def test_what_is_won_and_lost_alike_is_no_gain_but_widens_the_interval() -> None:
    old = Measuring("set", "1" * 50 + "0" * 50, "1" * 100)
    new = Measuring("set", "0" * 10 + "1" * 50 + "0" * 40, "1" * 100)
    found = gain_measured(old, new)
    assert found.value == 0.0
    still = gain_measured(old, old)
    assert found.low is not None and still.low is not None and found.low < still.low < 0


def test_harmful_posts_weigh_as_much_as_harmless_ones_however_few() -> None:
    old = Measuring("set", "1" * 980, "0" * 20)
    new = Measuring("set", "1" * 980, "1" * 20)
    assert gain_measured(old, new).value == pytest.approx(0.5)


def test_models_measured_on_different_posts_are_not_compared() -> None:
    with pytest.raises(ValueError, match="one set"):
        gain_measured(measuring(5), measuring(5, posts="other"))
    said = plateau_said([measuring(5), measuring(5, posts="other")], rounds=1, least_gain=0)
    assert said.verdict is Verdict.UNTOLD
    assert "different posts" in said.sentence


def test_a_plateau_needs_one_model_more_than_its_rounds() -> None:
    no_model = Measuring("", "", "")
    said = plateau_said([no_model, measuring(800), measuring(800)], rounds=2, least_gain=0)
    assert (said.verdict, said.part) == (Verdict.UNTOLD, 0.5)
    assert "3 models are needed, and there are 2" in said.sentence


@pytest.mark.parametrize(
    ("after", "least_gain", "verdict", "why"),
    [
        (800, 0.0, Verdict.STOP, "0.0 points (−0.2 to +0.2, 95 % interval): no gain shows any more"),
        (790, 0.0, Verdict.STOP, "−1.0 points"),
        (850, 0.0, Verdict.GO_ON, "+5.0 points"),
        (850, 0.06, Verdict.STOP, "less than the +6.0 that are wanted"),
    ],
)
def test_a_plateau_is_told_over_the_last_rounds(
    after: int, least_gain: float, verdict: Verdict, why: str
) -> None:
    history = [measuring(100), measuring(800), measuring(830), measuring(after)]
    said = plateau_said(history, rounds=2, least_gain=least_gain)
    assert said.verdict is verdict
    assert why in said.sentence


def test_few_held_out_posts_tell_no_plateau() -> None:
    few = plateau_said([measuring(5, total=9)] * 2, rounds=1, least_gain=0)
    assert few.verdict is Verdict.UNTOLD
    assert "9 harmful and 9 harmless" in few.sentence
    wide = plateau_said([measuring(5, total=12), measuring(8, total=12)], rounds=1, least_gain=0)
    assert wide.verdict is Verdict.UNTOLD
    assert "too few posts are held out" in wide.sentence


@pytest.mark.parametrize(
    ("bought", "stops", "sentence"),
    [
        (1_198, False, "1,198 of 1,200 answers are bought."),
        (1_199, True, "1,199 of 1,200 answers are bought, and a post takes 2."),
        (1_201, True, "1,201 of 1,200 answers are bought."),
    ],
)
def test_a_budget_is_spent_when_it_buys_no_further_post(bought: int, stops: bool, sentence: str) -> None:
    said = budget_said(bought, limit=1_200, per_post=2)
    assert (said.stops, said.sentence) == (stops, sentence)


def test_a_round_asks_for_no_more_than_the_budget_leaves() -> None:
    assert posts_affordable(50, bought=90, still_asked=3, limit=100, per_post=2) == 3
    assert posts_affordable(50, bought=90, still_asked=30, limit=100, per_post=2) == 0
    assert posts_affordable(50, bought=0, still_asked=0, limit=None, per_post=2) == 50


def test_recall_is_reached_when_its_lower_bound_is() -> None:
    short = recall_said(Measured(0.93, 0.84, 1.0), target=0.9)
    assert short.verdict is Verdict.GO_ON
    assert short.part == pytest.approx(0.84 / 0.9)
    assert short.sentence.startswith("93 % of the harmful posts are found (84 % to 100 %, 95 % interval)")
    assert recall_said(Measured(0.95, 0.9, 1.0), target=0.9).stops
    assert recall_said(Measured(None, None, None), target=0.9).verdict is Verdict.UNTOLD


def since(**changes: int) -> Since:
    facts = {"picked": 10, "answered": 8, "answers": 20}
    return Since(started_at=NOW - timedelta(hours=5), **{**facts, **changes})


def test_the_first_round_starts_at_once() -> None:
    assert next_round(When(20, None, 0.8), None, NOW).is_due


def test_the_next_round_waits_for_the_last_ones_posts_whatever_else_came() -> None:
    told = next_round(When(20, None, 0.8), since(answered=7, answers=500), NOW)
    assert not told.is_due
    assert told.sentence.startswith(
        "7 of the last round’s 10 posts are answered; the next round waits for 80 %"
    )
    assert not next_round(When(None, 1, 0.8), since(answered=7), NOW).is_due


def test_the_next_round_waits_for_enough_answers_or_its_hour() -> None:
    assert next_round(When(20, None, 0.8), since(), NOW).is_due
    assert not next_round(When(21, None, 0.8), since(), NOW).is_due
    assert next_round(When(None, 5, 0.8), since(), NOW).is_due
    early = next_round(When(None, 6, 0.8), since(), NOW)
    assert (early.is_due, early.sentence) == (False, "The next round starts at 2026-03-01 13:00 UTC.")
