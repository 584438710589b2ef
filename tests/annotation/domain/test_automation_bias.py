from __future__ import annotations

import numpy as np
import pytest

from annotation.domain.automation_bias import NEVER_WRONG, NO_TASKS, NOTHING_KNOWN, Watched, bias_measured


def rows(count: int, *, is_shown: bool, follow: float, seed: int, right: float = 0.7) -> list[Watched]:
    """Answers of people who take over the model's with a chance and else are always right."""
    random = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        truth = "yes" if random.random() < 0.4 else "no"
        other = "no" if truth == "yes" else "yes"
        suggested = truth if random.random() < right else other
        answer = suggested if random.random() < follow else truth
        made.append(Watched(is_shown, suggested, answer, truth, 2_000 if is_shown else 5_000))
    return made


def test_people_who_follow_a_shown_model_are_seen_to() -> None:
    watched = rows(400, is_shown=True, follow=0.6, seed=1) + rows(400, is_shown=False, follow=0.0, seed=2)
    found = bias_measured(watched, seed=3)
    assert (found.shown.tasks, found.not_shown.tasks, found.difference.tasks) == (400, 400, 800)
    assert found.not_shown.accuracy.value == 1.0
    assert found.not_shown.followed_wrong.value == 0.0
    assert found.shown.followed_wrong.value == pytest.approx(0.6, abs=0.12)
    apart = found.difference.agreement
    assert apart.value is not None and apart.low is not None and apart.high is not None
    assert 0 < apart.low < apart.value < apart.high
    assert found.difference.median_ms.value == -3_000


def test_where_showing_changes_nothing_the_interval_holds_nought() -> None:
    watched = rows(300, is_shown=True, follow=0.3, seed=5) + rows(300, is_shown=False, follow=0.3, seed=6)
    apart = bias_measured(watched).difference.agreement
    assert apart.low is not None and apart.high is not None
    assert apart.low < 0 < apart.high


def test_the_same_rows_and_seed_give_the_same_interval() -> None:
    watched = rows(50, is_shown=True, follow=0.5, seed=1) + rows(40, is_shown=False, follow=0.2, seed=2)
    assert bias_measured(watched, seed=9) == bias_measured(watched, seed=9)


def test_what_is_not_defined_says_why() -> None:
    nothing = bias_measured([])
    assert nothing.shown.agreement.undefined_because == NO_TASKS
    unknown = bias_measured([Watched(True, "yes", "yes", None, 10)])
    assert unknown.shown.agreement.value == 1.0
    assert unknown.shown.accuracy.undefined_because == NOTHING_KNOWN
    assert unknown.difference.agreement.undefined_because == NO_TASKS
    right = bias_measured([Watched(True, "yes", "yes", "yes", 10)])
    assert right.shown.followed_wrong.undefined_because == NEVER_WRONG
