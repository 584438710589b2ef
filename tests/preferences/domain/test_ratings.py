from __future__ import annotations

import choix
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from preferences.domain import davidson
from preferences.domain.davidson import davidson_fit
from preferences.domain.paircounts import PairCounts, comparable_groups, pair_counts_of, rests_on_prior
from preferences.domain.ratings import leaderboard


def simulated(
    *, seed: int, items: int, per_pair: int, side: float = 0.0, tie: float = 0.0
) -> tuple[PairCounts, np.ndarray]:
    """Draw counts for every ordered pair from the model itself."""
    drawn = np.random.default_rng(seed)
    truth = drawn.normal(size=items)
    first, second = np.where(~np.eye(items, dtype=bool))
    half = np.exp((truth[first] - truth[second] + side) / 2)
    shares = np.stack([half, np.full_like(half, tie), 1 / half], axis=1)
    counts = drawn.multinomial(per_pair, shares / shares.sum(axis=1, keepdims=True)).astype(float)
    return PairCounts(items, first, second, counts[:, 0], counts[:, 2], counts[:, 1]), truth - truth.mean()


def wins_as_pairs(counts: PairCounts) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for first, second, won, lost in zip(
        counts.first, counts.second, counts.wins_first, counts.wins_second, strict=True
    ):
        pairs += [(int(first), int(second))] * int(won) + [(int(second), int(first))] * int(lost)
    return pairs


def test_without_ties_the_scores_are_those_of_choix() -> None:
    counts, _ = simulated(seed=1, items=12, per_pair=6)
    fit = davidson_fit(counts, ridge=0.3, estimate_side=False)
    theirs = choix.opt_pairwise(counts.items, wins_as_pairs(counts), alpha=0.15, tol=1e-12)
    assert fit.scores == pytest.approx(theirs - theirs.mean(), abs=1e-5)


def test_without_ties_the_scores_are_those_of_a_ridge_logistic_regression() -> None:
    counts, _ = simulated(seed=2, items=10, per_pair=5)
    pairs = np.array(wins_as_pairs(counts))
    design = np.zeros((2 * len(pairs), counts.items))
    rows = np.arange(len(pairs))
    design[rows, pairs[:, 0]], design[rows, pairs[:, 1]] = 1, -1
    design[len(pairs) :] = -design[: len(pairs)]
    outcome = np.repeat([1, 0], len(pairs))
    # Every comparison stands there twice, once from each side, so the penalty is halved to match.
    theirs = (
        LogisticRegression(C=1 / (2 * 0.5), fit_intercept=False, tol=1e-12, max_iter=5_000)
        .fit(design, outcome)
        .coef_[0]
    )
    fit = davidson_fit(counts, ridge=0.5, estimate_side=False)
    assert fit.scores == pytest.approx(theirs - theirs.mean(), abs=1e-5)


def test_with_ties_and_a_side_effect_a_general_optimiser_finds_nothing_better() -> None:
    counts, _ = simulated(seed=3, items=6, per_pair=8, side=0.4, tie=0.6)
    problem = davidson.Problem(counts, ridge=0.1, estimate_side=True)
    found = minimize(problem.loss, problem.start(), method="BFGS", options={"gtol": 1e-8})
    fit = davidson_fit(counts, ridge=0.1)
    assert fit.side.size == pytest.approx(found.x[-2], abs=1e-4)
    assert fit.tie_weight == pytest.approx(np.exp(found.x[-1]), abs=1e-4)
    assert fit.scores == pytest.approx(found.x[:-2] - found.x[:-2].mean(), abs=1e-4)


def test_many_comparisons_recover_what_made_them() -> None:
    counts, truth = simulated(seed=4, items=20, per_pair=400, side=0.25, tie=0.5)
    fit = davidson_fit(counts)
    assert fit.scores == pytest.approx(truth, abs=0.1)
    assert fit.side.size == pytest.approx(0.25, abs=0.03)
    assert fit.tie_weight == pytest.approx(0.5, abs=0.03)


def test_intervals_cover_the_truth_as_often_as_they_say() -> None:
    covered = []
    for seed in range(60):
        counts, truth = simulated(seed=100 + seed, items=10, per_pair=12, side=0.3, tie=0.4)
        board = leaderboard(counts, names=[f"{item:02d}" for item in range(10)], level=0.9, ridge=0.01)
        bounds = {rating.name: (rating.low, rating.high) for rating in board.ratings}
        for item, score in enumerate(truth):
            low, high = bounds[f"{item:02d}"]
            assert low is not None
            assert high is not None
            covered.append(low <= score <= high)
    # 600 draws of a 0.9 share: four standard errors either side.
    assert np.mean(covered) == pytest.approx(0.9, abs=0.05)


