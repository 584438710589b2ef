from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from sklearn.metrics import cohen_kappa_score

from core.figures.kappa import kappa_measured


def test_kappa_is_scikit_learns_and_its_interval_covers_it_as_often_as_it_says() -> None:
    random = np.random.default_rng(3)
    given = random.choice(["no", "yes", "other"], 400, p=[0.6, 0.3, 0.1])
    judged = np.where(random.random(400) < 0.7, given, random.choice(["no", "yes", "other"], 400))
    pairs = list(zip(given.tolist(), judged.tolist(), strict=True))
    whole = kappa_measured(Counter(pairs), seed=1)
    assert whole.value == pytest.approx(cohen_kappa_score(given, judged))
    hits = 0
    for seed in range(100):
        picked = np.random.default_rng(seed).choice(400, 120)
        part = kappa_measured(Counter(pairs[at] for at in picked), seed=seed)
        assert part.low is not None and part.high is not None and whole.value is not None
        hits += part.low <= whole.value <= part.high
    assert hits >= 88


@pytest.mark.parametrize("confusion", [{}, {("no", "no"): 5}])
def test_kappa_is_not_defined_where_there_is_nothing_to_agree_on(
    confusion: dict[tuple[str, str], int],
) -> None:
    assert kappa_measured(confusion, seed=0).value is None


def test_the_interval_of_kappa_covers_what_is_so() -> None:
    random = np.random.default_rng(3)
    cells = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")]
    shares = [0.4, 0.1, 0.15, 0.35]
    chance = 0.5 * 0.55 + 0.5 * 0.45
    true = (0.75 - chance) / (1 - chance)
    covered = 0
    for seed in range(200):
        drawn = random.multinomial(150, shares)
        found = kappa_measured(dict(zip(cells, map(int, drawn), strict=True)), seed=seed)
        assert found.low is not None and found.high is not None
        covered += found.low <= true <= found.high
    assert 0.9 <= covered / 200 <= 0.99
