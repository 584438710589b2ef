from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.domain.frame_table import (
    FrameTable,
    FrameTableError,
    frame_table_decode,
    frame_table_encode,
)


@st.composite
def tables(draw: st.DrawFn) -> FrameTable:
    times = [draw(st.integers(-(2**40), 2**40))]
    for step in draw(st.lists(st.integers(0, 2**32 - 1), max_size=60)):
        times.append(times[-1] + step)
    keys = draw(st.sets(st.integers(0, len(times) - 1)))
    return FrameTable(times, sorted(keys))


@given(tables())
def test_a_table_comes_back_as_it_was_stored(table: FrameTable) -> None:
    assert frame_table_decode(frame_table_encode(table)) == table


@given(tables())
def test_the_frame_shown_at_a_frames_time_is_that_frame_or_one_shown_at_the_same_time(
    table: FrameTable,
) -> None:
    for time in table.pts_us:
        assert table.pts_us[table.frame_at(time)] == time


def test_a_uneven_clip_is_looked_up_by_its_own_times() -> None:
    table = FrameTable([0, 40_000, 41_000, 90_000], [0, 2])
    assert [table.frame_at(at) for at in (-5, 0, 39_999, 40_500, 41_000, 10**9)] == [0, 0, 0, 1, 2, 3]
    assert [table.keyframe_before(at) for at in range(4)] == [0, 0, 2, 2]


@pytest.mark.parametrize(
    "data", [b"", b"CFT1", b"CFT2" + bytes(13), b"CFT1" + bytes(13), b"CFT1\x05\0\0\0" + bytes(9)]
)
def test_other_bytes_are_no_frame_table(data: bytes) -> None:
    with pytest.raises(FrameTableError):
        frame_table_decode(data)


@pytest.mark.parametrize("times", [[], [5, 4], [0, 2**33]])
def test_times_that_cannot_be_stored_are_refused(times: list[int]) -> None:
    with pytest.raises(FrameTableError):
        frame_table_encode(FrameTable(times, []))
