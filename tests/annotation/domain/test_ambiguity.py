from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotation.domain.ambiguity import WEIGHTS, Sign, ambiguity_of, evenness
from annotation.domain.clusters import clustered
from core.figures.intervals import wilson

IDS = [uuid.UUID(int=number) for number in range(8)]


def _alike(**pairs: float) -> dict[tuple[uuid.UUID, uuid.UUID], float]:
    return {(IDS[int(key[1])], IDS[int(key[3])]): score for key, score in pairs.items()}


def test_the_weights_add_up_to_one_and_nothing_weighs_more_than_answers_apart() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert max(WEIGHTS, key=lambda sign: WEIGHTS[sign]) == Sign.SPLIT


def test_without_answers_nothing_is_said() -> None:
    found = ambiguity_of({})
    assert found.score == 0
    assert [part.share for part in found.parts] == [None] * 5


def test_a_share_counts_by_the_lower_end_of_its_interval() -> None:
    (part, *_) = ambiguity_of({Sign.SPLIT: (30, 100)}).parts
    low, high = wilson(30, 100)
    assert (part.share, part.low, part.high) == (0.3, low, high)
    assert part.points == pytest.approx(100 * 0.4 * low, abs=0.005)


def test_few_disputed_answers_stand_below_many() -> None:
    few = ambiguity_of({Sign.SPLIT: (3, 3)}).score
    many = ambiguity_of({Sign.SPLIT: (150, 300)}).score
    assert 0 < few < many


@given(st.dictionaries(st.sampled_from(list(Sign)), st.tuples(st.integers(0, 50), st.integers(0, 50))))
def test_a_score_lies_between_0_and_100_and_is_the_sum_of_its_parts(
    counts: dict[Sign, tuple[int, int]],
) -> None:
    given_counts = {sign: (min(count, of), of) for sign, (count, of) in counts.items()}
    found = ambiguity_of(given_counts)
    assert 0 <= found.score <= 100
    assert found.score == pytest.approx(sum(part.points for part in found.parts), abs=0.01)


@pytest.mark.parametrize(
    ("counts", "even"), [([2, 2], 1), ([1, 1, 1], 1), ([3], 0), ([], 0), ([1], 0), ([3, 1], 0.75)]
)
def test_how_evenly_people_fell_apart(counts: list[int], even: float) -> None:
    assert evenness(counts) == pytest.approx(even)


def test_alike_posts_are_put_together_and_named_by_the_most_central() -> None:
    alike = _alike(a0b1=0.9, a0b2=0.8, a1b2=0.6, a3b4=0.7, a0b5=0.1)
    found = clustered(IDS[:6], alike, least=0.5)
    assert [[post.int for post in one.post_ids] for one in found] == [[0, 1, 2], [3, 4], [5]]
    assert [one.likeness for one in found] == [pytest.approx(0.7667, abs=1e-4), 0.7, 1.0]


def test_a_chain_of_neighbours_is_not_one_group() -> None:
    alike = _alike(a0b1=0.6, a1b2=0.6, a2b3=0.6)
    found = clustered(IDS[:4], alike, least=0.5)
    assert sorted(len(one.post_ids) for one in found) == [2, 2]


def test_no_likeness_leaves_every_post_alone_in_the_given_order() -> None:
    found = clustered([IDS[3], IDS[1]], {}, least=0.3)
    assert [one.post_ids for one in found] == [(IDS[3],), (IDS[1],)]
    assert clustered([], {}, least=0.3) == []


@given(st.dictionaries(st.tuples(st.integers(0, 7), st.integers(0, 7)), st.floats(0, 1)), st.floats(0.1, 0.9))
def test_every_post_stands_in_exactly_one_group(scores: dict[tuple[int, int], float], least: float) -> None:
    alike = {(IDS[one], IDS[other]): score for (one, other), score in scores.items() if one < other}
    found = clustered(IDS, alike, least=least)
    assert sorted(post.int for one in found for post in one.post_ids) == list(range(8))
    assert found == clustered(IDS, alike, least=least)
    assert all(one.likeness >= least - 1e-6 for one in found)
