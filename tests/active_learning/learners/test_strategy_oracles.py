"""What is special to each strategy, held against plain loops, modAL and scikit-activeml."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from modAL.batch import uncertainty_batch_sampling
from modAL.disagreement import vote_entropy_sampling
from modAL.models import ActiveLearner
from modAL.uncertainty import entropy_sampling, margin_sampling, uncertainty_sampling
from skactiveml import pool as theirs

from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies import farthest
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.coverage import KCenterStrategy
from active_learning.learners.strategies.modal_adapter import MemberClassifier, ModalStrategy
from active_learning.learners.strategies.protocol import Pool, seeded_order
from active_learning.learners.strategies.spreading import spread_drawn
from active_learning.learners.strategies.typical import typicality
from active_learning.learners.strategies.uncertainty import mean_cosines
from tests.active_learning.learners.clouds import cloud, pool_of

pytestmark = pytest.mark.computes


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of(150)


def picked(name: StrategyName, pool: Pool, *, budget: int, seed: int = 1) -> list[int]:
    return [choice.index for choice in strategy_named(name).choose(pool, budget=budget, seed=seed)]


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        (StrategyName.ENTROPY, entropy_sampling),
        (StrategyName.MARGIN, margin_sampling),
        (StrategyName.LEAST_CONFIDENCE, uncertainty_sampling),
    ],
)
def test_ours_picks_what_modal_picks(name: StrategyName, theirs: Any, pool: Pool) -> None:
    assert pool.predict is not None
    learner = ActiveLearner(MemberClassifier(pool.predict, None, 3), query_strategy=theirs)
    expected, _ = learner.query(pool.vectors, n_instances=12)
    assert set(picked(name, pool, budget=12)) == set(expected.tolist())


def test_a_ranked_batch_is_modals_pick_by_pick(pool: Pool) -> None:
    modal = ModalStrategy(
        StrategyName.RANKED_BATCH,
        uncertainty_batch_sampling,
        committee=False,
        keeps_order=True,
        reads_vectors=True,
    )
    expected = [choice.index for choice in modal.choose(pool, budget=40, seed=4)]
    assert picked(StrategyName.RANKED_BATCH, pool, budget=40, seed=4) == expected


def test_the_committee_is_modals(pool: Pool) -> None:
    modal = ModalStrategy(StrategyName.COMMITTEE, vote_entropy_sampling, committee=True)
    expected = modal.choose(pool, budget=20, seed=4)
    ours = strategy_named(StrategyName.COMMITTEE).choose(pool, budget=20, seed=4)
    assert [choice.score for choice in ours] == pytest.approx([choice.score for choice in expected], abs=1e-5)


def test_disagreement_counts_only_where_members_are_sure_of_different_answers() -> None:
    sure, torn, split = [0.99, 0.01], [0.5, 0.5], [0.01, 0.99]
    members = np.array([[sure, torn, sure], [sure, torn, split]])
    three = Pool(
        ["sure", "torn", "split"], np.eye(3, dtype=np.float32), np.zeros((0, 3), np.float32), members
    )
    scores = {c.index: c.score for c in strategy_named(StrategyName.BALD).choose(three, budget=3, seed=1)}
    assert scores[0] == scores[1] == 0.0
    assert scores[2] == pytest.approx(np.log(2) - 0.0560, abs=1e-3)


def plain_k_center(vectors: np.ndarray, answered: np.ndarray, count: int) -> list[int]:
    wide, picks = vectors.astype(np.float64), list[int]()
    near = np.full(len(wide), np.inf)
    for known in answered.astype(np.float64):
        near = np.minimum(near, np.square(wide - known).sum(axis=1))
    while len(picks) < count:
        found = int(near.argmax()) if picks or len(answered) else _middle(wide)
        picks.append(found)
        near = np.minimum(near, np.square(wide - wide[found]).sum(axis=1))
        near[picks] = -1.0
    return picks


def _middle(wide: np.ndarray) -> int:
    return int(np.square(wide - wide.mean(axis=0)).sum(axis=1).argmin())


@pytest.mark.parametrize("known", [0, 1, 40])
@pytest.mark.parametrize("working", [1, 8, 1024])
def test_coverage_is_the_plain_loop_pick_by_pick(
    known: int, working: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(farthest, "WORKING_ROWS", working)
    vectors, _ = cloud(700, seed=5, dim=32, classes=9)
    answered, _ = cloud(40, seed=6, dim=32, classes=9)
    made = replace(pool_of(4), names=[str(n) for n in range(700)], vectors=vectors, answered=answered[:known])
    made = replace(made, members=None, predict=None, attributes={})
    assert picked(StrategyName.K_CENTER, made, budget=250) == plain_k_center(vectors, answered[:known], 250)


def test_coverage_with_slack_stays_within_it() -> None:
    vectors, _ = cloud(3000, seed=5, dim=32, classes=9)
    made = Pool([str(n) for n in range(3000)], vectors, vectors[:0])

    def radius(slack: float) -> float:
        taken = vectors[[choice.index for choice in KCenterStrategy(slack).choose(made, budget=100, seed=1)]]
        away = np.square(vectors[:, None].astype(np.float64) - taken[None]).sum(axis=2)
        return float(np.sqrt(away.min(axis=1).max()))

    assert radius(0.03) <= radius(0.0) * 1.02


def test_coverage_takes_one_of_many_equal_posts_before_any_of_them_again() -> None:
    vectors, _ = cloud(30, seed=3, dim=8)
    many = np.repeat(vectors, 60, axis=0)
    made = Pool([f"{n:04d}" for n in range(1800)], many, many[:0])
    found = picked(StrategyName.K_CENTER, made, budget=60)
    assert len({index // 60 for index in found[:30]}) == 30
    assert len(set(found)) == 60


def test_draws_have_the_chances_of_the_plain_loop() -> None:
    """Rejected or not, measured at once or later: the third of three draws follows the squared distances."""
    vectors, _ = cloud(6, seed=8, dim=4, classes=3)
    weights = np.ones((6, 1), dtype=np.float32)
    counts, expected = np.zeros(6), np.zeros(6)
    for seed in range(600):
        found, _ = spread_drawn(vectors, np.arange(6), weights, count=3, random=np.random.default_rng(seed))
        counts[found[2]] += 1
        away = np.square(vectors[:, None] - vectors[found[:2]][None]).sum(axis=2).min(axis=1)
        expected += away / away.sum()
    likely = expected > 5
    assert counts[~likely].sum() <= 25
    assert (np.square(counts - expected)[likely] / expected[likely]).sum() < 25


def test_badge_begins_with_the_strongest_lesson_and_leaves_out_what_teaches_nothing(pool: Pool) -> None:
    probabilities = pool.probabilities
    residual = probabilities - np.eye(3)[probabilities.argmax(axis=1)]
    lengths = np.linalg.norm(residual, axis=1) * np.linalg.norm(pool.vectors[:], axis=1)
    assert picked(StrategyName.BADGE, pool, budget=10)[0] == lengths.argmax()
    sure = np.zeros_like(pool.voters)
    sure[:, :, 0] = 1.0
    sure[:, 17] = sure[:, 90] = [0.4, 0.3, 0.3]
    found = picked(StrategyName.BADGE, replace(pool, members=sure), budget=5)
    assert {17, 90} < set(found[:3])
    assert len(set(found)) == 5


def test_typical_posts_come_one_from_each_cluster_nothing_is_known_about() -> None:
    vectors, kinds = cloud(240, seed=4, classes=6, spread=0.05)
    made = Pool([f"{n:03d}" for n in range(240)], vectors, vectors[kinds == 2][:1])
    found = picked(StrategyName.TYPICAL, made, budget=5)
    assert set(kinds[found].tolist()) == {0, 1, 3, 4, 5}
    for index in found:
        mates = np.flatnonzero(kinds == kinds[index])
        assert mates[typicality(vectors[mates]).round(6).argmax()] == index


def test_density_is_entropy_times_the_mean_cosine(pool: Pool) -> None:
    unit = pool.vectors[:] / np.linalg.norm(pool.vectors[:], axis=1, keepdims=True)
    assert mean_cosines(pool) == pytest.approx((unit @ unit.T).mean(axis=1), abs=1e-5)


def test_expected_harm_weighs_what_is_worse_more(pool: Pool) -> None:
    expected = pool.probabilities @ np.array([0.0, 0.5, 1.0])
    assert picked(StrategyName.EXPECTED_HARM, pool, budget=9) == np.argsort(-expected.round(6))[:9].tolist()


def test_likeness_takes_the_nearest_to_any_reference(pool: Pool) -> None:
    assert pool.references is not None
    unit = pool.vectors[:] / np.linalg.norm(pool.vectors[:], axis=1, keepdims=True)
    near = (unit @ pool.references.T).max(axis=1)
    assert set(picked(StrategyName.LIKENESS, pool, budget=9)) == set(np.argsort(-near)[:9].tolist())


def test_scikit_activeml_says_the_same(pool: Pool) -> None:
    probabilities = pool.probabilities
    for name, method in (
        (StrategyName.ENTROPY, "entropy"),
        (StrategyName.MARGIN, "margin_sampling"),
        (StrategyName.LEAST_CONFIDENCE, "least_confident"),
    ):
        scores = theirs.uncertainty_scores(probabilities, method=method)
        assert set(picked(name, pool, budget=9)) == set(np.argsort(-scores.round(6))[:9].tolist())
    order = seeded_order(pool.names, 1)
    known = np.concatenate([pool.answered, pool.vectors[order]])
    labels = np.concatenate([np.zeros(len(pool.answered)), np.full(150, np.nan)])
    expected = theirs.CoreSet(random_state=1).query(known, labels, batch_size=20) - len(pool.answered)
    assert picked(StrategyName.K_CENTER, pool, budget=20) == order[expected].tolist()
