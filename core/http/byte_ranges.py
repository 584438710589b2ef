"""The ``Range`` header (RFC 9110, section 14), as far as players use it: one range of bytes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,19})-(\d{0,19})", re.ASCII)


@dataclass(frozen=True)
class ByteRange:
    """Bytes ``start`` up to, not including, ``end``."""

    start: int
    end: int


class UnsatisfiableRange(Exception):
    """The range lies outside the file."""


def byte_range_of(header: str | None, *, size_bytes: int) -> ByteRange | None:
    """Return the range asked for, ``None`` when the whole file is to be sent.

    A header that is not one range of bytes is ignored, as the RFC allows.

    Raises
    ------
    UnsatisfiableRange
        When the range starts past the end, or is an empty suffix.
    """
    found = _ONE_RANGE.fullmatch(header.strip()) if header else None
    if found is None:
        return None
    first, last = found.groups()
    if not first and not last:
        return None
    if not first:
        length = min(int(last), size_bytes)
        if length == 0:
            raise UnsatisfiableRange
        return ByteRange(size_bytes - length, size_bytes)
    start = int(first)
    end = min(int(last) + 1, size_bytes) if last else size_bytes
    if last and int(last) < start:
        return None
    if start >= size_bytes:
        raise UnsatisfiableRange
    return ByteRange(start, end)
