from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from preferences.domain.crowd import crowd_fit
from preferences.domain.suspicion import Judged, Suspicion, _counts, suspects_of, suspicion_measured

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
        comparison=comparison,
        person=person,
        one=first[comparison],
        other=second[comparison],
        lean=lean,
        a_first=random.random(person.size) < 0.5,
        doublings=np.zeros(person.size),
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
    assert (after.others[7], after.against[7]) == (before.others[7], before.others[7] - before.against[7])


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
    none = np.zeros(6, dtype=np.int64)
    measured = Suspicion(probability, np.full(6, 0.9), none, none)
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
