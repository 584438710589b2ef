"""What is said of slates, and the pairs that follow from it."""

from __future__ import annotations

from itertools import permutations
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from preferences.domain.checks import JudgmentTerms
from preferences.domain.davidson import davidson_fit
from preferences.domain.document import POSITIONS, document_parse
from preferences.domain.forms import Form
from preferences.domain.orientation import order_drawn
from preferences.domain.paircounts import ComparisonKind, PairCounts, pair_counts_of_comparisons
from preferences.domain.slates import SlateDocument, pair_weight, pairs_yielded, slate_problems

NAMES = [str(position) for position in POSITIONS]


def said(form: Form, places: dict[int, int], *, size: int = 4, **changes: Any) -> list[str]:
    raw = {
        "axes": [
            {
                "clause_key": "helpful",
                "places": [{"position": NAMES[at], "value": value} for at, value in places.items()],
            }
        ],
        **changes,
    }
    terms = JudgmentTerms(("helpful",), {"weapons": frozenset({1, 2})}, False, POSITIONS[:size])
    problems = slate_problems(document_parse(raw, SlateDocument), terms, form=form)
    return [problem.message for problem in problems]


@pytest.mark.parametrize(
    ("form", "places"),
    [
        (Form.RANKING, {0: 1, 1: 2, 2: 2, 3: 4}),
        (Form.RANKING, {2: 1}),
        (Form.BEST, {3: 1}),
        (Form.BEST_WORST, {3: 1, 0: 2}),
        (Form.RATING, {0: 0, 1: 4, 2: 4, 3: 2}),
    ],
)
def test_what_a_form_asks_may_be_said(form: Form, places: dict[int, int]) -> None:
    assert said(form, places) == []


@pytest.mark.parametrize(
    ("form", "places", "sentence"),
    [
        (Form.RANKING, {}, "Give at least one response its rank."),
        (Form.RANKING, {0: 0, 1: 1}, "Ranks count from 1."),
        (Form.RANKING, {7: 1}, "The slate has 4 responses."),
        (Form.BEST, {0: 1, 1: 1}, "Name the one best response."),
        (Form.BEST_WORST, {0: 1}, "Name one best and one worst response."),
        (Form.RATING, {0: 1, 1: 1, 2: 1}, "Rate every response."),
        (Form.RATING, {0: 5, 1: 1, 2: 1, 3: 1}, "Ratings run from 0 to 4."),
    ],
)
def test_what_it_does_not_ask_is_refused(form: Form, places: dict[int, int], sentence: str) -> None:
    assert said(form, places) == [sentence]


def test_what_is_said_of_a_response_alone_is_checked_as_for_pairs() -> None:
    opinion = {"position": "fifth", "acceptable": False, "clause_keys": ["weapons"]}
    assert said(Form.BEST, {0: 1}, responses=[opinion]) == ["There is no fifth response."]


@pytest.mark.parametrize(
    ("form", "places", "pairs", "weight"),
    [
        (Form.RANKING, {0: 1, 1: 2, 2: 3}, {(0, 1): -1, (0, 2): -2, (1, 2): -1}, 2 / 3),
        (Form.RANKING, {0: 7, 1: 2, 2: 2}, {(0, 1): 1, (0, 2): 1, (1, 2): 0}, 2 / 3),
        (Form.RANKING, {1: 1}, {(0, 1): 1, (1, 2): -1}, 1 / 2),
        (Form.BEST, {1: 1}, {(0, 1): 1, (1, 2): -1}, 1 / 2),
        (Form.BEST_WORST, {2: 1, 0: 2}, {(0, 1): 1, (0, 2): 2, (1, 2): 1}, 2 / 3),
        (Form.RATING, {0: 4, 1: 0, 2: 4}, {(0, 1): -3, (0, 2): 0, (1, 2): 3}, 2 / 3),
    ],
)
def test_pairs_follow_from_an_answer(
    form: Form, places: dict[int, int], pairs: dict[tuple[int, int], int], weight: float
) -> None:
    found = pairs_yielded(form, places, size=3)
    assert {(pair.one, pair.other): pair.value for pair in found} == pairs
    assert pair_weight(form, places, size=3) == pytest.approx(weight)


