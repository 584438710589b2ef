from __future__ import annotations

from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from preferences.domain.document import Position
from preferences.domain.orientation import (
    Side,
    position_shown,
    side_shown,
    sides_are_swapped,
    value_canonical,
)


@given(st.sampled_from(Side), st.booleans())
def test_a_side_is_found_where_it_was_shown(side: Side, swapped: bool) -> None:
    assert side_shown(position_shown(side, swapped=swapped), swapped=swapped) is side


def test_without_a_swap_a_is_shown_first() -> None:
    assert side_shown(Position.FIRST, swapped=False) is Side.A
    assert side_shown(Position.FIRST, swapped=True) is Side.B


@given(st.integers(-3, 3))
def test_the_same_liking_is_stored_the_same_whichever_side_was_shown_first(liking_of_b: int) -> None:
    shown_straight, shown_swapped = liking_of_b, -liking_of_b
    assert (
        value_canonical(shown_straight, swapped=False)
        == value_canonical(shown_swapped, swapped=True)
        == liking_of_b
    )


def test_the_order_is_fixed_by_seed_task_and_person_and_fair_over_many() -> None:
    person = uuid4()
    tasks = [uuid4() for _ in range(4_000)]
    drawn = [sides_are_swapped(seed="s", task_id=task, person_id=person) for task in tasks]
    assert drawn == [sides_are_swapped(seed="s", task_id=task, person_id=person) for task in tasks]
    assert drawn != [sides_are_swapped(seed="other", task_id=task, person_id=person) for task in tasks]
    # Five standard deviations of a fair coin: fails once in two million runs.
    assert abs(sum(drawn) - 2_000) < 5 * 1_000**0.5
