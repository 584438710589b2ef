"""Who can be trusted, and what sways them, found again where it was planted."""

from __future__ import annotations

import numpy as np
import pytest

from preferences.domain.crowd import PersonCounts, crowd_fit
from preferences.domain.davidson import davidson_fit
from preferences.domain.leanings import leanings_fit
from preferences.domain.paircounts import PairCounts

_PEOPLE = 10
_ADVERSARY, _SIDED, _LENGTHY, _CARELESS = 0, 1, 2, 3


def crowd(seed: int, *, each: int, items: int = 6) -> tuple[PersonCounts, np.ndarray]:
    """Ten people: one says the opposite, one favours the first place, one the longer, one answers by chance."""
    rng = np.random.default_rng(seed)
    truth = np.linspace(-1.2, 1.2, items)
    judged = each * _PEOPLE
    person = np.repeat(np.arange(_PEOPLE), each)
    first = rng.integers(0, items, judged)
    second = (first + rng.integers(1, items, judged)) % items
    longer = rng.integers(-2, 3, judged).astype(float)
    turned = np.where(person == _ADVERSARY, -1.0, np.where(person == _CARELESS, 0.0, 1.0))
    eta = turned * (truth[first] - truth[second])
    eta = eta + np.where(person == _SIDED, 1.5, 0.0) + np.where(person == _LENGTHY, 0.8, 0.0) * longer
    chances = np.stack([np.exp(eta / 2), np.full(judged, 0.4), np.exp(-eta / 2)])
    drawn = (rng.random(judged) * chances.sum(axis=0) > np.cumsum(chances, axis=0)).sum(axis=0)
    won, tied, lost = (np.asarray(drawn == result, dtype=float) for result in range(3))
    counts = PairCounts(items, first, second, won, lost, tied, longer[:, None])
    return PersonCounts(counts, person, _PEOPLE), truth


def test_who_says_the_opposite_is_found_and_does_not_move_the_scores() -> None:
    votes, truth = crowd(1, each=300)
    fit = crowd_fit(votes)
    adversary = fit.reliabilities[_ADVERSARY]
    assert adversary.against
    assert adversary.share < 0.15
    assert [each.against for each in fit.reliabilities].count(True) == 1
    careless = fit.reliabilities[_CARELESS]
    assert careless.low < 0.5 < careless.high
    assert all(each.low > 0.6 for each in fit.reliabilities[4:])
    # Nobody is taken at their word, so the scores come out about as wide as they were planted.
    trusting = davidson_fit(votes.counts)
    assert np.abs(fit.scores - truth).max() < np.abs(trusting.scores - truth).max()
    assert fit.scores == pytest.approx(truth, abs=0.35)


def flipped(seed: int, *, shares: list[float], each: int, truth: np.ndarray) -> PersonCounts:
    """Judgments drawn from the model itself: so often a person says what is meant, and otherwise the opposite."""
    rng = np.random.default_rng(seed)
    judged = each * len(shares)
    person = np.repeat(np.arange(len(shares)), each)
    first = rng.integers(0, truth.size, judged)
    second = (first + rng.integers(1, truth.size, judged)) % truth.size
    meant = rng.random(judged) < 1 / (1 + np.exp(truth[second] - truth[first]))
    won = np.asarray(meant == (rng.random(judged) < np.array(shares)[person]), dtype=float)
    return PersonCounts(
        PairCounts(truth.size, first, second, won, 1 - won, np.zeros(judged)), person, len(shares)
    )


def test_bounds_of_scores_and_of_reliabilities_cover_what_was_planted() -> None:
    truth = np.linspace(-1.5, 1.5, 5)
    shares = [0.95, 0.9, 0.95, 0.7, 0.1, 0.95]
    scores: list[bool] = []
    trusted: list[bool] = []
    for seed in range(60):
        fit = crowd_fit(flipped(300 + seed, shares=shares, each=150, truth=truth), ridge=0.02, level=0.9)
        reach = 1.6449 * np.sqrt(np.diag(fit.covariance))
        scores.extend(np.abs(fit.scores - truth) <= reach)
        trusted.append(fit.reliabilities[3].low <= shares[3] <= fit.reliabilities[3].high)
    # 300 and 60 draws of a 0.9 share: four standard errors either side.
    assert np.mean(scores) == pytest.approx(0.9, abs=0.07)
    assert np.mean(trusted) == pytest.approx(0.9, abs=0.15)


def test_whom_the_side_or_the_length_sways_is_found_with_its_size() -> None:
    votes, _ = crowd(2, each=400)
    fit = crowd_fit(votes)
    people = leanings_fit(votes, scores=fit.scores, tie_weight=fit.tie_weight)
    sided, lengthy = people[_SIDED], people[_LENGTHY]
    assert sided.side.low < 1.5 < sided.side.high
    assert sided.side.beyond_doubt
    assert lengthy.covariates[0].low < 0.8 < lengthy.covariates[0].high
    assert lengthy.covariates[0].beyond_doubt
    assert people[_ADVERSARY].worth.high < 0
    assert people[_CARELESS].worth.high < 0.5
    upright = people[4:]
    found = [each.side.beyond_doubt or each.covariates[0].beyond_doubt for each in upright]
    # Twelve bounds at 0.95, of which one may miss by chance, or two.
    assert sum(found) <= 2
    assert all(each.worth.low > 0.5 for each in upright)


def test_with_nobody_to_doubt_the_scores_are_the_plain_ones() -> None:
    rng = np.random.default_rng(4)
    truth = np.array([-2.5, 0.0, 2.5])
    first = rng.integers(0, 3, 1500)
    second = (first + rng.integers(1, 3, 1500)) % 3
    won = np.asarray(rng.random(1500) < 1 / (1 + np.exp(truth[second] - truth[first])), dtype=float)
    counts = PairCounts(3, first, second, won, 1 - won, np.zeros(1500))
    votes = PersonCounts(counts, rng.integers(0, 3, 1500), 3)
    fit = crowd_fit(votes)
    assert fit.tie_weight == 0
    assert all(each.share > 0.95 for each in fit.reliabilities)
    assert fit.scores == pytest.approx(truth, abs=0.5)
    assert np.array_equal(np.argsort(fit.scores), [0, 1, 2])


def test_nothing_judged_is_answered_with_what_is_held_beforehand() -> None:
    nothing = np.zeros(0)
    counts = PairCounts(
        2, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), nothing, nothing, nothing
    )
    votes = PersonCounts(counts, np.zeros(0, dtype=np.int64), 1)
    fit = crowd_fit(votes)
    assert fit.scores == pytest.approx([0, 0])
    (person,) = fit.reliabilities
    assert person.share == pytest.approx(0.97)
    assert person.low < 0.5 < person.high
    (leanings,) = leanings_fit(votes, scores=fit.scores, tie_weight=1.0)
    assert leanings.judgments == 0
    assert not leanings.side.beyond_doubt


def test_what_cannot_be_fitted_is_refused() -> None:
    votes, _ = crowd(5, each=2)
    with pytest.raises(ValueError, match="ridge"):
        crowd_fit(votes, ridge=0)
    with pytest.raises(ValueError, match="items and people"):
        crowd_fit(PersonCounts(votes.counts, votes.person, 3_000))
    with pytest.raises(ValueError, match="level"):
        leanings_fit(votes, scores=np.zeros(6), tie_weight=1.0, level=1.0)
    with pytest.raises(ValueError, match="covariate"):
        leanings_fit(votes, scores=np.zeros(6), tie_weight=1.0, usual=[0.1])