def test_one_response_alone_makes_no_pair() -> None:
    assert pairs_yielded(Form.RATING, {0: 3}, size=1) == []
    assert pair_weight(Form.RATING, {0: 3}, size=1) == 0


@given(st.lists(st.integers(1, 4) | st.none(), min_size=2, max_size=8).filter(any))
def test_a_ranking_counts_as_often_as_it_chose(ranks: list[int | None]) -> None:
    placed = {place: rank for place, rank in enumerate(ranks) if rank is not None}
    pairs = pairs_yielded(Form.RANKING, placed, size=len(ranks))
    chosen = len(pairs) * pair_weight(Form.RANKING, placed, size=len(ranks))
    assert chosen == pytest.approx(min(len(placed), len(ranks) - 1))
    below = {(pair.one, pair.other): pair.value for pair in pairs}
    for one, other in permutations(placed, 2):
        if one < other:
            assert np.sign(below[one, other]) == np.sign(placed[one] - placed[other])


def test_every_order_is_drawn_and_each_about_as_often() -> None:
    task = UUID(int=7)
    drawn = [
        tuple(order_drawn(seed="s", task_id=task, person_id=UUID(int=each), size=3)) for each in range(3000)
    ]
    counted = {order: drawn.count(order) for order in permutations(range(3))}
    assert sum(counted.values()) == 3000
    assert all(400 < count < 600 for count in counted.values())
    person = uuid4()
    assert order_drawn(seed="s", task_id=task, person_id=person, size=9) == order_drawn(
        seed="s", task_id=task, person_id=person, size=9
    )


def ranked(seed: int, *, slates: int, size: int) -> PairCounts:
    """Rankings of ``size`` out of six models, whose responses are better or worse than their models."""
    rng = np.random.default_rng(seed)
    worth = np.linspace(-0.8, 0.8, 6)
    kinds = []
    for slate in range(slates):
        models = rng.choice(6, size, replace=False)
        order = np.argsort(-(worth[models] + rng.gumbel(size=size)))
        placed = {int(place): rank for rank, place in enumerate(order, start=1)}
        weight = pair_weight(Form.RANKING, placed, size=size)
        for pair in pairs_yielded(Form.RANKING, placed, size=size):
            tally = [0.0] * 6
            tally[(0 if rng.random() < 0.5 else 3) + (0 if pair.value < 0 else 1)] = weight
            kinds.append(
                ComparisonKind(int(models[pair.one]), int(models[pair.other]), [], tally, 1.0, str(slate))
            )
    return pair_counts_of_comparisons(kinds, items=6)


def test_intervals_from_rankings_cover_what_they_should() -> None:
    worth = np.linspace(-0.8, 0.8, 6)
    covered: list[bool] = []
    for seed in range(60):
        fit = davidson_fit(ranked(seed, slates=150, size=5), ridge=0.01)
        assert fit.covariance is not None
        reach = 1.6449 * np.sqrt(np.diag(fit.covariance))
        covered.extend(np.abs(fit.scores - worth) <= reach)
    # 360 draws of a 0.9 share, of fits whose scores hang together: four standard errors of independent ones.
    assert np.mean(covered) == pytest.approx(0.9, abs=0.063)


def test_clusters_of_one_pair_are_the_same_told_as_slates() -> None:
    rng = np.random.default_rng(3)
    rows: list[tuple[int, int, list[float], list[float], float]] = [
        (int(one), int(other), [], [float(each) for each in rng.integers(0, 3, 6)], 1.0)
        for one, other in (rng.choice(4, 2, replace=False) for _ in range(60))
    ]
    plain = davidson_fit(pair_counts_of_comparisons([ComparisonKind(*row) for row in rows], items=4))
    slates = [ComparisonKind(*row, slate=str(at)) for at, row in enumerate(rows)]
    told = davidson_fit(pair_counts_of_comparisons(slates, items=4))
    assert told.covariance == pytest.approx(plain.covariance, rel=1e-9)
