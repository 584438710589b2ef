"""One contract for every strategy, then what is special to each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from modAL.models import ActiveLearner
from modAL.uncertainty import entropy_sampling, margin_sampling, uncertainty_sampling

from active_learning.domain.strategy_names import STRATEGIES, StrategyName
from active_learning.learners.heads.head import Head
from active_learning.learners.heads.training import head_trained
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen
from active_learning.learners.strategies.modal_adapter import MemberClassifier
from active_learning.learners.strategies.protocol import HeadMissingError, Pool
from tests.active_learning.learners.clouds import cloud, labelled_cloud


@pytest.fixture(scope="module")
def head() -> Head:
    return head_trained(labelled_cloud(60, seed=1, classes=3), seed=1).head


@pytest.fixture(scope="module")
def pool(head: Head) -> Pool:
    vectors, _ = cloud(150, seed=2, classes=3)
    return Pool(
        names=[f"p{number:04d}" for number in range(150)],
        vectors=vectors,
        answered=labelled_cloud(60, seed=1, classes=3).vectors,
        members=head.members_probabilities(vectors),
        predict=head.members_probabilities,
    )


every_strategy = pytest.mark.parametrize("name", list(StrategyName))


@every_strategy
def test_a_strategy_returns_its_budget_without_repeats(name: StrategyName, pool: Pool) -> None:
    choices = strategy_named(name).choose(pool, budget=20, seed=3)
    assert len({choice.index for choice in choices}) == len(choices) == 20
    assert all(0 <= choice.index < 150 and np.isfinite(choice.score) for choice in choices)


@every_strategy
def test_a_budget_beyond_the_pool_takes_the_whole_pool(name: StrategyName, pool: Pool) -> None:
    small = _kept(pool, np.arange(7))
    assert {choice.index for choice in strategy_named(name).choose(small, budget=50, seed=3)} == set(range(7))


@every_strategy
def test_an_empty_pool_or_budget_gives_nothing(name: StrategyName, pool: Pool) -> None:
    assert strategy_named(name).choose(_kept(pool, np.arange(0)), budget=5, seed=3) == []
    assert strategy_named(name).choose(pool, budget=0, seed=3) == []


@every_strategy
def test_the_same_seed_gives_the_same_picks(name: StrategyName, pool: Pool) -> None:
    first, again = (strategy_named(name).choose(pool, budget=25, seed=11) for _ in range(2))
    assert first == again


@every_strategy
def test_picks_do_not_depend_on_the_order_of_the_pool(name: StrategyName, pool: Pool) -> None:
    order = np.random.default_rng(0).permutation(150)
    turned = _kept(pool, order)
    straight = [pool.names[choice.index] for choice in strategy_named(name).choose(pool, budget=25, seed=11)]
    assert [
        turned.names[choice.index] for choice in strategy_named(name).choose(turned, budget=25, seed=11)
    ] == straight


@every_strategy
def test_the_pool_is_left_as_it_was(name: StrategyName, pool: Pool) -> None:
    before = pool.vectors.copy(), pool.answered.copy()
    strategy_named(name).choose(pool, budget=10, seed=3)
    assert np.array_equal(before[0], pool.vectors)
    assert np.array_equal(before[1], pool.answered)


@every_strategy
def test_a_strategy_needs_a_head_exactly_when_it_says_so(name: StrategyName, pool: Pool) -> None:
    bare = replace(pool, members=None, predict=None)
    if STRATEGIES[name].needs_head:
        with pytest.raises(HeadMissingError):
            strategy_named(name).choose(bare, budget=5, seed=1)
    else:
        assert len(strategy_named(name).choose(bare, budget=5, seed=1)) == 5


@every_strategy
def test_the_random_share_is_always_kept(name: StrategyName, pool: Pool) -> None:
    mixed = mixed_chosen(strategy_named(name), pool, budget=30, seed=5, random_share=0.2)
    at_random = [choice for choice in mixed if choice.is_random]
    assert len({choice.index for choice in mixed}) == 30
    assert len(at_random) == 6
    assert {choice.inclusion for choice in at_random} == {6 / 150}
    assert sum(choice.is_random for choice in mixed[:15]) in {2, 3, 4}


def test_the_random_share_is_one_post_at_least_and_all_at_most(pool: Pool) -> None:
    entropy = strategy_named(StrategyName.ENTROPY)
    assert (
        sum(choice.is_random for choice in mixed_chosen(entropy, pool, budget=5, seed=1, random_share=0.01))
        == 1
    )
    assert all(choice.is_random for choice in mixed_chosen(entropy, pool, budget=5, seed=1, random_share=1.0))
    for share in (0.0, -0.1, 1.1):
        with pytest.raises(ValueError, match="random share"):
            mixed_chosen(entropy, pool, budget=5, seed=1, random_share=share)


def test_random_draws_reach_every_post_alike(pool: Pool) -> None:
    counts = np.zeros(150)
    for seed in range(400):
        for choice in strategy_named(StrategyName.RANDOM).choose(pool, budget=15, seed=seed):
            counts[choice.index] += 1
    assert counts.min() > 15 and counts.max() < 72


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        (StrategyName.ENTROPY, entropy_sampling),
        (StrategyName.MARGIN, margin_sampling),
        (StrategyName.LEAST_CONFIDENCE, uncertainty_sampling),
    ],
)
def test_ours_picks_what_modal_picks(name: StrategyName, theirs: object, pool: Pool, head: Head) -> None:
    learner = ActiveLearner(MemberClassifier(head.members_probabilities, None, 3), query_strategy=theirs)
    expected, _ = learner.query(pool.vectors, n_instances=12)
    ours = strategy_named(name).choose(pool, budget=12, seed=1)
    assert {choice.index for choice in ours} == set(expected.tolist())


def test_the_committees_scores_are_vote_entropies(pool: Pool) -> None:
    assert pool.members is not None
    votes = pool.members.round(6).argmax(axis=2)
    share = np.stack([(votes == answer).mean(axis=0) for answer in range(3)], axis=1)
    entropy = -(share * np.log(np.where(share > 0, share, 1.0))).sum(axis=1)
    for choice in strategy_named(StrategyName.COMMITTEE).choose(pool, budget=10, seed=1):
        assert choice.score == pytest.approx(entropy[choice.index], abs=1e-5)


def test_coverage_takes_the_farthest_post_each_time(pool: Pool) -> None:
    known = list(pool.answered)
    for choice in strategy_named(StrategyName.K_CENTER).choose(pool, budget=8, seed=1):
        distances = np.linalg.norm(pool.vectors[:, None] - np.stack(known)[None], axis=2).min(axis=1)
        assert distances[choice.index] == pytest.approx(distances.max(), abs=1e-4)
        known.append(pool.vectors[choice.index])


def test_coverage_without_answers_starts_in_the_middle(pool: Pool) -> None:
    bare = replace(pool, answered=pool.answered[:0])
    first = strategy_named(StrategyName.K_CENTER).choose(bare, budget=3, seed=1)[0]
    distances = np.linalg.norm(pool.vectors - pool.vectors.mean(axis=0), axis=1)
    assert distances[first.index] == pytest.approx(distances.min(), abs=1e-5)


def _kept(pool: Pool, kept: np.ndarray) -> Pool:
    return replace(
        pool,
        names=[pool.names[index] for index in kept],
        vectors=pool.vectors[kept],
        members=None if pool.members is None else pool.members[:, kept],
    )
