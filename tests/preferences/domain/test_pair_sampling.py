"""Which pairs are asked next: the ones whose answers tell, spread over the batch, the same ones for the same seed."""

from __future__ import annotations

import numpy as np
import pytest

from preferences.domain.pair_sampling import Aim, Candidates, Refusals, pairs_choose
from preferences.domain.paircounts import PairCounts, comparable_groups, pair_counts_of

ITEMS = 6


def known(*, each: int = 30) -> PairCounts:
    """Items 0 and 1 are far ahead and far apart from the rest; 2 to 5 are about equal."""
    truth = np.array([6.0, 3.0, 0.1, 0.0, -0.1, 0.05])
    rows = []
    for one in range(ITEMS):
        for other in range(ITEMS):
            if one != other:
                won = round(each / (1 + np.exp(truth[other] - truth[one])))
                rows.append((one, other, float(won), float(each - won), 0.0))
    return pair_counts_of(rows, items=ITEMS)


def every_pair(times: int) -> Candidates:
    one, other = np.triu_indices(ITEMS, 1)
    return Candidates(np.tile(one, times), np.tile(other, times))


def chosen_pairs(counts: PairCounts, candidates: Candidates, **options: object) -> list[tuple[int, int]]:
    chosen = pairs_choose(counts, candidates, random=np.random.default_rng(3), **options)  # type: ignore[arg-type]
    return [(int(candidates.one[place]), int(candidates.other[place])) for place in chosen.places]


def test_pairs_whose_order_is_open_are_asked_before_those_that_are_settled() -> None:
    pairs = chosen_pairs(known(), every_pair(20), batch=40, random_share=0)
    assert sum(min(pair) >= 2 for pair in pairs) >= 38


def test_a_batch_does_not_ask_one_thing_over_and_over() -> None:
    pairs = chosen_pairs(pair_counts_of([], items=ITEMS), every_pair(20), batch=15, random_share=0)
    assert len(set(pairs)) >= 12


def test_the_best_are_asked_about_where_their_order_is_sought() -> None:
    counts = pair_counts_of(
        [(0, 1, 60, 56, 0), (1, 2, 60, 6, 0), (2, 1, 6, 60, 0), (2, 3, 4, 4, 0), (3, 4, 4, 4, 0)], items=5
    )
    one, other = np.triu_indices(5, 1)
    candidates = Candidates(np.tile(one, 20), np.tile(other, 20))
    shares = {
        aim: np.mean(
            [
                min(pair) <= 1
                for pair in chosen_pairs(counts, candidates, batch=30, random_share=0, aim=aim, top=1)
            ]
        )
        for aim in (Aim.ORDER, Aim.TOP)
    }
    assert shares[Aim.TOP] > shares[Aim.ORDER]


def test_who_breaks_the_policy_is_looked_for_where_it_was_found() -> None:
    refusals = Refusals(np.array([0, 0, 0, 0, 0, 40.0]), np.array([40.0, 40, 40, 40, 40, 5]))
    pairs = chosen_pairs(
        known(), every_pair(20), batch=20, random_share=0, aim=Aim.VIOLATIONS, refusals=refusals
    )
    assert all(5 in pair for pair in pairs)


def test_what_nothing_connects_is_connected_first() -> None:
    counts = pair_counts_of([(0, 1, 3, 2, 0), (2, 3, 1, 1, 0)], items=ITEMS)
    pairs = chosen_pairs(counts, every_pair(2), batch=3, random_share=0)
    asked = pair_counts_of([(*pair, 1, 1, 0) for pair in [(0, 1), (2, 3), *pairs]], items=ITEMS)
    assert np.unique(comparable_groups(asked)).size == 1


def test_a_fixed_share_is_drawn_by_chance_and_told_apart() -> None:
    candidates = every_pair(60)
    chosen = pairs_choose(known(), candidates, batch=200, random=np.random.default_rng(5), random_share=0.25)
    assert chosen.is_random.sum() == 50
    assert len(set(chosen.places.tolist())) == 200
    drawn = chosen.places[chosen.is_random]
    assert (np.minimum(candidates.one[drawn], candidates.other[drawn]) < 2).mean() > 0.4


def test_the_same_seed_chooses_the_same_and_no_more_than_there_is() -> None:
    first, again = (chosen_pairs(known(), every_pair(1), batch=99) for _ in range(2))
    assert first == again
    assert sorted(first) == sorted(zip(*np.triu_indices(ITEMS, 1), strict=True))


def test_what_cannot_be_chosen_is_refused() -> None:
    random = np.random.default_rng(1)
    with pytest.raises(ValueError, match="share"):
        pairs_choose(known(), every_pair(1), batch=1, random=random, random_share=2)
    with pytest.raises(ValueError, match="refused"):
        pairs_choose(known(), every_pair(1), batch=1, random=random, aim=Aim.VIOLATIONS)
    with pytest.raises(ValueError, match="items"):
        pairs_choose(
            PairCounts(3_000, *(np.zeros(0, dtype=np.int64),) * 2, *(np.zeros(0),) * 3),
            Candidates(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)),
            batch=1,
            random=random,
        )


def test_what_a_reward_model_sees_otherwise_is_asked_first_and_the_random_share_stays() -> None:
    one, other = np.zeros(40, dtype=np.int64), np.ones(40, dtype=np.int64)
    predicted = np.full(40, 0.98)
    predicted[[7, 23]] = 0.01, 0.5
    predicted[31] = np.nan
    candidates = Candidates(one, other, predicted)

    def chosen(share: float) -> tuple[list[int], list[bool]]:
        found = pairs_choose(
            one_sided(), candidates, batch=10, random=np.random.default_rng(3), random_share=share
        )
        return found.places.tolist(), found.is_random.tolist()

    assert set(chosen(0.0)[0][:3]) == {7, 23, 31}
    assert chosen(0.3) == chosen(0.3)
    assert sum(chosen(0.3)[1]) == 3


def test_a_reward_model_that_is_sure_and_agrees_changes_nothing() -> None:
    plain, scored = every_pair(4), every_pair(4)
    told = Candidates(scored.one, scored.other, np.full(scored.one.size, np.nan))
    places = [
        pairs_choose(known(), one, batch=50, random=np.random.default_rng(2)).places.tolist()
        for one in (plain, told)
    ]
    assert places[0] == places[1]


def one_sided() -> PairCounts:
    """Return counts of two items, the first of which wins nearly always."""
    return PairCounts(2, np.array([0]), np.array([1]), np.array([95.0]), np.array([5.0]), np.array([0.0]))
