from __future__ import annotations

import numpy as np
import pytest
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.learners.arrays import Vectors
from active_learning.learners.layout import STAGES, laid_out


def groups(count: int, *, each: int, dim: int = 24, seed: int = 0) -> tuple[Vectors, np.ndarray]:
    """Return vectors around ``count`` centers far apart, and the number of each one's center."""
    random = np.random.default_rng(seed)
    centers = random.normal(size=(count, dim))
    belongs = np.repeat(np.arange(count), each)
    return (centers[belongs] + random.normal(scale=0.1, size=(len(belongs), dim))).astype(np.float32), belongs


def test_what_is_alike_lies_together() -> None:
    vectors, belongs = groups(4, each=40)
    found = laid_out(vectors, seed=1)
    away = np.linalg.norm(found.places[:, None] - found.places[None], axis=2)
    np.fill_diagonal(away, np.inf)
    assert (belongs[away.argmin(axis=1)] == belongs).mean() > 0.98
    assert found.neighbours_kept is not None and 0.3 < found.neighbours_kept <= 1


def test_the_same_seed_gives_the_same_layout_whatever_the_number_of_threads() -> None:
    vectors, _ = groups(3, each=50)
    found = []
    for threads in (1, 2, 4):
        with threadpool_limits(limits=threads):
            found.append(laid_out(vectors, seed=7))
    for other in found[1:]:
        assert np.array_equal(found[0].places, other.places)
        assert np.array_equal(found[0].areas, other.areas)


def test_places_fill_the_square_and_areas_are_numbered_by_size() -> None:
    vectors, _ = groups(3, each=60)
    found = laid_out(vectors, seed=2)
    spans = np.ptp(found.places, axis=0)
    assert found.places.min() >= 0 and found.places.max() <= 1
    assert spans.max() == pytest.approx(1, abs=1e-4)
    sizes = np.bincount(found.areas)
    assert len(sizes) > 1 and list(sizes) == sorted(sizes, reverse=True)


@pytest.mark.parametrize("count", [0, 1, 2, 5, 11])
def test_few_posts_lie_by_their_first_components(count: int) -> None:
    vectors = np.random.default_rng(0).normal(size=(count, 8)).astype(np.float32)
    found = laid_out(vectors, seed=0)
    assert found.places.shape == (count, 2) and len(found.areas) == count
    assert np.isfinite(found.places).all() and found.neighbours_kept is None


def test_posts_that_are_all_the_same_have_a_place_too() -> None:
    found = laid_out(np.ones((30, 8), dtype=np.float32), seed=0)
    assert np.isfinite(found.places).all() and len(found.areas) == 30


def test_every_stage_is_told_so_that_the_work_can_be_stopped() -> None:
    told: list[int] = []
    laid_out(groups(2, each=20)[0], seed=0, tell=told.append)
    assert told == list(range(STAGES + 1))
