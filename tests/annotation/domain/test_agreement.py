from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any, Literal

import krippendorff
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotation.domain.agreement import agreement_of
from annotation.domain.counts import counts_of

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data"


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared data folder is not here ({name})")
    return path


def test_krippendorffs_own_nominal_example_comes_out() -> None:
    # The worked example of "Computing Krippendorff's Alpha-Reliability", section B: two observers, ten units.
    counts = [[2, 0]] * 3 + [[1, 1]] * 4 + [[2, 0]] * 2 + [[0, 2]]
    result = agreement_of(counts, measure="nominal")
    assert result.alpha == pytest.approx(0.095, abs=5e-4)


@pytest.mark.parametrize("measure", ["nominal", "ordinal", "interval"])
@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=2, max_size=25))
@settings(max_examples=60, deadline=None)
def test_alpha_equals_the_krippendorff_package(
    measure: Literal["nominal", "ordinal", "interval"], rows: list[list[int]]
) -> None:
    counts = np.array(rows)
    usable = counts[counts.sum(axis=1) >= 2]
    result = agreement_of(counts, measure=measure, resamples=1)
    if usable.size == 0 or np.count_nonzero(usable.sum(axis=0)) < 2:
        assert result.alpha is None
        assert result.undefined_because
        return
    expected = krippendorff.alpha(
        value_counts=usable, value_domain=list(range(4)), level_of_measurement=measure
    )
    assert result.alpha == pytest.approx(expected, abs=1e-10)


def test_interval_levels_are_used_when_given() -> None:
    counts = np.array([[2, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 2]])
    expected = krippendorff.alpha(
        value_counts=counts, value_domain=[1.0, 2.0, 10.0], level_of_measurement="interval"
    )
    result = agreement_of(counts, measure="interval", levels=[1.0, 2.0, 10.0])
    assert result.alpha == pytest.approx(expected, abs=1e-12)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_the_value() -> None:
    counts = np.random.default_rng(3).multinomial(3, [0.5, 0.3, 0.2], size=200)
    counts[:120] = 0
    counts[:120, 0] = 3
    first = agreement_of(counts, measure="nominal", seed=7)
    again = agreement_of(counts, measure="nominal", seed=7)
    assert first == again
    assert first.low is not None and first.high is not None and first.alpha is not None
    assert first.low < first.alpha < first.high
    assert first != agreement_of(counts, measure="nominal", seed=8)


def test_an_undefined_value_explains_itself() -> None:
    alone = agreement_of([[1, 0], [0, 1]], measure="nominal")
    assert alone.alpha is None
    assert alone.undefined_because == "No post has answers by two people yet."
    same = agreement_of([[2, 0], [3, 0]], measure="ordinal")
    assert same.alpha is None
    assert same.raw == 1.0
    assert same.undefined_because is not None and "same answer" in same.undefined_because


def test_counts_come_from_judgements_and_refuse_values_outside() -> None:
    assert counts_of([0, 0, 2], [1, 1, 0], categories=2).tolist() == [[0, 2], [0, 0], [1, 0]]
    assert counts_of([], [], categories=3).shape == (0, 3)
    with pytest.raises(ValueError, match="below the number of categories"):
        counts_of([0], [2], categories=2)


def test_wide_scales_that_do_not_fit_one_integer_still_collapse() -> None:
    counts = np.random.default_rng(0).multinomial(40, [1 / 30] * 30, size=12)
    expected = krippendorff.alpha(
        value_counts=counts, value_domain=list(range(30)), level_of_measurement="nominal"
    )
    assert agreement_of(counts, measure="nominal", resamples=1).alpha == pytest.approx(expected, abs=1e-10)


def test_a_million_judgements_take_a_fraction_of_a_second() -> None:
    counts = np.random.default_rng(1).multinomial(5, [0.6, 0.3, 0.1], size=200_000)
    start = time.process_time()
    agreement_of(counts, measure="ordinal", resamples=0)
    assert time.process_time() - start < 0.5


@pytest.mark.shared_data
def test_dices_350_comes_out_to_the_last_digit() -> None:
    instances: list[dict[str, Any]] = json.loads(shared("dices-350/dices_350_crowdsourced.json").read_text())[
        "instances"
    ]
    values = ["Yes", "No", "Unsure"]
    counts = [
        [entry["annotations"]["safety"]["individual_human_scores"].count(value) for value in values]
        for entry in instances
    ]
    result = agreement_of(counts, measure="nominal")
    assert result.alpha == pytest.approx(0.160860215657704, abs=1e-14)


@pytest.mark.shared_data
@pytest.mark.parametrize(
    ("scale", "expected"),
    [
        ("Informativeness", 0.284873),
        ("Relevance", 0.115121),
        ("Fluency", -0.015808),
        ("Coherence", 0.064972),
    ],
)
def test_the_newsroom_figures_come_out(scale: str, expected: float) -> None:
    instances = json.loads(shared("judge-bench-newsroom/newsroom.json").read_text())["instances"]
    scores = [entry["annotations"][scale]["individual_human_scores"] for entry in instances]
    levels = sorted({value for row in scores for value in row})
    counts = [[row.count(level) for level in levels] for row in scores]
    result = agreement_of(counts, measure="ordinal")
    assert result.alpha == pytest.approx(expected, abs=5e-7)
