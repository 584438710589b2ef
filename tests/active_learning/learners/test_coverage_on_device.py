"""k-center as a card measures it, tried on the CPU: the picks of the lazy engine, ties and equals among them."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
import torch

from active_learning.learners.arrays import Vectors
from active_learning.learners.strategies.coverage import KCenterStrategy
from active_learning.learners.strategies.farthest_on_device import fits_on
from active_learning.learners.strategies.protocol import Pool
from tests.active_learning.learners.clouds import cloud

pytestmark = pytest.mark.computes
CPU = torch.device("cpu")


def both(vectors: Vectors, answered: Vectors, *, budget: int, seed: int = 1) -> None:
    pool = Pool([f"{number:05d}" for number in range(len(vectors))], vectors, answered)
    on_device = KCenterStrategy(device=CPU).choose(pool, budget=budget, seed=seed)
    assert on_device == KCenterStrategy().choose(pool, budget=budget, seed=seed)
    assert len({choice.index for choice in on_device}) == min(budget, len(vectors))


@pytest.mark.parametrize("known", [0, 1, 600])
def test_a_cloud_is_covered_pick_by_pick_as_by_the_lazy_engine(known: int) -> None:
    vectors, _ = cloud(3000, seed=5, dim=32, classes=9)
    answered, _ = cloud(600, seed=6, dim=32, classes=9)
    both(vectors, answered[:known], budget=300)


@pytest.mark.parametrize("seed", [1, 2])
def test_posts_that_are_equally_far_are_told_apart_in_the_same_order(seed: int) -> None:
    grid = np.array(list(itertools.product(range(4), repeat=4)), dtype=np.float32)
    both(grid, grid[:0], budget=len(grid), seed=seed)


def test_equal_posts_come_after_all_others_and_none_twice() -> None:
    few, _ = cloud(30, seed=3, dim=8)
    many = np.repeat(few, 40, axis=0)
    both(many, many[:0], budget=len(many) + 1)
    both(many, few[:10], budget=100)


def test_without_a_card_nothing_is_put_on_one() -> None:
    assert not fits_on(CPU, 1, 1)
