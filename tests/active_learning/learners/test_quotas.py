from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from active_learning.domain.quotas import Quota, QuotaAxis, QuotaInvalidError, quotas_checked
from active_learning.domain.strategy_names import StrategyName
from active_learning.learners.strategies.catalogue import strategy_named
from active_learning.learners.strategies.mix import mixed_chosen, quota_chosen
from active_learning.learners.strategies.protocol import Pool
from tests.active_learning.learners.clouds import pool_of

pytestmark = pytest.mark.computes
LANGUAGE, SOURCE, GROUP, CLAUSE = QuotaAxis.LANGUAGE, QuotaAxis.SOURCE, QuotaAxis.GROUP, QuotaAxis.CLAUSE


@pytest.fixture(scope="module")
def pool() -> Pool:
    return pool_of(150)


def values(pool: Pool, name: StrategyName, axis: QuotaAxis, *quotas: Quota, budget: int = 20) -> Counter[str]:
    chosen = quota_chosen(strategy_named(name), pool, budget=budget, seed=3, quotas=quotas)
    assert len({choice.index for choice in chosen}) == len(chosen)
    return Counter(pool.attributes[axis][choice.index] for choice in chosen)


@pytest.mark.parametrize("name", list(StrategyName))
def test_every_strategy_keeps_to_quotas(name: StrategyName, pool: Pool) -> None:
    found = values(pool, name, LANGUAGE, Quota(LANGUAGE, "ar", least=0.5), Quota(LANGUAGE, "en", most=0.1))
    assert found["ar"] >= 10
    assert found["en"] <= 2
    assert found.total() == 20


def test_near_duplicates_are_asked_once_and_posts_without_any_as_often_as_wanted(pool: Pool) -> None:
    found = values(pool, StrategyName.ENTROPY, GROUP, Quota(GROUP, most_posts=1), budget=60)
    assert found.total() == 60
    assert all(count == 1 for group, count in found.items() if group)


def test_what_quotas_leave_no_post_for_is_drawn_by_lot(pool: Pool) -> None:
    quotas = (Quota(SOURCE, most_posts=1),)
    assert values(pool, StrategyName.MARGIN, SOURCE, *quotas, budget=40).total() == 7
    mixed = mixed_chosen(
        strategy_named(StrategyName.MARGIN), pool, budget=40, seed=3, random_share=0.2, quotas=quotas
    )
    assert (len(mixed), sum(choice.is_random for choice in mixed)) == (40, 33)


def test_coverage_does_not_cover_twice_what_a_quota_covered(pool: Pool) -> None:
    quotas = (Quota(CLAUSE, "1", least=0.5), Quota(GROUP, most_posts=1))
    chosen = quota_chosen(strategy_named(StrategyName.K_CENTER), pool, budget=16, seed=3, quotas=quotas)
    rows = pool.vectors[[choice.index for choice in chosen]]
    away = np.linalg.norm(rows[:, None] - rows[None], axis=2) + 9 * np.eye(16)
    assert away.min() > 0.3


def test_a_quota_on_what_posts_do_not_say_bounds_nothing(pool: Pool) -> None:
    bare = Pool(pool.names, pool.vectors, pool.answered, pool.members, pool.predict)
    chosen = quota_chosen(
        strategy_named(StrategyName.MARGIN), bare, budget=9, seed=3, quotas=[Quota(LANGUAGE, "ar", least=1.0)]
    )
    assert len(chosen) == 9


@pytest.mark.parametrize(
    "quotas",
    [
        [Quota(LANGUAGE, "en", least=0.7), Quota(LANGUAGE, "de", least=0.5)],
        [Quota(LANGUAGE, "en", least=0.7, most=0.5)],
        [Quota(LANGUAGE, "en"), Quota(LANGUAGE, "en", most=0.5)],
        [Quota(LANGUAGE, least=0.2)],
        [Quota(GROUP, most_posts=0)],
        [Quota(SOURCE, "web", most=1.2)],
    ],
)
def test_quotas_that_cannot_be_kept_are_refused_with_a_sentence(quotas: list[Quota]) -> None:
    with pytest.raises(QuotaInvalidError, match=r"\.$"):
        quotas_checked(quotas)


@given(st.integers(1, 60), st.floats(0, 1), st.floats(0, 1))
def test_bounds_always_hold(budget: int, least: float, most: float) -> None:
    pool = _POOL
    quotas = quotas_checked([Quota(LANGUAGE, "de", least=least), Quota(SOURCE, "source-1", most=most)])
    found = quota_chosen(strategy_named(StrategyName.RANDOM), pool, budget=budget, seed=1, quotas=quotas)
    languages = Counter(pool.attributes[LANGUAGE][choice.index] for choice in found)
    sources = Counter(pool.attributes[SOURCE][choice.index] for choice in found)
    assert languages["de"] >= min(int(least * budget), len(found), 30)
    assert sources["source-1"] <= max(1, np.ceil(most * budget))


_POOL = pool_of(150)
