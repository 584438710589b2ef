from __future__ import annotations

import pytest

from core.http.byte_ranges import ByteRange, UnsatisfiableRange, byte_range_of


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, None),
        ("bytes=0-", ByteRange(0, 100)),
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=10-19", ByteRange(10, 20)),
        ("bytes=90-500", ByteRange(90, 100)),
        ("bytes=-10", ByteRange(90, 100)),
        ("bytes=-1000", ByteRange(0, 100)),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=٣-٤", None),
        ("bytes=0x1-2", None),
    ],
)
def test_a_header_means_one_range_or_the_whole_file(header: str | None, expected: ByteRange | None) -> None:
    assert byte_range_of(header, size_bytes=100) == expected


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=9999999999999999999-", "bytes=-0"])
def test_a_range_outside_the_file_cannot_be_served(header: str) -> None:
    with pytest.raises(UnsatisfiableRange):
        byte_range_of(header, size_bytes=100)


def test_no_range_of_an_empty_file_can_be_served() -> None:
    with pytest.raises(UnsatisfiableRange):
        byte_range_of("bytes=0-", size_bytes=0)
