from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from scipy.special import expit

from preferences.domain.crowd import crowd_fit
from preferences.domain.suspicion import (
    Judged,
    Suspicion,
    _counts,
    others_beside,
    suspects_of,
    suspicion_measured,
)

ADVERSARY = 3


def simulated(
    seed: int, *, people: int = 8, comparisons: int = 300, each: int = 3
) -> tuple[Judged, np.ndarray]:
    """People who see what is better, and one who nine times of ten says the opposite; which judgments are wrong."""
    random = np.random.default_rng(seed)
    worth = np.array([1.5, 0.8, 0.0, -0.8, -1.5])
    comparison = np.repeat(np.arange(comparisons), each)
    first = random.integers(0, 5, comparisons)
    second = (first + random.integers(1, 5, comparisons)) % 5
    person = np.concatenate([random.permutation(people)[:each] for _ in range(comparisons)])
    better = np.where(random.random(comparisons) < expit(worth[first] - worth[second]), 1, -1)[comparison]
    right = random.random(person.size) < np.where(person == ADVERSARY, 0.1, 0.95)
    lean = np.where(right, better, -better)
    judged = Judged(
        items=5,
        people=people,
        answer=np.arange(person.size),
        comparison=comparison,
        person=person,
        one=first[comparison],
        other=second[comparison],
        lean=lean,
        a_first=random.random(person.size) < 0.5,
        doublings=np.zeros(person.size),
        weight=np.ones(person.size),
    )
    return judged, ~right


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_adversary_is_found_with_its_size_and_its_judgments_head_the_list(seed: int) -> None:
    judged, wrong = simulated(seed)
    fit = crowd_fit(_counts(judged, np.ones(judged.person.size, dtype=bool)))
    found = fit.reliabilities[ADVERSARY]
    assert found.against
    assert found.share < 0.35
    assert all(not each.against for place, each in enumerate(fit.reliabilities) if place != ADVERSARY)
    measured = suspicion_measured(judged, seed=seed)
    worst = np.argsort(measured.probability)[: int(wrong.sum() // 2)]
    assert wrong[worst].mean() > 0.9, "of the most suspicious half as many as are wrong, nine of ten are"
    assert (judged.person[worst] == ADVERSARY).mean() > 0.6
    assert measured.reliability[judged.person == ADVERSARY].mean() < 0.35


def test_what_a_judgment_says_does_not_enter_what_it_is_held_against() -> None:
    judged, _ = simulated(5, comparisons=60)
    before = suspicion_measured(judged, seed=1)
    turned = judged.lean.copy()
    turned[7] = -turned[7]
    after = suspicion_measured(replace(judged, lean=turned), seed=1)
    # The sides change places; other folds move a little, which reaches it through the others' reliability alone.
    assert after.probability[7] == pytest.approx(1 - before.probability[7], abs=0.02)
    assert after.reliability[7] == before.reliability[7]
    others, against = others_beside(judged, 7)
    assert others == 2
    assert others_beside(replace(judged, lean=turned), 7) == (others, others - against)


def test_the_same_seed_says_the_same_and_who_prefers_none_fights_nothing() -> None:
    judged, _ = simulated(6, comparisons=40)
    lean = judged.lean.copy()
    lean[0] = 0
    judged = replace(judged, lean=lean)
    one, other = suspicion_measured(judged, seed=4), suspicion_measured(judged, seed=4)
    assert (one.probability == other.probability).all()
    assert one.probability[0] == 1.0


def test_who_said_the_opposite_when_asked_again_is_a_suspect_as_soon_as_all_else_says_so() -> None:
    probability = np.array([0.3, 0.05, 0.3, 0.6, 1.0, 0.02])
    measured = Suspicion(probability, np.full(6, 0.9))
    turned = np.array([True, False, False, True, True, True])
    assert suspects_of(measured, turned) == [5, 1, 0]
    assert suspects_of(measured, np.zeros(6, dtype=bool)) == [5, 1]
    assert suspects_of(measured, turned, below=0.04) == [5, 0]


def test_of_judgments_that_turned_most_suspects_are_wrong() -> None:
    judged, wrong = simulated(7, comparisons=900, each=1)
    random = np.random.default_rng(7)
    right_again = random.random(judged.person.size) < np.where(judged.person == ADVERSARY, 0.1, 0.95)
    turned = right_again == wrong
    measured = suspicion_measured(judged, seed=7)
    more = sorted(set(suspects_of(measured, turned)) - set(suspects_of(measured, np.zeros_like(turned))))
    assert len(more) > 5
    assert wrong[more].mean() > 2 * wrong.mean()


def ranked(seed: int, *, people: int = 6, slates: int = 120, each: int = 3) -> tuple[Judged, np.ndarray]:
    """Orders of four responses; one person turns nearly all of theirs round. Also which answers are turned."""
    random = np.random.default_rng(seed)
    worth = np.array([1.5, 0.5, -0.5, -1.5])
    pairs = list(combinations(range(4), 2))
    rows: list[tuple[int, int, int, int, int, int]] = []
    wrong: list[bool] = []
    for slate in range(slates):
        for person in random.permutation(people)[:each]:
            drawn = np.argsort(-(worth + random.gumbel(size=4) * 0.4))
            is_turned = random.random() < (0.9 if person == ADVERSARY else 0.02)
            order = drawn[::-1] if is_turned else drawn
            rank = {int(item): place for place, item in enumerate(order)}
            for number, (one, other) in enumerate(pairs):
                lean = 1 if rank[one] < rank[other] else -1
                rows.append((len(wrong), slate * len(pairs) + number, int(person), one, other, lean))
            wrong.append(bool(is_turned))
    answer, comparison, person_of, one_of, other_of, lean_of = (
        np.array(each) for each in zip(*rows, strict=True)
    )
    judged = Judged(
        items=4,
        people=people,
        answer=answer,
        comparison=comparison,
        person=person_of,
        one=one_of,
        other=other_of,
        lean=lean_of,
        a_first=random.random(len(rows)) < 0.5,
        doublings=np.zeros(len(rows)),
        weight=np.full(len(rows), 3 / len(pairs)),
    )
    return judged, np.array(wrong)


@pytest.mark.parametrize("seed", [1, 2])
def test_orders_that_were_turned_round_are_found_and_few_others(seed: int) -> None:
    judged, wrong = ranked(seed)
    measured = suspicion_measured(judged, seed=seed)
    found = suspects_of(measured, np.zeros(judged.answers, dtype=bool))
    assert wrong[found].mean() > 0.9
    assert wrong[found].sum() > 0.8 * wrong.sum()
    others, against = others_beside(judged, found[0])
    assert others == 2
    assert 0 < against <= 2


def test_of_an_order_another_persons_word_counts_once() -> None:
    """Two people order four responses the opposite way: as doubtful as two who prefer opposite sides of one pair."""
    pairs = list(combinations(range(4), 2))
    size = len(pairs)
    both = Judged(
        items=8,
        people=2,
        answer=np.array([0] * size + [1] * size),
        comparison=np.array([*range(size)] * 2),
        person=np.array([0] * size + [1] * size),
        one=np.array([one for one, _ in pairs] * 2),
        other=np.array([other for _, other in pairs] * 2),
        lean=np.array([1] * size + [-1] * size),
        a_first=np.ones(2 * size, dtype=bool),
        doublings=np.zeros(2 * size),
        weight=np.full(2 * size, 0.5),
    )
    kept = np.isin(both.comparison, [0])
    pair = replace(
        both,
        **{
            name: getattr(both, name)[kept]
            for name in ("answer", "comparison", "person", "one", "other", "lean")
        },
        a_first=both.a_first[kept],
        doublings=both.doublings[kept],
        weight=np.ones(2),
    )
    assert others_beside(both, 0) == others_beside(pair, 0) == (1, 1)
    orders, pairs_said = suspicion_measured(both, folds=2), suspicion_measured(pair, folds=2)
    assert orders.probability[0] > 0.02, "one opposite word does not count six times"
    assert pairs_said.probability[0] < 0.5
