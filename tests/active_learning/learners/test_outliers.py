from __future__ import annotations

import numpy as np
import pytest

from active_learning.learners.arrays import rows_normalized
from active_learning.learners.noise import outliers
from active_learning.learners.noise.outliers import NEIGHBOURS, distances_measured, outliers_found
from tests.active_learning.learners.clouds import labelled_cloud


def none_of(items: int) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.full(items, -1, dtype=np.int64)


@pytest.mark.parametrize(("rows", "columns"), [(7, 11), (64, 3), (1024, 8192)])
def test_blocks_measure_what_one_product_measures(
    monkeypatch: pytest.MonkeyPatch, rows: int, columns: int
) -> None:
    monkeypatch.setattr(outliers, "ROWS_AT_ONCE", rows)
    monkeypatch.setattr(outliers, "COLUMNS_AT_ONCE", columns)
    vectors = labelled_cloud(120, seed=1).vectors
    known = rows_normalized(vectors)
    similar = known @ known.T
    np.fill_diagonal(similar, -np.inf)
    expected = 1 - np.sort(similar, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    assert np.allclose(distances_measured(vectors, vectors, np.arange(120)), expected, atol=2e-6)


def test_a_post_unlike_all_answered_ones_is_found_first() -> None:
    answered = labelled_cloud(200, seed=2, spread=0.1).vectors
    strange = -answered.mean(axis=0, keepdims=True)
    found = outliers_found(np.concatenate([answered[:5], strange]), answered, none_of(6))
    assert found.indexes[0] == 5
    assert found.distances[5] > found.bound


def test_answered_posts_are_not_their_own_neighbours() -> None:
    answered = labelled_cloud(50, seed=3).vectors
    own = outliers_found(answered, answered, np.arange(50))
    assert own.distances.min() > 0
    assert len(own.indexes) <= 1


def test_unreadable_posts_and_too_few_answers_tell_nothing() -> None:
    answered = labelled_cloud(50, seed=4).vectors
    empty = np.zeros((1, answered.shape[1]), dtype=np.float32)
    assert outliers_found(empty, answered, none_of(1)).indexes == []
    assert outliers_found(-answered[:1], answered[:NEIGHBOURS], none_of(1)).indexes == []
    assert outliers_found(answered[:1], answered[:0], none_of(1)).indexes == []
