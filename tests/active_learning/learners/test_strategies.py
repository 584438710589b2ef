"""One contract for every strategy, alone and mixed with a random share."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import numpy as np
import pytest
from modAL.disagreement import vote_entropy_sampling
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from active_learning.domain.strategy_names import STRATEGIES, StrategyName
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen
from active_learning.learners.strategies.modal_adapter import ModalStrategy
from active_learning.learners.strategies.protocol import (
    HeadMissingError,
    NotFiniteError,
    Pool,
    ReferenceMissingError,
    Strategy,
)
from tests.active_learning.learners.clouds import pool_of

pytestmark = pytest.mark.computes


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of(150)


MODALS = {"modal_votes": ModalStrategy(StrategyName.COMMITTEE, vote_entropy_sampling, committee=True)}
every_strategy = pytest.mark.parametrize("name", [*StrategyName, *MODALS])


def strategy(name: str) -> Strategy:
    return MODALS[name] if name in MODALS else strategy_named(StrategyName(name))


@every_strategy
def test_a_strategy_returns_its_budget_without_repeats(name: str, pool: Pool) -> None:
    choices = strategy(name).choose(pool, budget=20, seed=3)
    assert len({choice.index for choice in choices}) == len(choices) == 20
    assert all(0 <= choice.index < 150 and np.isfinite(choice.score) for choice in choices)


@every_strategy
def test_a_budget_beyond_the_pool_takes_the_whole_pool(name: str, pool: Pool) -> None:
    small = pool.part(np.arange(7))
    assert {choice.index for choice in strategy(name).choose(small, budget=50, seed=3)} == set(range(7))


@every_strategy
def test_an_empty_pool_or_budget_gives_nothing(name: str, pool: Pool) -> None:
    assert strategy(name).choose(pool.part(np.arange(0)), budget=5, seed=3) == []
    assert strategy(name).choose(pool, budget=0, seed=3) == []


@every_strategy
def test_the_same_seed_gives_the_same_picks(name: str, pool: Pool) -> None:
    first, again = (strategy(name).choose(pool, budget=25, seed=11) for _ in range(2))
    assert first == again


@every_strategy
def test_picks_do_not_depend_on_the_order_of_the_pool(name: str, pool: Pool) -> None:
    order = np.random.default_rng(0).permutation(150)
    turned = pool.part(order)
    straight = [pool.names[choice.index] for choice in strategy(name).choose(pool, budget=25, seed=11)]
    assert [
        turned.names[choice.index] for choice in strategy(name).choose(turned, budget=25, seed=11)
    ] == straight


@every_strategy
def test_the_pool_is_left_as_it_was(name: str, pool: Pool) -> None:
    before = pool.vectors[:].copy(), pool.answered.copy()
    strategy(name).choose(pool, budget=10, seed=3)
    assert np.array_equal(before[0], pool.vectors[:])
    assert np.array_equal(before[1], pool.answered)


@every_strategy
def test_equal_posts_are_taken_by_lot(name: str, pool: Pool) -> None:
    same = pool.part(np.full(40, 3))
    same = replace(same, names=[f"same-{number:02d}" for number in range(40)])
    batches = [
        [choice.index for choice in strategy(name).choose(same, budget=10, seed=seed)] for seed in (1, 1, 2)
    ]
    assert len(set(batches[0])) == 10
    assert batches[0] == batches[1] != batches[2]


@every_strategy
def test_what_is_no_number_is_refused(name: str, pool: Pool) -> None:
    for spoiled in (np.nan, np.inf):
        vectors = pool.vectors[:].copy()
        vectors[7, 3] = spoiled
        with pytest.raises(NotFiniteError, match="vectors"):
            strategy(name).choose(replace(pool, vectors=vectors), budget=5, seed=1)
        members = pool.voters.copy()
        members[1, 4, 0] = spoiled
        with pytest.raises(NotFiniteError, match="members"):
            strategy(name).choose(replace(pool, members=members), budget=5, seed=1)


@every_strategy
def test_a_strategy_needs_what_it_says_it_needs(name: str, pool: Pool) -> None:
    known = name in list(StrategyName)
    facts = STRATEGIES[StrategyName(name)] if known else STRATEGIES[StrategyName.COMMITTEE]
    bare = replace(pool, members=None, predict=None, references=None)
    if facts.needs_head or facts.needs_reference:
        with pytest.raises(HeadMissingError if facts.needs_head else ReferenceMissingError):
            strategy(name).choose(bare, budget=5, seed=1)
    else:
        assert len(strategy(name).choose(bare, budget=5, seed=1)) == 5


@every_strategy
def test_the_random_share_is_always_kept(name: str, pool: Pool) -> None:
    mixed = mixed_chosen(strategy(name), pool, budget=30, seed=5, random_share=0.2)
    at_random = [choice for choice in mixed if choice.is_random]
    assert len({choice.index for choice in mixed}) == 30
    if name == StrategyName.RANDOM:
        assert {choice.inclusion for choice in at_random} == {30 / 150}
        return
    assert len(at_random) == 6
    assert {choice.inclusion for choice in at_random} == {6 / 126}
    assert {choice.inclusion for choice in mixed if not choice.is_random} == {1.0}
    assert sum(choice.is_random for choice in mixed[:15]) in {2, 3, 4}
    assert sum(1 / choice.inclusion for choice in mixed) == pytest.approx(150)


@pytest.mark.parametrize("name", list(StrategyName))
def test_memory_stays_bounded(name: StrategyName) -> None:
    """Beside the pool itself a strategy holds a small part of it, however many posts there are."""
    size = 30_000
    random = np.random.default_rng(1)
    members = random.dirichlet([1.0, 1.0], size=(2, size))
    large = Pool(
        names=[str(number) for number in range(size)],
        vectors=random.normal(size=(size, 256)).astype(np.float32),
        answered=np.zeros((0, 256), dtype=np.float32),
        members=members,
        harm=np.array([0.0, 1.0]),
        references=random.normal(size=(2, 256)).astype(np.float32),
    )
    tracemalloc.start()
    try:
        strategy_named(name).choose(large, budget=16, seed=1)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < large.vectors[:].nbytes


@every_strategy
def test_more_threads_choose_the_same(name: str, pool: Pool) -> None:
    chosen = []
    for threads in (1, 2):
        with threadpool_limits(threads):
            chosen.append(repr(strategy(name).choose(pool, budget=40, seed=9)))
    assert chosen[0] == chosen[1]


def test_the_random_share_is_one_post_at_least_and_all_at_most(pool: Pool) -> None:
    entropy = strategy_named(StrategyName.ENTROPY)
    few = mixed_chosen(entropy, pool, budget=5, seed=1, random_share=0.01)
    assert sum(choice.is_random for choice in few) == 1
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


def test_weights_give_the_pools_prevalence_without_bias(pool: Pool) -> None:
    """Chosen for their harm, posts would say that most are harmful; weighed by one over their chance they do not."""
    is_harmful = np.arange(150) % 9 == 0
    harm = strategy_named(StrategyName.EXPECTED_HARM)
    estimates = [
        sum(
            is_harmful[choice.index] / choice.inclusion
            for choice in mixed_chosen(harm, pool, budget=30, seed=seed, random_share=0.5)
        )
        for seed in range(300)
    ]
    spread = np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - is_harmful.sum()) < 4 * spread
