"""Scores beside what else sways a judge: the length of a response, and that several judge the same comparison."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.optimize import minimize

from preferences.domain import davidson
from preferences.domain.davidson import davidson_fit
from preferences.domain.paircounts import ComparisonKind, PairCounts, pair_counts_of_comparisons

_LEVEL_90 = 1.6449


def with_length(seed: int, *, items: int, judged: int, pull: float) -> tuple[PairCounts, np.ndarray]:
    """Judgments in which being a bin longer is worth ``pull``, longer where the item is better; and the scores."""
    rng = np.random.default_rng(seed)
    truth = np.linspace(-1, 1, items)
    first = rng.integers(0, items, judged)
    second = (first + rng.integers(1, items, judged)) % items
    # The better of two writes more: who does not look at length takes one for the other.
    longer = np.clip(np.round(truth[first] - truth[second] + rng.normal(0, 1, judged)), -2, 2)
    eta = truth[first] - truth[second] + 0.2 + pull * longer
    chances = np.stack([np.exp(eta / 2), np.full(judged, 0.5), np.exp(-eta / 2)])
    drawn = (rng.random(judged) * chances.sum(axis=0) > np.cumsum(chances, axis=0)).sum(axis=0)
    cell, of = np.unique((first * items + second) * 5 + longer.astype(int) + 2, return_inverse=True)
    won, tied, lost = (np.bincount(of, drawn == result, cell.size).astype(float) for result in range(3))
    pair = cell // 5
    counts = PairCounts(items, pair // items, pair % items, won, lost, tied, (cell % 5 - 2.0)[:, None])
    return counts, truth - truth.mean()


def test_the_pull_of_length_is_told_from_worth() -> None:
    counts, truth = with_length(1, items=8, judged=60_000, pull=0.4)
    fit = davidson_fit(counts)
    (length,) = fit.covariates
    assert length.size == pytest.approx(0.4, abs=0.03)
    assert length.error is not None
    assert abs(length.size - 0.4) < 4 * length.error
    assert fit.scores == pytest.approx(truth, abs=0.08)
    blind = davidson_fit(counts.without_covariates())
    assert np.ptp(blind.scores) > 1.3 * np.ptp(truth)


def test_with_covariates_a_general_optimiser_finds_nothing_better() -> None:
    counts, _ = with_length(2, items=5, judged=400, pull=-0.3)
    problem = davidson.Problem(counts, ridge=0.1, estimate_side=True)
    found = minimize(problem.loss, problem.start(), method="BFGS", options={"gtol": 1e-8})
    fit = davidson_fit(counts)
    assert fit.scores == pytest.approx(found.x[:5] - found.x[:5].mean(), abs=1e-4)
    assert fit.side.size == pytest.approx(found.x[5], abs=1e-4)
    assert fit.covariates[0].size == pytest.approx(found.x[6], abs=1e-4)
    assert fit.tie_weight == pytest.approx(np.exp(found.x[7]), abs=1e-4)


def test_beginning_from_the_pairs_alone_ends_in_the_same_place(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, _ = with_length(3, items=6, judged=5_000, pull=0.2)
    monkeypatch.setattr(davidson, "_COARSE_FIRST", 1)
    shortened = davidson_fit(counts)
    monkeypatch.setattr(davidson, "_COARSE_FIRST", 10**9)
    whole = davidson_fit(counts)
    assert shortened.scores == pytest.approx(whole.scores, abs=1e-8)
    assert shortened.covariates[0].size == pytest.approx(whole.covariates[0].size, abs=1e-8)
    assert shortened.covariance == pytest.approx(whole.covariance, rel=1e-6)


def test_many_items_and_few_are_solved_alike_with_covariates(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, _ = with_length(4, items=12, judged=800, pull=0.2)
    dense = davidson_fit(counts)
    monkeypatch.setattr(davidson, "DENSE_ITEMS", 5)
    iterative = davidson_fit(counts)
    assert iterative.scores == pytest.approx(dense.scores, abs=1e-5)
    assert iterative.covariates[0].size == pytest.approx(dense.covariates[0].size, abs=1e-5)
    assert iterative.covariates[0].error is None


def judged_together(
    seed: int, *, items: int, comparisons: int, people: int, spread: float
) -> tuple[PairCounts, np.ndarray]:
    """Comparisons that ``people`` judge each, whose responses are better or worse than their models by ``spread``."""
    rng = np.random.default_rng(seed)
    truth = np.linspace(-0.8, 0.8, items)
    rows: list[tuple[int, int, list[float], list[float], float]] = []
    for _ in range(comparisons):
        one, other = rng.choice(items, 2, replace=False)
        lead = truth[one] - truth[other] + rng.normal(0, spread)
        tally = [0.0] * 6
        for swapped in rng.random(people) < 0.5:
            won = rng.random() < 1 / (1 + np.exp(-lead))
            tally[(3 if swapped else 0) + (0 if won else 1)] += 1
        rows.append((int(one), int(other), [], tally, 1.0))
    return pair_counts_of_comparisons([ComparisonKind(*row) for row in rows], items=items), truth


def test_people_who_judge_the_same_comparison_are_not_counted_as_if_they_judged_another() -> None:
    counts, _ = judged_together(1, items=4, comparisons=400, people=5, spread=2.0)
    together = davidson_fit(counts)
    apart = davidson_fit(replace(counts, clusters=None))
    assert together.scores == pytest.approx(apart.scores, abs=1e-9)
    assert together.covariance is not None
    assert apart.covariance is not None
    widened = np.sqrt(np.diag(together.covariance) / np.diag(apart.covariance))
    assert np.all(widened > 1.2)


def test_intervals_of_judgments_given_together_cover_what_many_more_would_say() -> None:
    settled, _ = judged_together(9, items=4, comparisons=40_000, people=1, spread=2.0)
    truth = davidson_fit(settled, ridge=0.01).scores
    covered: list[bool] = []
    careless: list[bool] = []
    for seed in range(80):
        counts, _ = judged_together(200 + seed, items=4, comparisons=120, people=6, spread=2.0)
        for clusters, held in ((counts.clusters, covered), (None, careless)):
            fit = davidson_fit(replace(counts, clusters=clusters), ridge=0.01)
            assert fit.covariance is not None
            reach = _LEVEL_90 * np.sqrt(np.diag(fit.covariance))
            held.extend(np.abs(fit.scores - truth) <= reach)
    # 320 draws of a 0.9 share: four standard errors either side.
    assert np.mean(covered) == pytest.approx(0.9, abs=0.067)
    assert np.mean(careless) < 0.8


def test_one_judgment_a_comparison_is_the_same_told_either_way() -> None:
    counts, _ = judged_together(5, items=5, comparisons=300, people=1, spread=1.0)
    together = davidson_fit(counts)
    apart = davidson_fit(replace(counts, clusters=None))
    assert together.covariance == pytest.approx(apart.covariance, rel=1e-9)


@pytest.mark.parametrize(
    "row",
    [
        (0, 1, [], [1, 0, 0], 1.0),
        (0, 1, [], [1, 0, 0, 0, 0, 0], 0.0),
        (0, 1, [1.0], [1, 0, 0, 0, 0, 0], 1.0),
        (0, 0, [], [1, 0, 0, 0, 0, 0], 1.0),
    ],
)
def test_a_row_that_cannot_be_is_refused(row: tuple[int, int, list[float], list[float], float]) -> None:
    with pytest.raises(ValueError, match=r"comparison|compared"):
        pair_counts_of_comparisons([ComparisonKind(*row)], items=2)
