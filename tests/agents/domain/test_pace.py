from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from agents.domain.pace import wait_of

counts = st.integers(min_value=0, max_value=500)


def test_within_the_limit_nobody_waits() -> None:
    assert wait_of(before=0, now=0, most=1, into_s=0) == 0
    assert wait_of(before=120, now=59, most=120, into_s=30) == 0


def test_beyond_it_the_wait_is_what_is_left_of_the_last_minute_or_of_this_one() -> None:
    assert wait_of(before=120, now=60, most=120, into_s=30) == 1
    assert wait_of(before=0, now=120, most=120, into_s=10) == 51
    assert wait_of(before=0, now=1, most=1, into_s=0) == 120


@given(before=counts, now=counts, most=st.integers(1, 400), into_s=st.floats(0, 59.99))
def test_after_the_wait_a_call_is_within_the_limit(before: int, now: int, most: int, into_s: float) -> None:
    wait_s = wait_of(before=before, now=now, most=most, into_s=into_s)
    assert 0 <= wait_s <= 120
    then_s = into_s + wait_s
    if then_s < 60:
        assert before * (1 - then_s / 60) + now + 1 <= most + 1e-6
    elif then_s < 120:
        assert now * (1 - (then_s - 60) / 60) + 1 <= most + 1e-6
