from __future__ import annotations

import numpy as np
import pytest

from active_learning.learners.heads.training import TooFewLabelsError
from active_learning.learners.telling_apart import POSTS_MOST, Side, told_apart


def side(name: str, count: int, *, seed: int, shift: float = 0.0, group: str = "") -> Side:
    vectors = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    vectors[:, 0] += shift
    return Side([f"{name}-{at}" for at in range(count)], vectors, [group] * count)


def test_alike_posts_are_told_apart_by_chance() -> None:
    hits, total = told_apart(side("old", 400, seed=1), side("new", 400, seed=2), seed=3)
    assert total == 800
    assert 0.43 < hits / total < 0.57


def test_posts_of_another_kind_are_told_apart() -> None:
    hits, total = told_apart(side("old", 400, seed=1), side("new", 400, seed=2, shift=3.0), seed=3)
    # The best possible is Φ(1.5) = 0.933.
    assert hits / total == pytest.approx(0.933, abs=0.03)


def test_both_sides_count_the_same_whichever_is_larger() -> None:
    assert told_apart(side("old", 900, seed=1), side("new", 60, seed=2), seed=3)[1] == 120
    assert told_apart(side("old", 700, seed=1), side("new", 800, seed=2), seed=3)[1] == 2 * POSTS_MOST


def test_the_same_posts_and_seed_give_the_same_count() -> None:
    sides = side("old", 120, seed=1), side("new", 300, seed=2, shift=1.0)
    assert told_apart(*sides, seed=3) == told_apart(*sides, seed=3)


def test_twins_of_one_group_teach_nothing_about_each_other() -> None:
    # New posts are near-copies of five: seen apart they are known by heart, as a group each is unknown.
    random = np.random.default_rng(5)
    kinds = random.normal(size=(5, 16))
    vectors = (np.repeat(kinds, 40, axis=0) + random.normal(scale=0.01, size=(200, 16))).astype(np.float32)
    names = [f"new-{at}" for at in range(200)]
    old = side("old", 200, seed=1)
    alone = told_apart(old, Side(names, vectors, [""] * 200), seed=3)
    grouped = told_apart(old, Side(names, vectors, [f"kind-{at // 40}" for at in range(200)]), seed=3)
    assert grouped[0] < alone[0]


def test_a_side_of_one_post_cannot_be_told() -> None:
    with pytest.raises(TooFewLabelsError):
        told_apart(side("old", 50, seed=1), side("new", 1, seed=2), seed=3)
