from __future__ import annotations

import random
from uuid import UUID

import pytest
from scipy.stats import chi2, hypergeom

from policies.domain.pace import forecast
from policies.domain.sampling import drawn, sample_size, share_bound

ITEMS = [("annotation", UUID(int=number)) for number in range(1_000)]


@pytest.mark.parametrize(
    ("population", "margin", "size"),
    [(12_400, 0.05, 373), (500, 0.05, 218), (10, 0.05, 10), (0, 0.05, 0), (1, 0.1, 1)],
)
def test_a_sample_is_as_large_as_its_margin_needs(population: int, margin: float, size: int) -> None:
    assert sample_size(population, margin=margin, confidence=0.95) == size


def test_the_same_seed_draws_the_same_and_a_larger_sample_begins_with_the_smaller() -> None:
    small = drawn(ITEMS, 50, seed="a")
    assert drawn(reversed(ITEMS), 80, seed="a")[:50] == small
    assert drawn(ITEMS, 50, seed="b") != small
    assert len(drawn(ITEMS, 5_000, seed="a")) == 1_000


def test_every_item_is_as_likely_to_be_drawn() -> None:
    times = dict.fromkeys(ITEMS[:100], 0)
    for seed in range(400):
        for item in drawn(ITEMS[:100], 30, seed=str(seed)):
            times[item] += 1
    assert 75 < min(times.values()) <= max(times.values()) < 165


@pytest.mark.parametrize(
    ("found", "asked", "population"), [(0, 20, 200), (7, 20, 200), (20, 20, 200), (31, 373, 12_400)]
)
def test_the_interval_is_the_hypergeometric_one(found: int, asked: int, population: int) -> None:
    bound = share_bound(found, asked, population, confidence=0.95)
    assert bound is not None
    kept = [
        count
        for count in range(found, population - asked + found + 1)
        if hypergeom.cdf(found, population, count, asked) > 0.025
        and hypergeom.sf(found - 1, population, count, asked) > 0.025
    ]
    assert (round(bound.low * population), round(bound.high * population)) == (kept[0], kept[-1])
    assert bound.left == population - asked
    assert bound.left_most <= kept[-1] - found


def test_asking_everything_leaves_no_doubt_and_asking_nothing_says_nothing() -> None:
    bound = share_bound(3, 12, 12, confidence=0.95)
    assert bound is not None
    assert (bound.low, bound.share, bound.high, bound.left_most) == (0.25, 0.25, 0.25, 0)
    assert share_bound(0, 0, 12, confidence=0.95) is None


def test_large_populations_are_quick_and_ordered() -> None:
    bound = share_bound(80_000, 400_000, 833_333, confidence=0.95)
    assert bound is not None
    assert 0.199 < bound.low < 0.2 < bound.high < 0.201


def test_the_interval_holds_the_truth_as_often_as_it_says() -> None:
    draw = random.Random(5)
    population, truth, asked = 400, 90, 60
    held = 0
    for _ in range(300):
        found = sum(place < truth for place in draw.sample(range(population), asked))
        bound = share_bound(found, asked, population, confidence=0.9)
        assert bound is not None
        held += bound.low <= truth / population <= bound.high
    assert held / 300 >= 0.88


def test_a_forecast_has_ends_around_the_pace() -> None:
    told = forecast(left=600, seen=300, hours=48)
    assert told is not None
    assert (told.per_day, told.hours) == (150, 96)
    slow = chi2.ppf(0.1, 600) / 2 / 48
    fast = chi2.ppf(0.9, 602) / 2 / 48
    assert told.hours_most == pytest.approx(600 / slow, rel=0.01)
    assert told.hours_least == pytest.approx(600 / fast, rel=0.01)


@pytest.mark.parametrize(("left", "seen", "hours"), [(0, 50, 10), (50, 9, 10), (50, 50, 0)])
def test_no_forecast_is_made_of_too_little(left: int, seen: int, hours: float) -> None:
    assert forecast(left=left, seen=seen, hours=hours) is None
