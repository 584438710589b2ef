from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from nltk.metrics import masi_distance  # type: ignore[import-untyped]
from nltk.metrics.agreement import AnnotationTask  # type: ignore[import-untyped]

from annotation.domain.agreement import Measure, agreement_of
from annotation.domain.counts import patterns_of
from annotation.domain.disagreement_cost import cost_of, severity_costs
from annotation.domain.set_answers import SetDistance, set_agreement_of, set_distances

# Krippendorff's example of four observers and twelve units, which Gwet's handbook uses, too.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]
COUNTS = [[[row[unit] for row in OBSERVERS].count(value) for value in range(1, 6)] for unit in range(12)]

tables = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=2, max_size=20)


@pytest.mark.parametrize(
    ("measure", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)]
)
def test_krippendorffs_example_of_four_observers_comes_out(measure: Measure, published: float) -> None:
    assert agreement_of(COUNTS, measure=measure).alpha == pytest.approx(published, abs=5e-4)


@pytest.mark.parametrize(
    ("measure", "published"),
    [("nominal", 0.77544), ("ordinal", 0.89894), ("interval", 0.914)],
)
def test_gwets_coefficients_of_the_same_example_come_out(measure: Measure, published: float) -> None:
    # AC1; AC2 with ordinal and with quadratic weights, as the irrCAC package publishes them.
    assert agreement_of(COUNTS, measure=measure).gwet.value == pytest.approx(published, abs=5e-6)


def test_gwet_stays_high_where_nearly_everybody_says_the_same_and_alpha_drops() -> None:
    counts = [[2, 0]] * 96 + [[1, 1]] * 4
    result = agreement_of(counts, measure="nominal")
    assert result.alpha is not None and result.alpha < 0.01
    assert result.gwet.value == pytest.approx((0.96 - 2 * 0.98 * 0.02) / (1 - 2 * 0.98 * 0.02))
    assert result.gwet.low is not None and result.gwet.low > 0.9


def test_gwet_is_defined_where_alpha_is_not() -> None:
    result = agreement_of([[3, 0], [2, 0]], measure="nominal")
    assert (result.alpha, result.gwet.value) == (None, 1.0)
    assert result.undefined_because is not None


def test_a_scale_of_one_answer_says_so() -> None:
    result = agreement_of([[3], [2]], measure="nominal")
    assert result.gwet.undefined_because == "The scale has only one answer, so people cannot disagree."


@given(tables)
@settings(max_examples=60, deadline=None)
def test_gwets_ac1_equals_the_formula_written_out(rows: list[list[int]]) -> None:
    counts = [row for row in rows if sum(row) >= 1]
    assume(any(sum(row) >= 2 for row in counts))
    shares = [[sum(row) and row[k] / sum(row) for row in counts] for k in range(3)]
    chance = sum((m := sum(share) / len(counts)) * (1 - m) for share in shares) / 2
    pairs = [sum(n * (n - 1) for n in row) / (sum(row) * (sum(row) - 1)) for row in counts if sum(row) >= 2]
    observed = sum(pairs) / len(pairs)
    result = agreement_of(rows, measure="nominal", resamples=1)
    assert result.gwet.value == pytest.approx((observed - chance) / (1 - chance), abs=1e-12)


@given(tables, st.sampled_from(["nominal", "ordinal", "interval"]), st.permutations(range(3)))
@settings(max_examples=60, deadline=None)
def test_coefficients_depend_neither_on_the_order_of_posts_nor_on_repeats(
    rows: list[list[int]], measure: Measure, order: list[int]
) -> None:
    once = agreement_of(rows + rows, measure=measure, resamples=0)
    shuffled = agreement_of(rows[::-1] + rows, measure=measure, resamples=0)
    assume(any(sum(row) for row in rows))
    told = agreement_of(
        [row for row in rows if sum(row)],
        repeats=[2] * sum(bool(sum(row)) for row in rows),
        measure=measure,
        resamples=0,
    )
    assert once.gwet.value == pytest.approx(shuffled.gwet.value) or once.gwet == shuffled.gwet
    assert once.alpha == shuffled.alpha
    assert told.alpha == pytest.approx(once.alpha) if once.alpha is not None else told.alpha is None
    if measure == "nominal":
        renamed = agreement_of(np.array(rows + rows)[:, order], measure=measure, resamples=0)
        assert renamed.alpha == pytest.approx(once.alpha) if once.alpha is not None else renamed.alpha is None


