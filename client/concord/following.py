"""Waiting for what the server works on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import TypeVar

State = TypeVar("State")
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.1, 2.0


def moves(look: Callable[[], State], *, timeout_s: float) -> Iterator[State]:
    """Yield what ``look`` returns, at first and whenever it is another than before; end in time.

    It is looked at ever more seldom.
    """
    pause = threading.Event()
    waited_s, step_s = 0.0, _FIRST_PAUSE_S
    seen: State | None = None
    while True:
        now = look()
        if now != seen:
            yield now
        seen = now
        if waited_s >= timeout_s:
            return
        pause.wait(step_s)
        waited_s += step_s
        step_s = min(step_s * 1.5, _LONGEST_PAUSE_S)
