from __future__ import annotations

import numpy as np
import pytest

from active_learning.domain.strategy_names import StrategyName
from benchmarks import label_efficiency
from benchmarks.learning.pools import simulated_pool


@pytest.fixture(autouse=True)
def _counted_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(label_efficiency, "COUNTED_AT", 160)


def test_a_drawn_pool_has_five_positives_in_a_hundred_and_is_the_same_for_its_seed() -> None:
    first, again = (simulated_pool(8, items=1000, seed=3) for _ in range(2))
    assert (first.labels.sum() + first.test_labels.sum()) == 50
    assert np.array_equal(first.vectors, again.vectors)
    assert (len(first.labels), len(first.test_labels)) == (800, 200)


def test_looking_for_harm_finds_rare_posts_sooner_than_the_lot_does() -> None:
    pool = simulated_pool(16, items=1200, seed=2)
    found = {
        name: label_efficiency.curve(pool, name, share=0.1, target=2.0, seed=1)["found"]
        for name in (StrategyName.RANDOM, StrategyName.EXPECTED_HARM)
    }
    assert found[StrategyName.EXPECTED_HARM] > 2 * found[StrategyName.RANDOM]


def test_a_target_counts_as_reached_once_two_rounds_in_a_row_reach_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = simulated_pool(8, items=500, seed=2)
    told = iter([0.9, 0.1, 0.9, 0.9])
    monkeypatch.setattr(label_efficiency, "quality", lambda head, pool: next(told))
    run = label_efficiency.curve(pool, StrategyName.RANDOM, share=0.1, target=0.5, seed=1)
    assert run["needed"] == 3 * label_efficiency.FIRST
    assert list(run["points"]) == [40, 80, 120, 160]