def test_the_pull_of_the_first_place_is_found_missing_where_there_is_none() -> None:
    beyond = []
    for seed in range(120):
        counts, _ = simulated(seed=500 + seed, items=5, per_pair=6, side=0.0, tie=0.3)
        fit = davidson_fit(counts)
        assert fit.side.error is not None
        beyond.append(abs(fit.side.size) > 1.96 * fit.side.error)
    # 0.05 of 120 with four standard errors of room.
    assert np.mean(beyond) < 0.13


def test_large_and_small_problems_are_solved_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    counts, _ = simulated(seed=5, items=15, per_pair=3, side=0.2, tie=0.3)
    dense = davidson_fit(counts)
    monkeypatch.setattr(davidson, "DENSE_ITEMS", 5)
    iterative = davidson_fit(counts)
    assert iterative.scores == pytest.approx(dense.scores, abs=1e-5)
    assert iterative.covariance is None


@given(
    st.lists(
        st.tuples(
            st.integers(0, 5),
            st.integers(1, 5),
            st.floats(0, 1e6, allow_subnormal=False),
            st.floats(0, 1e6, allow_subnormal=False),
            st.sampled_from([0.0, 0.5, 3.0, 1e5]),
        ),
        max_size=12,
    ),
    st.sampled_from([1e-3, 0.1, 10.0]),
)
def test_every_table_of_counts_has_scores_where_the_slope_is_nothing(
    rows: list[tuple[int, int, float, float, float]], ridge: float
) -> None:
    counts = pair_counts_of(
        [(first, (first + by) % 6, won, lost, tied) for first, by, won, lost, tied in rows], items=6
    )
    problem = davidson.Problem(counts, ridge=ridge, estimate_side=True)
    found = davidson.maximise(problem, problem.start())
    assert np.all(np.isfinite(found))
    slope = problem.gradient(found)
    # In units of each parameter's own uncertainty.
    left = slope @ problem.newton_step(problem.odds(found), slope)
    assert left <= 1e-9 * max(1.0, abs(problem.loss(found)))


def test_items_that_never_met_are_not_comparable() -> None:
    counts = pair_counts_of([(0, 1, 3, 1, 0), (2, 3, 1, 1, 5), (3, 4, 2, 1, 0)], items=6)
    groups = comparable_groups(counts)
    assert groups[0] == groups[1]
    assert groups[2] == groups[3] == groups[4]
    assert len(set(groups)) == 3
    board = leaderboard(counts, names=["a", "b", "c", "d", "e", "f"])
    assert board.groups == 3
    assert [rating.group for rating in board.ratings] == [0, 0, 0, 1, 1, 2]
    for group in range(3):
        assert sum(rating.score for rating in board.ratings if rating.group == group) == pytest.approx(
            0, abs=1e-9
        )


def test_an_item_that_only_won_is_finite_and_said_to_rest_on_the_prior() -> None:
    counts = pair_counts_of([(0, 1, 10, 0, 0), (1, 2, 3, 3, 0)], items=3)
    board = leaderboard(counts, names=["a", "b", "c"])
    assert board.rests_on_prior
    assert np.isfinite(board.ratings[0].score)
    assert not rests_on_prior(pair_counts_of([(0, 1, 10, 1, 0), (1, 2, 3, 3, 0)], items=3))


def test_no_comparisons_make_equal_scores_of_which_none_can_be_compared() -> None:
    board = leaderboard(pair_counts_of([], items=2), names=["a", "b"])
    assert [rating.score for rating in board.ratings] == [0.0, 0.0]
    assert board.groups == 2


def test_no_items_make_an_empty_board() -> None:
    assert leaderboard(pair_counts_of([], items=0), names=[]).ratings == []


def test_ranks_tell_apart_only_what_the_data_tell_apart() -> None:
    counts = pair_counts_of([(0, 1, 60, 55, 0), (0, 2, 110, 10, 0), (1, 2, 105, 15, 0)], items=3)
    ranks = {rating.name: rating.rank for rating in leaderboard(counts, names=["a", "b", "c"]).ratings}
    assert ranks == {"a": 1, "b": 1, "c": 3}


def test_a_meeting_adds_both_orders() -> None:
    counts = pair_counts_of([(0, 1, 3, 1, 2), (1, 0, 5, 7, 1)], items=2)
    meeting = leaderboard(counts, names=["b", "a"]).meetings[0]
    assert (meeting.name, meeting.other, meeting.wins, meeting.losses, meeting.ties) == ("a", "b", 6, 10, 3)


@pytest.mark.parametrize(
    "row", [(0, 0, 1, 0, 0), (0, 7, 1, 0, 0), (0, 1, -1, 0, 0), (0, 1, float("nan"), 0, 0)]
)
def test_impossible_counts_are_refused(row: tuple[int, int, float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"."):
        pair_counts_of([row], items=2)
