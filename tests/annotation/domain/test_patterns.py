from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotation.domain.patterns import rows_merged, units_alike, without_gaps

judged = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 5)), min_size=1, max_size=120)


@given(judged)
def test_units_with_the_same_values_as_often_are_one_pattern(pairs: list[tuple[int, int]]) -> None:
    _, unit = without_gaps(np.array([pair[0] for pair in pairs]))
    value = np.array([pair[1] for pair in pairs])
    found = units_alike(unit, value, values=6)
    table = np.zeros((unit.max() + 1, 6), dtype=np.int64)
    np.add.at(table, (unit, value), 1)
    assert (found.rows[found.pattern] == table).all()
    assert len({tuple(row) for row in found.rows.tolist()}) == len(found.rows)
    expected = Counter(tuple(row) for row in table.tolist())
    got = {
        tuple(row): times for row, times in zip(found.rows.tolist(), found.repeats().tolist(), strict=True)
    }
    assert got == expected


@given(judged, st.randoms(use_true_random=False))
def test_neither_the_order_nor_the_numbers_of_units_change_the_patterns(
    pairs: list[tuple[int, int]], random: object
) -> None:
    _, unit = without_gaps(np.array([pair[0] for pair in pairs]))
    value = np.array([pair[1] for pair in pairs])
    order = np.arange(unit.size)
    getattr(random, "shuffle")(order)  # noqa: B009 - Hypothesis types its source of chance as an object
    first = units_alike(unit, value, values=6)
    second = units_alike(unit.max() - unit[order], value[order], values=6)
    assert first.rows.tolist() == second.rows.tolist()
    assert first.repeats().tolist() == second.repeats().tolist()


def test_values_far_apart_take_no_table_of_all_of_them() -> None:
    found = units_alike(np.array([0, 1, 2, 0]), np.array([0, 90_000, 0, 90_000]), values=90_001)
    assert found.pattern.size == 3 and found.rows.shape == (3, 90_001)
    assert found.rows.sum(axis=1).tolist() == [1, 2, 1]


def test_only_some_units_are_counted() -> None:
    found = units_alike(np.array([0, 1, 2]), np.array([1, 1, 0]), values=2)
    assert found.repeats(np.array([0, 2])).tolist() == [1, 1]


def test_equal_rows_are_put_together_and_those_that_never_occur_left_out() -> None:
    rows, repeats = rows_merged(np.array([[1, 0], [0, 1], [1, 0], [2, 2]]), np.array([2, 1, 3, 0]))
    assert rows.tolist() == [[0, 1], [1, 0]]
    assert repeats.tolist() == [1, 5]
    nothing, never = rows_merged(np.zeros((0, 2), dtype=np.int64), np.zeros(0, dtype=np.int64))
    assert (nothing.shape, never.size) == ((0, 2), 0)


def test_nothing_is_alike_where_there_is_nothing() -> None:
    found = units_alike(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), values=3)
    assert found.rows.shape == (0, 3) and found.repeats().size == 0
