"""What is read with every answer and hardly ever changes, kept in the process for some seconds."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Value = TypeVar("_Value")


class Kept(Generic[_Key, _Value]):
    """Answers of a function, none of them older than some seconds; another process's change is seen after that.

    Parameters
    ----------
    read
        Called for a key that is not kept, or no longer.
    seconds
        How old an answer may be.
    most
        Keys kept at once; all are dropped when there would be more.
    """

    def __init__(self, read: Callable[[_Key], _Value], *, seconds: float, most: int) -> None:
        self._read, self._seconds, self._most = read, seconds, most
        self._kept: dict[_Key, tuple[_Value, float]] = {}

    def __call__(self, key: _Key) -> _Value:
        """Return the answer for ``key``."""
        kept = self._kept.get(key)
        if kept is None or time.monotonic() - kept[1] > self._seconds:
            if len(self._kept) >= self._most:
                self._kept.clear()
            kept = self._kept[key] = self._read(key), time.monotonic()
        return kept[0]

    def forget(self, key: _Key) -> None:
        """Read ``key`` anew the next time."""
        self._kept.pop(key, None)
