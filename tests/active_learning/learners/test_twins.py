from __future__ import annotations

import numpy as np
import pytest

from active_learning.domain.suspect_kinds import TwinBy, group_alike_from
from active_learning.learners.arrays import Vectors, rows_normalized
from active_learning.learners.noise import twins
from active_learning.learners.noise.twins import Twin, nearest_across, twins_across, twins_doubted


def cloud(items: int, *, seed: int = 1) -> Vectors:
    return np.random.default_rng(seed).normal(size=(items, 16)).astype(np.float32)


def found_in(vectors: Vectors, sides: list[int], **changes: object) -> list[Twin]:
    none = [""] * len(vectors)
    asked: dict[str, object] = {"contents": none, "groups": none, "alike_from": 0.95, "group_from": 0.9}
    return twins_across(vectors, np.array(sides), **asked | changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("rows_at_once", [7, 64, 2048])
def test_blocks_find_what_one_product_finds(monkeypatch: pytest.MonkeyPatch, rows_at_once: int) -> None:
    monkeypatch.setattr(twins, "ROWS_AT_ONCE", rows_at_once)
    vectors, sides = cloud(150), np.arange(150) % 3
    nearest, cosines = nearest_across(vectors, sides, least=0.3)
    known = rows_normalized(vectors)
    everything = (known @ known.T).round(6)
    everything[(sides[:, None] == sides[None]) | (everything < 0.3)] = -np.inf
    expected = np.where(np.isfinite(everything.max(axis=1)), everything.argmax(axis=1), -1)
    assert nearest.tolist() == expected.tolist()
    assert np.allclose(cosines, everything.max(axis=1), atol=2e-6)


def test_of_equally_near_rows_the_first_counts() -> None:
    vectors = np.tile(cloud(1), (6, 1))
    nearest, _ = nearest_across(vectors, np.array([0, 1, 0, 1, 2, 0]), least=0.99)
    assert nearest.tolist() == [1, 0, 1, 0, 0, 1]


def test_near_rows_of_one_side_are_no_twins() -> None:
    vectors = np.concatenate([cloud(3), cloud(3) + 0.001])
    assert found_in(vectors, [0, 0, 1, 0, 0, 1]) == []
    assert [(twin.index, twin.twin) for twin in found_in(vectors, [0, 0, 1, 1, 0, 1])] == [(0, 3), (3, 0)]


def test_the_same_content_comes_before_a_nearer_vector() -> None:
    vectors = np.stack([[1, 0, 0], [0.999, 0.02, 0], [0.97, 0.2, 0]]).astype(np.float32)
    found = found_in(vectors, [0, 1, 1], contents=["a", "", "a"])
    assert [(twin.index, twin.twin, twin.by) for twin in found] == [
        (0, 2, TwinBy.CONTENT),
        (1, 0, TwinBy.VECTOR),
        (2, 0, TwinBy.CONTENT),
    ]


def test_posts_of_a_group_may_be_further_apart_but_not_strangers() -> None:
    vectors = np.stack([[1, 0], [0.92, 0.39], [0, 1]]).astype(np.float32)
    found = found_in(vectors, [0, 1, 1], groups=["g", "g", "g"])
    assert [(twin.index, twin.twin, twin.by) for twin in found] == [
        (0, 1, TwinBy.GROUP),
        (1, 0, TwinBy.GROUP),
    ]
    assert group_alike_from(0.95) == pytest.approx(0.9)
    assert group_alike_from(-0.5) == -1.0


def test_where_vectors_are_not_compared_content_and_groups_still_count() -> None:
    vectors = np.tile(cloud(1), (4, 1))
    found = found_in(vectors, [0, 1, 0, 1], contents=["a", "a", "", ""], compares_vectors=False)
    assert [twin.index for twin in found] == [0, 1]


def test_the_rarer_answer_among_twins_is_doubted() -> None:
    vectors = np.tile(cloud(1), (5, 1))
    labels = np.array([0, 0, 1, 0, 0])
    doubted = twins_doubted(found_in(vectors, labels.tolist()), labels, np.full(5, 0.5))
    assert [(twin.index, labels[twin.twin]) for twin in doubted] == [(2, 0)]


def test_of_two_twins_the_answer_believed_less_is_doubted() -> None:
    vectors = np.tile(cloud(1), (2, 1))
    labels = np.array([0, 1])
    for belief, expected in (([0.2, 0.8], 0), ([0.8, 0.2], 1), ([0.5, 0.5], 1)):
        doubted = twins_doubted(found_in(vectors, [0, 1]), labels, np.array(belief))
        assert [twin.index for twin in doubted] == [expected]


def test_of_every_two_unlike_twins_at_least_one_is_doubted() -> None:
    random = np.random.default_rng(3)
    vectors = cloud(12).repeat(8, axis=0) + random.normal(scale=0.02, size=(96, 16)).astype(np.float32)
    labels = random.integers(0, 3, size=96)
    found = found_in(vectors, labels.tolist())
    doubted = twins_doubted(found, labels, random.uniform(size=96))
    names = {twin.index for twin in doubted}
    assert len(found) > 50
    assert all(twin.index in names or twin.twin in names for twin in found)
    assert [twin.similarity for twin in doubted] == sorted(
        (twin.similarity for twin in doubted), reverse=True
    )


def test_nothing_has_no_twins() -> None:
    assert found_in(np.zeros((0, 4), dtype=np.float32), []) == []
    assert twins_doubted([], np.zeros(0, dtype=np.int64), np.zeros(0)) == []