@given(tables)
@settings(max_examples=40, deadline=None)
def test_full_agreement_is_one_on_every_coefficient(rows: list[list[int]]) -> None:
    counts = np.zeros((len(rows), 3), dtype=int)
    counts[np.arange(len(rows)), np.arange(len(rows)) % 3] = 2 + np.array(rows)[:, 0]
    result = agreement_of(counts, measure="ordinal", resamples=0)
    assert (result.alpha, result.raw) == (pytest.approx(1.0), 1.0)
    assert result.gwet.value == pytest.approx(1.0)


def test_resamples_come_in_blocks_and_are_the_same_however_they_are_cut(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    counts = np.random.default_rng(3).multinomial(3, [0.5, 0.3, 0.2], size=200)
    whole = agreement_of(counts, measure="ordinal", seed=5)
    monkeypatch.setattr("annotation.domain.counts._CELLS_AT_ONCE", 37)
    assert agreement_of(counts, measure="ordinal", seed=5).low == pytest.approx(whole.low)
    blocks = list(patterns_of(counts).resamples(seed=5, count=7))
    assert sum(block.shape[0] for block in blocks) == 7
    assert all(block.sum(axis=1).tolist() == [200] * block.shape[0] for block in blocks)


# --- answers that are sets

SETS = [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab"), frozenset("abc"), frozenset("cd")]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_masi_equals_nltks() -> None:
    ours = set_distances(SETS[1:])
    expected = [[masi_distance(a, b) for b in SETS[1:]] for a in SETS[1:]]
    assert np.allclose(ours, expected, atol=1e-12)


def test_empty_sets_agree_with_one_another_and_with_nothing_else() -> None:
    kinds: list[SetDistance] = ["masi", "jaccard"]
    for kind in kinds:
        apart = set_distances(SETS, kind=kind)
        assert apart[0].tolist() == [0, 1, 1, 1, 1, 1]
    assert set_distances(SETS, kind="jaccard")[1, 3] == 0.5


@given(st.lists(st.lists(st.sampled_from(SETS[1:]), min_size=2, max_size=4), min_size=2, max_size=12))
@settings(max_examples=40, deadline=None)
def test_alpha_over_sets_equals_nltks_for_complete_data(posts: list[list[frozenset[str]]]) -> None:
    size = min(len(post) for post in posts)
    rows = [post[:size] for post in posts]
    assume(len({entry for row in rows for entry in row}) > 1)
    task = AnnotationTask(
        [
            (f"p{person}", f"i{item}", entry)
            for item, row in enumerate(rows)
            for person, entry in enumerate(row)
        ],
        distance=masi_distance,
    )
    ours = set_agreement_of([({entry: row.count(entry) for entry in row}, 1) for row in rows], resamples=0)
    assert ours.alpha == pytest.approx(task.alpha(), abs=1e-9)


def test_no_sets_explain_themselves() -> None:
    assert set_agreement_of([]).undefined_because == "No post has answers by two people yet."


# --- what disagreement costs


def test_missing_the_gravest_costs_one_and_each_step_down_half() -> None:
    costs = severity_costs(3)
    assert costs[0].tolist() == [0, 0.25, 0.5, 1]
    assert costs[1, 2] == 0.25
    assert severity_costs(1).tolist() == [[0, 1], [1, 0]]


def test_the_cost_is_that_of_a_pair_worked_out_by_hand() -> None:
    # Pairs: harmless with gravest once (1), mild with middling twice (0.25), all alike once (0).
    counts = [[1, 0, 0, 1], [0, 1, 1, 0], [0, 1, 1, 0], [0, 0, 0, 2]]
    found = cost_of(counts, severity_costs(3))
    assert found.mean.value == pytest.approx(1.5 / 4)
    assert [(pair.milder, pair.graver, pair.pairs) for pair in found.worst] == [(0, 3, 1), (1, 2, 2)]
    assert found.worst[0].share == pytest.approx(1 / 1.5)
    # Answers in all: 1, 2, 2, 3; ordered pairs of two different people drawn without looking: 8 · 7.
    assert found.by_chance == pytest.approx(
        2 * (1 * 2 * 0.25 + 1 * 2 * 0.5 + 1 * 3 * 1 + 2 * 2 * 0.25 + 2 * 3 * 0.75 + 2 * 3 * 0.5) / 56
    )


@given(tables)
@settings(max_examples=40, deadline=None)
def test_with_every_mistake_alike_the_cost_is_what_raw_agreement_leaves(rows: list[list[int]]) -> None:
    raw = agreement_of(rows, measure="nominal", resamples=0).raw
    cost = cost_of(rows, 1.0 - np.eye(3), resamples=0).mean.value
    assert cost == (None if raw is None else pytest.approx(1 - raw))


def test_a_cost_without_pairs_explains_itself() -> None:
    assert cost_of([[1, 0]], severity_costs(1)).mean.undefined_because is not None
    with pytest.raises(ValueError, match="at least one grade"):
        severity_costs(0)
