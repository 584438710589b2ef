from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from crowdkit.aggregation import DawidSkene

from annotation.domain.dawid_skene import dawid_skene, reliability_of


def crowd(seed: int = 0, items: int = 200) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Five people of known reliability on three classes; the last answers at random."""
    random = np.random.default_rng(seed)
    truth = random.integers(0, 3, items)
    skill = [0.95, 0.85, 0.8, 0.7, 1 / 3]
    item = np.repeat(np.arange(items), len(skill))
    person = np.tile(np.arange(len(skill)), items)
    right = random.random(item.size) < np.array(skill)[person]
    answer = np.where(right, truth[item], (truth[item] + random.integers(1, 3, item.size)) % 3)
    return item, person, answer, truth


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
def test_it_agrees_with_crowd_kit() -> None:
    item, person, answer, _ = crowd()
    table = pd.DataFrame({"task": item, "worker": person, "label": answer})
    model = DawidSkene(n_iter=30, tol=-1)
    expected = model.fit_predict_proba(table)[[0, 1, 2]].sort_index().to_numpy()
    estimate = dawid_skene(item, person, answer, categories=3, smoothing=0.0, iterations=30, tolerance=0)
    assert np.abs(estimate.posterior - expected).max() < 1e-9


def test_it_finds_the_truth_and_who_is_careless() -> None:
    item, person, answer, truth = crowd()
    estimate = dawid_skene(item, person, answer, categories=3)
    assert (estimate.posterior.argmax(axis=1) == truth).mean() > 0.93
    reliability = reliability_of(estimate.confusion, estimate.prior)
    assert reliability.argmin() == 4
    assert reliability[4] < 0.45 < 0.9 < reliability[0]


def test_rows_of_a_confusion_matrix_sum_to_one() -> None:
    item, person, answer, _ = crowd(items=5)
    estimate = dawid_skene(item, person, answer, categories=4)
    assert np.allclose(estimate.confusion.sum(axis=2), 1)
    assert np.allclose(estimate.posterior.sum(axis=1), 1)


def test_nothing_to_estimate_from_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing to estimate"):
        dawid_skene([], [], [], categories=2)
    with pytest.raises(ValueError, match="same length"):
        dawid_skene([0], [0, 1], [0], categories=2)
    with pytest.raises(ValueError, match="below the number"):
        dawid_skene([0], [0], [2], categories=2)
