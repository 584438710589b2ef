from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.queue.domain.overlap import answers_expected, clauses_by_slot

KEYS = st.lists(st.sampled_from("abcdef"), min_size=1, unique=True)


@given(KEYS, st.integers(1, 6), st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 8)))
def test_each_clause_is_asked_exactly_as_often_as_it_is_wanted(
    keys: list[str], overlap: int, overlaps: dict[str, int]
) -> None:
    slots = clauses_by_slot(keys, overlap=overlap, overlaps=overlaps)
    for key in keys:
        assert sum(key in slot for slot in slots) == overlaps.get(key, overlap)
    assert all(slots), "nobody is asked nothing"
    assert all(set(later) <= set(earlier) for earlier, later in pairwise(slots))
    assert slots[0] == keys


def test_what_it_costs_without_disputes_is_the_most_asked_clause() -> None:
    assert answers_expected([1, 3], answers_most=5, disputed_shares=[0, 0], gold_share=0) == 3


@given(st.floats(0, 1), st.integers(0, 6))
def test_disputes_cost_no_more_than_the_maximum(share: float, more: int) -> None:
    cost = answers_expected([2], answers_most=2 + more, disputed_shares=[share], gold_share=0)
    assert 2 <= cost <= 2 + more + 1e-9


def test_gold_comes_on_top() -> None:
    assert answers_expected([2], answers_most=0, disputed_shares=[], gold_share=0.2) == pytest.approx(2.5)
