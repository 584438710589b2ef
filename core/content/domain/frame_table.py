"""The frame table: when each frame of a video is shown, and which can be decoded on its own.

Stored as ``CFT1``, the number of frames (unsigned 32 bits), the first time (signed 64 bits), the steps to
the next times (unsigned 32 bits each), then one bit per frame, lowest first, set for keyframes. All little-endian;
times are in microseconds.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

_MAGIC = b"CFT1"
_HEAD = struct.Struct("<4sIq")


class FrameTableError(ValueError):
    """The bytes are not a frame table, or the frames cannot be one."""


@dataclass(frozen=True)
class FrameTable:
    """Frames in the order they are shown.

    Attributes
    ----------
    pts_us
        Time of each frame in microseconds, never falling.
    keyframes
        Indexes of the frames that can be decoded on their own, rising.
    """

    pts_us: Sequence[int]
    keyframes: Sequence[int]

    @property
    def count(self) -> int:
        """Number of frames."""
        return len(self.pts_us)

    def frame_at(self, time_us: int) -> int:
        """Return the index of the frame on screen at ``time_us``; the first one before it all."""
        return max(0, bisect_right(self.pts_us, time_us) - 1)

    def keyframe_before(self, frame: int) -> int:
        """Return the last keyframe at or before ``frame``; 0 where none is known."""
        at = bisect_right(self.keyframes, frame)
        return self.keyframes[at - 1] if at else 0


def frame_table_encode(table: FrameTable) -> bytes:
    """Return the stored form of ``table``.

    Raises
    ------
    FrameTableError
        When there is no frame, times fall, or two frames are more than 71 minutes apart.
    """
    if not table.pts_us:
        raise FrameTableError("A frame table has at least one frame.")
    steps = array("I")
    for earlier, later in zip(table.pts_us, table.pts_us[1:], strict=False):
        if not 0 <= later - earlier < 2**32:
            raise FrameTableError(f"The step from {earlier} to {later} microseconds cannot be stored.")
        steps.append(later - earlier)
    bits = bytearray((table.count + 7) // 8)
    for index in table.keyframes:
        bits[index >> 3] |= 1 << (index & 7)
    return _HEAD.pack(_MAGIC, table.count, table.pts_us[0]) + _little_endian(steps).tobytes() + bytes(bits)


def frame_table_decode(data: bytes) -> FrameTable:
    """Return the table stored in ``data``.

    Raises
    ------
    FrameTableError
        When ``data`` is not exactly one frame table.
    """
    if len(data) < _HEAD.size:
        raise FrameTableError("A frame table starts with 16 bytes.")
    magic, count, time = _HEAD.unpack_from(data)
    bits_at = _HEAD.size + 4 * (count - 1)
    if magic != _MAGIC or count == 0 or len(data) != bits_at + (count + 7) // 8:
        raise FrameTableError("The bytes are not a frame table.")
    steps = array("I")
    steps.frombytes(data[_HEAD.size : bits_at])
    times = [time]
    for step in _little_endian(steps):
        time += step
        times.append(time)
    bits = data[bits_at:]
    return FrameTable(times, [index for index in range(count) if bits[index >> 3] >> (index & 7) & 1])


def _little_endian(values: array[int]) -> array[int]:
    """Return ``values`` so that their bytes in memory are little-endian."""
    if struct.pack("=H", 1) != b"\x01\x00":
        values = array("I", values)
        values.byteswap()
    return values
