from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.domain.masks import mask_area, mask_intervals, runs_pack, runs_unpack


@given(st.lists(st.integers(min_value=0, max_value=2**31 - 1), max_size=80))
def test_run_lengths_come_back_as_they_were(runs: list[int]) -> None:
    assert runs_unpack(runs_pack(runs)) == runs


@given(st.text(max_size=60))
def test_any_text_is_run_lengths_or_refused_with_a_sentence(text: str) -> None:
    try:
        runs = runs_unpack(text)
    except ValueError as error:
        assert str(error).endswith(".")
    else:
        assert min(runs, default=0) >= 0


@pytest.mark.parametrize(
    ("runs", "packed"),
    [([4, 4, 4], "444"), ([5, 3, 7, 2], "537O"), ([100, 1000], "T3Xo0"), ([0, 12], "0<")],
)
def test_the_packed_form_is_coco_s(runs: list[int], packed: str) -> None:
    """Worked out by hand from the format; the browser's tests hold its code to the same strings."""
    assert runs_pack(runs) == packed


def test_painted_stretches_are_positions_down_the_columns() -> None:
    dice = random.Random(3)
    height, width = 7, 9
    painted = sorted(dice.sample(range(height * width), 30))
    runs, at, inside = [], 0, False
    for position in range(height * width + 1):
        is_painted = position in painted
        if position == height * width or is_painted != inside:
            runs.append(position - at)
            at, inside = position, is_painted
    counts = runs_pack(runs)
    found = [p for start, end in mask_intervals((height, width), counts) for p in range(start, end)]
    assert found == painted
    assert mask_area((height, width), counts) == 30
